"""The table of a mixture: the rows of one edition with cells of both."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from rankscope.analyses.diff.switches import DATA, UNITS
from rankscope.data.table import DataTable, Status

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rankscope.analyses.diff.side import Side
    from rankscope.shapes import Mask, Whole


class Cells(NamedTuple):
    """Where the cells of a mixture are in a table: its rows and columns, and who has them.

    ``rows`` (rows,) and ``columns`` (columns,) are 0 where there are none, and ``there``
    (rows, columns) is False.
    """

    rows: Whole
    columns: Whole
    there: Mask


def mixed_table(old: Side, new: Side, taken: frozenset[str]) -> DataTable:
    """Return the table of a mixture, in which the players of ``taken`` are new, others old.

    ``units`` says whose rows there are, with their names and groups; ``data`` whose values
    have the cells that both editions have.  What only one edition has is taken from it, and
    what neither has is missing.
    """
    first, other = (new.table, old.table) if UNITS in taken else (old.table, new.table)
    columns = tuple(dict.fromkeys((*old.table.columns, *new.table.columns)))
    chosen, rest = (new.table, old.table) if DATA in taken else (old.table, new.table)
    own, theirs = (cells_of(one, first.units, columns) for one in (chosen, rest))

    def mixed(of: str, nothing: float) -> Any:
        a = getattr(chosen, of)[np.ix_(own.rows, own.columns)]
        b = getattr(rest, of)[np.ix_(theirs.rows, theirs.columns)]
        return np.where(own.there, a, np.where(theirs.there, b, nothing))

    values = mixed("values", np.nan)
    return replace(
        first,
        columns=columns,
        values=values,
        years=mixed("years", 0),
        sources=np.full(values.shape, -1, dtype=np.int64),
        status=mixed("status", Status.MISSING),
        source_codes=(),
        labels=_labels(first, other),
        fingerprint="",
        origin="",
    )


def cells_of(table: DataTable, units: Sequence[str], columns: Sequence[str]) -> Cells:
    """Return where the cells of some units and columns are in a table."""
    row = {unit: at for at, unit in enumerate(table.units)}
    column = {code: at for at, code in enumerate(table.columns)}
    rows = np.array([row.get(unit, -1) for unit in units], dtype=np.int64)
    places = np.array([column.get(code, -1) for code in columns], dtype=np.int64)
    there = (rows >= 0)[:, None] & (places >= 0)
    return Cells(np.maximum(rows, 0), np.maximum(places, 0), there)


def _labels(first: DataTable, other: DataTable) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Return the groupings of both, each unit's group from ``first`` if that has the grouping."""
    row = {unit: at for at, unit in enumerate(other.units)}
    known = {name for name, _ in first.labels}
    more = tuple(
        (name, tuple(of[row[unit]] if unit in row else "" for unit in first.units))
        for name, of in other.labels
        if name not in known
    )
    return (*first.labels, *more)
