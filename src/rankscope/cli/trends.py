"""``rankscope trends``: how scores and ranks of a panel change over time."""

from __future__ import annotations

import itertools
import math
from collections import Counter
from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING, Annotated, Any

import typer

from rankscope.cli.emit import Form, emit
from rankscope.cli.lookup import Built, find_node, find_units, find_view, open_built
from rankscope.cli.options import DEFAULT_VIEW, AsCsv, AsJson, IndexArgument, View
from rankscope.cli.picture import PictureFile, is_picture, write_picture
from rankscope.cli.sheet import (
    ABSENT,
    AHEAD,
    BEHIND,
    Answer,
    Column,
    Row,
    Sheet,
    figure,
    shown,
)

if TYPE_CHECKING:
    from rankscope.analyses.trends import Trends

STAR = "*"
_NAMED = 20
"""How many units a note names."""

DRAWN = 12
"""How many units a picture shows unless told."""

Node = Annotated[
    str | None,
    typer.Option(metavar="CODE", help="Follow this node; of an indicator, its raw values."),
]
Units = Annotated[
    str | None,
    typer.Option(metavar="A,B", help="Show these units only; in a picture, show them in colour."),
]
Top = Annotated[
    int | None,
    typer.Option(metavar="N", min=1, help=f"Show the first N only; a picture shows {DRAWN}."),
]
Latest = Annotated[
    int | None,
    typer.Option(metavar="N", min=2, help="Look at the last N periods of each unit only."),
]


def trends(
    index: IndexArgument,
    *,
    view: View = DEFAULT_VIEW,
    node: Node = None,
    units: Units = None,
    top: Top = None,
    latest: Latest = None,
    as_json: AsJson = False,
    as_csv: AsCsv = False,
    output: PictureFile = None,
) -> None:
    """Show how scores and ranks change over time.

    Of each unit: first and last score, growth a year, the slope of the line through all
    years with its standard error, first and last rank.  The table must be a panel.
    """
    from rankscope.analyses.trends import trends

    drawn = is_picture(output, text=as_json or as_csv)
    built = open_built(index, output)
    number = find_node(built.result, node) if node else built.result.plan.root
    code = built.result.plan.nodes[number].code
    found = trends(built.result, code, view=find_view(built.result, view), latest=latest)
    chosen = find_units(built.result, units)
    if drawn and output is not None:
        from rankscope.charts.over_time import over_time_chart

        title = _title(built, found)
        write_picture(over_time_chart(found, chosen=chosen, most=top or DRAWN, title=title), output)
    else:
        emit(_answer(built, found, _rows(found, chosen, top)), Form(as_json, as_csv, output))


def _rows(found: Trends, chosen: Sequence[str], top: int | None) -> list[int]:
    """Return the units to show, by their last rank."""
    rows = [row for row in found.order() if found.first[row] >= 0]
    first = [] if chosen and top is None else rows[:top]
    return [row for row in rows if row in first or found.units[row] in chosen]


def _title(built: Built, found: Trends) -> str:
    """Return the index, its edition and its view, and the node if it is not the whole."""
    root = built.result.plan.nodes[built.result.plan.root].code
    parts = [built.title, *([] if found.node == root else [found.name])]
    return " · ".join([*parts, *([] if found.raw else [found.view])])


def _answer(built: Built, found: Trends, rows: Sequence[int]) -> Answer:
    span = f"{found.periods[0]} to {found.periods[-1]}, {len(found.periods)} periods"
    columns = found.columns()
    units = tuple(_row(found, columns, row) for row in rows)
    series = tuple(one for row in rows for one in _series(found, row))
    facts = {
        "view": found.view,
        "node": found.node,
        "raw": found.raw,
        "measured_in": found.measured_in,
        "adjusted": found.adjusted,
        "step": found.step,
        "periods": list(found.periods),
    }
    return Answer(
        facts=built.facts | facts,
        lines=(f"{_title(built, found)} · {span}",),
        sheets=(_sheet(found, units, built.decimals), Sheet("series", series, ())),
        notes=tuple(_notes(found, units)),
    )


