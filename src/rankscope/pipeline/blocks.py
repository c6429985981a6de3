"""Many draws: blocks of 1,024, run over workers, reduced in the order of the blocks.

A block is the unit of randomness and of arithmetic: block k is a pure function
of its number, the last one is computed whole and cut, and parts are joined in
order, so that results do not depend on the number of workers (conventions §7).  Bundles
of blocks go out in waves: what a wave gave is added up before the next, so that memory
stays flat, a reader sees how far it is, and an interrupt keeps what was computed.
"""

from __future__ import annotations

import functools
import os
import time
from abc import ABC, abstractmethod
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from rankscope.pipeline.evaluate import compile_node

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from rankscope.pipeline.leaves import Leaves
    from rankscope.pipeline.plan import Plan
    from rankscope.pipeline.ranks import Ranking
    from rankscope.shapes import Batch, Whole

BLOCK = 1024
"""Draws in a block."""

BUNDLE = 4
"""Blocks that one worker takes at a time: the same for any number of workers, so that sums are."""

SINGLE = 8
"""So many blocks go out by themselves at first: a few slow ones are shared and seen to proceed."""

WAVE = 4
"""Bundles for each worker, at most, between two moments at which parts are added up."""

_SOON = 0.2
"""Seconds up to which a wave is short, and the next one may be twice as large."""

_AT_ONCE = 2**20
"""Scores ranked at a time, so that 30,000 units stay within memory."""

_LARGE = 3_900_000
"""Numbers in an array just below the 32 MiB up to which glibc learns."""


class Reducer(ABC):
    """What is kept of the scores of many draws.

    ``part`` is a pure function of one block's scores of shape (draws, rows); ``add`` puts
    two things kept, in block order, into one, and ``finish`` makes the result of the last.
    """

    @abstractmethod
    def part(self, scores: Batch) -> Any:
        """Return what one block contributes."""

    @abstractmethod
    def add(self, kept: Any, more: Any) -> Any:
        """Return what is kept of both; the first may be changed in place."""

    def finish(self, kept: Any) -> Any:
        """Return the result."""
        return kept


class Sum(Reducer):
    """A reducer that counts: its parts are added."""

    def add(self, kept: Whole, more: Whole) -> Whole:
        """Add the counts."""
        return np.add(kept, more, out=kept)


class Stored(Reducer):
    """A reducer that keeps all draws: its parts are lists of arrays."""

    def add(self, kept: list[Any], more: list[Any]) -> list[Any]:
        """Put more draws at the end."""
        kept += more
        return kept

    def finish(self, kept: list[Any]) -> Any:
        """Put the draws one after another, each part given back once it is copied."""
        if len(kept) == 1:
            return kept[0]
        draws = sum(map(len, kept))
        whole = np.empty((draws, *kept[0].shape[1:]), dtype=kept[0].dtype)
        kept.reverse()
        first = 0
        while kept:
            part = kept.pop()
            whole[first : first + len(part)] = part
            first += len(part)
        return whole


@dataclass(frozen=True, slots=True)
class RankCounts(Sum):
    """How often each unit takes each rank: of shape (rows, rows + 1), column 0 unranked."""

    ranking: Ranking

    def part(self, scores: Batch) -> Whole:
        """Return the counts of one block."""
        return self.ranking.counts(scores)


@dataclass(frozen=True, slots=True)
class StoredRanks(Stored):
    """The rank of each unit in each draw, of shape (draws, rows), in the smallest type for it."""

    ranking: Ranking

    def part(self, scores: Batch) -> list[np.ndarray]:
        """Return the ranks of one block."""
        kind = np.min_scalar_type(scores.shape[-1])
        some = max(1, _AT_ONCE // scores.shape[-1])
        slices = (scores[first : first + some] for first in range(0, len(scores), some))
        return [self.ranking.ranks(one).astype(kind) for one in slices]


@dataclass(frozen=True, slots=True)
class StoredScores(Stored):
    """The score of each unit in each draw, of shape (draws, rows)."""

    def part(self, scores: Batch) -> list[Batch]:
        """Return the scores of one block."""
        return [scores]


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
    that `joblib.parallel_config` names.  ``progress`` is told the draws done so far.

    Raises
    ------
    KeyboardInterrupt
        When interrupted before the first wave is done; later that only ends the work.
    """
    from joblib import Parallel, delayed
    from threadpoolctl import threadpool_limits

    here = os.getpid()

    def run(bundle: range) -> list[Any]:
        if os.getpid() != here:  # a worker of its own: there BLAS has one thread for good
            threadpool_limits(limits=1, user_api="blas")
        blocks = (block_scores(k)[: draws - k * BLOCK] for k in bundle)
        parts = ([one.part(scores) for one in reducers] for scores in blocks)
        return functools.reduce(merge, parts)

    def merge(kept: list[Any], more: list[Any]) -> list[Any]:
        return [one.add(*both) for one, *both in zip(reducers, kept, more, strict=True)]

    kept: list[Any] = []
    bundles, done = _bundles(-(-draws // BLOCK)), 0
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
                found = parallel(delayed(run)(bundle) for bundle in wave)
            except KeyboardInterrupt:
                if not kept:
                    raise
                break
            kept = functools.reduce(merge, [kept, *found] if kept else found)
            done = min(draws, wave[-1].stop * BLOCK)
            if time.perf_counter() - started < _SOON:  # this changes no number, only when
                together = min(2 * together, WAVE * max(1, workers))
            if _told_to_stop(progress, done):
                break
    return Reduced([one.finish(own) for one, own in zip(reducers, kept, strict=True)], done)


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


def weighted_scores(
    plan: Plan, leaves: Leaves, block_weights: Callable[[int], Batch], node: int | None = None
) -> Callable[[int], Batch]:
    """Return the blocks of scores of one node, from blocks of weights of shape (1024, edges)."""
    compiled = compile_node(plan, leaves, node)
    return lambda number: compiled.scores(block_weights(number))


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
