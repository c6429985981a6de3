"""Pairs: how often one unit stands above another, and what follows from that."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from rankscope.pipeline.blocks import Sum

if TYPE_CHECKING:
    from rankscope.pipeline.ranks import Ranking
    from rankscope.shapes import Batch, Matrix, Whole


@dataclass(frozen=True, slots=True)
class PairCounts(Sum):
    """How often each unit stands above each other, and both have a rank: (2, rows, rows)."""

    ranking: Ranking

    def part(self, scores: Batch) -> Whole:
        """Return the counts of one block."""
        ranks = self.ranking.ranks(scores).astype(np.min_scalar_type(-scores.shape[-1] - 1))
        there = (ranks > 0).astype(np.float32)
        both = there.T @ there
        placed = np.where(ranks > 0, ranks, ranks.dtype.type(np.iinfo(ranks.dtype).max))
        last = np.iinfo(ranks.dtype).max
        above = np.stack(
            [((own[:, None] < placed) & (placed < last)).sum(axis=0) for own in placed.T]
        )
        return np.stack([above, np.rint(both).astype(np.int64)])


@dataclass(frozen=True, slots=True, eq=False)
class Pairs:
    """How often the unit of a row stands above that of a column, and how often both have ranks."""

    above: Whole
    both: Whole

    @property
    def probability(self) -> Matrix:
        """Return the probability that the row's unit is above the column's, (rows, rows).

        Among the draws in which both have a rank; NaN where there are none.
        """
        found = np.full(self.above.shape, np.nan)
        np.divide(self.above, self.both, out=found, where=self.both > 0)
        return found


def tiers(above: Matrix, order: list[int], *, sure: float = 0.95) -> Whole:
    """Return the tier of each unit, (rows,), 1 the best, 0 for units that are not in ``order``.

    A tier opens with the best unit that has none; the next one joins it while the head is
    above it with a probability of less than ``sure``.  ``above`` (rows, rows) are these
    probabilities, ``order`` the rows as published, best first.
    """
    found = np.zeros(len(above), dtype=np.int64)
    head = -1
    tier = 0
    for row in order:
        if head < 0 or above[head, row] >= sure:
            head, tier = row, tier + 1
        found[row] = tier
    return found
