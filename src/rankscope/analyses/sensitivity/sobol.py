"""Scrambled Sobol' points, and the evaluations at them from which effects are estimated."""

from __future__ import annotations

import math
import os
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from rankscope.analyses.sensitivity.indices import Effects, Moments, effects_of, moments
from rankscope.errors import MethodError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from rankscope.shapes import Batch, Matrix, Vector

    Function = Callable[[Matrix], Matrix]
    """A model: uniform numbers (draws, factors) to outputs (draws, outputs)."""

FEWEST, MOST = 16, 2**16
"""How many points a scrambling may have."""

_PURPOSE = 5
_AT_ONCE = 2**22
"""Outputs that are computed at a time, so that thousands of units stay within memory."""


class SobolRun(NamedTuple):
    """Effects at a quarter of the points, at half and at all of them."""

    quarter: Effects
    half: Effects
    whole: Effects


@dataclass(frozen=True, slots=True)
class Sampling:
    """Scrambled Sobol' points: so many for each of some independent scramblings.

    Raises
    ------
    MethodError
        When points are no power of two from 16 to 65,536, or there are fewer than two
        scramblings.
    """

    factors: int
    points: int = 512
    scramblings: int = 16
    seed: int = 0

    def __post_init__(self) -> None:
        points = self.points
        if not FEWEST <= points <= MOST or points & (points - 1):
            near = 2 ** round(math.log2(min(max(points, FEWEST), MOST)))
            raise MethodError(
                f"points must be a power of two from {FEWEST} to {MOST:,}, got {points}. "
                f"Say {near}."
            )
        if self.scramblings < 2:
            raise MethodError(
                f"scramblings must be a whole number of at least 2, got {self.scramblings}. "
                "Intervals come from the differences between them: say 16 or more."
            )

    def uniform(self, scrambling: int) -> Matrix:
        """Return the points of one scrambling, (points, 2 factors): a sample A, then B."""
        from scipy.stats.qmc import Sobol

        key = np.random.SeedSequence(self.seed, spawn_key=(_PURPOSE, 0, scrambling))
        sampler = Sobol(2 * self.factors, scramble=True, seed=np.random.default_rng(key))
        return np.asarray(sampler.random_base2(self.points.bit_length() - 1))


def sobol_effects(
    function: Callable[[int], Function],
    sampling: Sampling,
    *,
    outputs: int = 1,
    tolerance: float | Vector = 0.0,
    workers: int = 1,
    progress: Callable[[int], None] | None = None,
) -> SobolRun:
    """Estimate first-order and total effects of the factors of a function.

    ``function(k)`` gives the model of scrambling k, which maps uniform numbers, (draws,
    factors), to outputs, (draws, outputs).  Each scrambling evaluates it at two samples A
    and B and, for each factor, at A with this factor taken from B.  Outputs that differ by
    at most ``tolerance`` are the same.  An only factor explains everything, whatever the
    estimate.  ``progress`` is told the scramblings done; an
    interrupt keeps these, if there are two.

    Sobol' points are scrambled at random as SciPy does; `effects_of` names the estimators.

    Raises
    ------
    MethodError
        When there is not one worker at least.
    """
    if workers < 1:
        raise MethodError(f"workers must be a whole number of at least 1, got {workers}.")
    size = _block(sampling, outputs)

    def run(number: int) -> list[Moments]:
        return list(_marks(function(number), sampling.uniform(number), size, tolerance))

    found = _in_waves(run, sampling.scramblings, workers, progress)
    effects = [effects_of(own) for own in zip(*found, strict=True)]
    return SobolRun(*(one.certain() if sampling.factors == 1 else one for one in effects))


def samples(uniform: Matrix) -> Batch:
    """Return A, B and, for each factor, A with this factor from B: (factors + 2, points, factors).

    ``uniform`` (points, 2 factors) has A in its first half of columns and B in the second.
    """
    factors = uniform.shape[1] // 2
    a, b = uniform[:, :factors], uniform[:, factors:]
    mixed = np.repeat(a[None], factors, axis=0)
    for factor in range(factors):
        mixed[factor, :, factor] = b[:, factor]
    return np.concatenate([a[None], b[None], mixed])


def _block(sampling: Sampling, outputs: int) -> int:
    """Return how many points are computed together: it depends on the shape alone."""
    most = _AT_ONCE // ((sampling.factors + 2) * outputs)
    return min(sampling.points, 1 << max(most.bit_length() - 1, 0))


def _marks(
    model: Function, uniform: Matrix, size: int, tolerance: float | Vector
) -> Iterator[Moments]:
    """Yield the moments after a quarter of the points, after half and after all."""
    kept: Moments | None = None
    points = len(uniform)
    step = min(size, points // 4)
    for first in range(0, points, size):
        sampled = samples(uniform[first : first + size])
        values = model(sampled.reshape(-1, sampled.shape[2])).reshape(*sampled.shape[:2], -1)
        for start in range(0, size, step):
            own = values[:, start : start + step]
            part = moments(own[0], own[1], own[2:], tolerance=tolerance)
            kept = part if kept is None else kept.plus(part)
            if kept.points in (points // 4, points // 2, points):
                yield kept


def _in_waves(
    run: Callable[[int], list[Moments]],
    scramblings: int,
    workers: int,
    progress: Callable[[int], None] | None,
) -> list[list[Moments]]:
    """Return what each scrambling gives, in their order, as many at a time as there are workers."""
    from joblib import Parallel, delayed
    from threadpoolctl import threadpool_limits

    here = os.getpid()

    def alone(number: int) -> list[Moments]:
        if os.getpid() != here:  # a worker of its own: there BLAS has one thread for good
            threadpool_limits(limits=1, user_api="blas")
        return run(number)

    found: list[list[Moments]] = []
    every = range(scramblings)
    with (
        threadpool_limits(limits=1, user_api="blas"),
        Parallel(n_jobs=workers, prefer="threads") as parallel,
    ):
        try:
            for first in every[::workers]:
                found += parallel(delayed(alone)(k) for k in every[first : first + workers])
                if progress:
                    progress(len(found))
        except KeyboardInterrupt:
            if len(found) < 2:
                raise
    return found
