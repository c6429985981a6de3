"""The engine as judge: what ranks some weights really give, and the best evidence so far."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from rankscope.pipeline.evaluate import compile_node
from rankscope.pipeline.ranks import ranking_of

if TYPE_CHECKING:
    from rankscope.analyses.exact.region import Region
    from rankscope.pipeline.leaves import Leaves
    from rankscope.shapes import Batch, Whole

_AT_ONCE = 2**22
"""Scores evaluated at a time."""

_NUDGE = 1e-7
"""How much of an inner mix is added to weights that leave a unit without any of what it has."""


class Judge:
    """Ranks of the units of a region for any weights, by `evaluate` and `ranking_of`."""

    def __init__(self, region: Region, leaves: Leaves, view: str) -> None:
        self.rows = region.rows
        self._compiled = compile_node(region.plan, leaves, region.top)
        self._ranking = ranking_of(region.plan)
        self._rankable = region.plan.rankable(view)

    def ranks(self, weights: Batch) -> Whole:
        """Return the ranks of the units, (draws, units), for weights (draws, edges); 0 is none."""
        some = max(1, _AT_ONCE // max(len(self._rankable), 1))
        parts = [self._of(weights[at : at + some]) for at in range(0, len(weights), some)]
        return np.concatenate(parts)

    def _of(self, weights: Batch) -> Whole:
        scores = self._compiled.scores(weights)
        ranks = self._ranking.ranks(np.where(self._rankable, scores, np.nan))
        return np.asarray(ranks[:, self.rows])


@dataclass(slots=True)
class Evidence:
    """The best and worst ranks that weights were found for, (units,), and these weights."""

    judge: Judge
    inner: Batch
    best: Whole
    worst: Whole
    best_weights: Batch
    worst_weights: Batch

    @classmethod
    def start(cls, judge: Judge, weights: Batch) -> Evidence:
        """Return the evidence of some first weights (draws, edges), all in the set."""
        units, edges = len(judge.rows), weights.shape[1]
        none = np.full(units, units + 1), np.zeros(units, dtype=np.int64)
        empty = np.zeros((units, edges))
        found = cls(judge, weights.mean(axis=0), *none, empty, empty.copy())
        found.add(weights)
        return found

    def add(self, weights: Batch) -> None:
        """Evaluate weights (draws, edges) and keep those that show a better or worse rank."""
        if not len(weights):
            return
        ranks = self.judge.ranks(weights)
        lost = (ranks == 0).any(axis=1)
        if lost.any():
            weights = weights.copy()
            weights[lost] += _NUDGE * (self.inner - weights[lost])
            ranks[lost] = self.judge.ranks(weights[lost])
        whole = (ranks > 0).all(axis=1)
        ranks, weights = ranks[whole], weights[whole]
        if len(ranks):
            self._keep(ranks, weights)

    def _keep(self, ranks: Whole, weights: Batch) -> None:
        units = np.arange(ranks.shape[1])
        low, high = ranks.argmin(axis=0), ranks.argmax(axis=0)
        better, worse = ranks[low, units] < self.best, ranks[high, units] > self.worst
        self.best[better] = ranks[low, units][better]
        self.best_weights[better] = weights[low[better]]
        self.worst[worse] = ranks[high, units][worse]
        self.worst_weights[worse] = weights[high[worse]]
