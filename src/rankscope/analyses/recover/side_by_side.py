"""Totals brought into the order of the components."""

from __future__ import annotations

from typing import Any

from rankscope._words import join_words, visible
from rankscope.errors import DataError


def totals_beside(components: Any, totals: Any) -> Any:
    """Return totals in the order of the components' rows: by index if both have one.

    Raises
    ------
    DataError
        When a row of the one has none in the other, or there are two rows for one unit.
    """
    own, other = getattr(components, "index", None), getattr(totals, "index", None)
    if own is None or other is None or callable(own) or callable(other):
        return totals
    if not (own.is_unique and other.is_unique):
        if own.equals(other):
            return totals
        raise DataError("Two rows are of one unit. Keep one row for each, or drop the index.")
    apart = [str(unit) for unit in own.symmetric_difference(other)]
    if apart:
        named = join_words(map(visible, apart[:6]), "and")
        raise DataError(
            f"Components and totals are not of the same units: {named} are in one of them only. "
            "Keep the same rows in both."
        )
    return totals.loc[own]
