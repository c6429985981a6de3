"""``rankscope variants``: the versions of an index side by side, as a table or a picture."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from rankscope._files import write_bytes
from rankscope._words import join_words
from rankscope.cli.emit import Form, emit, say
from rankscope.cli.lookup import Built, find_node, find_unit, find_view
from rankscope.cli.options import DEFAULT_VIEW, AsCsv, AsJson, IndexArgument, Period, View
from rankscope.cli.variants_table import Asked, answer
from rankscope.errors import OutputError, UnitError

if TYPE_CHECKING:
    from rankscope.analyses.variants import Variants
    from rankscope.pipeline.result import Result

PICTURES, TEXTS = (".svg", ".png"), (".json", ".csv", ".txt")
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
File = Annotated[
    Path | None,
    typer.Option(
        "--output",
        "-o",
        metavar="FILE",
        help="Write to a file; .svg and .png are pictures, .json, .csv or .txt tell the form.",
        show_default=False,
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
    output: File = None,
) -> None:
    """Build the variants of an index and compare their ranks.

    Variants are named in the definition, under `variants:`, each with what it changes.
    Behind each rank stand the places gained or lost against the index as published.
    """
    from rankscope.analyses.variants import build_variants
    from rankscope.catalogue import open_index

    drawn = _is_picture(output, as_json=as_json, as_csv=as_csv)
    opened = open_index(index)
    found = build_variants(opened.definition, opened.table, period=period)
    published = found.results[0]
    asked = Asked(
        built=Built(opened, published, found.period),
        node=find_node(published, node) if node else published.plan.root,
        view=find_view(published, view),
        top=top,
        units=_units(published, units),
    )
    if drawn and output is not None:
        _draw(found, asked, output)
    else:
        emit(answer(found, asked), Form(as_json, as_csv, output))


def _is_picture(output: Path | None, *, as_json: bool, as_csv: bool) -> bool:
    """Whether the file asked for is a picture.

    Raises
    ------
    OutputError
        When it is one, and an option asks for text; or when no form goes by its ending.
    """
    suffix = output.suffix.lower() if output else ""
    if suffix not in PICTURES:
        if suffix and not (as_json or as_csv) and suffix not in TEXTS:
            known = join_words([*PICTURES, *TEXTS])
            raise OutputError(f"{output} must end in {known}, got {suffix!r}. Rename it.")
        return False
    if as_json or as_csv:
        raise OutputError(f"{output} is a picture, and --json or --csv ask for text. Choose one.")
    return True


def _units(published: Result, said: str | None) -> tuple[str, ...]:
    """Return the units of a list; a name may have a comma where it stands alone."""
    if said is None:
        return ()
    try:
        return (find_unit(published, said),)
    except UnitError:
        if "," not in said:
            raise
    return tuple(find_unit(published, one) for one in said.split(",") if one.strip())


def _draw(found: Variants, asked: Asked, path: Path) -> None:
    from rankscope.charts.render import png, svg
    from rankscope.charts.variants import variants_chart

    top = asked.top or (0 if asked.units else DRAWN)
    chart = variants_chart(found, node=asked.code, view=asked.view, top=top, units=asked.units)
    written = png(chart) if path.suffix.lower() == ".png" else svg(chart).encode("utf-8")
    write_bytes(path, written)
    say(f"Wrote {path}.")
