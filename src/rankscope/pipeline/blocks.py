"""Many draws: blocks of 1,024, run over workers, reduced in the order of the blocks.

A block is the unit of randomness and of arithmetic: block k is a pure function
of its number, the last one is computed whole and cut, and parts are joined in
order, so that results do not depend on the number of workers (conventions §7).  Bundles
of blocks go out in waves: what a wave gave is added up before the next, so that memory
stays flat, a reader sees how far it is, and an interrupt keeps what was computed.
"""

from __future__ import annotations

import functools
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from rankscope.pipeline.evaluate import compile_node
from rankscope.pipeline.reducers import (
    BLOCK,
    RankCounts,
    Reducer,
    Stored,
    StoredRanks,
    StoredScores,
    Sum,
)
from rankscope.pipeline.work import Work, done

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from rankscope.pipeline.evaluate import Compiled
    from rankscope.pipeline.leaves import Leaves
    from rankscope.pipeline.plan import Plan
    from rankscope.shapes import Batch

__all__ = [
    "BLOCK",
    "BUNDLE",
    "RankCounts",
    "Reduced",
    "Reducer",
    "Stored",
    "StoredRanks",
    "StoredScores",
    "Sum",
    "given_weights",
    "run_blocks",
    "weighted_scores",
]

BUNDLE = 4
"""Blocks that one worker takes at a time: the same for any number of workers, so that sums are."""

SINGLE = 8
"""So many blocks go out by themselves at first: a few slow ones are shared and seen to proceed."""

WAVE = 4
"""Bundles for each worker, at most, between two moments at which parts are added up."""

_SOON = 0.2
"""Seconds up to which a wave is short, and the next one may be twice as large."""

_LARGE = 3_900_000
"""Numbers in an array just below the 32 MiB up to which glibc learns."""


class Reduced(NamedTuple):
    """What each reducer kept of the first ``draws``; fewer than asked for if interrupted."""

    kept: list[Any]
    draws: int


def run_blocks(
    block_scores: Callable[[int], Batch],
    draws: int,
    reducers: Sequence[Reducer],
    *,
    workers: int = 1,
    progress: Callable[[int], None] | None = None,
) -> Reduced:
    """Compute the blocks of many draws and return what each reducer keeps.

    ``block_scores(k)`` gives the scores of block k, of shape (1024, rows), whatever the
    number of draws; ``workers`` threads share the blocks, or the workers of the backend
    that `joblib.parallel_config` names: processes, or a cluster (docs/scale-out.md).
    ``progress`` is told the draws done so far.

    Raises
    ------
    KeyboardInterrupt
        When interrupted before the first wave is done; later that only ends the work.
    """
    from joblib import Parallel, delayed
    from threadpoolctl import threadpool_limits

    work = Work(block_scores, reducers, draws)
    kept: list[Any] = []
    bundles, so_far = _bundles(-(-draws // BLOCK)), 0
    together = max(1, workers)
    _keep_freed_memory()
    with (
        threadpool_limits(limits=1, user_api="blas"),
        Parallel(n_jobs=workers, prefer="threads") as parallel,
    ):
        while bundles:
            wave, bundles = bundles[:together], bundles[together:]
            started = time.perf_counter()
            try:
                found = parallel(delayed(done)(work, bundle) for bundle in wave)
            except KeyboardInterrupt:
                if not kept:
                    raise
                break
            kept = functools.reduce(work.merged, [kept, *found] if kept else found)
            so_far = min(draws, wave[-1].stop * BLOCK)
            if time.perf_counter() - started < _SOON:  # this changes no number, only when
                together = min(2 * together, WAVE * max(1, workers))
            if _told_to_stop(progress, so_far):
                break
    return Reduced([one.finish(own) for one, own in zip(reducers, kept, strict=True)], so_far)


def _told_to_stop(progress: Callable[[int], None] | None, done: int) -> bool:
    """Tell how far the work is; an interrupt meanwhile ends it."""
    try:
        if progress:
            progress(done)
    except KeyboardInterrupt:
        return True
    return False


def _bundles(blocks: int) -> list[range]:
    """Return the blocks as they go out: the first ones one by one, then several together."""
    every = range(blocks)
    singles = [every[first : first + 1] for first in every[:SINGLE]]
    return singles + [every[first : first + BUNDLE] for first in every[SINGLE::BUNDLE]]


@dataclass(frozen=True, slots=True, eq=False)
class WeightedScores:
    """Blocks of scores of one node, from blocks of weights of shape (1024, edges)."""

    compiled: Compiled
    block_weights: Callable[[int], Batch]

    def __call__(self, number: int) -> Batch:
        """Return the scores of a block, of shape (1024, rows)."""
        return self.compiled.scores(self.block_weights(number))


def weighted_scores(
    plan: Plan, leaves: Leaves, block_weights: Callable[[int], Batch], node: int | None = None
) -> WeightedScores:
    """Return the blocks of scores of one node, from blocks of weights of shape (1024, edges)."""
    return WeightedScores(compile_node(plan, leaves, node), block_weights)


def _keep_freed_memory() -> None:
    """Teach the C library to keep what a block frees for the next one.

    glibc hands arrays back to the system, which costs more than the arithmetic on
    them, until it has seen a larger one freed; elsewhere this does nothing.  Without
    it draws with gaps take a third longer in `make bench`.
    """
    np.empty(_LARGE)


@dataclass(frozen=True, slots=True, eq=False)
class GivenWeights:
    """Blocks of ready-made weights, of shape (draws, edges); the last is filled up."""

    weights: Batch

    def __call__(self, number: int) -> Batch:
        """Return the weights of a block, of shape (1024, edges)."""
        found = self.weights[number * BLOCK : (number + 1) * BLOCK]
        if len(found) == BLOCK:
            return found
        last = np.repeat(self.weights[-1:], BLOCK - len(found), axis=0)
        return np.concatenate([found, last])


def given_weights(weights: Batch) -> GivenWeights:
    """Return the blocks of ready-made weights, of shape (draws, edges); the last is filled up."""
    return GivenWeights(weights)
