"""The tables of ``rankscope scenario``: who moves, what changes, where, and how sure it is."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from rankscope.analyses.scenario.words import CAVEAT, name_of
from rankscope.analyses.scenario.words import answer as in_words
from rankscope.cli.scenario_source import EXAMPLE
from rankscope.cli.sheet import (
    ABSENT,
    AHEAD,
    BEHIND,
    STRONG,
    Answer,
    Column,
    Row,
    Sheet,
    figure,
    number,
    percent,
    text,
)

if TYPE_CHECKING:
    from rankscope.analyses.scenario import Outcome
    from rankscope.cli.lookup import Built
    from rankscope.definition.model import Scenario

MOST_VALUES = 30
"""So many changed values are shown to a reader."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What to show: the index, the view, and how many others that move."""

    built: Built
    view: str
    top: int


def listing(built: Built, known: Sequence[Scenario]) -> Answer:
    """Return the scenarios that there are."""
    rows: tuple[Row, ...] = tuple(
        {
            "scenario": one.name,
            "title": one.title or one.name,
            "units": list(one.units),
            "acts": [change.name for change in one.changes],
            "note": one.note,
        }
        for one in known
    )
    columns = (
        text("Scenario", "scenario", style=STRONG),
        text("What happens", "title", flexible=True),
        Column("To", lambda row: ", ".join(row["units"]) or ABSENT),
    )
    notes = ("Play one: rankscope scenario INDEX NAME. All it assumes is told then.",)
    if not known:
        notes = (f"The index names no scenarios. Write some into its definition:\n\n{EXAMPLE}",)
    return Answer(
        facts=built.facts,
        lines=(f"{built.title} · scenarios",),
        sheets=(Sheet("scenarios", rows, columns),),
        notes=notes,
    )


def answer(found: Outcome, asked: Asked) -> Answer:
    """Return what one scenario does."""
    title = asked.built.title
    note = [found.scenario.note] if found.scenario.note else []
    return Answer(
        facts=_facts(found, asked),
        lines=(f"{title} · {found.title}", "", in_words(found), *note, *_happens(found)),
        sheets=(
            _units(found, asked),
            _values(found),
            _nodes(found),
            _acts(found),
            _probabilities(found),
        ),
        notes=(CAVEAT, *(str(one) for one in found.findings)),
    )


def _happens(found: Outcome) -> list[str]:
    """Say what happens, act by act."""
    if len(found.acts) < 2:
        return [f"What happens: {one}." for one in found.acts]
    return [f"{number_}. {one}." for number_, one in enumerate(found.acts, 1)]


def answer_side_by_side(found: Sequence[Outcome], asked: Asked) -> Answer:
    """Return what several scenarios do, a line each."""
    rows = tuple(_line(one) for one in found)
    columns = (
        text("Scenario", "title", flexible=True, style=STRONG),
        text("Unit", "name"),
        _rank("Before", "rank_before"),
        _rank("After", "rank_after"),
        number("Score", "score_before"),
        number("after", "score_after"),
        *_likely(any(one.chances for one in found)),
    )
    facts = asked.built.facts | {"view": asked.view} | _drawn(found[0])
    findings = dict.fromkeys(str(one) for outcome in found for one in outcome.findings)
    return Answer(
        facts=facts,
        lines=(f"{asked.built.title} · scenarios side by side",),
        sheets=(Sheet("scenarios", rows, columns, narrower=(columns[:4],)),),
        notes=(CAVEAT, *findings),
    )


def _facts(found: Outcome, asked: Asked) -> dict[str, Any]:
    one = found.scenario
    return {
        **asked.built.facts,
        "view": found.view,
        "scenario": one.name,
        "title": found.title,
        "note": one.note,
        "acts": list(found.acts),
        "scales": one.scales,
        "answer": in_words(found),
        **_drawn(found),
        "findings": [
            {"id": each.id, "severity": str(each.severity), "place": each.place}
            | {"sentence": each.sentence, "remedy": each.remedy}
            for each in found.findings
        ],
    }


def _drawn(found: Outcome) -> dict[str, Any]:
    if found.chances is None or found.design is None:
        return {"draws": 0}
    return {"draws": found.chances.draws, "seed": found.design.seed}


def _units(found: Outcome, asked: Asked) -> Sheet:
    """Return the units that changed, and the others that move most; machines get all."""
    frame = found.frame()
    order = frame["places_gained"].abs().sort_values(ascending=False, kind="stable").index
    others = [one for one in order if frame["places_gained"][one] and one not in found.subjects]
    shown = {*found.subjects, *others[: asked.top]}
    rows = tuple(
        {
            "unit": unit,
            "changed": unit in found.subjects,
            **{str(key): _plain(value) for key, value in row.items()},
        }
        for unit, row in frame.iterrows()
    )
    first = (
        _rank("Before", "rank_before"),
        _rank("After", "rank_after"),
        Column("", _moved, right=True, style=_tone),
        Column(
            "Unit",
            lambda row: str(row["name"]),
            flexible=True,
            style=lambda row: STRONG if row["changed"] else "",
        ),
    )
    scores = (number("Score", "score_before"), number("after", "score_after"))
    likely = _likely(found.chances is not None)
    return Sheet(
        "units",
        rows,
        (*first, *scores, *likely),
        "Who moves",
        narrower=((*first, *scores), first),
        hidden=lambda row: row["unit"] not in shown,
    )


def _plain(value: Any) -> Any:
    """Return a value of a frame as machines get it: whole numbers whole, none for missing."""
    if isinstance(value, str):
        return value
    number_ = float(value)
    if math.isnan(number_):
        return None
    return int(number_) if number_.is_integer() and abs(number_) < 1e9 else number_


