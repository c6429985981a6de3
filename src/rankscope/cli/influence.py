"""``rankscope influence``: what each indicator, pillar, unit and year does to the ranks."""

from __future__ import annotations

from typing import Annotated

import typer

from rankscope.cli.emit import Form, emit, working
from rankscope.cli.influence_tables import Asked, answer
from rankscope.cli.influence_unit_table import answer_of_unit
from rankscope.cli.lookup import find_view
from rankscope.cli.one_period import find_present_unit, open_period
from rankscope.cli.options import (
    DEFAULT_INDEX,
    DEFAULT_VIEW,
    AsCsv,
    AsJson,
    IndexArgument,
    Period,
    View,
    complete_unit,
)
from rankscope.cli.picture import PictureFile, is_picture, write_picture
from rankscope.errors import MethodError

Unit = Annotated[
    str | None,
    typer.Option(
        "--unit",
        metavar="UNIT",
        help="Show what moves one unit: its code or name.",
        autocompletion=complete_unit,
    ),
]
Of = Annotated[
    list[str] | None,
    typer.Option(
        "--of",
        metavar="KIND",
        help="What is left out: indicators, pillars, units or years; may be repeated.",
    ),
]
Top = Annotated[
    int, typer.Option("--top", metavar="N", min=1, help="How many of each kind are shown.")
]


def influence(
    index: IndexArgument = DEFAULT_INDEX,
    *,
    unit: Unit = None,
    of: Of = None,
    view: View = DEFAULT_VIEW,
    period: Period = None,
    top: Top = 10,
    as_json: AsJson = False,
    as_csv: AsCsv = False,
    output: PictureFile = None,
) -> None:
    """Leave things out, one at a time, and show whose ranks move.

    Each indicator, pillar, unit and year.  Without a unit or a year all scales are learnt
    anew; pairs of others whose order then turns are rank reversals.  With --json all that
    is left out is listed.
    """
    from rankscope.analyses.influence import influence
    from rankscope.analyses.influence_trials import KINDS

    drawn = is_picture(output, text=as_json or as_csv)
    if drawn and unit is None:
        raise MethodError("A picture of influence is of one unit. Name it with --unit.")
    built = open_period(index, period, output)
    asked = Asked(built, find_view(built.result, view), top)
    code = find_present_unit(built, unit) if unit is not None else None
    with working("Leaving things out"):
        found = influence(
            built.panel or built.result, of=of or tuple(KINDS), view=asked.view, period=built.period
        )
    if drawn and output is not None and code is not None:
        from rankscope.charts.unit_influence import unit_influence_chart

        write_picture(unit_influence_chart(found.of_unit(code), top=top), output)
        return
    told = answer(found, asked) if code is None else answer_of_unit(found, code, asked)
    emit(told, Form(as_json, as_csv, output))
