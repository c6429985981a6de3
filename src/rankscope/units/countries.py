"""The register of countries and territories: ISO 3166-1, and Kosovo.

The table is ``countries.csv``; ``SOURCES.md`` beside it says where each column comes
from and as of when.  Regions are those of the UN (M49), income groups the World Bank's.
"""

from __future__ import annotations

import csv
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from rankscope.units.register import Register, Unit

if TYPE_CHECKING:
    from collections.abc import Mapping


@cache
def iso3166() -> Register:
    """Return the register of the 249 countries and territories of ISO 3166-1 and Kosovo.

    Read once, when first asked for.
    """
    table = files(__package__).joinpath("countries.csv")
    with table.open(encoding="utf-8", newline="") as lines:
        return Register(tuple(_unit(row) for row in csv.DictReader(lines)))


def _unit(row: Mapping[str, str]) -> Unit:
    """Make a unit of a row; lists are separated by semicolons."""
    lists = {column: _split(row[column]) for column in ("blocs", "aliases", "shared")}
    texts = {column: text for column, text in row.items() if column not in lists}
    return Unit(**texts, **lists)  # type: ignore[arg-type]


def _split(cell: str) -> tuple[str, ...]:
    return tuple(cell.split(";")) if cell else ()