def _likely(drawn: bool) -> tuple[Column, ...]:
    if not drawn:
        return ()
    return (_chance("Better in", "better"), _chance("Worse in", "worse"))


def _chance(title: str, key: str) -> Column:
    def said(row: Row) -> str:
        return ABSENT if row.get(key) is None else percent(float(row[key]))

    return Column(title, said, right=True)


def _rank(title: str, key: str) -> Column:
    return Column(title, lambda row: str(row[key]) if row[key] else ABSENT, right=True)


def _moved(row: Row) -> str:
    return f"{row['places_gained']:+d}" if row["places_gained"] else ""


def _tone(row: Row) -> str:
    return AHEAD if row["places_gained"] > 0 else BEHIND if row["places_gained"] < 0 else ""


def _values(found: Outcome) -> Sheet:
    """Return the raw values that change."""
    decimals = {node.code: node.decimals for node in found.before.plan.definition.indicators()}
    rows = tuple(
        {
            "unit": one.unit,
            "name": name_of(found, one.unit),
            "indicator": one.indicator,
            "indicator_name": one.name,
            "before": None if math.isnan(one.before) else one.before,
            "after": None if math.isnan(one.after) else one.after,
            "decimals": decimals.get(one.indicator),
        }
        for one in found.values()
    )

    def value(title: str, key: str) -> Column:
        return Column(title, lambda row: figure(row[key]), right=True)

    columns = (
        text("Unit", "name"),
        text("Indicator", "indicator_name", flexible=True),
        value("Before", "before"),
        value("After", "after"),
    )
    more = f", the first {MOST_VALUES} of {len(rows)}" if len(rows) > MOST_VALUES else ""
    title = f"What changes{more}" if rows else ""
    first = [(row["unit"], row["indicator"]) for row in rows[:MOST_VALUES]]
    hidden = (lambda row: (row["unit"], row["indicator"]) not in first) if more else _never
    return Sheet("values", rows, columns, title, hidden=hidden)


def _never(_: Row) -> bool:
    return False


def _nodes(found: Outcome) -> Sheet:
    """Return scores and ranks of the first subject at each node; readers see the first levels."""
    unit = next((one for one in found.subjects if one in found.both), None)
    if unit is None:
        return Sheet("nodes", (), ())
    plan, table = found.before.plan, found.nodes(unit)
    levels = {plan.root: 0}
    for number_ in range(plan.root - 1, -1, -1):
        levels[number_] = levels[plan.nodes[number_].parent] + 1
    rows = tuple(
        {
            "unit": unit,
            "node": plan.nodes[number_].code,
            "level": levels[number_],
            **{str(key): _plain(value) for key, value in table.iloc[plan.root - number_].items()},
        }
        for number_ in _downwards(found)
    )
    columns = (
        Column("Node", lambda row: "  " * row["level"] + str(row["name"]), flexible=True),
        number("Score", "score_before"),
        number("after", "score_after"),
        _rank("Rank", "rank_before"),
        _rank("after", "rank_after"),
        number("Adds", "contribution", "+.2f"),
    )
    return Sheet(
        "nodes",
        rows,
        columns,
        f"{name_of(found, unit)}, where the change comes from",
        hidden=lambda row: row["level"] > 1 and not row["contribution"],
    )


def _downwards(found: Outcome) -> list[int]:
    plan = found.before.plan

    def below(number_: int) -> list[int]:
        children = plan.nodes[number_].children
        return [number_, *(one for child in children for one in below(child))]

    return below(plan.root)


def _acts(found: Outcome) -> Sheet:
    """Return the score and rank of the first subject after each act."""
    rows = tuple(
        {"change": number_, "act": one.act, "score": one.score, "rank": one.rank}
        for number_, one in enumerate(found.stretches, 1)
    )
    columns = (
        number("", "change", "d"),
        text("Act", "act"),
        number("Score", "score", ".2f"),
        _rank("Rank", "rank"),
    )
    title = f"{name_of(found, found.subjects[0])}, act by act" if rows else ""
    return Sheet("acts", rows, columns, title)


def _probabilities(found: Outcome) -> Sheet:
    """Return how probable each rank is, before and after, for machines."""
    rows = tuple(
        {"unit": unit, "rank": int(str(rank)), "before": _plain(one["before"])}
        | {"after": _plain(one["after"])}
        for unit in found.subjects
        for rank, one in found.probabilities(unit).iterrows()
    )
    return Sheet("probabilities", rows, (), hidden=lambda _: True)


def _line(found: Outcome) -> Row:
    """Return what a scenario does to the first unit that it changes, or makes."""
    facts: dict[str, Any] = {
        "scenario": found.scenario.name,
        "title": found.title,
        "answer": in_words(found),
    }
    if not found.subjects:
        empty = ("unit", "rank_before", "rank_after", "score_before", "score_after")
        return facts | dict.fromkeys((*empty, "better", "worse")) | {"name": ABSENT}
    unit = found.subjects[0]
    scores = [
        float(one.score(view=found.view)[one.units.index(unit)]) if unit in one.units else None
        for one in (found.before, found.after)
    ]
    better = worse = None
    if found.chances is not None and unit in found.both:
        row = found.both.index(unit)
        better, worse = float(found.chances.better()[row]), float(found.chances.worse()[row])
    return facts | {
        "unit": unit,
        "name": name_of(found, unit),
        "rank_before": found.rank_before(unit) or None,
        "rank_after": found.rank_after(unit) or None,
        "score_before": scores[0],
        "score_after": scores[1],
        "better": better,
        "worse": worse,
    }
