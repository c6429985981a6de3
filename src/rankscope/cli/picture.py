"""Answers that may be pictures: which file asks for one, and how it is written."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TypeAlias

import typer

from rankscope._files import write_bytes
from rankscope._words import join_words
from rankscope.cli.emit import say
from rankscope.errors import OutputError

if TYPE_CHECKING:
    from rankscope.charts.render import Drawable

PICTURES, TEXTS = (".svg", ".png"), (".json", ".csv", ".txt")

PictureFile: TypeAlias = Annotated[
    Path | None,
    typer.Option(
        "--output",
        "-o",
        metavar="FILE",
        help="Write to a file; .svg and .png are pictures, .json, .csv or .txt tell the form.",
        show_default=False,
    ),
]


def is_picture(output: Path | None, *, text: bool) -> bool:
    """Whether the file asked for is a picture; ``text`` whether --json or --csv was said.

    Raises
    ------
    OutputError
        When it is one and text was asked for, or when nothing has its ending.
    """
    suffix = output.suffix.lower() if output else ""
    if suffix in PICTURES and text:
        raise OutputError(f"{output} is a picture, and --json or --csv ask for text. Choose one.")
    if suffix and not text and suffix not in (*PICTURES, *TEXTS):
        known = join_words([*PICTURES, *TEXTS])
        raise OutputError(f"{output} must end in {known}, got {suffix!r}. Rename it.")
    return suffix in PICTURES


def write_picture(chart: Drawable, path: Path) -> None:
    """Write a chart as the picture that the ending of the file asks for.

    Raises
    ------
    OutputError
        When the chart can not be drawn, or the file not be written.
    """
    from rankscope.charts.render import png, svg

    drawn = png(chart) if path.suffix.lower() == ".png" else svg(chart).encode("utf-8")
    write_bytes(path, drawn)
    say(f"Wrote {path}.")
