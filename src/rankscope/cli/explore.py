"""``rankscope explore``: take a ranking apart with the mouse."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from rankscope.cli.emit import working
from rankscope.cli.one_period import open_period
from rankscope.cli.options import DEFAULT_INDEX, complete_index

Named = Annotated[
    str,
    typer.Argument(
        metavar="[INDEX]",
        help="A packaged index, or the path of a definition file.",
        autocompletion=complete_index,
        show_default=False,
    ),
]
Static = Annotated[
    Path | None,
    typer.Option(
        "--static",
        metavar="FILE",
        help="Write one HTML file that works offline, and start nothing.",
        show_default=False,
    ),
]
Port = Annotated[
    int | None,
    typer.Option(metavar="N", min=1, max=65535, help="The port; the first free one unless told."),
]
Browse = Annotated[
    bool, typer.Option("--browse/--no-browse", help="Whether to open the page in the browser.")
]
Draws = Annotated[
    int,
    typer.Option(
        "--draws", metavar="N", min=0, help="With --static: designs that show how firm ranks are."
    ),
]


def explore(
    index: Named = DEFAULT_INDEX,
    *,
    static: Static = None,
    port: Port = None,
    browse: Browse = True,
    draws: Draws = 4000,
) -> None:
    """Take a ranking apart with the mouse, in the browser."""
    built = open_period(index, output=static)
    if static is not None:
        from rankscope.explorer.page import write_explorer

        with working("Writing the explorer"):
            write_explorer(built.index, built.result, static, draws=draws)
        typer.echo(f"Wrote {static}. It works offline and on any web site.")
        return
    from rankscope.explorer.server.run import serve

    serve(built.index, built.result, index, port=port, browse=browse, told=_told)


def _told(address: str) -> None:
    typer.echo(f"The explorer is at {address}\nPress Ctrl+C to end it.")
