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

from rankscope.analyses.exact.judge import Evidence
from rankscope.analyses.exact.pairwise import (
    Standing,
    leads,
    margins_of,
    portions,
    standing,
    ties_against,
)
from rankscope.analyses.exact.programs import Programs

if TYPE_CHECKING:
    from rankscope.analyses.exact.inner_weights import InnerWeights
    from rankscope.analyses.exact.judge import Judge
    from rankscope.analyses.exact.region import Region
    from rankscope.shapes import Batch, Matrix, Vector, Whole

MOST = 2000
"""With more units, all pairs are counted but not kept, and programs run for named units only."""


@dataclass(frozen=True, slots=True, eq=False)
class Ends:
    """Both ends of the reach of all units of a region, (units,) each.

    The best rank lies between ``best_from``, which is proved, and ``best_to``, which
    ``best_weights`` (units, edges) attain; the worst between ``worst_from`` and ``worst_to``.
    ``settled`` of ``pairs`` pairs can be turned by no weights.
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
    """The search in one region for some of its units; ``deadline`` is of `time.monotonic`."""

    def __init__(self, region: Region, judge: Judge, wanted: Whole, deadline: float) -> None:
        self.region, self.judge, self.wanted, self.deadline = region, judge, wanted, deadline
        self.everyone = np.arange(len(region.rows))
        self.margins = margins_of(region)
        self.programs = Programs(region, self.margins.range)
        self.ties = region.plan.definition.method.ranking.ties
        few = len(self.everyone) <= MOST
        self._leads = np.zeros((len(self.everyone),) * 2) if few else None
        self.best_from = np.ones(len(self.everyone), dtype=np.int64)
        self.worst_to = np.full(len(self.everyone), len(self.everyone))
        self.both = np.zeros(len(self.everyone), dtype=np.int64)
        self._bound()

    def _bound(self) -> None:
        """Bound ranks by the pairs that no weights turn."""
        if self._leads is not None:
            for own in portions(self.region, self.everyone):
                self._leads[own] = leads(self.region, own, self.everyone)
        for own in portions(self.region, self.wanted):
            ahead, behind = self._both_ways(own)
            always, ever = self._standing(own, ahead, behind)
            self.best_from[own] = 1 + always.sum(axis=1)
            self.worst_to[own] = 1 + ever.sum(axis=1)
            nothing = abs(self.margins.nothing)
            self.both[own] = ((ahead > nothing) & (behind > nothing)).sum(axis=1)

    def _both_ways(self, own: Whole) -> tuple[Matrix, Matrix]:
        """Return the largest leads of units over all, and of all over them, (own, units)."""
        if self._leads is not None:
            return self._leads[own], self._leads[:, own].T
        back = leads(self.region, self.everyone, own).T
        return leads(self.region, own, self.everyone), back

    def _standing(self, own: Whole, ahead: Matrix, behind: Matrix) -> Standing:
        """Return which units always and which ever count against some, (own, units)."""
        against = ties_against(self.ties, own, self.everyone)
        always, ever = standing(ahead, behind, self.margins, against)
        others = own[:, None] != self.everyone
        return Standing(always & others, ever & others)

    @property
    def settled(self) -> int | None:
        """Return how many pairs no weights turn, None where not all were looked at."""
        if len(self.wanted) < len(self.everyone):
            return None
        return self.pairs - int(self.both.sum()) // 2

    @property
    def pairs(self) -> int:
        """Return the number of pairs of units."""
        return len(self.everyone) * (len(self.everyone) - 1) // 2

    def ends(self, first: Batch, inner: InnerWeights) -> Ends:
        """Return the ends of all units; ``first`` (draws, edges) are weights of the set.

        With too many units, programs run for none.
        """
        found = Evidence.start(self.judge, first)
        for unit in self.wanted.tolist() if len(self.wanted) <= MOST else ():
            for best in (True, False):
                if self._open(found, unit, best=best) and self._time() > 0:
                    self._settle(found, unit, inner, best=best)
        return Ends(
            best_from=np.minimum(self.best_from, found.best),
            best_to=found.best,
            worst_from=found.worst,
            worst_to=np.maximum(self.worst_to, found.worst),
            best_weights=found.best_weights,
            worst_weights=found.worst_weights,
            settled=self.settled,
            pairs=self.pairs,
        )

    def _open(self, found: Evidence, unit: int, *, best: bool) -> bool:
        if best:
            return bool(found.best[unit] > self.best_from[unit])
        return bool(found.worst[unit] < self.worst_to[unit])

    def _time(self) -> float:
        return self.deadline - time.monotonic()

    def _settle(self, found: Evidence, unit: int, inner: InnerWeights, *, best: bool) -> None:
        """Bound one end of a unit by a program and look for weights that attain the bound."""
        differences, floors, sure = self._undecided(unit, best=best)
        margin = self.margins.apart + self.margins.slack
        if not len(floors) or not np.isfinite(margin):
            return
        loose = self.programs.most(differences, floors, -margin, self._time())
        if best:
            self.best_from[unit] = max(self.best_from[unit], 1 + sure + len(floors) - loose.bound)
        else:
            self.worst_to[unit] = min(self.worst_to[unit], 1 + sure + loose.bound)
        self._try(found, loose.point, unit, inner, best=best)
        if self._open(found, unit, best=best) and loose.point is not None:
            high = differences @ loose.point[: differences.shape[1]] >= -2 * margin
            self._try(found, self.programs.widest(differences[high]), unit, inner, best=best)
        if self._open(found, unit, best=best) and self._time() > 0:
            tight = self.programs.most(differences, floors, margin, self._time())
            self._try(found, tight.point, unit, inner, best=best)

    def _undecided(self, unit: int, *, best: bool) -> tuple[Matrix, Vector, int]:
        """Return the coefficients of what must be high, with the least each can be.

        For the best rank these are leads over rivals that may or may not count, for the
        worst the rivals' leads; and how many rivals count whatever the weights are.
        """
        own = np.array([unit])
        ahead, behind = self._both_ways(own)
        always, ever = (one[0] for one in self._standing(own, ahead, behind))
        rivals = np.flatnonzero(ever & ~always)
        if best:
            return self.region.between(own, rivals), -behind[0, rivals], int(always.sum())
        return self.region.between(rivals, own), -ahead[0, rivals], int(always.sum())

    def _try(
        self, found: Evidence, point: Vector | None, unit: int, inner: InnerWeights, *, best: bool
    ) -> None:
        if point is not None:
            found.add(inner.completed(self.region.weights(point), unit, best=best)[None])
