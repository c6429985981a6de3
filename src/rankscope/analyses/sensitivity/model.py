"""A design as a function of uniform numbers, one a factor: the model of which effects are taken."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from rankscope.analyses.published_weights import published_weights
from rankscope.analyses.rank_moves import mean_of, rank_moves

if TYPE_CHECKING:
    from collections.abc import Callable

    from rankscope.analyses.uncertainty import Design
    from rankscope.analyses.varied_weights import VariedWeights
    from rankscope.shapes import Batch, Matrix, Vector, Whole

_PURPOSE = 5
_SEEN = 256
_TURNS = 8


@dataclass(frozen=True, slots=True, eq=False)
class DesignModel:
    """What a design makes of uniform numbers: the mean shift, then all ranks, then all scores.

    Ranks and scores are taken from ``origin``, the published ones, which changes no variance
    and loses fewer digits.  All weights together are one factor: its number picks a vector of
    a pool of ``size`` drawn from the admissible set, and each scrambling has a pool of its own.
    """

    design: Design
    size: int

    @property
    def outputs(self) -> int:
        """Return how many outputs there are."""
        return 1 + 2 * len(self.design.rows)

    @property
    def origin(self) -> Vector:
        """Return the published ranks and scores, (2 rows,), 0 where there is none."""
        result, design = self.design.result, self.design
        scores = np.nan_to_num(result.score(design.node, design.view))
        return np.concatenate([result.rank(design.node, design.view), scores])

    def tolerance(self) -> Vector:
        """Return by how much outputs differ that count as the same, (outputs,).

        Scores tie as in a ranking (conventions §3.3); the product of other batches of draws
        differs in the last bits.
        """
        design = self.design
        scores = design.result.score(design.node, design.view)
        there = scores[np.isfinite(scores)]
        share = design.ranking.rule.tolerance or 1e-12
        span = float(np.ptp(there)) * share if there.size else 0.0
        found = np.full(self.outputs, 1e-9)
        found[1 + len(design.rows) :] = span
        return found

    def of_scrambling(self, scrambling: int) -> Callable[[Matrix], Matrix]:
        """Return the model of one scrambling: (draws, factors) to (draws, outputs)."""
        key = np.random.SeedSequence(self.design.seed, spawn_key=(_PURPOSE, 1, scrambling))
        pool = Pool(self.design, self.size, key)
        origin, ranking = self.origin, self.design.ranking
        published = self.design.result.rank(self.design.node, self.design.view)

        def model(uniform: Matrix) -> Matrix:
            scores = self.design.scores(self.choices(uniform), pool.at(uniform[:, -1]))
            ranks = ranking.ranks(scores)
            placed = np.where(ranks > 0, ranks, np.nan)
            shift = mean_of(np.abs(rank_moves(published, ranks, ranking)))
            return np.hstack([shift[:, None], np.hstack([placed, scores]) - origin])

        return model

    def choices(self, uniform: Matrix) -> Whole:
        """Return the option of each discrete factor, (draws, factors without the weights)."""
        factors = self.design.factors
        found = np.empty((len(uniform), len(factors)), dtype=np.int64)
        for number, factor in enumerate(factors):
            found[:, number] = factor.drawn(uniform[:, number])
        return found

    def realise(self, choices: Whole) -> None:
        """Compile all combinations that are chosen, so that threads only look them up."""
        every = np.unique(choices, axis=0)
        for first in range(0, len(every), 1024):
            chosen = every[first : first + 1024]
            self.design.scores(chosen, published_weights(len(chosen)))


class Pool:
    """Weights drawn once for a scrambling, in an order in which neighbours give like scores.

    Numbers from 0 to 1 pick from it.  The order is that along the first principal component
    of the published index's scores: Sobol' points then spread evenly over what weights
    mostly do, and the error of the effects on the mean shift falls by a quarter to a third.
    """

    def __init__(self, design: Design, size: int, key: np.random.SeedSequence) -> None:
        self._size, self._key = size, key
        self._known: dict[int, tuple[VariedWeights, Batch]] = {}
        self._order = np.arange(size)
        if design.varies_weights():
            published = design.published
            self._order = ordered(published.scores, self._of(published.varied))
            self._known.clear()

    def at(self, uniform: Vector) -> Callable[[VariedWeights], Batch]:
        """Return what gives the weights that some numbers pick, (draws, edges)."""
        picked = (uniform * self._size).astype(np.int64)
        return lambda varied: self._of(varied)[picked]

    def _of(self, varied: VariedWeights) -> Batch:
        """Return the pool of an admissible set, from the same numbers for each."""
        if id(varied) not in self._known:
            drawn = varied.draw(self._size, np.random.default_rng(self._key))
            self._known[id(varied)] = (varied, drawn[self._order])
        return self._known[id(varied)][1]


def ordered(scores: Callable[[Batch], Batch], weights: Batch) -> Whole:
    """Return the order of weights along the first principal component of their scores.

    A few turns of power iteration on some of the rows are enough: any order is right, and
    a nearly best one nearly as good.
    """
    parts = []
    for first in range(0, len(weights), 1024):
        part = scores(weights[first : first + 1024])
        parts.append(part[:, :: max(1, part.shape[1] // _SEEN)])
    seen = np.concatenate(parts)
    seen = seen[:, np.isfinite(seen).all(axis=0)]
    if not seen.shape[1]:
        return np.arange(len(weights))
    seen = seen - seen.mean(axis=0)
    along = seen @ seen[np.argmax((seen**2).sum(axis=1))]
    for _ in range(_TURNS):
        along = seen @ (seen.T @ along)
        along /= np.abs(along).max() or 1.0
    return np.argsort(along, kind="stable")
