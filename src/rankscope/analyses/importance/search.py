"""A search for weights where no theorem says what they are: as near as it came, and no more."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from rankscope.shapes import Batch, Mask, Vector

STARTS = 8
"""From how many weights a search starts, those it is given among them."""

_CLOSE = 1e-12
_MOST = 20.0
"""Logarithm of the largest proportion of two weights that is tried."""

_STEP = 1e-6
_PURPOSE = 17


def nearest_weights(
    attained: Callable[[Batch], Batch],
    wanted: Vector,
    free: Mask,
    starts: Sequence[Vector],
    seed: int,
) -> Vector:
    """Return the weights, (parts,) summing to 1, whose shares come nearest to those wanted.

    ``attained`` gives the shares (draws, parts) of weights of that shape; ``free`` (parts,)
    are the weights that vary, the others are 0.  Least squares over logarithms of weights,
    from each of the starts and some more, until one is there.
    """
    from scipy.optimize import least_squares

    count = int(free.sum())

    def weights_at(logarithms: Batch) -> Batch:
        whole = np.zeros((len(logarithms), len(free)))
        some = np.hstack([logarithms, np.zeros((len(logarithms), 1))])
        some = np.exp(some - some.max(axis=1, keepdims=True))
        whole[:, free] = some / some.sum(axis=1, keepdims=True)
        return whole

    def misses(logarithms: Batch) -> Batch:
        found = attained(weights_at(logarithms)) - wanted
        return np.where(np.isnan(found), 1.0, found)

    def slopes(at: Vector) -> Batch:
        moved = np.vstack([at + _STEP * np.eye(len(at)), at - _STEP * np.eye(len(at))])
        found = misses(moved)
        rises: Batch = (found[: len(at)] - found[len(at) :]).T / (2 * _STEP)
        return rises

    def miss(at: Vector) -> Vector:
        return np.asarray(misses(at[None])[0])

    best, least = weights_at(np.zeros((1, count - 1)))[0], np.inf
    for start in _starts(starts, free, seed) if count > 1 else ():
        first = np.clip(np.log(start[:-1] / start[-1]), -_MOST + 1, _MOST - 1)
        found = least_squares(
            miss,
            first,
            jac=slopes,
            bounds=(-_MOST, _MOST),
            xtol=1e-15,
            ftol=1e-15,
            gtol=1e-15,
            max_nfev=100,
        )
        furthest = float(np.abs(found.fun).max())
        if furthest < least:
            best, least = weights_at(found.x[None])[0], furthest
        if least < _CLOSE:
            break
    return np.asarray(best)


def _starts(given: Sequence[Vector], free: Mask, seed: int) -> list[Vector]:
    """Return positive weights of the free parts, (free,): those given, then some at random."""
    random = np.random.default_rng(np.random.SeedSequence(seed, spawn_key=(_PURPOSE,)))
    count = int(free.sum())
    drawn = random.dirichlet(np.ones(count), max(0, STARTS - len(given)))
    return [np.maximum(one, 1e-6) for one in (*(start[free] for start in given), *drawn)]
