"""One linear or integer program, solved silently by HiGHS."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from rankscope.errors import MethodError

if TYPE_CHECKING:
    from rankscope.shapes import Matrix, Vector

_OPTIONS: dict[str, Any] = {
    "output_flag": False,
    "parallel": "off",
    "primal_feasibility_tolerance": 1e-10,
    "dual_feasibility_tolerance": 1e-10,
    "mip_rel_gap": 0.0,
    "mip_abs_gap": 1e-6,
}

_WAYS: tuple[dict[str, Any], ...] = (
    {"solver": "simplex", "presolve": "off"},
    {"solver": "simplex", "presolve": "on"},
    {"solver": "simplex", "presolve": "off", "simplex_scale_strategy": 0},
)


@dataclass(frozen=True, slots=True, eq=False)
class Program:
    """Least ``costs @ x`` where ``row_low <= rows @ x <= row_high`` and ``low <= x <= high``."""

    costs: Vector
    rows: Matrix
    row_low: Vector
    row_high: Vector
    low: Vector
    high: Vector
    whole: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class Solution:
    """The best point, (columns,), its cost, and what each row costs, (rows,)."""

    value: float
    point: Vector
    duals: Vector


def solve(program: Program) -> Solution | None:
    """Return the solution of a program whose columns are bounded, or None where there is none.

    Raises
    ------
    MethodError
        When the solver gives no answer either way.
    """
    import highspy

    for way in _WAYS:
        solver = highspy._core._Highs()  # Highs() itself prints a banner that no option stops
        for option, value in (_OPTIONS | way).items():
            solver.setOptionValue(option, value)
        solver.passModel(_model(program))
        solver.run()
        status = solver.getModelStatus()
        if status == highspy.HighsModelStatus.kOptimal:
            found = solver.getSolution()
            duals = np.array(found.row_dual) if not program.whole else np.zeros(len(program.rows))
            point = np.array(found.col_value)
            return Solution(float(program.costs @ point), point, duals)
        if status == highspy.HighsModelStatus.kInfeasible:
            return None
    raise MethodError(
        "recover: the solver gives no answer; the components differ too much in size. "
        "Give them in units in which they are alike."
    )


def _model(program: Program) -> Any:
    import highspy

    model = highspy.HighsLp()
    rows = program.rows
    used = rows != 0
    model.num_col_, model.num_row_ = rows.shape[1], rows.shape[0]
    model.col_cost_, model.col_lower_, model.col_upper_ = program.costs, program.low, program.high
    model.row_lower_, model.row_upper_ = program.row_low, program.row_high
    model.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    model.a_matrix_.start_ = np.append(0, np.cumsum(used.sum(axis=1))).astype(np.int32)
    model.a_matrix_.index_ = np.nonzero(used)[1].astype(np.int32)
    model.a_matrix_.value_ = rows[used]
    if program.whole:
        model.integrality_ = [highspy.HighsVarType.kInteger] * rows.shape[1]
    return model
