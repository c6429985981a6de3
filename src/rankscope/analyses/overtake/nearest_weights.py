"""The nearest weights in Euclidean distance: a projection, in closed form where it suffices.

Elsewhere the least distance programming of Lawson & Hanson (1974) Solving Least Squares
Problems, chapter 23, https://doi.org/10.1137/1.9781611971217: it reaches the one solution in
finitely many steps, with the multipliers that prove it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from rankscope.analyses.overtake.weight_space import WeightSpace
    from rankscope.shapes import Matrix, Vector

_ROUNDED = 1e-12
"""By how much a wall may be passed: rounding."""


@dataclass(frozen=True, slots=True, eq=False)
class Nearest:
    """The nearest weights, (weights,), and how far the conditions of an optimum are missed.

    ``residual`` is the largest violation of the conditions of Karush, Kuhn and Tucker:
    0 but for rounding.
    """

    weights: Vector
    residual: float


def nearest_weights(difference: Vector, space: WeightSpace, at_least: float) -> Nearest | None:
    """Return the nearest weights with ``difference @ weights >= at_least``; None if there are none.

    Nearest to where the space starts, in Euclidean distance.
    """
    size = float(np.abs(difference).max(initial=0.0)) or 1.0
    above = (difference / size, at_least / size)
    if above[0] @ space.start >= above[1] and _within(space.start, space):
        return Nearest(space.start, 0.0)
    projected = _projected(*above, space)
    if projected is not None and _within(projected, space):
        return Nearest(projected, 0.0)
    return _least_distance(*above, space)


def _projected(difference: Vector, at_least: float, space: WeightSpace) -> Vector | None:
    """Return the projection on where the sum is just high enough, or None if it is nowhere."""
    ties = _ties(space)
    part = difference - np.linalg.pinv(ties) @ (ties @ difference)  # what ties leave free
    length = part @ part
    if length <= _ROUNDED**2:
        return None
    return np.asarray(space.start + (at_least - difference @ space.start) / length * part)


def _within(weights: Vector, space: WeightSpace) -> bool:
    """Whether weights keep to a space, but for rounding."""
    return bool((_walls(space) @ weights >= -_ROUNDED * space.total).all())


def _ties(space: WeightSpace) -> Matrix:
    return np.vstack([np.ones(len(space.start)), space.held])


def _walls(space: WeightSpace) -> Matrix:
    """Return what weights must keep to: ``walls @ weights >= 0``, rows of length 1."""
    rows = np.vstack([np.eye(len(space.start)), -space.without_extras()])
    return np.asarray(rows / np.linalg.norm(rows, axis=1, keepdims=True))


def _least_distance(difference: Vector, at_least: float, space: WeightSpace) -> Nearest | None:
    """Return the nearest weights by least distance programming; None if there are none.

    Weights are the start plus ``free @ z``; the shortest z is sought with ``rows @ z >= lack``.
    """
    from scipy.linalg import null_space
    from scipy.optimize import nnls

    free = null_space(_ties(space))
    walls = np.vstack([difference, _walls(space)])
    rows = walls @ free
    lack = np.r_[at_least, np.zeros(len(walls) - 1)] - walls @ space.start
    goal = np.r_[np.zeros(free.shape[1]), 1.0]
    multipliers, _ = nnls(np.vstack([rows.T, lack]), goal, maxiter=30 * len(walls))
    rest = 1.0 - lack @ multipliers
    if rest <= _ROUNDED:
        return None
    multipliers = multipliers / rest
    z = rows.T @ multipliers
    over = rows @ z - lack
    residual = max(-over.min(), np.abs(multipliers * over).max(), 0.0)
    weights = space.start + free @ z
    dust = weights < _ROUNDED * space.total
    return Nearest(np.where(dust, 0.0, weights), float(residual))
