"""``rankscope variants``: the versions of an index side by side, as a table or a picture."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from rankscope.cli.emit import Form, emit
from rankscope.cli.lookup import Built, find_node, find_units, find_view, spare_inputs
from rankscope.cli.options import DEFAULT_VIEW, AsCsv, AsJson, IndexArgument, Period, View
from rankscope.cli.picture import PictureFile, is_picture, write_picture
from rankscope.cli.variants_table import Asked, answer

if TYPE_CHECKING:
    from pathlib import Path

    from rankscope.analyses.variants import Variants

DRAWN = 20
"""How many units a picture shows unless told."""

Node = Annotated[
    str | None,
    typer.Option(metavar="CODE", help="Compare the ranks of this node, not of the whole index."),
]
Top = Annotated[
    int | None,
    typer.Option(metavar="N", min=1, help=f"Show the first N only; a picture shows {DRAWN}."),
]
Units = Annotated[
    str | None,
    typer.Option(
        metavar="A,B", help="Show these units too, or only these where there is no --top."
    ),
]


def variants(
    index: IndexArgument,
    *,
    view: View = DEFAULT_VIEW,
    period: Period = None,
    node: Node = None,
    top: Top = None,
    units: Units = None,
    as_json: AsJson = False,
    as_csv: AsCsv = False,
    output: PictureFile = None,
) -> None:
    """Build the variants of an index and compare their ranks.

    Variants are named in the definition, under `variants:`, each with what it changes.
    Behind each rank stand the places gained or lost against the index as published.
    """
    from rankscope.analyses.variants import build_variants
    from rankscope.catalogue import open_index

    drawn = is_picture(output, text=as_json or as_csv)
    opened = open_index(index)
    if output is not None:
        spare_inputs(opened, output)
    found = build_variants(opened.definition, opened.table, period=period)
    published = found.results[0]
    asked = Asked(
        built=Built(opened, published, found.period),
        node=find_node(published, node) if node else published.plan.root,
        view=find_view(published, view),
        top=top,
        units=find_units(published, units),
    )
    if drawn and output is not None:
        _draw(found, asked, output)
    else:
        emit(answer(found, asked), Form(as_json, as_csv, output))


def _draw(found: Variants, asked: Asked, path: Path) -> None:
    from rankscope.charts.variants import variants_chart

    top = asked.top or (0 if asked.units else DRAWN)
    chart = variants_chart(found, node=asked.code, view=asked.view, top=top, units=asked.units)
    write_picture(chart, path)
