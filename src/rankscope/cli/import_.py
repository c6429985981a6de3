"""``rankscope import``: an index from files of another tool, or from a table in a report."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from rankscope._words import join_words, visible
from rankscope.cli.plain import clean
from rankscope.cli.table_options import (
    Components,
    Decimals,
    PeriodColumn,
    Rank,
    SheetName,
    TablePeriod,
    Total,
    TotalDecimals,
    UnitColumn,
    told,
)

if TYPE_CHECKING:
    from rankscope.data.table import DataTable
    from rankscope.definition.model import IndexDefinition
    from rankscope.exchange.recognise import Tool

Files = Annotated[
    list[Path],
    typer.Argument(
        metavar="FILE...",
        help="COINr's iData and iMeta, one workbook with both, a COIN Tool workbook, or a table.",
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
        help="coinr, coin-tool or table, where the content does not say it.",
        show_default=False,
    ),
]
Encoding = Annotated[
    str, typer.Option("--encoding", metavar="NAME", help="The encoding of text files.")
]
Force = Annotated[bool, typer.Option("--force", help="Replace files that are there.")]

Units = Annotated[
    str | None,
    typer.Option(
        "--units",
        metavar="REGISTER",
        help="Of a table: iso3166 (countries) or own; found out unless told.",
    ),
]

TABLE = "table"
NAMES = {"coinr": "COINr's iData and iMeta", "coin-tool": "a COIN Tool workbook"}


def import_(
    files: Files,
    *,
    output: Folder,
    tool: As = None,
    total: Total = None,
    rank: Rank = None,
    components: Components = None,
    unit_column: UnitColumn = None,
    period_column: PeriodColumn = None,
    period: TablePeriod = None,
    decimals: Decimals = None,
    total_decimals: TotalDecimals = None,
    units: Units = None,
    sheet: SheetName = None,
    encoding: Encoding = "utf-8",
    force: Force = False,
) -> None:
    """Make an index of another tool's files, or of a printed table.

    The tools are COINr and the COIN Tool.  All that is wrong, and all that is not taken over,
    is said at once, with its place.  Of a table from a report, with a total and its
    components, the weights are recovered: the index has all weights that the printed digits
    allow.
    """
    from rankscope.errors import DataError
    from rankscope.exchange import examine_files, write_imported
    from rankscope.exchange.recognise import TOOLS
    from rankscope.findings import raise_errors

    known: dict[str, Tool] = {one: one for one in TOOLS}
    if tool is not None and tool not in {*known, TABLE}:
        known_tools = join_words((*TOOLS, TABLE))
        raise DataError(f"--as must be {known_tools}, got {visible(repr(tool))}.")
    _there(files)
    options = {
        "total": total,
        "rank": rank,
        "components": components,
        "unit_column": unit_column,
        "period_column": period_column,
        "period": period,
        "decimals": decimals,
        "total_decimals": total_decimals,
        "units": units,
        "sheet": sheet,
    }
    if tool == TABLE:
        from rankscope.cli.import_table import import_table

        layout = told(**options, encoding=encoding)  # type: ignore[arg-type]  # of many types
        for sentence in import_table(files, layout, output, force=force):
            _tell(sentence)
        return
    named = next((name for name, value in options.items() if value is not None), None)
    if named is not None:
        raise DataError(f"--{named.replace('_', '-')} is about a table. Say --as table, too.")
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
