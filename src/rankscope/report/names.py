"""The names that a reader may look for: codes and other spellings of a unit."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rankscope.pages.words import searchable
from rankscope.units import iso3166

if TYPE_CHECKING:
    from rankscope.report.material import Material


def other_names(material: Material, row: int) -> tuple[str, ...]:
    """Return all names that a unit is found by, besides the one in its row."""
    unit = material.result.units[row]
    register = iso3166()
    if not material.of_countries or unit not in register:
        return (unit,)
    known = register.get(unit)
    names = (unit, known.alpha2, *known.names)
    own = searchable(material.result.names[row])
    return tuple(name for name in dict.fromkeys(names) if name and searchable(name) != own)
