"""Goal seek: the least effort with which a unit reaches a rank."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import numpy as np

from rankscope._words import did_you_mean, visible
from rankscope.analyses.goal.answer import Answer, answer_of
from rankscope.analyses.goal.engine import Engine
from rankscope.analyses.goal.linear import effort_of
from rankscope.analyses.goal.played import less_than, needs_of, played_rank, scenario_of
from rankscope.analyses.goal.result import Goal
from rankscope.analyses.goal.room import room_of
from rankscope.analyses.goal.wanted import wanted_of
from rankscope.analyses.scenario.naming import units_named
from rankscope.analyses.variant_results import chosen_period
from rankscope.errors import BindError, MethodError, UnitError
from rankscope.findings import note, warning
from rankscope.pipeline.plan import HEADLINE

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from rankscope.analyses.goal.wanted import Wanted
    from rankscope.findings import Finding
    from rankscope.pipeline.result import Result

EFFORTS = ("squares", "linear")


def goal_seek(  # noqa: PLR0913 - a unit, a rank, and what may change at what cost
    index: Result,
    unit: str,
    *,
    rank: int,
    view: str = HEADLINE,
    period: str | None = None,
    nodes: Sequence[str] = (),
    costs: Mapping[str, float] | None = None,
    effort: Literal["squares", "linear"] = "squares",
) -> Goal:
    """Return the least effort with which a unit reaches a rank, or the proof that it can not.

    At each indicator a share of the gap to the best value that any ranked unit has may be
    closed, on the scale on which the index compares values.  Least is the sum of cost times
    squared share, or of cost times share where ``effort`` is ``linear``; scales and the other
    units stay as they are.  Only indicators at or below ``nodes`` may change, all unless
    given; ``costs`` of indicators or nodes are 1 unless given, and the nearest one counts.

    Exact where the score is linear in the shares; with a bound where it is a sum of curves;
    elsewhere what a search finds (conventions §22).

    >>> from rankscope.catalogue import open_index
    >>> goal = goal_seek(open_index("ai-capacity").build(), "RUS", rank=40)
    >>> goal.rank_before, goal.rank_reached, goal.reachable
    (52, 40, True)

    Raises
    ------
    UnitError
        When there is no such unit, or it has no rank.
    MethodError
        When there is no such rank, indicator or node, or a cost is not above 0.
    BindError, DataError
        When there is no such view or period.
    """
    shown = chosen_period(index, index.plan.definition.title, period)
    before = index.of_period(shown)
    _check(before, view, effort)
    row = _row(before, unit)
    wanted = wanted_of(before, row, rank, view)
    engine = Engine(before, view, room_of(before, row, view, wanted.sign, nodes, costs or {}))
    if wanted.rival < 0:
        none = np.zeros(len(engine.room.columns))
        return _goal(engine, wanted, Answer(none, True, "exact", 0.0), shown, effort)
    return _goal(engine, wanted, answer_of(engine, wanted, effort), shown, effort)


def _goal(engine: Engine, wanted: Wanted, answer: Answer, period: str | None, effort: str) -> Goal:
    """Put the answer to the engine, and return what comes of it."""
    result, room, row = engine.result, engine.room, wanted.row
    values, less = engine.values(np.stack([answer.shares, less_than(answer.shares, room.whole)]))
    scenario = scenario_of(engine, wanted, values)
    score, reached = played_rank(engine, scenario, wanted)
    just_less = int(wanted.ranks(engine.scores(less[None]))[0])
    at_best = engine.at_best()
    has, rival = wanted.rival >= 0, wanted.rival
    return Goal(
        unit=result.units[row],
        name=result.names[row],
        view=engine.view,
        period=period,
        rank_before=wanted.rank_before,
        rank_wanted=wanted.rank,
        rank_reached=reached,
        rank_just_less=just_less,
        ranked=wanted.ranked,
        score_before=wanted.before,
        score_needed=wanted.needed,
        score_reached=score,
        score_at_best=at_best,
        rival=result.units[rival] if has else "",
        rival_name=result.names[rival] if has else "",
        reachable=answer.reachable,
        proof=_proof(engine, wanted, at_best) if not answer.reachable and answer.proved else "",
        needs=needs_of(engine, answer.shares, values, score - wanted.before),
        kind=effort,
        effort=effort_of(answer.shares, room.costs, effort) if answer.reachable else np.nan,
        bound=answer.bound,
        exactness=answer.exactness,
        scenario=scenario,
        findings=(
            *room.findings,
            *_findings(wanted, answer, result.units[row], (reached, just_less)),
        ),
    )


def _proof(engine: Engine, wanted: Wanted, at_best: float) -> str:
    """Say why a rank is out of reach, with both scores."""
    result = engine.result
    takes = (
        f"rank {wanted.rank} takes {wanted.needed:.5g}, the score of {result.names[wanted.rival]}"
    )
    name, many = result.names[wanted.row], len(engine.room.columns)
    if not many:
        return (
            f"{name} has the best observed value in everything that may change, "
            f"and scores {wanted.before:.5g}; {takes}."
        )
    where = f"all {many} indicators" if many > 1 else "the one indicator"
    return (
        f"Even with the best observed value in {where} that may change, {name} would score "
        f"{at_best:.5g}; {takes}."
    )


def _findings(wanted: Wanted, answer: Answer, unit: str, ranks: tuple[int, int]) -> list[Finding]:
    """Say what the engine did not confirm; ``ranks`` are those reached and with just less."""
    found = []
    reached, just_less = ranks
    if answer.reachable and wanted.rival >= 0 and 0 < just_less <= wanted.rank:
        found.append(
            note(
                "goal-steps",
                unit,
                "The score rises in steps or falls elsewhere: 0.99 of each share gives the rank "
                "as well.",
            )
        )
    if answer.reachable and not 0 < reached <= wanted.rank:
        found.append(
            warning(
                "goal-unconfirmed",
                unit,
                f"The changes should give rank {wanted.rank}, and the index gives {reached}.",
                "Others move when one unit changes; read the answer as a beginning.",
            )
        )
    if answer.exactness == "not proved":
        found.append(
            warning(
                "goal-not-proved",
                unit,
                "The score is no sum of what its indicators give, so that the answer is the best "
                "of a search.",
                "Do not quote it as the least effort.",
            )
        )
    return found


def _row(result: Result, unit: str) -> int:
    table = result.plan.table
    named = units_named(result.plan.definition, table, (unit,), "Goal")
    if len(named) != 1:
        said = f"{visible(unit)!r} stands for {len(named)} units. Name one of them."
        raise UnitError(said)
    return result.units.index(named[0])


def _check(result: Result, view: str, effort: str) -> None:
    title, views = result.plan.definition.title, result.plan.views
    if view not in views:
        hint = did_you_mean(view, list(views))
        raise BindError(f"{title} has no view {visible(view)!r}. {hint}".rstrip())
    if effort not in EFFORTS:
        raise MethodError(f"Effort is squares or linear, not {visible(effort)!r}.")
