"""The ranks of many draws, stored: for more units than a table of counts has room for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from rankscope.analyses.uncertainty.rank_draws import RankDraws, divided
from rankscope.errors import MethodError

if TYPE_CHECKING:
    from rankscope.shapes import Matrix, Vector, Whole

_AT_ONCE = 2**20
"""Stored ranks that are put in order at a time."""


@dataclass(frozen=True, slots=True, eq=False)
class SortedRanks(RankDraws):
    """The ranks of each unit in increasing order, (rows, draws): first the 0 of draws without.

    For so many units that a table of counts would be larger than the ranks themselves.
    """

    ranks: np.ndarray

    @property
    def draws(self) -> int:
        """Return how many draws there were."""
        return int(self.ranks.shape[1])

    @property
    def with_rank(self) -> Whole:
        """Return in how many draws each unit has a rank, (rows,)."""
        return np.asarray(np.count_nonzero(self.ranks, axis=1))

    @property
    def mean(self) -> Vector:
        """Return the mean rank of each unit over the draws in which it has one, (rows,)."""
        return divided(self.ranks.sum(axis=1, dtype=np.int64), self.with_rank)

    @property
    def acceptability(self) -> Matrix:
        """Refuse a table of all units by all ranks.

        Raises
        ------
        MethodError
            Always: it would be larger than memory.
        """
        raise MethodError(
            f"A table of {len(self.ranks):,} units by as many ranks is too large. "
            "Ask for one unit: acceptability_of(row)."
        )

    def counts_of(self, row: int) -> Whole:
        """Return how often one unit takes each rank, (ranks + 1,): first how often none."""
        return np.bincount(self.ranks[row], minlength=len(self.ranks) + 1)

    def at_least(self, rank: int) -> Vector:
        """Return the probability of this rank or a better one, (rows,)."""
        good = np.count_nonzero(self.ranks <= rank, axis=1) - (self.draws - self.with_rank)
        return np.asarray(good / max(self.draws, 1))

    def moves(self, published: Whole, probability: float = 0.9) -> Vector:
        """Return the places within which each unit stays of its published rank, (rows,)."""
        found = np.full(len(published), np.nan)
        for row, count in enumerate(self.with_rank):
            if count and published[row] > 0:
                own = self.ranks[row, self.draws - count :].astype(np.int64)
                enough = int(np.ceil(probability * count * (1 - 1e-12)))
                found[row] = np.sort(np.abs(own - published[row]))[max(enough, 1) - 1]
        return found

    def _at(self, place: Whole) -> Vector:
        last = max(self.draws - 1, 0)
        where = np.minimum(self.draws - self.with_rank + place, last)
        return np.asarray(np.take_along_axis(self.ranks, where[:, None], axis=1)[:, 0], dtype=float)


def sorted_ranks(ranks: np.ndarray) -> SortedRanks:
    """Return stored ranks of shape (draws, rows), 0 for none, in the order of each unit's own."""
    found = np.empty(ranks.shape[::-1], dtype=ranks.dtype)
    step = max(1, _AT_ONCE // max(len(ranks), 1))
    for first in range(0, ranks.shape[1], step):
        found[first : first + step] = np.sort(ranks[:, first : first + step].T, axis=1)
    return SortedRanks(found)
