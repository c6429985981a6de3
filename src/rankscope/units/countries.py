"""The register of countries and territories: ISO 3166-1, and Kosovo.

The table is ``countries.csv``; ``SOURCES.md`` beside it says where each column comes
from and as of when.  Regions are those of the UN (M49), income groups the World Bank's.
"""

from __future__ import annotations

import csv
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from rankscope.units.register import Register
from rankscope.units.unit import Unit

if TYPE_CHECKING:
    from collections.abc import Sequence


@cache
def iso3166() -> Register:
    """Return the register of the 249 countries and territories of ISO 3166-1 and Kosovo.

    Read once, when first asked for.

    >>> iso3166().find("Russian Federation").code
    'RUS'
    """
    with Path(__file__).with_name("countries.csv").open(encoding="utf-8", newline="") as lines:
        _, *rows = csv.reader(lines)
    return Register(tuple(_unit(row) for row in rows))


def _unit(row: Sequence[str]) -> Unit:
    """Make a unit of a row: eight texts, then three lists with semicolons."""
    code, alpha2, numeric, name, official, region, subregion, income, *lists = row
    blocs, aliases, shared = (tuple(cell.split(";")) if cell else () for cell in lists)
    return Unit(
        code, name, alpha2, numeric, official, region, subregion, income, blocs, aliases, shared
    )
