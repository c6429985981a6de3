"""Shares cut by any number of half-spaces: linear programs, and where the inside is.

Sets may be flat, such as one in which two shares must be equal, or a single point.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from rankscope.shapes import Matrix, Vector

_FLAT = 1e-8
"""A set less wide than this in some direction is flat there: solvers do not see further."""

_OPTIONS: dict[str, Any] = {
    "output_flag": False,
    "solver": "simplex",
    "parallel": "off",
    "presolve": "off",
    "primal_feasibility_tolerance": 1e-10,
    "dual_feasibility_tolerance": 1e-10,
}


@dataclass(frozen=True, slots=True, eq=False)
class Inside:
    """A point inside, (children,), and orthonormal directions in which the set has room.

    ``directions`` are of shape (children, dimensions), with none for a single point.
    """

    centre: Vector
    directions: Matrix


class Polytope:
    """All shares w >= 0 that sum to 1 and keep ``rows @ w <= 0``; rows (walls, children).

    One linear program, whose costs alone are changed from one question to the next.
    """

    def __init__(self, rows: Matrix) -> None:
        self._rows = rows
        self._solver = _solver(rows)

    def is_empty(self) -> bool:
        """Return whether no shares belong to the set."""
        return self.best(np.zeros(self._rows.shape[1])) is None

    def best(self, values: Vector) -> Vector | None:
        """Return the shares with the largest mean of values, or None where there are none."""
        import highspy

        middle = (values.max() + values.min()) / 2
        size = np.abs(values - middle).max() or 1.0
        columns = np.arange(len(values), dtype=np.int32)
        self._solver.changeColsCost(len(values), columns, (middle - values) / size)
        self._solver.run()
        if self._solver.getModelStatus() != highspy.HighsModelStatus.kOptimal:
            return None
        return np.array(self._solver.getSolution().col_value)

    def inside(self) -> Inside | None:
        """Return where the inside of the set is, or None where it has no points.

        Both ends of the set are sought along directions at right angles to all points found
        so far, until no direction is left in which they differ: at most one pair for each
        child.  The mean of the points lies inside.
        """
        children = self._rows.shape[1]
        seen = np.full((1, children), children**-0.5)
        points = [self.best(seen[0])]
        while len(seen) < children and points[-1] is not None:
            along = _complement(seen)[:, 0]
            high, low = self.best(along), self.best(-along)
            points += [high, low]
            if high is None or low is None:
                break
            step = high - low
            step -= seen.T @ (seen @ step)
            wide = along @ step > _FLAT
            seen = np.vstack([seen, step / np.linalg.norm(step) if wide else along])
        found = [point for point in points if point is not None]
        if len(found) < len(points):
            return None
        return self._exact(np.mean(found[1:] or found, axis=0), np.array(found))

    def _exact(self, centre: Vector, points: Matrix) -> Inside:
        """Return the inside with rows that hold as equations kept to the last bit."""
        rows = np.vstack([self._rows, -np.eye(len(centre))])
        lengths = np.linalg.norm(rows, axis=1)
        rows = rows[lengths > 0] / lengths[lengths > 0, None]
        tight = rows[(points @ rows.T).min(axis=0) > -_FLAT]
        equal = np.vstack([np.ones(len(centre)), tight])
        target = np.concatenate([[1.0], np.zeros(len(tight))])
        centre = centre - np.linalg.pinv(equal, rcond=_FLAT) @ (equal @ centre - target)
        return Inside(np.maximum(centre, 0.0), _complement(equal))


def _complement(rows: Matrix) -> Matrix:
    """Return orthonormal directions, (children, dimensions), at right angles to all rows."""
    _, sizes, directions = np.linalg.svd(rows)
    rank = int((sizes > _FLAT * sizes[0]).sum())
    return np.asarray(directions[rank:].T)


def _solver(rows: Matrix) -> Any:
    """Return a solver of the smallest cost over the set."""
    import highspy

    walls, children = rows.shape
    solver = highspy._core._Highs()  # Highs() itself prints a banner that no option stops
    for option, value in _OPTIONS.items():
        solver.setOptionValue(option, value)
    program = highspy.HighsLp()
    program.num_col_, program.num_row_ = children, walls + 1
    program.col_cost_ = np.zeros(children)
    program.col_lower_, program.col_upper_ = np.zeros(children), np.ones(children)
    program.row_lower_ = np.append(np.full(walls, -np.inf), 1.0)
    program.row_upper_ = np.append(np.zeros(walls), 1.0)
    program.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    program.a_matrix_.start_ = np.arange(walls + 2, dtype=np.int32) * children
    program.a_matrix_.index_ = np.tile(np.arange(children, dtype=np.int32), walls + 1)
    program.a_matrix_.value_ = np.vstack([rows, np.ones(children)]).ravel()
    solver.passModel(program)
    return solver
