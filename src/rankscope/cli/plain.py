"""The same content as plain text, for pipes and files: nothing cut, nothing coloured."""

from __future__ import annotations

import sys
from collections.abc import Iterator

from rich.cells import cell_len

from rankscope._words import visible
from rankscope.cli.sheet import Answer, Sheet

GAP = 2
"""Blanks between columns."""

_PLAIN_MARKS = str.maketrans(
    {"–": "-", "█": "#", "▒": ":", "│": "|", "·": "|", "─": "-", "…": ".", "→": ">"}
)


def as_text(answer: Answer) -> str:
    """Return aligned text, one line a row."""
    blocks = ["\n".join(map(clean, answer.lines))] if answer.lines else []
    for sheet in answer.sheets:
        if sheet.rows and sheet.columns:
            title = [clean(sheet.title)] if sheet.title else []
            blocks.append("\n".join([*title, *_aligned(sheet)]))
    blocks += map(clean, answer.notes)
    return fitting("\n\n".join(blocks) + "\n", sys.stdout.encoding)


def fitting(said: str, encoding: str | None) -> str:
    """Return text without the marks that an old console can not show."""
    wide = (encoding or "utf-8").lower().replace("-", "").startswith("utf")
    return said if wide else said.translate(_PLAIN_MARKS)


def _aligned(sheet: Sheet) -> Iterator[str]:
    cells = [[clean(column.text(row)) for column in sheet.columns] for row in sheet.lines]
    titles = [column.title for column in sheet.columns]
    widths = [max(map(cell_len, column)) for column in zip(titles, *cells, strict=True)]
    for line in (titles, *cells):
        fields = (
            padded(cell, width, right=column.right)
            for cell, width, column in zip(line, widths, sheet.columns, strict=True)
        )
        yield (" " * GAP).join(fields).rstrip()


def padded(cell: str, width: int, *, right: bool) -> str:
    """Return text with blanks up to a width, counted in cells of a terminal."""
    blanks = " " * (width - cell_len(cell))
    return blanks + cell if right else cell + blanks


def clean(said: str) -> str:
    """Return text that can neither steer the terminal nor be cut."""
    return visible(said, limit=sys.maxsize)
