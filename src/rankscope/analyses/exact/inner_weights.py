"""Weights below what is bent: those that are best, or worst, for one unit alone.

Below a visible node that is no linear function of the weights there are no variables; a
witness still needs weights there.  The groups vary each by itself, so that the best of each
for one unit is found from the bottom up.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from rankscope.analyses.exact.chain import order_of
from rankscope.analyses.exact.spans import Spans

if TYPE_CHECKING:
    from rankscope.analyses.exact.bounds import End
    from rankscope.analyses.exact.region import Region
    from rankscope.analyses.varied_weights import VariedGroup
    from rankscope.methods.admissible import Admissible, Siblings
    from rankscope.pipeline.result import Result
    from rankscope.shapes import Batch, Vector

_ROUNDS = 5


class InnerWeights:
    """Weights of the hidden groups of a region, by unit and end."""

    def __init__(self, region: Region, result: Result, view: str) -> None:
        self.region = region
        self._spans = Spans(result, region.varied, view)
        self._found: dict[End, list[Vector]] = {}

    def completed(self, weights: Batch, end: End) -> Batch:
        """Return weights (edges,) with those of the hidden groups that suit one end."""
        if not self.region.hidden:
            return weights
        if end not in self._found:
            row = int(self.region.rows[end.unit])
            self._found[end] = [self._own(one, row, best=end.best) for one in self.region.hidden]
        weights = weights.copy()
        for group, shares in zip(self.region.hidden, self._found[end], strict=True):
            weights[group.children] = shares * group.siblings.weights.sum()
        return weights

    def _own(self, group: VariedGroup, row: int, *, best: bool) -> Vector:
        """Return the shares of a group that are best for a row, (children,)."""
        up = self._direction(group.parent) * (1.0 if best else -1.0)
        chart = self.region.plan.nodes[group.parent].aggregation.chart()
        there = self._spans.there(group.parent)[row]
        if chart is None or not there.any():
            return group.siblings.shares
        spans = [self._spans.of(child) for child in self._spans.counted(group.parent)]
        values = np.array([(one.high if up > 0 else one.low)[row] for one in spans])
        charted = np.where(there > 0, chart.forward(np.where(there > 0, values, 1.0)), 0.0)
        ends = chart.back(np.array([charted[there > 0].min(), charted[there > 0].max()]))
        up *= 1.0 if ends[1] >= ends[0] else -1.0
        return _best_shares(self.region.varied.admissible, group.siblings, up * charted, there)

    def _direction(self, node: int) -> float:
        """Return +1 where a higher mean of a node's children is good for the rank, else -1."""
        plan = self.region.plan
        sign = -1.0 if plan.definition.method.ranking.best == "lowest" else 1.0
        while node >= 0:
            order = order_of(plan.nodes[node].steps, self.region.rows)
            sign *= 1.0 if order is None else order.sign
            node = -1 if node == self.region.top else plan.nodes[node].parent
        return sign


def _best_shares(
    admissible: Admissible, siblings: Siblings, values: Vector, there: Vector
) -> Vector:
    """Return the shares with the largest mean of what is there, all of shape (children,)."""
    from scipy.optimize import linprog

    walls, shares = admissible.walls(siblings), siblings.shares
    equal = np.zeros((1, walls.shape[1]))
    equal[0, : len(shares)] = 1.0
    costs = np.zeros(walls.shape[1])
    for _ in range(_ROUNDS if (there != 1).any() else 1):
        counted = shares * there
        mean = (counted @ values) / counted.sum() if counted.sum() > 0 else 0.0
        costs[: len(shares)] = -there * (values - mean)
        limits = np.zeros(len(walls)) if len(walls) else None
        found = linprog(costs, walls if len(walls) else None, limits, equal, [1.0], method="highs")
        if not found.success or found.x is None:
            return shares
        shares = np.asarray(found.x[: len(shares)])
    return shares
