"""The search for best and worst ranks: bounds from pairs, then witnesses, then programs.

What is cheap comes first.  Pairs that no weights turn bound every rank; draws and corners of
the region often attain the bounds; integer programs settle what is left, one unit and one
end at a time, in a fixed order.
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from rankscope.analyses.exact.bounds import MOST, Bounds, End
from rankscope.analyses.exact.judge import Evidence
from rankscope.analyses.exact.programs import Effort, Programs

if TYPE_CHECKING:
    from rankscope.analyses.exact.inner_weights import InnerWeights
    from rankscope.analyses.exact.judge import Judge
    from rankscope.shapes import Batch, Vector, Whole

ROUNDS = (100, 20_000)
"""Nodes of the search tree after which a program stops: first few for all units, then many."""

CORNERS = 500
"""Units at whose best and worst corners weights are tried, at most."""


@dataclass(frozen=True, slots=True, eq=False)
class Ends:
    """Both ends of the reach of all units of a region, (units,) each.

    The best rank lies between ``best_from``, which is proved, and ``best_to``, which
    ``best_weights`` (units, edges) attain; the worst between ``worst_from`` and ``worst_to``.
    ``settled`` of ``pairs`` pairs can be turned by no weights; None where not all were looked at.
    """

    best_from: Whole
    best_to: Whole
    worst_from: Whole
    worst_to: Whole
    best_weights: Batch
    worst_weights: Batch
    settled: int | None
    pairs: int


class Search:
    """The search in one region; it ends at ``deadline``, a time of `time.monotonic`."""

    def __init__(
        self, bounds: Bounds, judge: Judge, inner: InnerWeights, first: Batch, deadline: float
    ) -> None:
        self.bounds, self.inner, self.deadline = bounds, inner, deadline
        self.region = bounds.region
        self.programs = Programs(self.region, bounds.margins.range)
        self.found = Evidence.start(judge, first)

    def ends(self) -> Ends:
        """Return the ends of all units; with too many units, programs run for none."""
        bounds, found = self.bounds, self.found
        found.add(self._corners())
        for nodes in ROUNDS if len(bounds.wanted) <= MOST else ():
            for end in (
                End(unit, best) for unit in bounds.wanted.tolist() for best in (True, False)
            ):
                if self._open(end):
                    self._settle(end, nodes)
        return Ends(
            best_from=np.minimum(bounds.best_from, found.best),
            best_to=found.best,
            worst_from=found.worst,
            worst_to=np.maximum(bounds.worst_to, found.worst),
            best_weights=found.best_weights,
            worst_weights=found.worst_weights,
            settled=bounds.settled,
            pairs=bounds.pairs,
        )

    def _open(self, end: End) -> bool:
        """Whether the best evidence falls short of the bound, and there is time left."""
        if time.monotonic() > self.deadline:
            return False
        if end.best:
            return bool(self.found.best[end.unit] > self.bounds.best_from[end.unit])
        return bool(self.found.worst[end.unit] < self.bounds.worst_to[end.unit])

    def _corners(self) -> Batch:
        """Return weights, (corners, edges), at corners of the region far ahead or behind."""
        wanted = self.bounds.wanted
        some = wanted[:: max(1, len(wanted) // CORNERS)].tolist()
        ends, directions = [], []
        for end in (End(unit, best) for unit in some for best in (True, False)):
            differences = self.bounds.undecided(end).differences
            if len(differences):
                ends.append(end)
                directions.append(differences.mean(axis=0))
        wide = np.array(directions).reshape(len(directions), len(self.region.nodes))
        points = self.programs.corners(wide)
        given = self.region.weights(points)
        found = [self.inner.completed(one, end) for one, end in zip(given, ends, strict=True)]
        whole = ~np.isnan(points).any(axis=1)
        return np.array(found).reshape(len(found), len(self.region.varied.given))[whole]

    def _settle(self, end: End, nodes: int) -> None:
        """Bound one end by a program and look for weights that attain the bound."""
        differences, floors, always = self.bounds.undecided(end)
        margin = self.bounds.margins.apart + self.bounds.margins.slack
        if not len(floors) or not np.isfinite(margin):
            return
        loose = self.programs.most(differences, floors, -margin, self._effort(nodes))
        counting = len(floors) - loose.bound if end.best else loose.bound
        self.bounds.narrow(end, 1 + always + counting)
        self._try(loose.point, end)
        if self._open(end) and loose.point is not None:
            high = differences @ loose.point[: differences.shape[1]] >= -2 * margin
            self._try(self.programs.widest(differences[high]), end)
        if self._open(end):
            tight = self.programs.most(differences, floors, margin, self._effort(nodes))
            self._try(tight.point, end)

    def _effort(self, nodes: int) -> Effort:
        return Effort(nodes, self.deadline - time.monotonic())

    def _try(self, point: Vector | None, end: End) -> None:
        """Let the engine judge the weights of a point."""
        if point is not None:
            self.found.add(self.inner.completed(self.region.weights(point), end)[None])
