"""The same content for a terminal: tables that fit the window, in few colours.

Rich paints, but its markup never sees a string: all of them may come from data.
"""

from __future__ import annotations

import sys
import textwrap
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from rich.cells import cell_len
from rich.console import Console
from rich.table import Table
from rich.text import Text

from rankscope.cli.plain import GAP, clean, fitting, padded
from rankscope.cli.sheet import QUIET, STRONG, Answer, Column, Row, Sheet

_LEAST = 16
"""The fewest cells that wrapped text gets."""


def paint(answer: Answer) -> None:
    """Print an answer to the terminal."""
    console = _console()
    for count, line in enumerate(answer.lines):
        console.print(Text(_clean(line), style="" if count else STRONG))
    for sheet in answer.sheets:
        if sheet.rows and sheet.columns:
            console.print()
            _paint_sheet(console, sheet)
    for note in answer.notes:
        console.print()
        console.print(Text(_clean(note), style=QUIET))


def _paint_sheet(console: Console, sheet: Sheet) -> None:
    if sheet.title:
        console.print(Text(_clean(sheet.title), style=STRONG))
    columns, widths = _laid_out(sheet, console.width)
    table = Table(box=None, pad_edge=False, padding=(0, GAP, 0, 0), header_style=QUIET)
    for column, width in zip(columns, widths, strict=True):
        lines = textwrap.wrap(column.title, width) or [" "]
        title = "\n".join(padded(line, width, right=column.right) for line in lines)
        table.add_column(Text(title), width=width, overflow="fold", vertical="top")
    for row in sheet.lines:
        cells = zip(columns, widths, strict=True)
        table.add_row(*(Text(_cell(c, row, width), style=c.style(row)) for c, width in cells))
    console.print(table)


def _cell(column: Column, row: Row, width: int) -> str:
    """Return the text of a cell, wrapped below its own indent.

    Numbers are put to the right here: Rich would cut the blank of those without a mark.
    """
    said = _clean(column.text(row))
    if column.flexible and cell_len(said) > width:
        indent = " " * (len(said) - len(said.lstrip()))
        said = "\n".join(
            textwrap.wrap(
                said.strip(), width, initial_indent=indent, subsequent_indent=f"{indent}  "
            )
        )
    return padded(said, width, right=True) if column.right else said


def _laid_out(sheet: Sheet, width: int) -> tuple[tuple[Column, ...], list[int]]:
    """Return the richest columns that fit, and their widths; flexible ones give way first."""
    columns, widths = sheet.columns, _widths(sheet, sheet.columns)
    for columns in (sheet.columns, *sheet.narrower):
        widths = _widths(sheet, columns)
        spare = width - sum(widths) - GAP * (len(columns) - 1)
        wide = [at for at, column in enumerate(columns) if column.flexible]
        if spare >= 0:
            return columns, _with_whole_titles(columns, widths, spare)
        if wide and widths[wide[-1]] + spare >= _LEAST:
            widths[wide[-1]] += spare
            return columns, widths
    return columns, widths


def _with_whole_titles(columns: Sequence[Column], widths: list[int], spare: int) -> list[int]:
    """Widen columns so that titles need no second line, as far as there is room."""
    wider = list(widths)
    for at, column in enumerate(columns):
        wanted = max(0, cell_len(column.title) - wider[at])
        if wanted <= spare:
            wider[at] += wanted
            spare -= wanted
    return wider


def _widths(sheet: Sheet, columns: Sequence[Column]) -> list[int]:
    """Return how wide each column is; a title is wrapped between words."""
    return [
        max(
            *(cell_len(_clean(column.text(row))) for row in sheet.lines),
            *(cell_len(word) for word in column.title.split() or [""]),
        )
        for column in columns
    ]


def _clean(said: str) -> str:
    """Return text that the terminal shows as it is, whatever its encoding."""
    return fitting(clean(said), sys.stdout.encoding)


@contextmanager
def busy(doing: str) -> Iterator[None]:
    """Show that something is being done that takes a while."""
    with _console(stderr=True).status(Text(_clean(doing))):
        yield


def _console(*, stderr: bool = False) -> Console:
    return Console(stderr=stderr, highlight=False, markup=False, emoji=False)
