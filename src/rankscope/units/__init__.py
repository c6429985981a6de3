"""The register of units: codes, names, exact aliases and groups.

``iso3166()`` is the register of countries, ``own_register(...)`` one of a file's
own units.  A name is found when it is spelled as a code, a name or an alias is;
nothing is ever matched because it merely looks alike.
"""

from rankscope.units.countries import iso3166
from rankscope.units.folding import fold
from rankscope.units.register import Register, own_register
from rankscope.units.unit import GROUPINGS, Resolved, Unit

__all__ = ["GROUPINGS", "Register", "Resolved", "Unit", "fold", "iso3166", "own_register"]
