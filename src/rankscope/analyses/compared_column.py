"""A published column held against an index."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from rankscope.analyses.against_column import ColumnComparison, Difference
from rankscope.analyses.against_words import in_words
from rankscope.analyses.as_printed import HAIR, computed_for_print, equal_as_printed
from rankscope.analyses.linear_rule import best_linear_rule, line_to
from rankscope.analyses.printed_columns import node_of
from rankscope.methods.aggregation import Identity

if TYPE_CHECKING:
    from rankscope.analyses.linear_rule import LinearRule
    from rankscope.data.published_table import PublishedColumn, PublishedTable
    from rankscope.definition.model import Printed
    from rankscope.pipeline.result import Result
    from rankscope.shapes import Mask, Vector, Whole


@dataclass(frozen=True, slots=True)
class SeenTable:
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

    def without(self, column: PublishedColumn, here: Mask) -> tuple[str, ...]:
        """Return who has a number in the column only; ``here`` (rows of the index,) have ours."""
        unmet = ~np.isnan(column.values)
        unmet[self.rows[here & (self.rows >= 0)]] = False
        return tuple(self.said(row) for row in np.flatnonzero(unmet).tolist())


def compared_column(seen: SeenTable, printed: Printed) -> ColumnComparison:
    """Compare what the index gives for a published column with what stands there.

    Raises
    ------
    DataError
        When there is no such column or node, or what was done for print can not be done.
    """
    node = node_of(seen.result.plan, printed)
    column = seen.table.column(printed.column)
    decimals = column.decimals if printed.decimals is None else printed.decimals
    decimals = 0 if printed.of == "rank" else decimals
    theirs = np.append(column.values, np.nan)[seen.rows]
    ours = computed_for_print(seen.result, printed, node)
    there, here = ~np.isnan(theirs), ~np.isnan(ours)
    both = there & here
    off = np.where(both, ours - theirs, 0.0)
    equal = equal_as_printed(ours, theirs, decimals) & both
    bound = 0.0 if printed.of == "rank" else 10.0**-decimals / 2 + printed.error
    inside = (equal | (np.abs(off) <= bound + HAIR)) & both
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
        only_published=seen.without(column, here),
        only_computed=tuple(seen.name(row) for row in np.flatnonzero(here & ~there).tolist()),
        unread=column.unread,
        worst=_worst(seen, ours, theirs, both & ~equal),
    )
    if 2 * found.inside < found.compared and printed.of == "score":
        rule = _rule(seen, printed, node, theirs, bound)
        found = replace(found, rule=rule, line=line_to(ours, theirs, bound))
    return replace(found, verdict=in_words(found))


def _worst(seen: SeenTable, ours: Vector, theirs: Vector, which: Mask) -> tuple[Difference, ...]:
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
    seen: SeenTable, printed: Printed, node: int, theirs: Vector, bound: float
) -> LinearRule | None:
    """Return the weights that would fit a column of scores best, where the node is a plain mean."""
    plan = seen.result.plan
    spec = plan.nodes[node]
    linear = bool(spec.children) and isinstance(spec.aggregation.chart(), Identity)
    if printed.steps or spec.steps or not linear:
        return None
    scores = [seen.result.score(child) for child in spec.children]
    return best_linear_rule(np.column_stack(scores), theirs, bound)
