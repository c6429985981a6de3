"""``rankscope show``: one unit at every node, or one of its values from source to score."""

from __future__ import annotations

from typing import Annotated

import typer

from rankscope.cli.emit import Form, emit
from rankscope.cli.lookup import find_grouping, find_indicator, find_view
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
from rankscope.cli.profile import profile_answer
from rankscope.cli.tracing import trace_answer

Unit = Annotated[
    str, typer.Argument(metavar="UNIT", help="Code or name.", autocompletion=complete_unit)
]
PeersOption = Annotated[
    str | None,
    typer.Option("--peers", metavar="BY", help="Compare with: income, region or rank."),
]
TraceOption = Annotated[
    str | None,
    typer.Option("--trace", metavar="CODE", help="Follow one indicator from source to score."),
]


def show(
    unit: Unit,
    *,
    index: IndexOption = DEFAULT_INDEX,
    view: View = DEFAULT_VIEW,
    period: Period = None,
    peers: PeersOption = None,
    trace: TraceOption = None,
    as_json: AsJson = False,
    as_csv: AsCsv = False,
    output: File = None,
) -> None:
    """Show one unit: ranks, strengths, weaknesses, gaps.

    With --trace, show how one figure becomes its share of the score.
    """
    from rankscope.analyses.explain import explain
    from rankscope.analyses.trace import trace as follow

    built = open_period(index, period, output)
    result = built.result
    code, seen = find_present_unit(built, unit), find_view(result, view)
    if trace is None:
        profile = explain(result, code, view=seen, peers=find_grouping(result, peers))
        answer = profile_answer(built, profile)
    else:
        indicator = find_indicator(result, trace)
        answer = trace_answer(built, follow(result, code, indicator, view=seen))
    emit(answer, Form(as_json, as_csv, output))
