"""Whether the units of a table are countries."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rankscope.units import iso3166

if TYPE_CHECKING:
    from rankscope.data.grid import Grid


def register_of(grid: Grid, column: str) -> str:
    """Return iso3166 where every unit is written as a code of that register, else own."""
    at = grid.find(column)
    codes = {text.strip() for text in grid.column(at)} - {""} if at is not None else set()
    known = iso3166()
    return "iso3166" if codes and all(code in known for code in codes) else "own"
