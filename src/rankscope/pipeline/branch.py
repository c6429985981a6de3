"""One aggregate, made ready for many draws: what no draw changes is worked out once.

A node is the mean of its children on its chart: the sum of weight times value over
the sum of weights, of those that are there.  Inside, what is absent carries the
value 1 with a weight of 0, so that nothing needs a mask for each draw; who asks from
outside gets NaN.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

import numpy as np

from rankscope.methods.aggregation import Identity
from rankscope.pipeline.groups import periods_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from rankscope.methods.aggregation import Aggregation, Chart
    from rankscope.pipeline.fitting import PlacedStep
    from rankscope.pipeline.leaves import Leaves
    from rankscope.pipeline.plan import Plan
    from rankscope.shapes import Batch, Mask, Matrix, Vector, Whole

Edges: TypeAlias = "slice | Whole"
"""Numbers of edges: a slice where they follow each other, which spares a copy."""


def edges(numbers: Sequence[int]) -> Edges:
    """Return numbers as a slice where they follow each other, else as an array."""
    first, count = (numbers[0], len(numbers)) if numbers else (0, 0)
    if list(numbers) == list(range(first, first + count)):
        return slice(first, first + count)
    return np.array(numbers, dtype=np.int64)


def with_steps(steps: tuple[PlacedStep, ...], scores: Batch) -> Batch:
    """Return scores, of shape (*draws, rows), after a chain of steps."""
    for step in steps:
        scores = step.through(scores)
    return scores


@dataclass(frozen=True, slots=True)
class Branch:
    """An aggregate over some rows.

    ``children`` are edges, first the ``leaves`` among them, then the ``inner`` ones;
    ``columns`` and ``values`` of shape (leaves, rows) are those of the leaves, on the node's
    chart, 0 in gaps; where there are gaps, presence stands beside, (leaves, 2 rows).
    ``there`` (children, rows) says who is present: 0, or 1, or by how much the weight
    differs in the row's period; ``absent`` (rows,) where the node itself has no score;
    ``empty`` (rows,) where it has one only because a step fills it in;
    ``periods`` (rows,) which rows are compared with each other; ``order`` (children,) where
    the children of the definition's order stand among these.
    """

    number: int
    chart: Chart | None
    aggregation: Aggregation
    steps: tuple[PlacedStep, ...]
    children: Edges
    leaves: Edges
    columns: Edges
    inner: tuple[int, ...]
    values: Matrix
    there: Matrix
    gaps: bool
    absent: Mask
    empty: Mask
    periods: Whole
    order: Whole

    def scores(self, by_edge: Batch, total: Vector, inner: Mapping[int, Batch]) -> Batch:
        """Return the node's scores, of shape (draws, rows), from weights (edges, draws).

        ``total`` (draws,) is the weight of all children, ``inner`` holds the scores
        of those that are aggregates.
        """
        if self.chart is None:
            scores = self._combined(by_edge, inner)
        else:
            scores = self._charted(by_edge, total, inner)
        if self.empty.any():
            scores[:, self.empty] = np.nan
        return scores

    def _charted(self, by_edge: Batch, total: Vector, inner: Mapping[int, Batch]) -> Batch:
        """Return the weighted mean or sum on the node's chart, of shape (draws, rows)."""
        chart = self.chart or Identity()
        product = by_edge[self.leaves].T @ self.values
        above, below = product, total[:, None]
        if self.gaps:
            above, below = product[:, : self.absent.size], product[:, self.absent.size :]
        for child, there in zip(self.inner, self.there[len(self.values) :], strict=True):
            weight = by_edge[child][:, None]
            value = chart.forward(inner[child])
            if not weight.all():  # a child without weight takes no part, whatever its value
                value = np.where(weight == 0, 1.0, value)
            if self.gaps:
                weight = weight * there
                below += weight
            above += value * weight
        if not self.aggregation.shares:
            return chart.back(above)
        with np.errstate(invalid="ignore", divide="ignore"):
            return chart.back(above / below)

    def stepped(self, scores: Batch) -> Batch:
        """Return scores after the node's steps, which are fitted where it has a score."""
        if not self.steps:
            return scores
        return np.where(self.absent, 1.0, with_steps(self.steps, self.shown(scores)))

    def shown(self, scores: Batch) -> Batch:
        """Return scores with NaN where the node has none."""
        return np.where(self.absent, np.nan, scores)

    def _combined(self, by_edge: Batch, inner: Mapping[int, Batch]) -> Batch:
        """Combine the children by a method that has no chart, (draws, rows)."""
        values = np.empty((by_edge.shape[1], self.absent.size, len(self.there)))
        values[..., : len(self.values)] = self.values.T
        for place, child in enumerate(self.inner, start=len(self.values)):
            values[..., place] = inner[child]
        weights = by_edge[self.children].T[:, None, :] * self.there.T
        if self.aggregation.shares:
            total = weights.sum(axis=-1, keepdims=True)
            weights = np.divide(weights, total, out=np.zeros(weights.shape), where=total > 0)
        if self.aggregation.ordered:
            values, weights = values[..., self.order], weights[..., self.order]
        values = np.where(weights == 0, 1.0, values)
        if self.aggregation.row_wise:
            return self.aggregation.combine(values, weights)
        weights = np.where(self.absent[:, None], 0.0, weights)
        combined = np.full(values.shape[:-1], np.nan)
        for period in np.unique(self.periods):
            rows = self.periods == period
            combined[:, rows] = self.aggregation.combine(values[:, rows], weights[:, rows])
        return np.where(self.absent, 1.0, combined)


def branches_of(plan: Plan, leaves: Leaves, rows: Whole, top: int) -> tuple[Branch, ...]:
    """Return the aggregates of a node's subtree over some rows, children before parents.

    The top comes without its steps: they are fitted over all rows, which need not be these.
    """
    numbers = [number for number in plan.subtree(top) if plan.nodes[number].children]
    return tuple(_branch(plan, leaves, rows, number, number == top) for number in numbers)


def _branch(plan: Plan, leaves: Leaves, rows: Whole, number: int, bare: bool) -> Branch:
    """Return an aggregate over some rows; ``bare`` is without its steps."""
    node = plan.nodes[number]
    steps = () if bare else tuple(step.of_rows(rows) for step in node.steps)
    leaf = [child for child in node.children if not plan.nodes[child].children]
    inner = tuple(child for child in node.children if plan.nodes[child].children)
    columns = [plan.nodes[child].leaf for child in leaf]
    chart = node.aggregation.chart()
    absent = ~leaves.present[rows, number]
    there = (leaves.present[rows][:, [*leaf, *inner]].T | absent).astype(float)
    there *= plan.factor([*leaf, *inner])[rows].T  # where the node is absent, fillers count
    values = leaves.values[rows][:, columns].T
    values = np.where(absent | np.isnan(values), 1.0, values)
    gaps = chart is not None and bool((there != 1).any())
    if chart is not None:
        values = np.where(there[: len(leaf)] > 0, chart.forward(values), 0.0)
        values *= there[: len(leaf)]
    if gaps:
        values = np.hstack([values, there[: len(leaf)]])
    return Branch(
        number=number,
        chart=chart,
        aggregation=node.aggregation,
        steps=steps,
        children=edges([*leaf, *inner]),
        leaves=edges(leaf),
        columns=edges(columns),
        inner=inner,
        values=values,
        there=there,
        gaps=gaps,
        absent=absent,
        empty=~absent & ~(there > 0).any(axis=0),
        periods=periods_of(plan.table)[rows],
        order=np.array([[*leaf, *inner].index(child) for child in node.children], dtype=np.int64),
    )
