"""Against a published table: whether an index comes out as its publisher printed it.

Each column is compared at the decimals in which it was printed.  Publishers round halves
up, away from zero or to the even digit, so within 1e-9 of a half all of them are right.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np

from rankscope.analyses.against_column import ColumnComparison, Difference
from rankscope.analyses.against_words import in_words
from rankscope.analyses.linear_rule import best_linear_rule
from rankscope.analyses.matched_rows import matched_rows
from rankscope.analyses.printed_columns import node_of, printed_columns
from rankscope.methods.aggregation import Identity
from rankscope.pipeline.fitting import PlacedStep
from rankscope.pipeline.groups import strata_of

if TYPE_CHECKING:
    import pandas as pd

    from rankscope.analyses.linear_rule import LinearRule
    from rankscope.data.published_table import PublishedTable
    from rankscope.definition.model import Printed, Published
    from rankscope.pipeline.result import Result
    from rankscope.shapes import Mask, Vector, Whole

WORST = 5
"""How many rows that differ are named."""

HAIR = 1e-9
"""What counts as lying at a half, or at the end of a rounding interval."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """An index beside its published table, column by column.

    ``only_published`` and ``only_computed`` name the units that only one of both has;
    ``unused`` are columns of the table that say nothing of the index.
    """

    origin: str
    columns: tuple[ColumnComparison, ...]
    only_published: tuple[str, ...]
    only_computed: tuple[str, ...]
    unused: tuple[str, ...]

    def column(self, name: str) -> ColumnComparison:
        """Return the comparison of one column.

        Raises
        ------
        KeyError
            When the column was not compared.
        """
        for one in self.columns:
            if one.column == name:
                return one
        raise KeyError(name)

    def to_frame(self) -> pd.DataFrame:
        """Return a row for each column of the published table."""
        import pandas as pd

        return pd.DataFrame([facts_of(one) for one in self.columns])


def facts_of(one: ColumnComparison) -> dict[str, Any]:
    """Return the numbers of a comparison by name, and its verdict."""
    names = ("column", "node", "of", "decimals", "error", "published", "computed", "compared",
             "equal", "share_equal", "inside", "share_inside", "largest", "verdict")  # fmt: skip
    return {name: getattr(one, name) for name in names}


def compare_with_published(
    result: Result,
    table: PublishedTable,
    published: Published | None = None,
    *,
    worst: int = WORST,
) -> Comparison:
    """Compare an index with what its publisher printed.

    Columns are those that ``published`` declares and those that are called as a node is.
    In a panel rows are matched by unit and period, or by unit where each has one row.

    Raises
    ------
    DataError
        When there is nothing to compare, or periods can not be told apart.
    """
    rows = matched_rows(result, table)
    columns = printed_columns(result.plan, table.header, published)
    seen = _Seen(result, table, rows, worst)
    met = set(rows[rows >= 0].tolist())
    used = {printed.column for printed in columns}
    return Comparison(
        origin=table.origin,
        columns=tuple(_compared(seen, printed) for printed in columns),
        only_published=tuple(seen.said(row) for row in range(len(table.units)) if row not in met),
        only_computed=tuple(seen.name(row) for row in np.flatnonzero(rows < 0).tolist()),
        unused=tuple(name for name in table.header if name not in used),
    )


@dataclass(frozen=True, slots=True)
class _Seen:
    """What every column is compared with: ``rows`` (rows of the index,) in the table."""

    result: Result
    table: PublishedTable
    rows: Whole
    worst: int

    def name(self, row: int) -> str:
        """Return what a row of the index is called."""
        panel = self.result.plan.table.periods
        return f"{self.result.names[row]} {panel[row]}" if panel else self.result.names[row]

    def said(self, row: int) -> str:
        """Return what a row of the published table is called."""
        periods = self.table.periods
        return f"{self.table.units[row]} {periods[row]}" if periods else self.table.units[row]


def _compared(seen: _Seen, printed: Printed) -> ColumnComparison:
    node = node_of(seen.result.plan, printed)
    column = seen.table.column(printed.column)
    decimals = column.decimals if printed.decimals is None else printed.decimals
    decimals = 0 if printed.of == "rank" else decimals
    theirs = np.append(column.values, np.nan)[seen.rows]
    ours = _computed(seen.result, printed, node)
    there, here = ~np.isnan(theirs), ~np.isnan(ours)
    both = there & here
    off = np.where(both, ours - theirs, 0.0)
    equal = equal_as_printed(ours, theirs, decimals) & both
    bound = 0.0 if printed.of == "rank" else 10.0**-decimals / 2 + printed.error
    inside = (equal | (np.abs(off) <= bound + HAIR)) & both
    unmet = np.ones(len(column.values), dtype=bool)
    unmet[seen.rows[here & (seen.rows >= 0)]] = False
    unmet &= ~np.isnan(column.values)
    found = ColumnComparison(
        column=printed.column,
        node=seen.result.plan.nodes[node].code,
        of=printed.of,
        whole=node == seen.result.plan.root,
        transformed=bool(printed.steps),
        decimals=decimals,
        error=printed.error,
        published=int((~np.isnan(column.values)).sum()),
        computed=int(here.sum()),
        compared=int(both.sum()),
        equal=int(equal.sum()),
        inside=int(inside.sum()),
        largest=float(np.abs(off).max(initial=0.0)),
        only_published=tuple(seen.said(row) for row in np.flatnonzero(unmet).tolist()),
        only_computed=tuple(seen.name(row) for row in np.flatnonzero(here & ~there).tolist()),
        unread=column.unread,
        worst=_worst(seen, ours, theirs, both & ~equal),
        rule=_rule(seen, printed, node, theirs, bound) if 2 * inside.sum() < both.sum() else None,
    )
    return replace(found, verdict=in_words(found))


def _computed(result: Result, printed: Printed, node: int) -> Vector:
    """Return what the index gives for a column, (rows,); NaN where nothing."""
    if printed.of == "rank":
        ranks = result.rank(node)
        return np.where(ranks > 0, ranks, np.nan)
    scores = result.score(node)
    for step in printed.steps:
        strata = strata_of(result.plan.definition, result.plan.table, step)
        scores = PlacedStep(step, strata).through(scores)
    return scores


def equal_as_printed(ours: Vector, theirs: Vector, decimals: int) -> Mask:
    """Whether numbers are printed alike at some decimals, (rows,), whichever way halves go.

    >>> equal_as_printed(np.array([2.5, 2.5, 3.5, 3.5]), np.array([2.0, 3.0, 3.0, 4.0]), 0).tolist()
    [True, True, False, True]
    """
    scaled, shown = ours * 10.0**decimals, np.rint(theirs * 10.0**decimals)
    below = np.floor(scaled)
    hair = min(HAIR * 10.0**decimals, 1e-3)
    half = np.abs(scaled - below - 0.5) <= hair
    down = (shown == below) & ((below % 2 == 0) | (scaled < 0))
    alike: Mask = np.where(half, (shown == below + 1) | down, shown == np.rint(scaled))
    return alike


def _worst(seen: _Seen, ours: Vector, theirs: Vector, which: Mask) -> tuple[Difference, ...]:
    """Return the rows that differ most, of those marked in (rows,)."""
    rows = np.flatnonzero(which)
    first = rows[np.argsort(-np.abs(ours - theirs)[rows], kind="stable")][: seen.worst]
    result, periods = seen.result, seen.result.plan.table.periods
    return tuple(
        Difference(
            unit=result.units[row],
            name=result.names[row],
            period=periods[row] if periods else "",
            published=float(theirs[row]),
            computed=float(ours[row]),
            difference=float(ours[row] - theirs[row]),
        )
        for row in first.tolist()
    )


def _rule(
    seen: _Seen, printed: Printed, node: int, theirs: Vector, bound: float
) -> LinearRule | None:
    """Return the weights that would fit a column of scores best, where the node is a plain mean."""
    plan = seen.result.plan
    spec = plan.nodes[node]
    linear = bool(spec.children) and isinstance(spec.aggregation.chart(), Identity)
    if printed.of == "rank" or printed.steps or spec.steps or not linear:
        return None
    scores = [seen.result.score(child) for child in spec.children]
    return best_linear_rule(np.column_stack(scores), theirs, bound)
