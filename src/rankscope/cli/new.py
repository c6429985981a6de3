"""``rankscope new``: a first index of one's own."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

Name = Annotated[str, typer.Argument(metavar="NAME", help="Its name, and that of its folder.")]
Excel = Annotated[bool, typer.Option("--excel", help="One workbook instead of text files.")]


def new(name: Name, *, excel: Excel = False) -> None:
    """Write a small index of your own to start from."""
    from rankscope.definition.starter import write_starter

    folder = Path(name)
    write_starter(folder, name=folder.name, excel=excel)
    typer.echo(f"Wrote {folder}. Change it, then type:")
    typer.echo(f"  rankscope validate {folder}")
    typer.echo(f"  rankscope rank {folder}")
