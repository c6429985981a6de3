"""The ranks of many draws, counted: how often each unit took each rank."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from rankscope.analyses.uncertainty.rank_draws import RankDraws, divided

if TYPE_CHECKING:
    from rankscope.shapes import Matrix, Vector, Whole


@dataclass(frozen=True, slots=True, eq=False)
class CountedRanks(RankDraws):
    """How often each unit took each rank, (rows, ranks + 1): column 0 counts draws without."""

    counts: Whole

    @property
    def draws(self) -> int:
        """Return how many draws there were."""
        return int(self.counts[0].sum()) if len(self.counts) else 0

    @property
    def with_rank(self) -> Whole:
        """Return in how many draws each unit has a rank, (rows,)."""
        return np.asarray(self.counts[:, 1:].sum(axis=1))

    @property
    def mean(self) -> Vector:
        """Return the mean rank of each unit over the draws in which it has one, (rows,)."""
        places = np.arange(1, self.counts.shape[1])
        return divided(self.counts[:, 1:] @ places, self.with_rank)

    @property
    def acceptability(self) -> Matrix:
        """Return the share of draws in which each unit takes each rank, (rows, ranks)."""
        return np.asarray(self.counts[:, 1:] / max(self.draws, 1))

    def counts_of(self, row: int) -> Whole:
        """Return how often one unit takes each rank, (ranks + 1,): first how often none."""
        return np.asarray(self.counts[row])

    def at_least(self, rank: int) -> Vector:
        """Return the probability of this rank or a better one, (rows,)."""
        return np.asarray(self.counts[:, 1 : rank + 1].sum(axis=1) / max(self.draws, 1))

    def _at(self, place: Whole) -> Vector:
        below = np.cumsum(self.counts[:, 1:], axis=1)
        return np.asarray((below <= place[:, None]).sum(axis=1) + 1.0)
