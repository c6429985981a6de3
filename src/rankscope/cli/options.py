"""The options that several commands share, and how a shell completes them."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, TypeAlias

import typer

DEFAULT_INDEX = "ai-capacity"
"""The index that commands about units take when none is named."""

DEFAULT_VIEW = "headline"

_VIEWS = (DEFAULT_VIEW, "scale", "intensity")


def complete_index(incomplete: str) -> list[str]:
    """Return the names of packaged indices that begin so."""
    from rankscope.catalogue import packaged

    return [name for name in packaged() if name.startswith(incomplete)]


def complete_unit(incomplete: str) -> list[tuple[str, str]]:
    """Return the codes and the names of countries that begin so, with who is meant."""
    from rankscope.units import iso3166

    names = [(unit.name, unit.code) for unit in iso3166() if " " not in unit.name]
    codes = [(unit.code, unit.name) for unit in iso3166()]
    return [pair for pair in (*codes, *names) if incomplete and pair[0].startswith(incomplete)]


def complete_view(incomplete: str) -> list[str]:
    """Return the views that begin so."""
    return [view for view in _VIEWS if view.startswith(incomplete)]


IndexArgument: TypeAlias = Annotated[
    str,
    typer.Argument(
        metavar="INDEX",
        help="The name of a packaged index, or the path of a definition.",
        autocompletion=complete_index,
        show_default=False,
    ),
]
IndexOption: TypeAlias = Annotated[
    str,
    typer.Option(
        "--index",
        "-i",
        metavar="INDEX",
        help="The name of a packaged index, or the path of a definition.",
        autocompletion=complete_index,
    ),
]
View: TypeAlias = Annotated[
    str,
    typer.Option(
        "--view",
        metavar="VIEW",
        help="headline, scale (absolute) or intensity (relative to size).",
        autocompletion=complete_view,
    ),
]
Period: TypeAlias = Annotated[
    str | None,
    typer.Option(
        "--period",
        metavar="PERIOD",
        help="Of a panel: which period, such as 2024; the last one unless told.",
        show_default=False,
    ),
]
AsJson: TypeAlias = Annotated[bool, typer.Option("--json", help="Answer in JSON.")]
AsCsv: TypeAlias = Annotated[bool, typer.Option("--csv", help="Answer in CSV: the first table.")]
File: TypeAlias = Annotated[
    Path | None,
    typer.Option(
        "--output",
        "-o",
        metavar="FILE",
        help="Write to a file; .json, .csv or .txt tell the form.",
        show_default=False,
    ),
]
