"""``rankscope rank``: who ranks where."""

from __future__ import annotations

from typing import Annotated

import typer

from rankscope.cli.emit import Form, emit
from rankscope.cli.lookup import find_group, find_node, find_view
from rankscope.cli.one_period import open_period
from rankscope.cli.options import DEFAULT_VIEW, AsCsv, AsJson, File, IndexArgument, Period, View
from rankscope.cli.ranking import Scope, ranking

Node = Annotated[
    str | None,
    typer.Option(metavar="CODE", help="Rank by this node instead of the whole index."),
]
Top = Annotated[int | None, typer.Option(metavar="N", min=1, help="Show the first N only.")]
Group = Annotated[
    str | None,
    typer.Option(metavar="NAME", help='Show one group only: EU, Africa, "High income", ...'),
]
Sort = Annotated[
    str, typer.Option(metavar="KEY", help="Order of the rows: rank, name, unit or a node's code.")
]
Level = Annotated[
    int, typer.Option(metavar="N", min=0, help="How many levels below the node to show scores of.")
]


def rank(
    index: IndexArgument,
    *,
    view: View = DEFAULT_VIEW,
    period: Period = None,
    node: Node = None,
    top: Top = None,
    group: Group = None,
    sort: Sort = "rank",
    level: Level = 2,
    as_json: AsJson = False,
    as_csv: AsCsv = False,
    output: File = None,
) -> None:
    """Show who ranks where, with the scores that make up the score.

    A star marks a score without some of its data.  Units without a rank are named below
    the table, with the reason.
    """
    built = open_period(index, period, output)
    scope = Scope(
        built=built,
        view=find_view(built.result, view),
        node=find_node(built.result, node) if node else built.result.plan.root,
        depth=level,
        group=find_group(built.result, group) if group else None,
    )
    emit(ranking(scope, top=top, sort=sort), Form(as_json, as_csv, output))
