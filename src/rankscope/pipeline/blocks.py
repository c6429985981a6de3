"""Many draws: blocks of 1,024, run over workers, reduced in the order of the blocks.

A block is the unit of randomness and of arithmetic: block k is a pure function
of its number, the last one is computed whole and cut, and parts are joined in
order, so that results do not depend on the number of workers (conventions §7).
"""

from __future__ import annotations

import functools
from abc import ABC, abstractmethod
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from rankscope.pipeline.evaluate import compile_node

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from rankscope.pipeline.leaves import Leaves
    from rankscope.pipeline.plan import Plan
    from rankscope.pipeline.ranks import Ranking
    from rankscope.shapes import Batch, Whole

BLOCK = 1024
"""Draws in a block."""

BUNDLE = 4
"""Blocks that one worker takes at a time: the same for any number of workers, so that sums are."""

_AT_ONCE = 2**20
"""Scores ranked at a time, so that 30,000 units stay within memory."""

_LARGE = 3_900_000
"""Numbers in an array just below the 32 MiB up to which glibc learns."""


class Reducer(ABC):
    """What is kept of the scores of many draws.

    ``part`` is a pure function of one block's scores of shape (draws, rows); ``join``
    puts the parts together in block order.
    """

    @abstractmethod
    def part(self, scores: Batch) -> Any:
        """Return what one block contributes."""

    @abstractmethod
    def join(self, parts: Iterable[Any]) -> Any:
        """Return the result over all blocks, given in order."""


@dataclass(frozen=True, slots=True)
class RankCounts(Reducer):
    """How often each unit takes each rank: of shape (rows, rows + 1), column 0 unranked."""

    ranking: Ranking

    def part(self, scores: Batch) -> Whole:
        """Return the counts of one block."""
        return self.ranking.counts(scores)

    def join(self, parts: Iterable[Whole]) -> Whole:
        """Add the counts."""
        return functools.reduce(np.add, parts)


@dataclass(frozen=True, slots=True)
class StoredRanks(Reducer):
    """The rank of each unit in each draw, of shape (draws, rows), in the smallest type for it."""

    ranking: Ranking

    def part(self, scores: Batch) -> np.ndarray:
        """Return the ranks of one block."""
        kind = np.min_scalar_type(scores.shape[-1])
        some = max(1, _AT_ONCE // scores.shape[-1])
        slices = (scores[first : first + some] for first in range(0, len(scores), some))
        return np.concatenate([self.ranking.ranks(one).astype(kind) for one in slices])

    def join(self, parts: Iterable[np.ndarray]) -> np.ndarray:
        """Put the draws one after another."""
        return np.concatenate(list(parts))


@dataclass(frozen=True, slots=True)
class StoredScores(Reducer):
    """The score of each unit in each draw, of shape (draws, rows)."""

    def part(self, scores: Batch) -> Batch:
        """Return the scores of one block."""
        return scores

    def join(self, parts: Iterable[Batch]) -> Batch:
        """Put the draws one after another."""
        return np.concatenate(list(parts))


def run_blocks(
    plan: Plan,
    leaves: Leaves,
    block_weights: Callable[[int], Batch],
    draws: int,
    reducers: Sequence[Reducer],
    *,
    node: int | None = None,
    workers: int = 1,
) -> list[Any]:
    """Evaluate one node for many draws and return what each reducer keeps.

    ``block_weights(k)`` gives the weights of block k, of shape (1024, edges), whatever the
    number of draws; ``workers`` threads share the blocks.
    """
    from joblib import Parallel, delayed
    from threadpoolctl import threadpool_limits

    compiled = compile_node(plan, leaves, node)
    blocks = range(-(-draws // BLOCK))
    bundles = [blocks[first : first + BUNDLE] for first in blocks[::BUNDLE]]

    def run(bundle: range) -> list[Any]:
        scores = (compiled.scores(block_weights(k))[: draws - k * BLOCK] for k in bundle)
        return _joined(reducers, [[one.part(kept) for one in reducers] for kept in scores])

    _keep_freed_memory()
    with threadpool_limits(limits=1, user_api="blas"):
        parallel = Parallel(n_jobs=min(workers, len(bundles)), prefer="threads")
        parts = parallel(delayed(run)(bundle) for bundle in bundles)
    return _joined(reducers, parts)


def _joined(reducers: Sequence[Reducer], parts: Sequence[Sequence[Any]]) -> list[Any]:
    """Join the parts of each reducer, given in order."""
    return [reducer.join(part[i] for part in parts) for i, reducer in enumerate(reducers)]


def _keep_freed_memory() -> None:
    """Teach the C library to keep what a block frees for the next one.

    glibc hands arrays back to the system, which costs more than the arithmetic on
    them, until it has seen a larger one freed; elsewhere this does nothing.  Without
    it draws with gaps take a third longer in `make bench`.
    """
    np.empty(_LARGE)


def given_weights(weights: Batch) -> Callable[[int], Batch]:
    """Return the blocks of ready-made weights, of shape (draws, edges); the last is filled up."""

    def block(number: int) -> Batch:
        found = weights[number * BLOCK : (number + 1) * BLOCK]
        if len(found) == BLOCK:
            return found
        return np.concatenate([found, np.repeat(weights[-1:], BLOCK - len(found), axis=0)])

    return block
