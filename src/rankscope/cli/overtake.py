"""``rankscope overtake``: how much weights must change until one unit passes another."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

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
    File,
    IndexOption,
    Period,
    View,
    complete_unit,
)
from rankscope.cli.overtake_neighbours import answer_of_neighbours
from rankscope.cli.overtake_tables import answer
from rankscope.errors import MethodError, RankscopeError

if TYPE_CHECKING:
    from rankscope.methods.admissible import Admissible

First = Annotated[
    str | None,
    typer.Argument(
        metavar="[A]",
        help="The unit that is to get ahead: code or name.",
        autocompletion=complete_unit,
        show_default=False,
    ),
]
Second = Annotated[
    str | None,
    typer.Argument(
        metavar="[B]",
        help="The unit that it is to pass.",
        autocompletion=complete_unit,
        show_default=False,
    ),
]
All = Annotated[bool, typer.Option("--all", help="Show it for each two neighbours in the ranking.")]
Weights = Annotated[
    str,
    typer.Option(
        "--weights",
        metavar="SET",
        help="The set within which weights may move, such as bounded(25%).",
    ),
]
Levels = Annotated[
    str | None,
    typer.Option(
        "--levels",
        metavar="N,N",
        help="Whose weights may move: 1 for the children of the index, 1,2 or all.  "
        "Unless told, 1 for any weights, and all for other sets.",
        show_default=False,
    ),
]
Node = Annotated[
    str | None,
    typer.Option("--node", metavar="CODE", help="Ranks at this node, not of the whole index."),
]


def overtake(
    first: First = None,
    second: Second = None,
    *,
    every: All = False,
    index: IndexOption = DEFAULT_INDEX,
    weights: Weights = "simplex",
    levels: Levels = None,
    node: Node = None,
    view: View = DEFAULT_VIEW,
    period: Period = None,
    as_json: AsJson = False,
    as_csv: AsCsv = False,
    output: File = None,
) -> None:
    """Show how little weights must change to put A above B.

    Every change is tried out on the index itself; where there is none, the most that A
    can be ahead is below zero.  With --all, how firm the order of each two neighbours is.
    """
    form = Form(as_json, as_csv, output)
    if every == (second is not None) or (every and first is not None):
        raise RankscopeError("overtake takes two units, such as overtake BRA RUS, or --all.")
    chosen, asked = admissible_set(weights), levels_of(levels)
    built = open_period(index, period, output)
    seen = find_view(built.result, view)
    code = built.result.plan.nodes[find_node(built.result, node)].code if node else None
    whole = built.panel or built.result
    if first is None or second is None:
        from rankscope.analyses.overtake import robustness_radius

        with working("Looking for the smallest changes"):
            radius = robustness_radius(
                whole, weights=chosen, levels=asked, node=code, view=seen, period=built.period
            )
        emit(answer_of_neighbours(built, radius), form)
        return
    from rankscope.analyses.overtake import overtake

    one, other = find_present_unit(built, first), find_present_unit(built, second)
    with working("Looking for the smallest change"):
        found = overtake(
            whole,
            one,
            other,
            weights=chosen,
            levels=asked,
            node=code,
            view=seen,
            period=built.period,
        )
    emit(answer(built, found), form)


def admissible_set(said: str) -> Admissible:
    """Return the set of weights that is meant.

    Raises
    ------
    MethodError
        When there is none of that name.
    """
    from rankscope.methods.admissible.from_text import admissible_from_text

    return admissible_from_text(said)


def levels_of(said: str | None) -> tuple[int, ...] | None:
    """Return the levels that are meant, None where the set of weights decides.

    Raises
    ------
    MethodError
        When they are no whole numbers from 1 on.
    """
    from rankscope.analyses.overtake import ALL_LEVELS

    if said is None:
        return None
    if said.strip().casefold() == "all":
        return ALL_LEVELS
    parts = [part.strip() for part in said.split(",")]
    if not all(part.isdecimal() and part.isascii() and int(part[:4]) >= 1 for part in parts):
        raise MethodError(f"--levels must be such as 1 or 1,2 or all, got {visible(said)!r}.")
    return tuple(sorted({int(part[:4]) for part in parts}))
