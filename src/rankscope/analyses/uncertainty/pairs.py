"""Pairs: how often one unit stands above another, and what follows from that."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from rankscope.analyses.rank_moves import groups_of
from rankscope.pipeline.blocks import Sum

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rankscope.pipeline.ranks import Ranking
    from rankscope.shapes import Batch, Mask, Matrix, Whole


@dataclass(frozen=True, slots=True)
class PairCounts(Sum):
    """How often each unit stands above each other, and both have a rank: (2, rows, rows).

    Units that are ranked in different groups are never held against each other, and units
    that tie are not made to stand in some order because the index prints one.
    """

    ranking: Ranking

    def part(self, scores: Batch) -> Whole:
        """Return the counts of one block."""
        ranks = self._untied().ranks(scores).T.astype(np.min_scalar_type(-scores.shape[-1] - 2))
        missing, last = ranks == 0, np.iinfo(ranks.dtype).max
        ahead = np.where(missing, last, ranks)  # who has no rank is ahead of nobody
        above = np.stack([(own < ranks).sum(axis=1) for own in ahead])
        there = (~missing).astype(np.float32)
        found = np.stack([above, np.rint(there @ there.T).astype(np.int64)])
        return np.where(self._meet(scores.shape[-1]), found, 0)

    def _untied(self) -> Ranking:
        """Return the ranking with equal ranks for units that tie."""
        rule = self.ranking.rule
        if rule.ties != "order":
            return self.ranking
        return replace(self.ranking, rule=rule.model_copy(update={"ties": "best"}))

    def _meet(self, rows: int) -> Mask:
        """Return which pairs are ranked among themselves, (rows, rows)."""
        groups = groups_of(self.ranking, rows)
        if groups is None:
            return np.ones((rows, rows), dtype=bool)
        return np.asarray((groups[:, None] == groups) & (groups >= 0))


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
        return self._shares(self.above)

    @property
    def ties(self) -> Matrix:
        """Return the probability that both units share a rank, (rows, rows), NaN where unknown."""
        return self._shares(self.both - self.above - self.above.T)

    def _shares(self, counts: Whole) -> Matrix:
        found = np.full(counts.shape, np.nan)
        np.divide(counts, self.both, out=found, where=self.both > 0)
        return found


def tiers(
    above: Matrix, order: Sequence[int], *, sure: float = 0.95, groups: Whole | None = None
) -> Whole:
    """Return the tier of each unit, (rows,), 1 the best, 0 for units that are not in ``order``.

    A tier opens with the best unit that has none; the next one joins it while the head is
    above it with a probability of less than ``sure``.  ``above`` (rows, rows) are these
    probabilities, ``order`` the rows as published, best first.  Units that are ranked in
    different ``groups``, (rows,), have tiers of their own.

    >>> tiers(np.array([[0, 0.6, 1], [0.4, 0, 0.9], [0, 0.1, 0]]), [0, 1, 2])
    array([1, 1, 2])
    """
    found = np.zeros(len(above), dtype=np.int64)
    heads: dict[int, int] = {}
    for row in order:
        group = 0 if groups is None else int(groups[row])
        head = heads.get(group)
        if head is None or above[head, row] >= sure:
            found[row] = 1 if head is None else found[head] + 1
            heads[group] = row
        else:
            found[row] = found[head]
    return found
