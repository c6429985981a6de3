"""``rankscope report``: an index as one page to keep and to send."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from rankscope.cli.emit import working
from rankscope.cli.lookup import Built
from rankscope.cli.one_period import open_period
from rankscope.cli.options import IndexArgument, Period

if TYPE_CHECKING:
    from rankscope.catalogue import Index

REPORT = Path("report.html")

DRAWS = 4000

Draws = Annotated[
    int,
    typer.Option(
        "--draws",
        metavar="N",
        min=0,
        help="How many defensible designs show how firm every rank is; 0 leaves that out.",
    ),
]
Page = Annotated[Path, typer.Option("--output", "-o", metavar="FILE", help="Where to write it.")]


def report(
    index: IndexArgument, *, period: Period = None, draws: Draws = DRAWS, output: Page = REPORT
) -> None:
    """Write the report of an index as one HTML file."""
    typer.echo(written(open_period(index, period, output), output, draws=draws))


def written(built: Built, path: Path, *, draws: int = DRAWS) -> str:
    """Write the report and return how to open it."""
    from rankscope.report import write_report

    with working("Writing the report"):
        write_report(_with_period(built), built.result, path, draws=draws, panel=built.panel)
    return f"Wrote {path}. Open it with a double click, or type: {_opener()} {_quoted(path)}"


def _with_period(built: Built) -> Index:
    """Return the index as the report names it: the period stands beside the edition."""
    if built.period is None:
        return built.index
    definition = built.index.definition
    edition = f"{definition.edition} ({built.period})"
    return replace(built.index, definition=definition.model_copy(update={"edition": edition}))


def _opener() -> str:
    """Return the command that opens a file on this system."""
    return {"win32": "start", "darwin": "open"}.get(sys.platform, "xdg-open")


def _quoted(path: Path) -> str:
    return f'"{path}"' if " " in str(path) else str(path)
