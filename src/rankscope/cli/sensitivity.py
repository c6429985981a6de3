"""``rankscope sensitivity``: which assumption decides the ranks, or one unit's rank."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

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
from rankscope.cli.picture import PictureFile, is_picture, write_picture
from rankscope.cli.sensitivity_tables import Asked, answer

if TYPE_CHECKING:
    from pathlib import Path

    from rankscope.analyses.sensitivity import Sensitivity

Unit = Annotated[
    str | None,
    typer.Option(
        "--unit",
        metavar="UNIT",
        help="Show what decides the rank of one unit: its code or name.",
        autocompletion=complete_unit,
    ),
]
Node = Annotated[
    str | None,
    typer.Option(metavar="CODE", help="Look at the ranks of this node, not of the whole index."),
]
Points = Annotated[
    int, typer.Option("--points", metavar="N", help="Points of each scrambling: a power of two.")
]
Scramblings = Annotated[
    int,
    typer.Option("--scramblings", metavar="N", help="Independent repeats, for the intervals."),
]
Seed = Annotated[int, typer.Option("--seed", metavar="N", help="Seed of the random choice.")]
Workers = Annotated[
    int, typer.Option("--workers", metavar="N", min=1, help="Threads; the answer is the same.")
]


def sensitivity(
    index: IndexArgument = DEFAULT_INDEX,
    *,
    unit: Unit = None,
    points: Points = 512,
    scramblings: Scramblings = 16,
    seed: Seed = 0,
    node: Node = None,
    view: View = DEFAULT_VIEW,
    period: Period = None,
    workers: Workers = 1,
    as_json: AsJson = False,
    as_csv: AsCsv = False,
    output: PictureFile = None,
) -> None:
    """Show which assumption decides the ranks, and by how much.

    All that the definition's assumptions allow varies together.  How much each explains
    alone, and how much with its interactions, comes with 95 % intervals; below stands what
    each option does by itself.
    """
    from rankscope.analyses.sensitivity import sensitivity
    from rankscope.analyses.uncertainty import design_of

    drawn = is_picture(output, text=as_json or as_csv)
    built = open_period(index, period, output)
    whole = built.panel or built.result
    place = find_node(built.result, node) if node else built.result.plan.root
    asked = Asked(
        built=built,
        node=place,
        view=find_view(built.result, view),
        unit=find_present_unit(built, unit) if unit is not None else None,
    )
    with working("Trying out assumptions"):
        design = design_of(
            whole,
            view=asked.view,
            node=built.result.plan.nodes[place].code,
            period=built.period,
            seed=seed,
        )
        found = sensitivity(
            design, points=points, scramblings=scramblings, seed=seed, workers=workers
        )
    if drawn and output is not None:
        _draw(found, asked, output)
    else:
        emit(answer(found, asked), Form(as_json, as_csv, output))


def _draw(found: Sensitivity, asked: Asked, path: Path) -> None:
    from rankscope.charts.sensitivity_shares import sensitivity_chart

    title = f"{asked.built.title}: what decides {_whose(found, asked)}"
    write_picture(sensitivity_chart(found, unit=asked.unit, title=title), path)


def _whose(found: Sensitivity, asked: Asked) -> str:
    if asked.unit is None:
        return "the ranks"
    units = found.result.units
    return f"the rank of {found.result.names[units.index(asked.unit)]}"
