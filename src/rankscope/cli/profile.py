"""The profile of a unit as tables."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from rankscope.cli.lookup import Built
from rankscope.cli.sheet import (
    AHEAD,
    BEHIND,
    Answer,
    Column,
    Row,
    Sheet,
    figure,
    number,
    percent,
    place,
    raw,
    shown,
    text,
)

if TYPE_CHECKING:
    from rankscope.analyses.explain import Difference, Observation, Profile

_STATUSES = {"imputed": "imputed", "absent": "none listed", "censored": "too small to print"}


def profile_answer(built: Built, profile: Profile) -> Answer:
    """Return all there is to say about a unit."""
    ranks = _views(built, profile)
    standings = tuple(_standings(built, profile))
    return Answer(
        facts=built.facts | _facts(profile, ranks),
        lines=(
            f"{named(profile.name, profile.unit)} · {built.title} · {profile.view}",
            _summary(profile, ranks, built.decimals),
        ),
        sheets=(
            _standing_sheet(standings, built.decimals),
            _difference_sheet("strengths", profile.strengths, profile, built.decimals),
            _difference_sheet("weaknesses", profile.weaknesses, profile, built.decimals),
            Sheet("observations", tuple(map(observation_row, profile.observations)), ()),
            _fact_sheet(built, profile.unit),
        ),
        notes=tuple(_notes(profile)),
    )


def named(name: str, code: str) -> str:
    """Return a unit's name, and its code where that is another."""
    return name if name == code else f"{name} ({code})"


def _views(built: Built, profile: Profile) -> dict[str, dict[str, Any]]:
    """Return the unit's rank and score in every view."""
    result = built.result
    row = result.units.index(profile.unit)
    return {
        view: {
            "rank": int(result.rank(view=view)[row]) or None,
            "of": result.ranked(view=view),
            "score": float(result.score(view=view)[row]),
        }
        for view in result.plan.views
    }


def _facts(profile: Profile, ranks: dict[str, dict[str, Any]]) -> dict[str, Any]:
    return {
        "unit": profile.unit,
        "name": profile.name,
        "view": profile.view,
        "rank": profile.rank or None,
        "of": profile.of,
        "score": profile.score,
        "coverage": profile.coverage,
        "views": ranks,
        "peers": profile.peers.words,
    }


def _summary(profile: Profile, ranks: dict[str, dict[str, Any]], decimals: int) -> str:
    """Say in one line where the unit stands."""
    own = f"Rank {place(profile.rank, profile.of)}" if profile.rank else "No rank"
    others = [
        f"{view} {place(at['rank'] or 0, at['of'])}"
        for view, at in ranks.items()
        if view != profile.view
    ]
    data = f"{percent(profile.coverage)} of the data"
    return " · ".join([f"{own}, score {shown(profile.score, f'.{decimals}f')}", *others, data])


def _standings(built: Built, profile: Profile) -> Iterable[Row]:
    """Return a row for each node, with the raw value where it is an indicator."""
    observed = {one.code: one for one in profile.observations}
    nodes = {node.code: node for node in built.result.plan.nodes}
    for one in profile.standings:
        seen = observed.get(one.code)
        yield {
            "code": one.code,
            "name": one.name,
            "level": one.level,
            "side": nodes[one.code].side,
            "score": one.score,
            "rank": one.rank or None,
            "of": one.of,
            "weight": one.weight,
            "contribution": one.contribution,
            "value": seen.value if seen else None,
            "measured_in": seen.unit if seen else "",
            "year": (seen.year if seen else 0) or None,
            "decimals": nodes[one.code].spec.decimals,
            "status": seen.status.name.lower() if seen else "",
        }


def _standing_sheet(rows: tuple[Row, ...], decimals: int) -> Sheet:
    """Return the table of nodes; the two sides of one indicator are for machines only."""
    name = Column("Node", lambda row: "  " * row["level"] + row["name"], flexible=True)
    score = number("Score", "score", f".{decimals}f")
    rank = Column("Rank", lambda row: place(row["rank"] or 0, row["of"]), right=True)
    value = Column("Value", _value, right=True)
    unit = text("", "measured_in", flexible=True)
    year = Column("Year", _year)
    return Sheet(
        "standings",
        rows,
        (name, score, rank, value, unit, year),
        narrower=((name, score, rank, value, year), (name, score, rank)),
        hidden=lambda row: bool(row["side"]),
    )


def _value(row: Row) -> str:
    return figure(row["value"], row["decimals"]) if row["status"] else ""


def _year(row: Row) -> str:
    """Return the year, or how else the value came about."""
    return _STATUSES.get(row["status"], "") or str(row["year"] or "")


def _difference_sheet(
    key: str, found: Sequence[Difference], profile: Profile, decimals: int
) -> Sheet:
    rows = tuple(
        {
            "code": one.code,
            "name": one.name,
            "points": one.points,
            "value": one.value,
            "peer_median": one.peer_median,
            "measured_in": one.unit,
            "rank": one.rank or None,
            "of": one.of,
        }
        for one in found
    )
    form = f"+.{decimals + 1}f"
    style = AHEAD if key == "strengths" else BEHIND
    columns = (
        text("Indicator", "name", flexible=True),
        Column("Points", lambda row: shown(row["points"], form), True, style=lambda _: style),
        raw("Value", "value"),
        raw("Peers' median", "peer_median"),
        Column("Rank", lambda row: place(row["rank"] or 0, row["of"]), right=True),
    )
    title = f"{key.capitalize()} against {profile.peers.words}"
    return Sheet(key, rows, columns, title=title)


def observation_row(one: Observation) -> Row:
    """Return a raw value with all that is known about where it comes from."""
    source = one.source
    return {
        "code": one.code,
        "name": one.name,
        "value": one.value,
        "measured_in": one.unit,
        "year": one.year or None,
        "status": one.status.name.lower(),
        "composite": one.composite,
        "publisher": source.publisher if source else None,
        "source": source.title if source else None,
        "licence": source.licence if source else None,
        "address": source.address if source else None,
    }


def _fact_sheet(built: Built, unit: str) -> Sheet:
    names = {node.code: node.name for node in built.index.definition.indicators()}
    rows = tuple(
        {
            "fact": one.fact,
            "value": one.value,
            "date": one.date,
            "counted_in": names.get(one.indicator, "not scored"),
            "source": one.source,
        }
        for one in built.index.facts
        if one.unit == unit
    )
    columns = (text("Fact", "fact", flexible=True), text("Value", "value"), text("Date", "date"))
    wider = (*columns, text("Counted in", "counted_in"))
    source = text("Source", "source")
    return Sheet("facts", rows, (*wider, source), title="Facts", narrower=(wider, columns))


def _notes(profile: Profile) -> Iterable[str]:
    """Name what is missing and what was imputed."""
    for word, found in (("Missing", profile.missing), ("Imputed", profile.imputed)):
        if found:
            names = ", ".join(one.name for one in found)
            yield f"{word} ({len(found)} of {len(profile.observations)}): {names}."
    if not profile.missing and not profile.imputed:
        yield "All indicators were observed."
