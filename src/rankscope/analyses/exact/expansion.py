"""The walk from the top of a region down to its terminals.

On the way each unit collects a multiplier: how much more, or less, a node counts for it
than the variable of that node says, because of shares that are kept, of sums that are no
means, and of lines that scores pass through.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from rankscope.analyses.exact.chain import Line, line_of
from rankscope.analyses.exact.groups import RegionGroup
from rankscope.analyses.exact.spans import on_chart, refused
from rankscope.methods.aggregation import Identity

if TYPE_CHECKING:
    from rankscope.analyses.exact.spans import Span, Spans
    from rankscope.methods.aggregation import Chart
    from rankscope.shapes import Matrix, Vector, Whole


class Expansion:
    """The visible nodes of a region as they are found; see `Region`.

    ``lows`` and ``highs`` hold a column of coefficients, (units,), for each.
    """

    def __init__(self, spans: Spans, rows: Whole, *, hold: bool) -> None:
        self.spans, self.rows, self.hold = spans, rows, hold
        self.nodes: list[int] = []
        self.parents: list[int] = []
        self.groups: list[RegionGroup] = []
        self.lows: list[Vector] = []
        self.highs: list[Vector] = []
        self.held: list[int] = []
        self.gappy: list[int] = []
        self.bent: list[int] = []

    def expand(self, top: int) -> Chart:
        """Walk down from the top and return the chart of the region: that of the top."""
        node = self.spans.plan.nodes[top]
        chart = node.aggregation.chart()
        place, ones = self._add(top, -1), np.ones(len(self.rows))
        if not self._straight(top):
            raise refused(node, "has a step that gives a score to units without one")
        if chart is None:
            self._put(place, ones, self.spans.combined(top))
            self.bent.append(top)
            return Identity()
        self._children(place, ones, chart)
        return chart

    def _add(self, node: int, parent: int) -> int:
        self.nodes.append(node)
        self.parents.append(parent)
        self.lows.append(np.zeros(len(self.rows)))
        self.highs.append(np.zeros(len(self.rows)))
        return len(self.nodes) - 1

    def _put(self, place: int, multiplier: Vector, span: Span) -> None:
        """Add a span, times a multiplier (units,), to the coefficients of a visible node."""
        ends = [np.where(multiplier == 0, 0.0, end[self.rows]) * multiplier for end in span]
        self.lows[place] = self.lows[place] + np.minimum(*ends)
        self.highs[place] = self.highs[place] + np.maximum(*ends)

    def _visit(self, place: int, multiplier: Vector, chart: Chart) -> None:
        """Go on at a child: a terminal, a node to walk down from, or one that is bounded."""
        number = self.nodes[place]
        node, line = self.spans.plan.nodes[number], line_of(self.spans.plan.nodes[number].steps)
        straight = line == Line() or (line is not None and isinstance(chart, Identity))
        if self.spans.varies(number) and not (
            straight and node.aggregation.chart() == chart and self._straight(number)
        ):
            self.bent.append(number)
        elif self.spans.varies(number) and line is not None:
            self.lows[place] = self.highs[place] = multiplier * line.offset
            self._children(place, multiplier * line.factor, chart)
            return
        self._put(place, multiplier, on_chart(chart, self.spans.of(number)))

    def _straight(self, number: int) -> bool:
        """Whether all units that have a score at a node have it from its children."""
        if not self.spans.plan.nodes[number].children:
            return True
        without = ~(self.spans.there(number)[self.rows] > 0).any(axis=1)
        return not (without & self.spans.present[self.rows, number]).any()

    def _children(self, place: int, multiplier: Vector, chart: Chart) -> None:
        """Share a node's weight among its counted children."""
        number = self.nodes[place]
        there = np.where(multiplier[:, None] == 0, 0.0, self.spans.there(number)[self.rows])
        weights = self.spans.varied.given[self.spans.counted(number)]
        counts = _common(there)
        if not self.spans.plan.nodes[number].aggregation.shares:
            counts, ways = np.ones(len(weights)), multiplier[:, None] * there * weights.sum()
            self._share(place, counts, ways, chart)
        elif number not in self.spans.groups:
            self._share(place, None, _kept(multiplier, there, weights), chart)
        elif counts is not None:
            self._share(place, counts, multiplier[:, None] * (there > 0), chart)
        elif self.hold:
            self.held.append(number)
            self._share(place, None, _kept(multiplier, there, weights), chart)
        else:
            self.gappy.append(number)
            self._with_gaps(place, multiplier, there, chart)

    def _with_gaps(self, place: int, multiplier: Vector, there: Matrix, chart: Chart) -> None:
        """Give a child that a unit misses what its siblings have on average, low and high."""
        number = self.nodes[place]
        span = self.spans.mean(number, chart)
        idle = ~(there > 0).any(axis=0)
        factor = self.spans.plan.factor(self.spans.counted(number))[self.rows]
        counts = _common(np.where(idle, 0.0, factor)[multiplier != 0])
        if counts is None:  # weights that differ between units: nothing below has variables
            self._put(place, multiplier, span)
            return
        missing = multiplier[:, None] * ((there == 0) & ~idle)
        children = self._share(place, counts, multiplier[:, None] * (there > 0), chart)
        for child, own in zip(children, missing.T[~idle], strict=True):
            self._put(child, own, span)

    def _share(
        self, place: int, counts: Vector | None, multipliers: Matrix, chart: Chart
    ) -> list[int]:
        """Add the children of a node and go on at each, with multipliers (units, children).

        ``counts`` is None where shares are kept.  Returns the children's places.
        """
        spans, number = self.spans, self.nodes[place]
        numbers = np.array(spans.counted(number))
        shares = spans.varied.given[numbers] / spans.varied.given[numbers].sum()
        counted = np.ones(len(numbers), dtype=bool) if counts is None else counts > 0
        children = [self._add(child, place) for child in numbers[counted].tolist()]
        varied = None if counts is None else spans.groups.get(number)
        if varied is not None and counts is not None:
            shares = counts * shares / (counts @ shares)
        self.groups.append(
            RegionGroup(
                parent=place,
                children=np.array(children, dtype=np.int64),
                shares=shares[counted],
                varied=varied,
                admissible=spans.varied.admissible,
                counts=np.ones(len(numbers)) if counts is None else counts,
            )
        )
        for child, own in zip(children, multipliers.T[counted], strict=True):
            self._visit(child, own, chart)
        return children


def _common(there: Matrix) -> Vector | None:
    """Return by how much each child counts if that is the same for all units, else None.

    ``there`` is of shape (units, children); units that have no child say nothing.
    """
    own = there[there.any(axis=1)]
    if not len(own):
        return np.ones(there.shape[1])
    own = own / own.max(axis=1, keepdims=True)
    return own[0] if np.allclose(own, own[0], rtol=0, atol=1e-12) else None


def _kept(multiplier: Vector, there: Matrix, weights: Vector) -> Matrix:
    """Return multipliers, (units, children), that turn shares as given into each unit's own."""
    own = there * weights
    total = own.sum(axis=1, keepdims=True)
    shares = np.divide(own, total, out=np.zeros(own.shape), where=total > 0)
    return np.asarray(multiplier[:, None] * shares / (weights / weights.sum()))
