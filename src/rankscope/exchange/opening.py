"""Workbooks of other tools opened as a stranger's: limits first, formulas by their results."""

from __future__ import annotations

import io
import zipfile
from typing import Any

from rankscope._words import visible
from rankscope._workbook import Limits, opened, part_with, refusal
from rankscope.data.grid import text_of
from rankscope.exchange.sheets import Sheet
from rankscope.findings import Finding, error

LIMITS = Limits(parts=5_000, unpacked=500_000_000, ratio=500, small=1_000_000)
MAX_ROWS = 100_000
MAX_COLUMNS = 4_000

_FORMULAS = (b"<f>", b"<f ", b"<f/")
_MEND = "Save the workbook again as .xlsx in a spreadsheet program."


def read_sheets(
    data: bytes, origin: str, wanted: tuple[str, ...] = ()
) -> tuple[dict[str, Sheet], tuple[Finding, ...]]:
    """Return the sheets by their titles in lower case, or what speaks against the workbook.

    Only those ``wanted`` are read, if there is any of them; else all are.
    """
    refused = refusal(data, LIMITS)
    if refused:
        return {}, (error("data-format", origin, refused.sentence, _MEND),)
    try:
        return _sheets(data, origin, wanted)
    except Exception as broken:
        return {}, (_damaged(broken, origin),)


def titles_of(data: bytes, origin: str) -> tuple[tuple[str, ...], tuple[Finding, ...]]:
    """Return the titles of a workbook's sheets, or what speaks against the workbook."""
    refused = refusal(data, LIMITS)
    if refused:
        return (), (error("data-format", origin, refused.sentence, _MEND),)
    try:
        with opened(data, results=True) as book:
            return tuple(sheet.title for sheet in book.worksheets), ()
    except Exception as broken:
        return (), (_damaged(broken, origin),)


def _damaged(broken: Exception, origin: str) -> Finding:
    said = f"The workbook is damaged: {visible(str(broken)) or type(broken).__name__}."
    return error("data-format", origin, said, _MEND)


def _sheets(
    data: bytes, origin: str, wanted: tuple[str, ...]
) -> tuple[dict[str, Sheet], tuple[Finding, ...]]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        formulas = bool(part_with(archive, _FORMULAS, "xl/worksheets/"))
    found: dict[str, Sheet] = {}
    with opened(data, results=True) as saved, opened(data, results=False) as typed:
        titles = {sheet.title.casefold(): sheet.title for sheet in saved.worksheets}
        chosen = {key: titles[key] for key in wanted if key in titles} or titles
        for key, title in chosen.items():
            place = f"{origin}!{title}"
            rows = _values(saved[title])
            if len(rows) > MAX_ROWS or any(len(row) > MAX_COLUMNS for row in rows):
                said = f"The sheet has more than {MAX_ROWS:,} rows or {MAX_COLUMNS:,} columns."
                mend = "Remove what is beyond the table."
                return {}, (error("import-too-large", place, said, mend),)
            texts = tuple(tuple(map(text_of, row)) for row in rows)
            unsaved = _unsaved(rows, _values(typed[title])) if formulas else {}
            found[key] = Sheet(place, texts, unsaved)
    return found, ()


def _values(sheet: Any) -> list[tuple[Any, ...]]:
    """Return the rows down to the last one with anything, at most one more than allowed."""
    sheet.reset_dimensions()  # what a file says about its size is not to be trusted
    rows: list[tuple[Any, ...]] = []
    filled = 0
    for row in sheet.iter_rows(values_only=True, max_row=MAX_ROWS + 1, max_col=MAX_COLUMNS + 1):
        rows.append(_cut(row))
        filled = len(rows) if rows[-1] else filled
    return rows[:filled]


def _cut(row: tuple[Any, ...]) -> tuple[Any, ...]:
    """Drop the empty cells at the end of a row."""
    last = next((at for at in range(len(row), 0, -1) if row[at - 1] not in (None, "")), 0)
    return row[:last]


def _unsaved(
    saved: list[tuple[Any, ...]], typed: list[tuple[Any, ...]]
) -> dict[tuple[int, int], str]:
    """Return the formulas that have no result."""
    return {
        (row, column): str(cell)
        for row, cells in enumerate(typed, start=1)
        for column, cell in enumerate(cells, start=1)
        if cell is not None and _at(saved, row, column) is None
    }


def _at(rows: list[tuple[Any, ...]], row: int, column: int) -> Any:
    cells = rows[row - 1] if row <= len(rows) else ()
    return cells[column - 1] if column <= len(cells) else None
