"""Where a panel and a definition do not go together: what can not be measured in some periods."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from rankscope._words import did_you_mean, join_words
from rankscope.data.periods import moments
from rankscope.definition.fields import EXTENSIVE
from rankscope.findings import Finding, error, note, warning
from rankscope.methods.base import plain_traits
from rankscope.pipeline.groups import series_of, times_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from rankscope.data.table import DataTable
    from rankscope.definition.model import IndexDefinition, Node
    from rankscope.shapes import Mask


def conflicts_over_time(
    definition: IndexDefinition, table: DataTable, out: Collection[str]
) -> tuple[Finding, ...]:
    """Return what does not go together between periods; ``out`` are codes that do not count.

    A tree that changes over time is refused: a score would mean something else from one
    year to the next, and nothing would tell the reader (conventions §16.4).
    """
    changing = _changing_trees(definition, table, out) if table.periods else []
    return (*changing, *_unknown_periods(definition, table), *_pooled(definition, table))


def _pooled(definition: IndexDefinition, table: DataTable) -> list[Finding]:
    """Return a note that one scale holds for all periods, which publishers often mean otherwise."""
    method = definition.method
    if len(set(table.periods)) < 2 or method.scales == "per_period" or method.base_periods:
        return []
    said = "Scales, and ranks among values, are learnt from all periods together."
    mend = "Write `scales: per_period` under `method:` where each edition had its own scale."
    return [note("panel-pooled", "method.scales", said, mend)]


def _changing_trees(
    definition: IndexDefinition, table: DataTable, out: Collection[str]
) -> list[Finding]:
    """Return an error for each indicator that counts in a period in which nobody has a value."""
    periods = np.array(table.periods)
    found = []
    for node, counts in _counting(definition.framework, tuple(moments(table.periods))):
        if not node.is_indicator or node.code in out:
            continue
        filled = {*periods[_filled(node, definition, table)]}
        empty = [period for period, does in counts.items() if does and period not in filled]
        if empty and filled:
            found.append(_tree_changes(node, empty, [one for one in counts if one in filled]))
    return found


def _counting(node: Node, periods: tuple[str, ...]) -> Iterator[tuple[Node, dict[str, bool]]]:
    """Yield a node and all below it, each with the periods in which it has a weight."""

    def below(node: Node, above: dict[str, bool]) -> Iterator[tuple[Node, dict[str, bool]]]:
        yield node, above
        for child in node.children:
            own = dict(child.period_weights)
            weights = {period: own.get(period, child.weight) for period in periods}
            yield from below(child, {one: above[one] and weights[one] > 0 for one in periods})

    return below(node, dict.fromkeys(periods, True))


def _filled(node: Node, definition: IndexDefinition, table: DataTable) -> Mask:
    """Return which rows have a value of an indicator, of shape (rows,), gaps filled over time."""
    values = table.column(node.code)
    if node.denominator and node.kind in EXTENSIVE:
        values = np.where(table.column(node.denominator) > 0, values, np.nan)
    imputation = node.imputation or definition.method.imputation
    if imputation.needs_panel:
        matrix = values[:, None]
        traits = plain_traits(*matrix.shape)
        traits = replace(traits, series=series_of(table), times=times_of(table))
        values = imputation.transform(matrix, imputation.fit(matrix, traits), traits)[:, 0]
    present: Mask = ~np.isnan(values)
    return present


def _tree_changes(node: Node, empty: list[str], filled: list[str]) -> Finding:
    weights = ", ".join(f"{period}: 0" for period in empty)
    kept = ", ".join(filled)
    said = (
        f"{node.code} has no value at all in {join_words(empty, 'and')}, and values in "
        f"{join_words(filled, 'and')}: the index would not measure the same in all periods."
    )
    mend = (
        f"Keep the periods that have it with `data.periods: [{kept}]`, say that it does not "
        f"count in the others with `period_weights: {{{weights}}}`, or fill it over time with "
        "`imputation: latest` or `imputation: linear`."
    )
    return error("panel-tree-changes", node.code, said, mend)


def _unknown_periods(definition: IndexDefinition, table: DataTable) -> list[Finding]:
    """Return a warning for each period with weights of its own that the table does not have.

    What needs no table to be seen is told by the checks of the definition.
    """
    known = list(moments(table.periods))
    if not known or definition.data.periods:
        return []
    return [
        warning(
            "period-weights-unused",
            node.code,
            f"{node.code} has a weight of its own in {period}, which is no period of the table.",
            did_you_mean(period, known) or "Correct the period, or remove it.",
        )
        for node in definition.framework.walk()
        for period, _ in node.period_weights
        if period not in known
    ]
