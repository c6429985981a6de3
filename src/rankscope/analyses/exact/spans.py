"""Between which scores a node of each unit lies over all admissible weights, bottom up."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from rankscope.analyses.exact.chain import mapped
from rankscope.analyses.exact.ratios import largest_mean, smallest_mean
from rankscope.errors import MethodError
from rankscope.methods.aggregation import Identity
from rankscope.pipeline.plan import HEADLINE

if TYPE_CHECKING:
    from rankscope.analyses.varied_weights import VariedWeights
    from rankscope.methods.aggregation import Chart
    from rankscope.pipeline.plan import PlanNode
    from rankscope.pipeline.result import Result
    from rankscope.shapes import Mask, Matrix, Vector


class Span(NamedTuple):
    """The least and the greatest score of each row, (rows,), NaN where there is none."""

    low: Vector
    high: Vector


def on_chart(chart: Chart, span: Span) -> Span:
    """Return a span on a chart, the lower end first."""
    one, other = chart.forward(span.low), chart.forward(span.high)
    return Span(np.fmin(one, other), np.fmax(one, other))


class Spans:
    """Spans of the nodes of an index, worked out when they are asked for and kept.

    They hold for every weight of the set.  Since the groups of siblings vary each by itself,
    both ends are taken by some weights, though not by the same ones for all units.
    """

    def __init__(self, result: Result, varied: VariedWeights, view: str = HEADLINE) -> None:
        self.plan, self.present = result.plan, result.leaves.present
        self.varied = varied
        self.groups = {group.parent: group for group in varied.groups}
        self._scores = result.scores[result.plan.views.index(view)]
        self._found: dict[int, Span] = {}

    def varies(self, node: int) -> bool:
        """Whether weights vary at a node or anywhere below it."""
        return any(number in self.groups for number in self.plan.subtree(node))

    def counted(self, node: int) -> list[int]:
        """Return the children of a node that have weight."""
        return [child for child in self.plan.nodes[node].children if self.varied.given[child] > 0]

    def there(self, node: int) -> Matrix:
        """Return who is present of the counted children, (rows, children), 0 if not.

        Where weights differ between rows, by how much they do.
        """
        children = self.counted(node)
        return np.asarray(self.present[:, children] * self.plan.factor(children))

    def of(self, node: int) -> Span:
        """Return the span of a node's scores, after its steps."""
        if node not in self._found:
            self._found[node] = self._span(node)
        return self._found[node]

    def on(self, chart: Chart, node: int) -> tuple[Matrix, Matrix]:
        """Return the spans of the counted children on a chart: low and high, (rows, children)."""
        spans = [on_chart(chart, self.of(child)) for child in self.counted(node)]
        lows = np.column_stack([span.low for span in spans])
        return lows, np.column_stack([span.high for span in spans])

    def mean(self, node: int, chart: Chart) -> Span:
        """Return the span of a node's weighted mean or sum of children, on a chart."""
        lows, highs = self.on(chart, node)
        there, group = self.there(node), self.groups.get(node)
        if not self.plan.nodes[node].aggregation.shares:
            return self._total(node, lows * there, highs * there)
        if group is None:
            weights = there * self.varied.given[self.counted(node)]
            return Span(_mean(weights, lows), _mean(weights, highs))
        own = self.varied.admissible, group.siblings
        return Span(smallest_mean(*own, lows, there), largest_mean(*own, highs, there))

    def _span(self, node: int) -> Span:
        one = self.plan.nodes[node]
        if not self.varies(node):
            own = np.where(self.present[:, node], self._scores[:, node], np.nan)
            return Span(own, own)
        chart = one.aggregation.chart()
        span = self.combined(node) if chart is None else self._charted(node, chart)
        changed = mapped(one.steps, *_masked(span, self.present[:, node]))
        if changed is None:
            raise refused(one, "has steps that look at all units together or turn their order")
        return _masked(Span(*changed), self.present[:, node])

    def _charted(self, node: int, chart: Chart) -> Span:
        span = self.mean(node, chart)
        one, other = chart.back(span.low), chart.back(span.high)
        return Span(np.fmin(one, other), np.fmax(one, other))

    def combined(self, node: int) -> Span:
        """Return the span, before steps, of a node without a chart and with weights as given.

        Raises
        ------
        MethodError
            When its weights vary, or a better child may make it worse.
        """
        one = self.plan.nodes[node]
        method = one.aggregation
        if node in self.groups or not (method.monotone and method.row_wise):
            raise refused(one, f"combines by {method.name}, which is no weighted mean")
        weights = self.there(node) * self.varied.given[self.counted(node)]
        if method.shares:
            total = weights.sum(axis=1, keepdims=True)
            weights = np.divide(weights, total, out=np.zeros(weights.shape), where=total > 0)
        ends = (np.where(weights > 0, end, 1.0) for end in self.on(Identity(), node))
        return Span(*(method.combine(end, weights) for end in ends))

    def _total(self, node: int, lows: Matrix, highs: Matrix) -> Span:
        """Return the span of a sum: what is missing adds nothing."""
        lows, highs = np.nan_to_num(lows), np.nan_to_num(highs)
        weights, group = self.varied.given[self.counted(node)], self.groups.get(node)
        if group is None:
            return Span(lows @ weights, highs @ weights)
        highest = self.varied.admissible.highest
        total = weights.sum()
        return Span(-total * highest(group.siblings, -lows), total * highest(group.siblings, highs))


def refused(node: PlanNode, why: str) -> MethodError:
    """Return the error of a node over which nothing exact can be said, with the ways out."""
    return MethodError(
        f"{node.code} {why}, so no exact range of ranks can be found while weights in or below "
        "it vary. Vary the weights of other levels, or take the ranks of a node below it."
    )


def _mean(weights: Matrix, values: Matrix) -> Vector:
    """Return weighted means, (rows,), of what has weight; NaN where nothing has."""
    total = weights.sum(axis=1)
    above = np.where(weights > 0, weights * values, 0.0).sum(axis=1)
    return np.asarray(np.divide(above, total, out=np.full(len(total), np.nan), where=total > 0))


def _masked(span: Span, present: Mask) -> Span:
    return Span(*(np.where(present, end, np.nan) for end in span))
