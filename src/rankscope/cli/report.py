"""``rankscope report``: an index as one page to keep and to send."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from rankscope.cli.emit import working
from rankscope.cli.lookup import Built, open_built
from rankscope.cli.options import IndexArgument

REPORT = Path("report.html")

Page = Annotated[Path, typer.Option("--output", "-o", metavar="FILE", help="Where to write it.")]


def report(index: IndexArgument, *, output: Page = REPORT) -> None:
    """Write the report of an index as one HTML file."""
    typer.echo(written(open_built(index), output))


def written(built: Built, path: Path) -> str:
    """Write the report and return how to open it."""
    from rankscope.report import write_report

    with working("Writing the report"):
        write_report(built.index, built.result, path)
    return f"Wrote {path}. Open it with a double click, or type: {_opener()} {_quoted(path)}"


def _opener() -> str:
    """Return the command that opens a file on this system."""
    return {"win32": "start", "darwin": "open"}.get(sys.platform, "xdg-open")


def _quoted(path: Path) -> str:
    return f'"{path}"' if " " in str(path) else str(path)
