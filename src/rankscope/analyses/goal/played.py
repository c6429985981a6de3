"""The answer put back in: as a scenario, indicator by indicator, and just short of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from rankscope.analyses.goal.result import Needed
from rankscope.analyses.scenario.after import result_after
from rankscope.analyses.scenario.play import play
from rankscope.analyses.scenario.sampled import middle_sizes
from rankscope.definition.model import Scenario
from rankscope.methods.aggregation import Identity
from rankscope.methods.change import Set, Size
from rankscope.pipeline.evaluate import common_chart

if TYPE_CHECKING:
    from rankscope.analyses.goal.engine import Engine
    from rankscope.analyses.goal.wanted import Wanted
    from rankscope.shapes import Mask, Vector

LESS = 0.99


def scenario_of(engine: Engine, wanted: Wanted, values: Vector) -> Scenario:
    """Return the scenario that sets values, (indicators,), where they are not as given."""
    result, room = engine.result, engine.room
    unit, name = result.units[wanted.row], result.names[wanted.row]
    changes = tuple(
        Set(to=Size(float(value), float(value)), nodes=(one.code,))
        for one, value, given in zip(room.specs, values, room.given, strict=True)
        if value != given
    )
    return Scenario(
        name=f"goal_{unit.lower()}_{wanted.rank}",
        title=f"{name} at rank {wanted.rank}",
        note="The least effort by arithmetic; it does not say how, or whether others stand still.",
        units=(unit,),
        changes=changes,
    )


def played_rank(engine: Engine, scenario: Scenario, wanted: Wanted) -> tuple[float, int]:
    """Return the score and the rank that the unit has once the scenario is played."""
    result = engine.result
    after = result_after(result, play(result, scenario, middle_sizes(scenario)))
    row = after.units.index(result.units[wanted.row])
    return float(after.score(view=engine.view)[row]), int(after.rank(view=engine.view)[row])


def less_than(shares: Vector, whole: Mask) -> Vector:
    """Return each share times 0.99; whole ones stay, unless they are all there is."""
    parts = bool((shares[~whole] > 0).any())
    return np.where(whole, shares if parts else 0.0, shares * LESS)


def needs_of(engine: Engine, shares: Vector, values: Vector, change: float) -> tuple[Needed, ...]:
    """Return what changes at each indicator; points are its part of the change of the score.

    ``shares`` and ``values`` are (indicators,).
    """
    result, room = engine.result, engine.room
    points = _points(engine, values, change)
    return tuple(
        Needed(
            code=one.code,
            name=one.name,
            share=float(shares[k]),
            before=float(room.given[k]),
            needed=float(values[k]),
            best=float(room.best[k]),
            holder=result.units[room.holders[k]],
            holder_name=result.names[room.holders[k]],
            cost=float(room.costs[k]),
            points=float(points[k]),
        )
        for k, one in enumerate(room.specs)
    )


def _points(engine: Engine, values: Vector, change: float) -> Vector:
    """Share the change of the score out, (indicators,), as each would change it by itself.

    On the chart of the root, so that nothing is left where the score is a sum on it.
    """
    if not values.size:
        return values
    cells = np.tile(engine.room.given, (len(values) + 1, 1))
    np.fill_diagonal(cells, values)
    chart = common_chart(engine.result.plan, engine.result.plan.root) or Identity()
    charted = chart.forward(engine.scores(cells))
    alone = charted[:-1] - charted[-1]
    total = alone.sum()
    if not np.isfinite(total) or total == 0:
        return np.zeros(len(values))
    return np.asarray(alone / total * change)
