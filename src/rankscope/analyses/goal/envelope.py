"""Concave envelopes of gains over costs, and what they say of the least cost of a sum.

The least cost of gains that add up to what is needed, over one choice for each indicator,
is at least that over their concave envelopes (the Lagrangian bound: Everett 1963, Operations
Research 11(3), 399-417, https://doi.org/10.1287/opre.11.3.399).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rankscope.shapes import Matrix, Vector, Whole


class Envelope(NamedTuple):
    """The corners of an envelope: their places among the points, costs and gains, (corners,)."""

    places: Whole
    costs: Vector
    gains: Vector


def envelope_of(costs: Vector, gains: Vector) -> Envelope:
    """Return the concave envelope of points, (points,) each, up to the highest gain."""
    order = np.lexsort((-gains, costs))
    highest = np.maximum.accumulate(np.r_[-np.inf, gains[order]])
    order = order[gains[order] > highest[:-1]]
    xs, ys = costs[order].tolist(), gains[order].tolist()
    kept: list[int] = []
    for k, (x, y) in enumerate(zip(xs, ys, strict=True)):
        while len(kept) > 1:
            i, j = kept[-2], kept[-1]
            if (ys[j] - ys[i]) * (x - xs[i]) > (y - ys[i]) * (xs[j] - xs[i]):
                break
            kept.pop()
        kept.append(k)
    found = order[np.array(kept, dtype=np.int64)]
    return Envelope(found, costs[found], gains[found])


@dataclass(frozen=True, slots=True, eq=False)
class Climb:
    """All edges of some envelopes, the steepest first: who gains most for the least goes first.

    ``owner`` (edges,) is whose edge it is and ``place`` (edges,) at which of its corners it
    begins; ``costs`` and ``gains`` (edges,) are what it adds to ``cost`` and ``gain``, with
    which all begin.
    """

    owner: Whole
    place: Whole
    costs: Vector
    gains: Vector
    cost: float
    gain: float

    def least(self, needed: float) -> float:
        """Return the least cost of what is needed, edges being divisible; inf if it is too much."""
        sums, costs = self.gain + np.cumsum(self.gains), self.cost + np.cumsum(self.costs)
        if needed <= self.gain:
            return self.cost
        edge = int(np.searchsorted(sums, needed))
        if edge == len(sums):
            return np.inf
        part = (sums[edge] - needed) / self.gains[edge]
        return float(costs[edge] - part * self.costs[edge])

    def last(self, needed: float) -> int | None:
        """Return the edge of which only a part is needed, None if there is none."""
        sums = self.gain + np.cumsum(self.gains)
        edge = int(np.searchsorted(sums, needed))
        return edge if self.gain < needed and edge < len(sums) else None


def climb_of(envelopes: Sequence[Envelope]) -> Climb:
    """Return the edges of envelopes in order."""
    counts = [len(one.places) - 1 for one in envelopes]
    owner = np.repeat(np.arange(len(envelopes)), counts)
    place = np.concatenate([np.arange(count) for count in counts])
    costs = np.concatenate([np.diff(one.costs) for one in envelopes])
    gains = np.concatenate([np.diff(one.gains) for one in envelopes])
    order = np.argsort(-gains / costs, kind="stable")
    return Climb(
        owner[order],
        place[order],
        costs[order],
        gains[order],
        sum(float(one.costs[0]) for one in envelopes),
        sum(float(one.gains[0]) for one in envelopes),
    )


def with_one_free(
    envelopes: Sequence[Envelope], costs: Matrix, gains: Matrix, needed: float
) -> tuple[float, Whole] | None:
    """Return the least cost found and the place of each indicator's point, None if none do.

    All but one indicator stand at corners where the same price puts them; that one may stand
    at any of its points, (points, indicators).  Of a smooth sum the least is of this kind:
    at most one can stand where its gain per cost still rises.
    """
    climb, best, least = climb_of(envelopes), None, np.inf
    for free in range(len(envelopes)):
        others = climb.owner != free
        start = envelopes[free]
        sums = np.r_[0.0, np.cumsum(climb.gains[others])] + climb.gain - start.gains[0]
        prices = np.r_[0.0, np.cumsum(climb.costs[others])] + climb.cost - start.costs[0]
        steps = np.searchsorted(sums, needed - gains[:, free])
        total = np.r_[prices, np.inf][steps] + costs[:, free]
        alone = len(start.places) == 1
        place = int(start.places[0] if alone else np.argmin(total))
        if total[place] < least:
            corner = np.bincount(climb.owner[others][: steps[place]], minlength=len(envelopes))
            best = np.array(
                [one.places[k] for one, k in zip(envelopes, corner, strict=True)], dtype=np.int64
            )
            best[free], least = place, float(total[place])
    return None if best is None else (least, best)
