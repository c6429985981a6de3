"""The fewest points of weight that move: linear programs, and a closed form where nothing binds.

Points moved are half the sum of absolute changes of weights: what is taken from some and
given to others.
"""

from __future__ import annotations

from dataclasses import dataclass
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


def highest_gain(difference: Vector, space: WeightSpace) -> Vector:
    """Return the weights (weights,) at which ``difference @ weights`` is highest."""
    if space.free:
        best = np.zeros(len(difference))
        best[np.argmax(difference)] = space.total
        return best
    program = _program(difference / _size(difference), space, 1.0)
    gains = -program.gains
    found = program.solved(gains, np.empty((0, len(gains))), np.empty(0))
    return space.start if found is None else found


def fewest_points(difference: Vector, space: WeightSpace, at_least: float) -> Vector | None:
    """Return the weights (weights,) nearest in points moved with a sum that is high enough.

    That is ``difference @ weights >= at_least``.  None where no weights of the space have it.
    """
    size = _size(difference)
    lacking = float(at_least - difference @ space.start) / size
    unit = min(max(lacking, _FINEST), 1.0)
    program = _program(difference / size, space, unit)
    moves = np.zeros(len(program.gains))
    moves[: 2 * len(difference)] = 1.0
    return program.solved(moves, -program.gains[None], np.array([-lacking / unit]))


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


def _size(difference: Vector) -> float:
    return float(np.abs(difference).max(initial=0.0)) or 1.0


@dataclass(frozen=True, slots=True, eq=False)
class _Program:
    """What all linear programs over a space share.

    The unknowns are what each weight gains, what it loses, and the extras, all in units of
    ``unit``: that is about how far weights must move, so that tolerances of the solver are
    far below it.  ``gains`` (unknowns,) is what a difference gains by each.
    """

    space: WeightSpace
    unit: float
    gains: Vector

    def solved(self, cost: Vector, rows: Matrix, limits: Vector) -> Vector | None:
        """Return the weights of least cost with ``rows @ unknowns <= limits``, or None."""
        from scipy.optimize import linprog

        start, count = self.space.start, len(self.space.start)
        before, after = np.split(self.space.walls, [count], axis=1)
        ties = np.vstack([np.ones(count), self.space.held])
        none = np.zeros((len(ties), after.shape[1]))
        found = linprog(
            cost,
            A_ub=np.vstack([np.hstack([before, -before, after]), rows]),
            b_ub=np.r_[-before @ start / self.unit, limits],
            A_eq=np.hstack([ties, -ties, none]),
            b_eq=np.r_[0.0, -self.space.held @ start / self.unit],
            bounds=[(0.0, highest) for highest in self._highest(len(cost)).tolist()],
            method="highs",
        )
        if found.x is None:
            return None
        gained, lost = found.x[:count], found.x[count : 2 * count]
        weights = start + (gained - lost) * self.unit
        return np.where(weights < _DUST * self.space.total, 0.0, weights)

    def _highest(self, count: int) -> Vector:
        """Return the highest values of the unknowns: no weight loses more than it has."""
        highest = np.full(count, np.inf)
        weights = len(self.space.start)
        highest[weights : 2 * weights] = self.space.start / self.unit
        return highest


def _program(difference: Vector, space: WeightSpace, unit: float) -> _Program:
    extras = np.zeros(space.walls.shape[1] - len(difference))
    return _Program(space, unit, np.r_[difference, -difference, extras])
