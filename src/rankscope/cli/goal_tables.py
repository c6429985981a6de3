"""The table of ``rankscope goal``: what must change at each indicator."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from rankscope.cli.goal_words import by_effort, notes, proof, sentence
from rankscope.cli.sheet import (
    ABSENT,
    QUIET,
    Answer,
    Column,
    Row,
    Sheet,
    figure,
    percent,
    shown,
    text,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from rankscope.analyses.goal import Goal, Needed
    from rankscope.cli.lookup import Built

_FEW = 1000
"""Values below are shown with four figures, so that a small change is seen."""


def answer(built: Built, found: Goal) -> Answer:
    """Return what it takes to reach a rank: in words, and indicator by indicator."""
    view = [found.view] if len(built.result.plan.views) > 1 else []
    title = [built.title, *view, f"{found.name} to rank {found.rank_wanted}"]
    still = sum(one.share == 0 for one in found.needs)
    asked = found.reachable and not found.already
    rest = [f"Nothing is asked of {still} other indicators."] if asked and still else []
    return Answer(
        facts=_facts(built, found),
        lines=(" · ".join(title), sentence(found), *proof(found, built.decimals)),
        sheets=(_sheet(built, found),),
        notes=(*rest, *notes(found)),
    )


def _facts(built: Built, found: Goal) -> dict[str, Any]:
    """Return what the JSON begins with."""
    return {
        **built.facts,
        "view": found.view,
        "unit": found.unit,
        "name": found.name,
        "ranked": found.ranked,
        "rank_before": found.rank_before,
        "rank_wanted": found.rank_wanted,
        "rank_reached": found.rank_reached or None,
        "rank_just_less": found.rank_just_less or None,
        "score_before": found.score_before,
        "score_needed": found.score_needed,
        "score_reached": found.score_reached,
        "score_at_best": found.score_at_best,
        "rival": found.rival or None,
        "rival_name": found.rival_name or None,
        "already": found.already,
        "reachable": found.reachable,
        "proof": found.proof,
        "effort_of": found.kind,
        "effort": found.effort,
        "bound": found.bound,
        "exactness": found.exactness,
        "sentence": sentence(found),
        "words": found.words(),
        "scenario": _scenario(found),
        "findings": [
            {"id": one.id, "severity": str(one.severity), "place": one.place}
            | {"sentence": one.sentence, "remedy": one.remedy}
            for one in found.findings
        ],
    }


def _scenario(found: Goal) -> dict[str, Any] | None:
    """Return the scenario that gives the rank, as a file writes it; None if none does."""
    if not found.reachable or found.already:
        return None
    return found.scenario.model_dump(mode="json", exclude_defaults=True)


def _sheet(built: Built, found: Goal) -> Sheet:
    """Return a row for each indicator that may change; readers see those that must."""
    units = {one.code: one.unit for one in built.index.definition.indicators()}
    rows = tuple(_row(one, units.get(one.code, "")) for one in by_effort(found))
    name = text("Indicator", "name", flexible=True)
    best = (_value("Best", "best"), text("Whose", "best_name"))
    if found.already:
        return Sheet("needs", rows, ())
    if not found.reachable:
        columns: tuple[Column, ...] = (name, _value("Now", "before"), *best)
        return Sheet("needs", rows, columns, narrower=(columns[:3],))
    values = (_value("Now", "before"), _value("Needed", "needed"))
    costs = any(one.cost != 1 for one in found.needs)
    cost = (Column("Cost", lambda row: f"{row['cost']:g}", right=True),) if costs else ()
    gap = (Column("Gap closed", lambda row: _share(row["share"]), right=True), *cost)
    adds = Column("Adds", _adds(built.decimals), right=True)
    return Sheet(
        "needs",
        rows,
        (name, *values, *best, *gap, adds),
        narrower=(
            (name, *values, best[0], *gap, adds),
            (name, *values, *gap, adds),
            (name, *values, *gap),
        ),
        hidden=lambda row: not row["share"] > 0,
    )


def _row(one: Needed, unit: str) -> dict[str, Any]:
    return {
        "indicator": one.code,
        "name": one.name,
        "measured_in": unit,
        "before": one.before,
        "needed": one.needed,
        "best": one.best,
        "best_unit": one.holder,
        "best_name": one.holder_name,
        "share": one.share,
        "cost": one.cost,
        "points": one.points,
    }


def _value(title: str, key: str) -> Column:
    style = QUIET if key in ("best", "best_name") else ""
    return Column(title, lambda row: rough(row[key]), right=True, style=lambda _: style)


def rough(value: float | None) -> str:
    """Return a raw value as a reader needs it: whole from a thousand on, else four figures."""
    if value is None or math.isnan(value):
        return ABSENT
    if abs(value) >= _FEW:
        return figure(value, 0)
    return f"{value:,.4g}"


def _share(share: float) -> str:
    """Return a share of a gap in per cent; small ones with a decimal."""
    return f"{share:.1%}" if 0 < share < 0.1 else percent(share)


def _adds(decimals: int) -> Callable[[Row], str]:
    return lambda row: shown(row["points"], f"+.{decimals + 1}f")
