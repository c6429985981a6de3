"""Scores that a unit would have, by the engine of the index itself."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from rankscope.analyses.scenario.extension import extended, played_rows
from rankscope.analyses.scenario.play import Played
from rankscope.methods.change import Aim
from rankscope.methods.change.between import closed
from rankscope.pipeline.evaluate import evaluate

if TYPE_CHECKING:
    from rankscope.analyses.goal.room import Room
    from rankscope.pipeline.result import Result
    from rankscope.shapes import Matrix, Vector

_POINTS = 8192
"""So many rows are scored at once."""


@dataclass(frozen=True, slots=True, eq=False)
class Engine:
    """An index of one period, and what one unit could change there."""

    result: Result
    view: str
    room: Room

    def values(self, shares: Matrix) -> Matrix:
        """Return raw values that close shares of the gaps, both (points, indicators).

        On the scale on which the index compares values, as the act `towards` has it.
        """
        room, points = self.room, len(shares)
        if not room.columns.size:
            return shares
        world = room.world.with_values(np.repeat(room.world.values, points, axis=0))
        aim = Aim(units=np.array([0]), partners=np.array([], dtype=np.int64), columns=room.columns)
        goal = np.broadcast_to(room.best, (points, 1, len(room.best)))
        return closed(world, aim, goal, shares, "transformed")[:, 0]

    def scores(self, values: Matrix) -> Vector:
        """Return the scores of the unit, (points,), with raw values (points, indicators)."""
        size = _POINTS if self._row_wise() else 1
        parts = [self._scores(values[k : k + size]) for k in range(0, len(values), size)]
        return np.concatenate(parts) if parts else np.empty(0)

    def at_best(self) -> float:
        """Return the score with the best observed value everywhere."""
        return float(self.scores(self.room.best[None])[0])

    def _row_wise(self) -> bool:
        return all(one.aggregation.row_wise for one in self.result.plan.nodes if one.children)

    def _alone(self) -> bool:
        """Whether a row's score needs no other rows beside it."""
        return self._row_wise() and not any(one.steps for one in self.result.plan.nodes)

    def _scores(self, values: Matrix) -> Vector:
        plan, world = self.result.plan, self.room.world
        cells = np.repeat(world.values[:1], len(values), axis=0)
        cells[:, 0, self.room.columns] = values
        played = Played(
            units=world.units,
            names=world.names,
            rows=world.rows,
            values=cells,
            columns=world.columns,
            removed=np.array([], dtype=np.int64),
            merged={},
            befallen=world.units,
            findings=(),
        )
        weights = plan.weights(self.view)
        if self._alone():
            there, leaves = played_rows(plan, self.result.leaves, played)
            return np.asarray(evaluate(there, leaves, weights)[:, plan.root])
        wide, leaves = extended(plan, self.result.leaves, played)
        return np.asarray(evaluate(wide, leaves, weights)[len(plan.table.units) :, plan.root])
