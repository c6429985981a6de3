"""Bounds of all ranks from pairs that no weights turn."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from rankscope.analyses.exact.pairwise import (
    Standing,
    leads,
    margins_of,
    portions,
    standing,
    ties_against,
)

if TYPE_CHECKING:
    from rankscope.analyses.exact.region import Region
    from rankscope.shapes import Matrix, Vector, Whole

MOST = 2000
"""With more units, leads are worked out again when they are needed, in place of kept."""


class End(NamedTuple):
    """One end of the reach of one unit: its best rank, or its worst."""

    unit: int
    best: bool


class Undecided(NamedTuple):
    """The rivals that count against a unit under some weights only.

    ``differences`` (rivals, visible) are coefficients of what should be high: the unit's
    leads for its best rank, theirs for its worst; ``floors`` (rivals,) the least these can
    be, and ``always`` how many others count under all weights.
    """

    differences: Matrix
    floors: Vector
    always: int


class Bounds:
    """Bounds of the ranks of some units of a region, ``wanted`` (some,), among all.

    ``best_from`` and ``worst_to`` (units,) are proved; programs make them narrower.
    """

    def __init__(self, region: Region, wanted: Whole) -> None:
        self.region, self.wanted = region, wanted
        self.everyone = np.arange(len(region.rows))
        self.margins = margins_of(region)
        self._ties = region.plan.definition.method.ranking.ties
        self._leads = self._all_leads() if len(self.everyone) <= MOST else None
        self.best_from = np.ones(len(self.everyone), dtype=np.int64)
        self.worst_to = np.full(len(self.everyone), len(self.everyone))
        self._both = 0
        for own in portions(region, wanted):
            self._count(own)

    @property
    def pairs(self) -> int:
        """Return the number of pairs of units."""
        return len(self.everyone) * (len(self.everyone) - 1) // 2

    @property
    def settled(self) -> int | None:
        """Return how many pairs no weights turn, None where not all were looked at."""
        if len(self.wanted) < len(self.everyone):
            return None
        return self.pairs - self._both // 2

    def both_ways(self, own: Whole) -> tuple[Matrix, Matrix]:
        """Return the largest leads of units over all, and of all over them, (own, units)."""
        if self._leads is not None:
            return self._leads[own], self._leads[:, own].T
        back = leads(self.region, self.everyone, own).T
        return leads(self.region, own, self.everyone), back

    def undecided(self, end: End) -> Undecided:
        """Return the rivals that are still to be settled for one end."""
        own = np.array([end.unit])
        ahead, behind = self.both_ways(own)
        always, ever = (one[0] for one in self._standing(own, ahead, behind))
        rivals = np.flatnonzero(ever & ~always)
        pair, back = (own, rivals), behind[0, rivals]
        if not end.best:
            pair, back = (rivals, own), ahead[0, rivals]
        return Undecided(self.region.between(*pair), -back, int(always.sum()))

    def narrow(self, end: End, rank: int) -> None:
        """Take in that a rank can not be better, or worse, than this."""
        if end.best:
            self.best_from[end.unit] = max(self.best_from[end.unit], rank)
        else:
            self.worst_to[end.unit] = min(self.worst_to[end.unit], rank)

    def _all_leads(self) -> Matrix:
        found = np.empty((len(self.everyone),) * 2)
        for own in portions(self.region, self.everyone):
            found[own] = leads(self.region, own, self.everyone)
        return found

    def _count(self, own: Whole) -> None:
        ahead, behind = self.both_ways(own)
        always, ever = self._standing(own, ahead, behind)
        self.best_from[own] = 1 + always.sum(axis=1)
        self.worst_to[own] = 1 + ever.sum(axis=1)
        nothing = abs(self.margins.nothing)
        others = own[:, None] != self.everyone
        self._both += int(((ahead > nothing) & (behind > nothing) & others).sum())

    def _standing(self, own: Whole, ahead: Matrix, behind: Matrix) -> Standing:
        """Return which units always and which ever count against some, (own, units)."""
        against = ties_against(self._ties, own, self.everyone)
        always, ever = standing(ahead, behind, self.margins, against)
        others = own[:, None] != self.everyone
        return Standing(always & others, ever & others)
