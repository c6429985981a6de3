"""A lower bound of the effort by branch and bound over the ranges of single indicators.

Branch and bound on separable programs with curves that are not concave: Falk & Soland 1969,
Management Science 15(9), 550-569, https://doi.org/10.1287/mnsc.15.9.550.
"""

from __future__ import annotations

import heapq
from dataclasses import dataclass
from itertools import count
from typing import TYPE_CHECKING

import numpy as np

from rankscope.analyses.goal.envelope import climb_of, envelope_of

if TYPE_CHECKING:
    from rankscope.analyses.goal.envelope import Climb, Envelope
    from rankscope.shapes import Mask, Matrix, Whole


@dataclass(frozen=True, slots=True, eq=False)
class Curves:
    """Costs and gains at points of each indicator, (points, indicators), costs upwards.

    ``whole`` (indicators,) have no points but the first and the last.
    """

    costs: Matrix
    gains: Matrix
    whole: Mask
    needed: float

    def hopeful(self, k: int, low: int, high: int) -> Envelope:
        """Return the envelope of an indicator between two points, each cell at its best.

        Where a curve never falls, a cell between two points gains at most what the right one
        does and costs at least what the left one does.  Places are those of the left ones.
        """
        costs, gains = self.costs[low : high + 1, k], self.gains[low : high + 1, k]
        if not self.whole[k]:
            gains = np.r_[gains[1:], gains[-1]]
        found = envelope_of(costs, gains)
        return found._replace(places=found.places + low)


@dataclass(frozen=True, slots=True, eq=False)
class Branch:
    """Ranges of points, (indicators,), and a cost that no choice within them is below.

    ``price`` is what one more gain costs there.
    """

    bound: float
    price: float
    low: Whole
    high: Whole
    envelopes: tuple[Envelope, ...]
    climb: Climb


def whole_branch(curves: Curves) -> Branch:
    """Return the branch of all points."""
    points, many = curves.costs.shape
    low, high = np.zeros(many, dtype=np.int64), np.full(many, points - 1)
    envelopes = tuple(curves.hopeful(k, 0, points - 1) for k in range(many))
    return _branch(curves, low, high, envelopes)


def lowest_branch(curves: Curves, enough: float, most: int) -> Branch:
    """Return the branch with the lowest bound once no cut helps, or it is ``enough``.

    Its bound holds for all points.  ``most`` is the largest number of cuts.
    """
    first, number = whole_branch(curves), count()
    waiting = [(first.bound, next(number), first)]
    for _ in range(most):
        bound, _, branch = waiting[0]
        cut = None if bound >= enough else _cut(curves, branch)
        if cut is None:
            break
        heapq.heappop(waiting)
        for one in _halves(curves, branch, *cut):
            heapq.heappush(waiting, (one.bound, next(number), one))
    return waiting[0][2]


def _branch(curves: Curves, low: Whole, high: Whole, envelopes: tuple[Envelope, ...]) -> Branch:
    climb = climb_of(envelopes)
    last, price = climb.last(curves.needed), 0.0
    if last is not None:
        price = float(climb.costs[last] / climb.gains[last])
    return Branch(climb.least(curves.needed), price, low, high, envelopes, climb)


def _cut(curves: Curves, branch: Branch) -> tuple[int, int] | None:
    """Return the indicator and the point at which a branch is best cut; None where nowhere.

    That is within the long edge of which only a part was needed.
    """
    climb = branch.climb
    edge = climb.last(curves.needed)
    if edge is None:
        return None
    k, corner = int(climb.owner[edge]), int(climb.place[edge])
    one = branch.envelopes[k]
    first, last = int(one.places[corner]), int(one.places[corner + 1])
    if curves.whole[k]:
        return k, last
    if last - first < 2:
        return None
    over = climb.gain + climb.gains[: edge + 1].sum() - curves.needed
    cost = one.costs[corner + 1] - over / climb.gains[edge] * climb.costs[edge]
    place = int(np.searchsorted(curves.costs[:, k], cost))
    return k, min(max(place, first + 1), last)


def _halves(curves: Curves, branch: Branch, k: int, place: int) -> list[Branch]:
    """Return both sides of a cut; of a dummy, none of it and all of it."""
    low, high = int(branch.low[k]), int(branch.high[k])
    last = len(curves.costs) - 1
    ends = ((0, 0), (last, last)) if curves.whole[k] else ((low, place), (place, high))
    found = []
    for one, other in ends:
        lows, highs = branch.low.copy(), branch.high.copy()
        lows[k], highs[k] = one, other
        own = curves.hopeful(k, one, other)
        envelopes = (*branch.envelopes[:k], own, *branch.envelopes[k + 1 :])
        found.append(_branch(curves, lows, highs, envelopes))
    return found
