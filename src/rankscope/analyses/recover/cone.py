"""Programs over a set of weights given by very many rows: only violated rows enter.

A program is solved on few rows; those that its solution violates most are added, until none
is violated.  The answer is that of the full program: the rows left out are kept anyway
(Kelley 1960, Journal of the Society for Industrial and Applied Mathematics 8(4), 703-712,
https://doi.org/10.1137/0108053).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from rankscope.analyses.recover.solver import Program, solve
from rankscope.analyses.recover.walls import TOLERANCE, Cut
from rankscope.errors import MethodError

if TYPE_CHECKING:
    from rankscope.analyses.recover.solver import Solution
    from rankscope.analyses.recover.walls import RankWalls, ScoreWalls
    from rankscope.shapes import Mask, Matrix, Vector, Whole

_FAR = 1e6
"""No column is larger than this, in units in which all are near 1: beyond is without end."""

_ADDED = 12
"""Violated rows that enter at once, on each side."""

_ROUNDS = 500


class Slack(NamedTuple):
    """The smallest largest violation of any weights, and the rows that prove it.

    ``least`` is 0 where some weights keep every row, and infinite where the rows are out of
    all proportion; ``point`` (columns,) attains it.
    ``proof`` are table rows that no weights keep together, none where all can be kept.
    """

    least: float
    point: Vector
    proof: Whole


@dataclass(slots=True, eq=False)
class Cone:
    """A set of weights, and the rows found so far; ``sum_one`` holds the weights' sum at 1."""

    walls: ScoreWalls | RankWalls
    sum_one: bool
    _rows: Matrix
    _owners: Whole
    _seen: set[bytes]

    @classmethod
    def of(cls, walls: ScoreWalls | RankWalls, *, sum_one: bool = False) -> Cone:
        """Return the set with no row found yet."""
        columns = len(walls.floors)
        none = np.empty((0, 2), dtype=np.int64)
        return cls(walls, sum_one, np.empty((0, columns)), none, set())

    @property
    def rows(self) -> Matrix:
        """The rows found so far, (rows, columns)."""
        return self._rows

    @property
    def as_shares(self) -> Vector:
        """The row whose value is the sum of the weights, (columns,)."""
        return np.append(self.walls.unit, np.zeros(len(self.walls.floors) - len(self.walls.unit)))

    def everyone(self) -> Mask:
        """Return that no table row is left out, (table rows,)."""
        return np.zeros(self.walls.units, dtype=bool)

    def least_slack(self, left_out: Mask) -> Slack:
        """Return how far from possible the rows are together, apart from some left out."""
        columns = len(self.walls.floors)
        costs = np.append(np.zeros(columns), 1.0)
        found, used = self._grown(costs, self.walls.normal, left_out, slack=True)
        if found is None:
            return Slack(np.inf, np.zeros(columns), np.empty(0, dtype=np.int64))
        least = float(found.point[-1])
        if least <= 2 * TOLERANCE:
            return Slack(0.0, found.point[:-1], np.empty(0, dtype=np.int64))
        proof = np.unique(self._owners[used][np.abs(found.duals[: used.size]) > 1e-9])
        return Slack(least, found.point[:-1], proof)

    def is_possible(self, units: Whole) -> bool:
        """Whether some weights keep all rows of a few table rows."""
        cut = self.walls.rows_of(units)
        columns = len(self.walls.floors)
        costs = np.append(np.zeros(columns), 1.0)
        found = solve(self._program(costs, cut.rows, self.walls.normal, None, slack=True))
        return found is None or found.point[-1] <= 2 * TOLERANCE

    def lowest(
        self, costs: Vector, normal: Vector, left_out: Mask, fixed: Matrix | None = None
    ) -> Solution | None:
        """Return the point of the set with the least cost, on the plane where ``normal`` is 1.

        ``fixed`` are further rows that must be 0, (fixed, columns).  None where there is none.
        """
        found, _ = self._grown(costs, normal, left_out, fixed=fixed)
        return found

    def proof_against(self, fixed: Matrix, normal: Vector, left_out: Mask) -> Vector | None:
        """Return a sum of rows, (columns,), that no point on some fixed rows keeps.

        None where the set has such a point.  What the fixed rows leave free weighs 0 in the
        sum, or can only be violated further by it.
        """
        costs = np.append(np.zeros(len(normal)), 1.0)
        found, used = self._grown(costs, normal, left_out, fixed=fixed, slack=True)
        if found is None or found.point[-1] <= 2 * TOLERANCE:
            return None
        total = np.maximum(-found.duals[: used.size], 0.0) @ self._rows[used]
        if self.sum_one:  # the plane of weights that sum to 1 is part of the proof
            total = total - found.duals[used.size + 1] * (self.as_shares - self.walls.normal)
        return np.asarray(total)

    def ends(self, costs: Vector, normal: Vector, left_out: Mask) -> tuple[float, float]:
        """Return the least and the largest value of costs; infinite where there is no end."""
        ends = []
        for sign in (1.0, -1.0):
            found = self.lowest(sign * costs, normal, left_out)
            if found is None:
                return np.nan, np.nan
            endless = np.abs(found.point[costs != 0]).max(initial=0.0) > 0.99 * _FAR
            ends.append(sign * (-np.inf if endless else found.value))
        return ends[0], ends[1]

    def _grown(
        self,
        costs: Vector,
        normal: Vector,
        left_out: Mask,
        *,
        fixed: Matrix | None = None,
        slack: bool = False,
    ) -> tuple[Solution | None, Whole]:
        """Return the solution of the full program, and which rows found so far it used."""
        columns = len(self.walls.floors)
        for _ in range(_ROUNDS):
            used = np.flatnonzero(~left_out[self._owners].any(axis=1))
            found = solve(self._program(costs, self._rows[used], normal, fixed, slack=slack))
            if found is None:
                return None, used
            point = found.point[:columns]
            cut = self.walls.broken(point, left_out, _ADDED)
            if slack:
                over = cut.rows @ point > found.point[-1] + TOLERANCE
                cut = Cut(cut.rows[over], cut.owners[over])
            if not self._add(cut):
                return found, used
        raise MethodError("recover: the program does not come to an end.")

    def _add(self, cut: Cut) -> bool:
        """Add rows that are new, and return whether any was."""
        keys = [row.tobytes() for row in cut.rows]
        new = [number for number, key in enumerate(keys) if key not in self._seen]
        self._seen.update(keys)
        if new:
            self._rows = np.vstack([self._rows, cut.rows[new]])
            self._owners = np.vstack([self._owners, cut.owners[new]])
        return bool(new)

    def _program(
        self, costs: Vector, rows: Matrix, normal: Vector, fixed: Matrix | None, *, slack: bool
    ) -> Program:
        """Return the program on some rows; with ``slack`` there is one column more."""
        floors = self.walls.floors
        equal = [normal]
        targets = [1.0]
        if self.sum_one:
            equal.append(self.as_shares - self.walls.normal)
            targets.append(0.0)
        if fixed is not None:
            equal.extend(fixed)
            targets.extend([0.0] * len(fixed))
        whole = np.vstack([rows, *equal])
        low = np.maximum(floors, -_FAR)
        high = np.full(len(floors), _FAR)
        if slack:
            eased = np.append(np.full(len(rows), -1.0), np.zeros(len(equal)))
            whole = np.hstack([whole, eased[:, None]])
            low, high = np.append(low, 0.0), np.append(high, _FAR)
        free = np.full(len(rows), -np.inf)
        return Program(
            costs=costs,
            rows=whole,
            row_low=np.append(free, targets),
            row_high=np.append(np.zeros(len(rows)), targets),
            low=low,
            high=high,
        )
