"""Which row of a published table is about which row of an index."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from rankscope._words import join_words, visible
from rankscope.errors import DataError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rankscope.data.published_table import PublishedTable
    from rankscope.pipeline.result import Result
    from rankscope.shapes import Whole


def matched_rows(result: Result, table: PublishedTable) -> Whole:
    """Return the published row of each row of the index, (rows,); -1 where it has none.

    In a panel rows are matched by unit and period, or by unit where each has one row.

    Raises
    ------
    DataError
        When periods can not be told apart, or no unit is on both sides.
    """
    panel = result.plan.table.periods
    _check_periods(result, table)
    theirs = _keys(table.units, table.periods if panel else ())
    ours = _keys(result.units, panel if table.periods else ())
    place = {key: row for row, key in enumerate(theirs)}
    rows = np.array([place.get(key, -1) for key in ours], dtype=np.int64)
    if not (rows >= 0).any():
        raise DataError(
            f"No unit of {table.origin} is in the index: it has {_some(table.units)}, and the "
            f"index {_some(result.units)}. Name the column of codes as published.unit_column."
        )
    return rows


def _keys(units: Sequence[str], periods: Sequence[str]) -> list[tuple[str, ...]]:
    return list(zip(units, periods, strict=True)) if periods else [(unit,) for unit in units]


def _check_periods(result: Result, table: PublishedTable) -> None:
    """Refuse what can not be matched by unit alone."""
    panel = result.plan.table.periods
    if panel and not table.periods and len(set(result.units)) < len(result.units):
        raise DataError(
            f"{table.origin} does not say which period a row is about, and the index has several. "
            "Add the column of data.period_column, or choose one period."
        )
    if table.periods and not panel and len(set(table.units)) < len(table.units):
        raise DataError(f"{table.origin} has several periods, the index one. Choose that one.")


def _some(units: Sequence[str]) -> str:
    return join_words([f"{visible(unit, 30)!r}" for unit in units[:3]], "and")
