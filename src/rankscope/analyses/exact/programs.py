"""Integer programs over a region: how many rivals can be on one side of a unit at once.

Extreme ranks by mixed-integer programming: Kadziński, Greco & Słowiński (2012) Omega 40(4),
488-501, https://doi.org/10.1016/j.omega.2011.09.003.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from rankscope.analyses.exact.region import Region
    from rankscope.shapes import Matrix, Vector

_OPTIONS: dict[str, Any] = {
    "output_flag": False,
    "parallel": "off",
    "primal_feasibility_tolerance": 1e-9,
    "dual_feasibility_tolerance": 1e-9,
    "mip_feasibility_tolerance": 1e-9,
    "mip_rel_gap": 0.0,
    "mip_detect_symmetry": False,
    "mip_allow_restart": False,
}


class Effort(NamedTuple):
    """When a program stops: after so many nodes of its search tree, or after some seconds."""

    nodes: int
    seconds: float


@dataclass(frozen=True, slots=True, eq=False)
class Outcome:
    """How many differences can be high enough at once: at most ``bound``.

    ``point`` (columns,) is the best point of the region that was found, None if none was.
    """

    bound: int
    point: Vector | None


class Programs:
    """The programs of one region; differences are in units of ``size``, the range of merit.

    Columns are scaled by the weights as given, so that all variables are near 1.
    """

    def __init__(self, region: Region, size: float) -> None:
        self.region, self.size = region, size or 1.0
        system = region.system()
        self._scale = np.ones(region.columns)
        given = region.given
        typical = 1.0 / len(given)
        self._scale[: len(given)] = np.where(given > 0, given, typical)
        walls = _sparser(system.walls, region) * self._scale
        lengths = np.abs(walls).max(axis=1, initial=0.0)
        self._walls = walls[lengths > 0] / lengths[lengths > 0, None]
        self._flows = system.flows * self._scale
        self._totals = system.totals

    def most(self, differences: Matrix, floors: Vector, margin: float, effort: Effort) -> Outcome:
        """Return how many of the differences can be at least ``margin`` at once.

        ``differences`` (rivals, visible) are coefficients, ``floors`` (rivals,) their
        smallest values over the region.
        """
        count = len(differences)
        room = np.maximum((margin - floors) / self.size, 0.0) * (1 + 1e-9) + 1e-9
        rows = np.hstack([self._scaled(differences), -np.diag(room)])
        low = margin / self.size - room
        costs = self._no_costs(count)
        costs[self.region.columns :] = -1.0
        solver = self._solver(rows, low, costs, whole=count)
        solver.setOptionValue("time_limit", max(effort.seconds, 0.01))
        solver.setOptionValue("mip_max_nodes", effort.nodes)
        solver.run()
        info = solver.getInfo()
        bound = -info.mip_dual_bound
        proved = min(count, int(np.floor(bound + 1e-6))) if np.isfinite(bound) else count
        found = info.primal_solution_status == _feasible()
        return Outcome(proved, self._point(solver) if found else None)

    def widest(self, differences: Matrix) -> Vector | None:
        """Return the point where the smallest difference is largest, or None if none is found."""
        count = len(differences)
        rows = np.hstack([self._scaled(differences), -np.ones((count, 1))])
        costs = self._no_costs(1)
        costs[-1] = -1.0
        solver = self._solver(rows, np.zeros(count), costs)
        solver.run()
        found = solver.getInfo().primal_solution_status == _feasible()
        return self._point(solver) if found else None

    def corners(self, directions: Matrix) -> Matrix:
        """Return the points farthest in some directions (directions, visible), (same, columns).

        A direction without one has a row of NaN.
        """
        import highspy

        solver = self._solver(np.zeros((0, self.region.columns)), np.zeros(0), self._no_costs(0))
        columns = np.arange(self.region.columns, dtype=np.int32)
        found = np.full((len(directions), self.region.columns), np.nan)
        for place, costs in enumerate(-self._scaled(directions)):
            solver.changeColsCost(len(columns), columns, costs)
            solver.run()
            if solver.getModelStatus() == highspy.HighsModelStatus.kOptimal:
                found[place] = self._point(solver)
        return found

    def _no_costs(self, added: int) -> Vector:
        return np.zeros(self.region.columns + added)

    def _scaled(self, differences: Matrix) -> Matrix:
        """Return coefficients in the units of the program, (rivals, columns)."""
        full = np.zeros((len(differences), self.region.columns))
        full[:, : differences.shape[1]] = differences / self.size
        return full * self._scale

    def _point(self, solver: Any) -> Vector:
        found = np.array(solver.getSolution().col_value)[: self.region.columns]
        return np.asarray(np.maximum(found, 0.0) * self._scale)

    def _solver(self, rows: Matrix, low: Vector, costs: Vector, *, whole: int = 0) -> Any:
        """Return a solver of the least cost over the region and some rows of at least ``low``.

        The last ``whole`` columns are 0 or 1; the last column without any is free below 1.
        """
        import highspy

        solver = highspy._core._Highs()  # Highs() itself prints a banner that no option stops
        for option, value in _OPTIONS.items():
            solver.setOptionValue(option, value)
        added = len(costs) - self.region.columns
        pad = ((0, 0), (0, added))
        matrix = np.vstack([np.pad(self._walls, pad), np.pad(self._flows, pad), rows])
        walls, above = len(self._walls), len(rows)
        free = [-np.inf] * walls
        program = highspy.HighsLp()
        program.num_col_, program.num_row_ = len(costs), len(matrix)
        program.col_cost_ = costs
        lower, upper = np.zeros(len(costs)), np.full(len(costs), np.inf)
        upper[self.region.columns :] = 1.0
        if not whole:
            lower[self.region.columns :] = -np.inf
        program.col_lower_, program.col_upper_ = lower, upper
        program.row_lower_ = np.concatenate([free, self._totals, low])
        program.row_upper_ = np.concatenate([np.zeros(walls), self._totals, np.full(above, np.inf)])
        kinds = [highspy.HighsVarType.kContinuous] * self.region.columns
        if whole:
            program.integrality_ = kinds + [highspy.HighsVarType.kInteger] * whole
        _fill(program, matrix)
        solver.passModel(program)
        return solver


def _fill(program: Any, matrix: Matrix) -> None:
    """Put the numbers other than zero into a program, row by row."""
    import highspy

    used = matrix != 0
    program.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    program.a_matrix_.start_ = np.append(0, np.cumsum(used.sum(axis=1))).astype(np.int32)
    program.a_matrix_.index_ = np.nonzero(used)[1].astype(np.int32)
    program.a_matrix_.value_ = matrix[used]


def _feasible() -> Any:
    import highspy

    return highspy.kSolutionStatusFeasible


def _sparser(walls: Matrix, region: Region) -> Matrix:
    """Return the same walls with fewer numbers: what all children share is said of the parent."""
    sparse, start = walls.copy(), 0
    for group in region.groups:
        rows = slice(start, start + len(group.walls))
        start = rows.stop
        own = sparse[rows][:, group.children]
        if not own.size:
            continue
        usual = np.median(own, axis=1)
        usual = np.where((own == usual[:, None]).sum(axis=1) > 1, usual, 0.0)
        sparse[rows, group.children] = own - usual[:, None]
        sparse[rows, group.parent] += usual
    return sparse
