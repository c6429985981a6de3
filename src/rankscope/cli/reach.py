"""``rankscope reach``: the best and worst rank of every unit over admissible weights, proved."""

from __future__ import annotations

from typing import Annotated

import typer

from rankscope._words import visible
from rankscope.cli.emit import Form, emit, working
from rankscope.cli.lookup import find_node, find_view
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
from rankscope.cli.overtake import admissible_set, levels_of
from rankscope.cli.picture import PictureFile, is_picture, write_picture
from rankscope.cli.reach_tables import Asked, answer
from rankscope.cli.reach_unit_table import answer_of_unit
from rankscope.errors import MethodError

Unit = Annotated[
    str | None,
    typer.Option(
        "--unit",
        metavar="UNIT",
        help="One unit, with the weights that prove both its ends: its code or name.",
        autocompletion=complete_unit,
    ),
]
Units = Annotated[
    str | None,
    typer.Option("--units", metavar="A,B", help="Only these units; all others stay rivals."),
]
Weights = Annotated[
    str | None,
    typer.Option(
        "--weights",
        metavar="SET",
        help="The set of weights, such as bounded(25%), perturbed(25%) or simplex; unless told, "
        "what the index assumes.",
        show_default=False,
    ),
]
Levels = Annotated[
    str | None,
    typer.Option(
        "--levels",
        metavar="N,N",
        help="Whose weights vary: 1 for the children of the index, 1,2 or all.",
        show_default=False,
    ),
]
Node = Annotated[
    str | None,
    typer.Option("--node", metavar="CODE", help="Ranks at this node, not of the whole index."),
]
Gaps = Annotated[
    str,
    typer.Option(
        "--gaps",
        metavar="WAY",
        help="Where a unit misses a part: bounds varies the weights there and may answer "
        "between two ranks; hold keeps them.",
    ),
]
Seconds = Annotated[
    float,
    typer.Option("--seconds", metavar="S", min=0, help="When to stop with what is proved."),
]
Top = Annotated[int | None, typer.Option("--top", metavar="N", min=1, help="The first N only.")]


def reach(
    index: IndexArgument = DEFAULT_INDEX,
    *,
    unit: Unit = None,
    units: Units = None,
    weights: Weights = None,
    levels: Levels = None,
    node: Node = None,
    view: View = DEFAULT_VIEW,
    period: Period = None,
    gaps: Gaps = "bounds",
    seconds: Seconds = 60.0,
    top: Top = None,
    as_json: AsJson = False,
    as_csv: AsCsv = False,
    output: PictureFile = None,
) -> None:
    """Show the best and worst rank that admissible weights can give.

    Both ends are proved: no such weights give more, and with --unit the weights are shown
    that give them.  What could not be proved in time is given between two ranks.
    """
    from rankscope.analyses.exact.reach import reach

    drawn = is_picture(output, text=as_json or as_csv)
    if gaps not in ("bounds", "hold"):
        raise MethodError(f"--gaps must be bounds or hold, got {visible(gaps)!r}.")
    chosen, asked = admissible_set(weights) if weights else None, levels_of(levels)
    built = open_period(index, period, output)
    code = find_present_unit(built, unit) if unit is not None else None
    named = [find_present_unit(built, one.strip()) for one in (units or "").split(",") if one]
    named = [code] if code is not None else named
    at = built.result.plan.nodes[find_node(built.result, node)].code if node else None
    with working("Proving ranks"):
        found = reach(
            built.panel or built.result,
            weights=chosen,
            levels=asked,
            node=at,
            view=find_view(built.result, view),
            period=built.period,
            units=named or None,
            gaps="hold" if gaps == "hold" else "bounds",
            time_limit=seconds,
        )
    if drawn and output is not None:
        from rankscope.charts.rank_intervals import reach_chart

        write_picture(reach_chart(found, top=top), output)
        return
    asking = Asked(built, found, top)
    told = answer(asking) if code is None else answer_of_unit(asking, code)
    emit(told, Form(as_json, as_csv, output))
