"""Which way leads to the least effort, and how sure its answer is."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from rankscope.analyses.goal.gains import gains_of
from rankscope.analyses.goal.linear import MOST_WHOLE, SLACK, effort_of, least_effort
from rankscope.analyses.goal.mixed import least_found, search_of
from rankscope.analyses.goal.separable import least_sum

if TYPE_CHECKING:
    from rankscope.analyses.goal.engine import Engine
    from rankscope.analyses.goal.gains import Gains
    from rankscope.analyses.goal.result import Exactness
    from rankscope.analyses.goal.wanted import Wanted
    from rankscope.pipeline.plan import Plan
    from rankscope.shapes import Vector

CERTAIN = 1e-9
"""An answer so close to its bound, as a part of it, is the least effort."""

NUDGES = np.r_[0.0, 10.0 ** np.arange(-15, -3)]
"""By what part shares are raised until rounding no longer keeps the unit off the rank."""


@dataclass(frozen=True, slots=True, eq=False)
class Answer:
    """Shares of the gaps, (indicators,), and how sure it is that there is no less effort.

    Where the rank is out of reach they are those that give the best score there is;
    ``proved`` says whether that is proved.
    """

    shares: Vector
    reachable: bool
    exactness: Exactness
    bound: float
    proved: bool = True


def answer_of(engine: Engine, wanted: Wanted, effort: str) -> Answer:
    """Return the least effort that reaches a rank, by the surest way there is."""
    table = gains_of(engine, wanted)
    if not engine.room.columns.size:
        return Answer(np.empty(0), reachable=False, exactness="exact", bound=np.nan)
    found = _searched(engine, wanted, effort) if table is None else _summed(table, effort)
    if not found.reachable:
        return found
    shares, exact = settled(engine, wanted, found.shares)
    if found.exactness == "not proved":
        return replace(found, shares=shares)
    own = effort_of(shares, engine.room.costs, effort)
    bound = own if found.exactness == "exact" and exact else min(found.bound, own)
    sure: Exactness = "exact" if own - bound <= CERTAIN * own else "bounded"
    return Answer(shares, reachable=True, exactness=sure, bound=bound)


def settled(engine: Engine, wanted: Wanted, shares: Vector) -> tuple[Vector, bool]:
    """Return shares that reach the rank by the engine, and whether only rounding was mended."""
    raised = np.minimum(shares * (1 + NUDGES[:, None]), 1.0)
    reached = wanted.reached(engine.scores(engine.values(raised)))
    if not reached.any():
        return shares, False
    first = int(np.argmax(reached))
    return raised[first], bool(NUDGES[first] <= CERTAIN)


def _summed(table: Gains, effort: str) -> Answer:
    """Return the answer where the score is a sum of what the indicators give."""
    room, costs = table.engine.room, table.engine.room.costs
    highest = table.shares[np.argmax(table.gains, axis=0), np.arange(len(costs))]
    proved = table.monotone()
    if table.gains.max(axis=0).sum() < table.needed * (1 - SLACK):
        return Answer(highest, reachable=False, exactness="exact", bound=np.nan, proved=proved)
    if table.straight() and (room.whole & (table.gains[-1] > 0)).sum() <= MOST_WHOLE:
        shares = least_effort(table.gains[-1], costs, room.whole, table.needed, effort)
        if shares is not None:
            return Answer(shares, True, "exact", effort_of(shares, costs, effort))
    least = least_sum(table, costs, effort)
    if least is None:  # by a hair's breadth
        return Answer(highest, True, "not proved", np.nan)
    if not proved:
        return Answer(least.shares, True, "not proved", np.nan)
    return Answer(least.shares, True, "bounded", least.bound)


def _searched(engine: Engine, wanted: Wanted, effort: str) -> Answer:
    """Return the best that a search finds."""
    highest = np.ones(len(engine.room.columns))
    proved = rises(engine.result.plan)
    if proved and not wanted.reached(np.array([engine.at_best()]))[0]:
        return Answer(highest, reachable=False, exactness="exact", bound=np.nan)
    shares = least_found(search_of(engine, wanted, effort))
    if shares is None:
        return Answer(highest, False, "not proved", np.nan, proved=False)
    return Answer(shares, True, "not proved", np.nan)


def rises(plan: Plan) -> bool:
    """Whether no score can fall when an indicator gets better, the rest being as it is."""
    columns = {leaf.column for leaf in plan.leaves}
    for leaf in plan.leaves:
        if not all(one.monotone for one in (leaf.treatment, leaf.normalisation, *leaf.steps)):
            return False
        if leaf.divisor in columns or leaf.multiplier in columns:
            return False
    for node in plan.nodes:
        if node.children and not (node.aggregation.monotone and node.aggregation.row_wise):
            return False
        if not all(step.method.monotone for step in node.steps):
            return False
    return True
