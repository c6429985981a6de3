"""Ties between pairs of units: joint articles, code written together."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rankscope.shapes import Matrix, Vector


@dataclass(frozen=True, slots=True, eq=False)
class Ties:
    """How much units have done with each other.

    ``values`` of shape (units, units) has from each row's unit what it did with each column's,
    NaN where that was not published, which is not zero; ``mutual`` ties are the same both ways,
    others go from the row's unit to the column's; ``totals`` (units,) is what each did
    with all others together.  Where works count ``once_per_pair``, one with authors in three
    countries is in three cells, and the sum of a row exceeds its total.  ``feeds`` are the
    indicators that such work is part of.
    """

    code: str
    name: str
    units: tuple[str, ...]
    values: Matrix
    totals: Vector
    feeds: tuple[str, ...]
    once_per_pair: bool = False
    mutual: bool = True
    source: str = ""
