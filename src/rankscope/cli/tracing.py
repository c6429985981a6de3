"""A traced value as tables: one for each way that it takes into the score."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rankscope.cli.lookup import Built
from rankscope.cli.profile import named, observation_row
from rankscope.cli.sheet import Answer, Row, Sheet, figure, percent, raw, shown, text

if TYPE_CHECKING:
    from rankscope.analyses.trace import Trace, Way


def trace_answer(built: Built, trace: Trace) -> Answer:
    """Return the way from the figure as published to its share of the score."""
    seen = trace.observation
    return Answer(
        facts=built.facts | _facts(trace),
        lines=(
            f"{seen.name} of {named(trace.name, trace.unit)} · {built.title} · {trace.view}",
            *_origin(trace),
        ),
        sheets=(Sheet("stations", _rows(trace), ()), *(_sheet(trace, way) for way in trace.ways)),
        notes=(f"The score of {trace.name} is {shown(trace.score, f'.{built.decimals + 1}f')}.",),
    )


def _facts(trace: Trace) -> dict[str, Any]:
    return {
        "unit": trace.unit,
        "name": trace.name,
        "view": trace.view,
        "score": trace.score,
        "measure": trace.measure,
        "observation": observation_row(trace.observation),
        "ways": [
            {"name": way.name, "share": way.share, "contribution": way.contribution}
            for way in trace.ways
        ],
    }


def _origin(trace: Trace) -> list[str]:
    """Say where the figure was published, for when, and under which terms."""
    seen, source = trace.observation, trace.observation.source
    year = f", {seen.year}" if seen.year else ""
    status = "" if seen.status.name == "OBSERVED" else f" ({seen.status.name.lower()})"
    lines = [f"{figure(seen.value)} {seen.unit}".rstrip() + f"{year}{status}"]
    if source is not None:
        lines.append(f"{source.publisher}: {source.title}. Licence: {source.licence}.")
        lines.append(source.address or "")
    return [line for line in lines if line]


def _rows(trace: Trace, only: Way | None = None) -> tuple[Row, ...]:
    return tuple(
        {"way": way.name, "stage": one.stage, "value": one.value, "words": one.words}
        for way in trace.ways
        if only is None or way is only
        for one in way.stations
    )


def _sheet(trace: Trace, way: Way) -> Sheet:
    """Return the stages of one way, with its share of the score as the last line."""
    total = {
        "stage": "in the score",
        "value": way.contribution,
        "words": f"{trace.measure}, with {percent(way.share)} of the weight",
    }
    columns = (
        text("Stage", "stage"),
        raw("Value", "value"),
        text("What happened", "words", flexible=True),
    )
    return Sheet("", _rows(trace, way), columns, title=way.name, total=total)