def _row(found: Trends, columns: dict[str, list[Any]], row: int) -> Row:
    """Return all there is to say about a unit; ranks are whole numbers or missing."""
    record = {key: values[row] for key, values in columns.items()}
    ranks = {key: record[key] for key in ("first_rank", "last_rank", "rank_change")}
    whole = {key: None if math.isnan(rank) else int(rank) for key, rank in ranks.items()}
    return {"unit": found.units[row], **record, **whole}


def _series(found: Trends, row: int) -> list[Row]:
    """Return a unit's value and rank in each period in which it has one."""
    return [
        {
            "unit": found.units[row],
            "period": period,
            "value": float(found.values[row, at]),
            "rank": int(found.ranks[row, at]) or None,
        }
        for at, period in enumerate(found.periods)
        if not math.isnan(found.values[row, at])
    ]


def _sheet(found: Trends, rows: tuple[Row, ...], decimals: int) -> Sheet:
    usual = _usual(rows)
    name = Column("Unit", lambda row: row["name"] + _star(row, usual), flexible=True)
    score = f".{decimals}f"
    value = figure if found.raw else partial(shown, form=score)
    signed = partial(shown, form="+,.4g" if found.raw else f"+{score}")
    slope = partial(_slope, form="+,.3g" if found.raw else f"+.{decimals + 1}f")
    ends = (
        Column(usual[0], lambda row: value(row["first_value"]), right=True),
        Column(usual[1], lambda row: value(row["last_value"]), right=True),
        Column("Change", lambda row: signed(row["change"]), True, style=_colour),
    )
    rates = (
        Column("Growth", lambda row: shown(row["growth_rate"], "+.1%"), right=True),
        Column(f"Slope a {found.step}", slope, right=True),
    )
    ranks = (
        Column("Rank", _from_to, right=True),
        Column("Won", lambda row: _places(row["rank_change"]), right=True),
    )
    narrow = ((name, *ends, *ranks), (name, ends[1], ends[2], ranks[0]))
    return Sheet("units", rows, (name, *ends, *rates, *ranks), narrower=narrow)


def _usual(rows: Sequence[Row]) -> tuple[str, str]:
    """Return from which period to which most units are followed."""
    spans = Counter((row["first_period"], row["last_period"]) for row in rows)
    return spans.most_common(1)[0][0] if spans else ("First", "Last")


def _star(row: Row, usual: tuple[str, str]) -> str:
    """Return a star for a unit that is followed over other periods."""
    return "" if (row["first_period"], row["last_period"]) == usual else STAR


def _slope(row: Row, form: str) -> str:
    slope, error = row["slope"], row["slope_error"]
    known = "" if math.isnan(error) else f" ± {shown(error, form.lstrip('+'))}"
    return shown(slope, form) + known


def _from_to(row: Row) -> str:
    first, last = row["first_rank"] or ABSENT, row["last_rank"] or ABSENT
    return f"{first} → {last}"


def _places(won: int | None) -> str:
    return ABSENT if won is None else f"{won:+d}" if won else "0"


def _colour(row: Row) -> str:
    return AHEAD if row["change"] >= 0 else BEHIND


def _notes(found: Trends, rows: Sequence[Row]) -> list[str]:
    """Say what the columns mean, and who is followed over other periods."""
    what = f"raw values in {found.measured_in}" if found.measured_in else "raw values"
    notes = [
        (f"{found.name}: {what}. " if found.raw else "")
        + f"Growth is compound, a {found.step}; the slope is that of the line of least squares, "
        "± its standard error. Won: places won, or lost with a minus."
    ]
    if found.adjusted:
        notes.append("Less is better here: signs are turned, so that + is an improvement.")
    usual = _usual(rows)
    others = [row for row in rows if _star(row, usual)]
    if others:
        spans = (f"{row['name']} ({row['first_period']} to {row['last_period']})" for row in others)
        named = ", ".join(itertools.islice(spans, _NAMED))
        more = f" and {len(others) - _NAMED} more" if len(others) > _NAMED else ""
        notes.append(f"{STAR} followed over other periods: {named}{more}.")
    return notes
