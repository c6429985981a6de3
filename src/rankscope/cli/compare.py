"""``rankscope compare``: why one unit is above another."""

from __future__ import annotations

import math
from functools import partial
from typing import TYPE_CHECKING, Annotated

import typer

from rankscope.cli.bars import drawn, waterfall
from rankscope.cli.emit import Form, emit
from rankscope.cli.lookup import Built, find_view
from rankscope.cli.one_period import find_present_unit, open_period
from rankscope.cli.options import (
    DEFAULT_INDEX,
    DEFAULT_VIEW,
    AsCsv,
    AsJson,
    File,
    IndexOption,
    Period,
    View,
    complete_unit,
)
from rankscope.cli.sheet import (
    AHEAD,
    BEHIND,
    Answer,
    Column,
    Row,
    Sheet,
    number,
    place,
    shown,
    text,
)

if TYPE_CHECKING:
    from rankscope.analyses.compare import Comparison, Gap

_WIDTHS = (44, 28, 18)
"""How wide the bars may be, in wide windows and in narrow ones."""

First = Annotated[
    str, typer.Argument(metavar="A", help="A unit: code or name.", autocompletion=complete_unit)
]
Second = Annotated[
    str, typer.Argument(metavar="B", help="Another unit.", autocompletion=complete_unit)
]
Level = Annotated[
    int, typer.Option(metavar="N", min=1, help="How deep: 1 for pillars, 2 for what is below, ...")
]


def compare(
    first: First,
    second: Second,
    *,
    index: IndexOption = DEFAULT_INDEX,
    view: View = DEFAULT_VIEW,
    period: Period = None,
    level: Level = 2,
    as_json: AsJson = False,
    as_csv: AsCsv = False,
    output: File = None,
) -> None:
    """Show why one unit is above another.

    The differences at a level add up to the difference of the scores.
    """
    from rankscope.analyses.compare import compare

    built = open_period(index, period, output)
    result = built.result
    one, other = find_present_unit(built, first), find_present_unit(built, second)
    found = compare(result, one, other, view=find_view(result, view))
    emit(_answer(built, found, level), Form(as_json, as_csv, output))


def _answer(built: Built, found: Comparison, level: int) -> Answer:
    rows = tuple(_row(gap) for gap in _in_order(found, level))
    form = f".{built.decimals}f"
    return Answer(
        facts=built.facts | _facts(found),
        lines=(
            f"{found.first_name} and {found.second_name} · {built.title} · {found.view}",
            _standing(found.first_name, shown(found.first_score, form), found.first_rank, found.of),
            _standing(
                found.second_name, shown(found.second_score, form), found.second_rank, found.of
            ),
        ),
        sheets=(_sheet(found, rows, built.decimals),),
        notes=(f"Bars add up from the top; differences are in {found.measure}.",),
    )


def _in_order(found: Comparison, level: int) -> list[Gap]:
    """Return the gaps, those first that account most for who is ahead; unknown ones last."""
    ahead = -1.0 if found.difference < 0 else 1.0

    def behind(gap: Gap) -> float:
        return math.inf if math.isnan(gap.difference) else -ahead * gap.difference

    return sorted(found.level(level), key=behind)


def _facts(found: Comparison) -> dict[str, object]:
    return {
        "view": found.view,
        "of": found.of,
        "first": {
            "unit": found.first,
            "name": found.first_name,
            "rank": found.first_rank or None,
            "score": found.first_score,
        },
        "second": {
            "unit": found.second,
            "name": found.second_name,
            "rank": found.second_rank or None,
            "score": found.second_score,
        },
        "difference": found.difference,
        "measure": found.measure,
    }


def _row(gap: Gap) -> Row:
    return {
        "code": gap.code,
        "name": gap.name,
        "parent": gap.parent,
        "first": gap.first,
        "second": gap.second,
        "difference": gap.difference,
    }


def _standing(name: str, score: str, rank: int, of: int) -> str:
    return f"{name}: score {score}, rank {place(rank, of)}"


def _sheet(found: Comparison, rows: tuple[Row, ...], decimals: int) -> Sheet:
    """Return the waterfall: what each node adds, as a number and as a bar."""
    numbers = (
        text("Node", "name", flexible=True),
        number(found.first, "first", f".{decimals}f"),
        number(found.second, "second", f".{decimals}f"),
        number("Difference", "difference", f"+.{decimals + 1}f"),
    )
    total = {
        "name": "Together",
        "first": found.first_score,
        "second": found.second_score,
        "difference": found.difference,
    }
    spans = waterfall([row["difference"] for row in rows])
    bars = {row["code"]: span for row, span in zip(rows, spans, strict=True)}
    whole = waterfall([found.difference])[0]

    def bar(row: Row, width: int) -> str:
        return drawn(bars.get(row.get("code", ""), whole), [*spans, whole], width)

    first, *others = (
        (*numbers, Column("", partial(bar, width=width), style=_colour)) for width in _WIDTHS
    )
    return Sheet("gaps", rows, first, total=total, narrower=(*others, numbers))


def _colour(row: Row) -> str:
    return AHEAD if row["difference"] >= 0 else BEHIND
