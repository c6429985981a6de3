"""``rankscope import``: an index from files of another tool."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from rankscope._words import join_words, visible
from rankscope.cli.plain import clean

if TYPE_CHECKING:
    from rankscope.data.table import DataTable
    from rankscope.definition.model import IndexDefinition
    from rankscope.exchange.recognise import Tool

Files = Annotated[
    list[Path],
    typer.Argument(
        metavar="FILE...",
        help="COINr's iData and iMeta, one workbook with both, or a COIN Tool workbook.",
        show_default=False,
    ),
]
Folder = Annotated[
    Path,
    typer.Option(
        "--output",
        "-o",
        metavar="FOLDER",
        help="Where to write index.yaml and data.csv.",
        show_default=False,
    ),
]
As = Annotated[
    str | None,
    typer.Option(
        "--as",
        metavar="TOOL",
        help="coinr or coin-tool, where the content does not say it.",
        show_default=False,
    ),
]
Encoding = Annotated[
    str, typer.Option("--encoding", metavar="NAME", help="The encoding of text files.")
]
Force = Annotated[bool, typer.Option("--force", help="Replace files that are there.")]

NAMES = {"coinr": "COINr's iData and iMeta", "coin-tool": "a COIN Tool workbook"}


def import_(
    files: Files,
    *,
    output: Folder,
    tool: As = None,
    encoding: Encoding = "utf-8",
    force: Force = False,
) -> None:
    """Make an index of files of COINr or of the COIN Tool.

    All that is wrong with them, and all that is not taken over, is said at once, with its
    place.
    """
    from rankscope.errors import DataError
    from rankscope.exchange import examine_files, write_imported
    from rankscope.exchange.recognise import TOOLS
    from rankscope.findings import raise_errors

    known: dict[str, Tool] = {one: one for one in TOOLS}
    if tool is not None and tool not in known:
        raise DataError(f"--as must be {join_words(TOOLS)}, got {visible(repr(tool))}.")
    _there(files)
    chosen, (found, findings) = examine_files(files, known.get(tool or ""), encoding=encoding)
    raise_errors(findings, DataError)
    if found is None or chosen is None:
        raise DataError(f"{join_words(map(str, files), 'and')} hold no index.")
    paths = write_imported(found.definition, found.table, output, force=force)
    _tell(f"Read {NAMES[chosen]}: {_counted(found.definition, found.table)}.")
    for one in findings:
        _tell(f"{one.severity}: {one} [{one.id}]")
    _tell(f"Wrote {join_words(map(str, paths), 'and')}. Next, type:")
    _tell(f"  rankscope validate {output}")
    _tell(f"  rankscope rank {output}")


def _there(files: list[Path]) -> None:
    """Refuse files that are missing, each by its name."""
    from rankscope.errors import DataError
    from rankscope.exchange.files import bytes_of
    from rankscope.findings import raise_errors

    missing = [one for one in files if not os.path.exists(one)]  # noqa: PTH110 - names may be long
    raise_errors([finding for one in missing for finding in bytes_of(one)[1]], DataError)


def _counted(definition: IndexDefinition, table: DataTable) -> str:
    """Say how much was read."""
    nodes = [*definition.framework.walk()]
    leaves = definition.indicators()
    periods = len(set(table.periods))
    counts = [(len(set(table.units)), "unit"), (len(leaves), "indicator")]
    counts += [(len(nodes) - len(leaves), "aggregate"), (periods, "period")]
    told = (f"{count:,} {noun}{'s' * (count != 1)}" for count, noun in counts if count)
    return join_words(told, "and")


def _tell(sentence: str) -> None:
    typer.echo(clean(sentence))
