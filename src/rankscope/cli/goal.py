"""``rankscope goal``: the least effort with which a unit reaches a rank."""

from __future__ import annotations

from typing import Annotated, Literal

import typer

from rankscope._words import visible
from rankscope.cli.emit import Form, emit, working
from rankscope.cli.goal_asked import codes_in, costs_in
from rankscope.cli.goal_tables import answer
from rankscope.cli.lookup import find_view
from rankscope.cli.one_period import find_present_unit, open_period
from rankscope.cli.options import (
    DEFAULT_VIEW,
    AsCsv,
    AsJson,
    File,
    IndexArgument,
    Period,
    View,
    complete_unit,
)
from rankscope.errors import MethodError

Unit = Annotated[
    str,
    typer.Argument(
        metavar="UNIT", help="Who is to reach the rank: code or name.", autocompletion=complete_unit
    ),
]
Rank = Annotated[int, typer.Option("--rank", metavar="R", help="The rank to be reached.")]
Only = Annotated[
    str | None,
    typer.Option(
        "--only",
        metavar="CODE,...",
        help="Only these indicators may change, or those below these nodes.",
        show_default=False,
    ),
]
Effort = Annotated[
    str,
    typer.Option(
        "--effort",
        metavar="WAY",
        help="What is least: the sum of squares of the shares of the gaps, which spreads the "
        "effort, or with linear their sum, which heaps it up.",
    ),
]
Costs = Annotated[
    str | None,
    typer.Option(
        "--cost",
        metavar="CODE=2,...",
        help="What closing a gap costs at an indicator, or below a node; 1 unless told.",
        show_default=False,
    ),
]


def goal(
    index: IndexArgument,
    unit: Unit,
    *,
    rank: Rank,
    only: Only = None,
    effort: Effort = "squares",
    cost: Costs = None,
    view: View = DEFAULT_VIEW,
    period: Period = None,
    as_json: AsJson = False,
    as_csv: AsCsv = False,
    output: File = None,
) -> None:
    """Show the least effort with which a unit reaches a rank.

    At each indicator it may close a share of the gap to the best value of any ranked unit;
    all other units stay as they are.  Where that is not enough, the proof is shown.
    """
    from rankscope.analyses.goal import goal_seek

    form, way = Form(as_json, as_csv, output), _way(effort)
    built = open_period(index, period, output)
    code, seen = find_present_unit(built, unit), find_view(built.result, view)
    nodes, costs = codes_in(built.result, only), costs_in(built.result, cost)
    with working("Looking for the least effort"):
        found = goal_seek(
            built.panel or built.result,
            code,
            rank=rank,
            view=seen,
            period=built.period,
            nodes=nodes,
            costs=costs,
            effort=way,
        )
    emit(answer(built, found), form)


def _way(said: str) -> Literal["squares", "linear"]:
    """Return which effort is meant.

    Raises
    ------
    MethodError
        When it is neither.
    """
    if said == "squares":
        return "squares"
    if said == "linear":
        return "linear"
    raise MethodError(f"--effort must be squares or linear, got {visible(repr(said))}.")
