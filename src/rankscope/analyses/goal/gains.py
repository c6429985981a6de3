"""What each share of a gap adds to the score, tabulated by the engine, indicator by indicator.

On the chart of the root the score is a sum of what the indicators give, if all nodes are
means of one kind.  Whether it is one, and whether it is a line in each share, is checked on
the engine's own numbers.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from rankscope.pipeline.evaluate import common_chart

if TYPE_CHECKING:
    from rankscope.analyses.goal.engine import Engine
    from rankscope.analyses.goal.wanted import Wanted
    from rankscope.methods.aggregation import Chart
    from rankscope.shapes import Matrix

POINTS = 129
"""Shares at which each gap is looked at first."""

TRIALS = 64

ROUNDED = 1e-9
"""By how much, as a part of all gains, a sum or a line may be off."""


@dataclass(frozen=True, slots=True, eq=False)
class Gains:
    """What shares of the gaps add to the score on the root's chart.

    ``shares`` and ``gains`` are of shape (points, indicators), shares upwards from 0 to 1;
    ``needed`` is what must come together, and more than 0.
    """

    engine: Engine
    chart: Chart
    start: float
    sign: float
    needed: float
    shares: Matrix
    gains: Matrix

    def with_points(self, shares: Matrix) -> Gains:
        """Return the table with more points of each indicator, (points, indicators)."""
        gains = self.at(shares)
        both = np.vstack([self.shares, shares]), np.vstack([self.gains, gains])
        order = np.argsort(both[0], axis=0, kind="stable")
        found = [np.take_along_axis(one, order, axis=0) for one in both]
        return Gains(
            self.engine, self.chart, self.start, self.sign, self.needed, found[0], found[1]
        )

    def at(self, shares: Matrix) -> Matrix:
        """Return what shares of single gaps add, each by itself, both (points, indicators)."""
        points, many = shares.shape
        values = self.engine.values(shares)
        cells = np.tile(self.engine.room.given, (points, many, 1))
        cells[:, np.arange(many), np.arange(many)] = values
        scores = self.engine.scores(cells.reshape(points * many, many))
        charted = self.chart.forward(scores).reshape(points, many)
        return np.asarray(self.sign * (charted - self.start))

    def monotone(self) -> bool:
        """Whether no indicator gives less for a larger share, at the points looked at."""
        slack = ROUNDED * max(float(np.abs(self.gains).max(initial=0.0)), 1e-300)
        return bool((np.diff(self.gains, axis=0) >= -slack).all())

    def straight(self) -> bool:
        """Whether each indicator's gain is a line in its share; dummies have only ends."""
        part = ~self.engine.room.whole
        line = self.shares * self.gains[-1]
        off = np.abs(self.gains - line)[:, part].max(initial=0.0)
        return bool(off <= ROUNDED * np.abs(self.gains[-1]).sum())


def gains_of(engine: Engine, wanted: Wanted) -> Gains | None:
    """Return the table of gains, or None where the score is no sum of them."""
    chart = common_chart(engine.result.plan, engine.result.plan.root)
    if chart is None or not engine.room.columns.size:
        return None
    ends = chart.forward(np.array([wanted.before, wanted.needed]))
    if not np.isfinite(ends).all() or ends[0] == ends[1]:
        return None
    sign = float(np.sign(ends[1] - ends[0]))
    start, needed = float(ends[0]), float(abs(ends[1] - ends[0]))
    shares = np.repeat(
        np.linspace(0.0, 1.0, POINTS)[:, None] ** 2, len(engine.room.columns), axis=1
    )
    shares = np.where(engine.room.whole, np.where(shares < 1, 0.0, 1.0), shares)
    bare = Gains(engine, chart, start, sign, needed, shares, np.empty(shares.shape))
    table = Gains(engine, chart, start, sign, needed, shares, bare.at(shares))
    return table if np.isfinite(table.gains).all() and _adds_up(table) else None


def _adds_up(table: Gains) -> bool:
    """Whether scores are sums of what the indicators give, at shares picked without a system."""
    points, many = table.shares.shape
    places = np.random.default_rng(0).integers(points, size=(TRIALS, many))
    places[0] = points - 1
    columns = np.arange(many)
    engine = table.engine
    scores = engine.scores(engine.values(table.shares[places, columns]))
    charted = table.sign * (table.chart.forward(scores) - table.start)
    expected = table.gains[places, columns].sum(axis=1)
    size = max(float(np.abs(table.gains).max(axis=0).sum()), table.needed, abs(table.start))
    return bool((np.abs(charted - expected) <= ROUNDED * size).all())
