"""The fewest points of weight that move: linear programs, and a closed form where nothing binds.

Points moved are half the sum of absolute changes of weights: what is taken from some and
given to others.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from rankscope.analyses.overtake.weight_space import WeightSpace
    from rankscope.shapes import Matrix, Vector

_DUST = 1e-12
"""A share of the weight that is rounding."""

_FINEST = 1e-6
"""The finest unit in which changes of weights are sought."""


def points_moved(before: Vector, after: Vector) -> float:
    """Return half the sum of absolute changes of weights (weights,)."""
    return float(np.abs(after - before).sum() / 2)


def fewest_points(difference: Vector, space: WeightSpace, at_least: float) -> Vector | None:
    """Return the weights (weights,) nearest in points moved with a sum that is high enough.

    That is ``difference @ weights >= at_least``.  None where no weights of the space have it.
    The linear program asks what each weight gains and loses, and for the extras, in units of
    about how far weights must move, so that tolerances of the solver are far below it.
    """
    size = float(np.abs(difference).max(initial=0.0)) or 1.0
    lacking = float(at_least - difference @ space.start) / size
    unit = min(max(lacking, _FINEST), 1.0)
    gains = np.r_[-difference, difference, np.zeros(space.extras)] / size
    found = _solved(space, unit, gains, -lacking / unit)
    if found is None:
        return None
    weights = space.start + found * unit
    return np.where(weights < _DUST * space.total, 0.0, weights)


def _solved(space: WeightSpace, unit: float, row: Vector, limit: float) -> Vector | None:
    """Return by how much each weight changes, (weights,), or None where there is no solution.

    ``row @ unknowns <= limit`` is what must hold besides the space.
    """
    from scipy.optimize import linprog

    start, count = space.start, len(space.start)
    before, after = np.split(space.walls, [count], axis=1)
    ties = np.vstack([np.ones(count), space.held])
    highest = np.r_[np.full(count, np.inf), start / unit, np.full(space.extras, np.inf)]
    found = linprog(
        np.r_[np.ones(2 * count), np.zeros(space.extras)],
        A_ub=np.vstack([np.hstack([before, -before, after]), row]),
        b_ub=np.r_[-before @ start / unit, limit],
        A_eq=np.hstack([ties, -ties, np.zeros((len(ties), space.extras))]),
        b_eq=np.r_[0.0, -space.held @ start / unit],
        bounds=[(0.0, most) for most in highest.tolist()],  # no weight loses more than it has
        method="highs",
    )
    return None if found.x is None else np.asarray(found.x[:count] - found.x[count : 2 * count])


def fewest_points_of_pairs(differences: Matrix, start: Vector) -> Vector:
    """Return the points that must move for each sum to reach 0, of shape (pairs,).

    ``differences`` (pairs, weights) are summed with weights that start at ``start``
    (weights,) and are bound by nothing: what is lowest gives first, and the highest takes
    all.  NaN where no weights reach 0.
    """
    best = differences.max(axis=1, keepdims=True)
    order = np.argsort(differences, axis=1, kind="stable")
    gains = best - np.take_along_axis(differences, order, axis=1)  # of a point that moves
    lacking = np.maximum(-(differences @ start), 0.0)[:, None]
    gained = gains * start[order]
    before = np.cumsum(gained, axis=1) - gained
    still = np.clip(lacking - before, 0.0, gained)
    moved = np.divide(still, gains, out=np.zeros(gains.shape), where=gains > 0).sum(axis=1)
    return np.where((best[:, 0] < 0) & (lacking[:, 0] > 0), np.nan, moved)
