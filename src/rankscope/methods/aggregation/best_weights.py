"""The linear programs behind the benefit of the doubt.

They are solved in their dual form, which has a row per child and a column per unit:
the smallest sum of multiples of units that together reach a unit's values.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from rankscope.errors import MethodError

if TYPE_CHECKING:
    from rankscope.shapes import Mask, Matrix, Vector

_NOTHING = 1e-9
"""A value of at most this share of the best is zero, as the solver takes it to be."""

_BEST = 1e-9
"""A score this near to one is one: the solver stops within its tolerance."""

_OPTIONS: dict[str, Any] = {
    "output_flag": False,
    "solver": "simplex",
    "parallel": "off",
    "presolve": "off",
    "primal_feasibility_tolerance": 1e-10,
    "dual_feasibility_tolerance": 1e-10,
}


def best_scores(values: Matrix, there: Mask, shares: tuple[float, float]) -> Vector:
    """Return each row's largest weighted sum with weights by which no row exceeds one.

    ``values`` (rows, children) are zero or more, and zero where they are not ``there``;
    each child that is there makes up between the two ``shares`` of a row's own sum.

    Raises
    ------
    MethodError
        When the solver finds no optimum.
    """
    tops = values.max(axis=0, initial=0.0)
    scaled = values / np.where(tops > 0, tops, 1.0)
    scaled[scaled <= _NOTHING] = 0.0
    peers = np.unique(scaled, axis=0)
    if shares == (0.0, 1.0):
        solver = _solver(peers.T, np.ones(len(peers)))
        best = [_smallest_sum(solver, own) for own in scaled]
    else:
        pairs = zip(scaled, there, strict=True)
        best = [_bounded(peers, own, children, shares) for own, children in pairs]
    scores = np.clip(best, 0.0, 1.0)
    return np.where(scores > 1 - _BEST, 1.0, scores)


def _bounded(peers: Matrix, own: Vector, there: Mask, shares: tuple[float, float]) -> float:
    """Return the largest weighted sum of a row whose children's shares are bounded."""
    equal = 1 / there.sum()
    low, high = min(shares[0], equal), max(shares[1], equal)
    if low > 0 and not own[there].all():
        return 0.0  # a child at zero can not make up a share of anything but nothing
    used = own > 0
    unit = np.eye(used.sum())
    bounds = own[used, None] * np.hstack([low - unit, unit - high])
    costs = np.repeat([1.0, 0.0], [len(peers), bounds.shape[1]])
    return _smallest_sum(_solver(np.hstack([peers[:, used].T, bounds]), costs), own[used])


def _solver(matrix: Matrix, costs: Vector) -> Any:
    """Return a solver of the smallest cost at which a matrix times y reaches a vector, y >= 0."""
    import highspy

    rows, columns = matrix.shape
    solver = highspy._core._Highs()  # Highs() itself prints a banner that no option stops
    for option, value in _OPTIONS.items():
        solver.setOptionValue(option, value)
    program = highspy.HighsLp()
    program.num_col_, program.num_row_ = columns, rows
    program.col_cost_ = costs
    program.col_lower_, program.col_upper_ = np.zeros(columns), np.full(columns, np.inf)
    program.row_lower_, program.row_upper_ = np.zeros(rows), np.full(rows, np.inf)
    program.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    program.a_matrix_.start_ = np.arange(rows + 1, dtype=np.int32) * columns
    program.a_matrix_.index_ = np.tile(np.arange(columns, dtype=np.int32), rows)
    program.a_matrix_.value_ = np.ascontiguousarray(matrix).ravel()
    solver.passModel(program)
    return solver


def _smallest_sum(solver: Any, reached: Vector) -> float:
    """Return the smallest cost at which the solver's matrix reaches a vector."""
    import highspy

    rows = np.arange(len(reached), dtype=np.int32)
    solver.changeRowsBounds(len(rows), rows, reached, np.full(len(rows), np.inf))
    solver.run()
    status = solver.getModelStatus()
    if len(rows) and status != highspy.HighsModelStatus.kOptimal:
        raise MethodError(
            "benefit_of_the_doubt found no best weights: the solver says "
            f"{solver.modelStatusToString(status)}. Rescale the children, or widen the bounds."
        )
    return float(solver.getInfo().objective_function_value) if len(rows) else 0.0
