"""Rows of a table as the sheet Data of a workbook, exact and without live formulas."""

from __future__ import annotations

import io
import re
import zipfile
from typing import TYPE_CHECKING

from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

from rankscope.data.grid import LIVE, letters, quoted, text_of
from rankscope.data.sheet import DATA_SHEET
from rankscope.errors import OutputError

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from openpyxl.worksheet.worksheet import Worksheet

    from rankscope.data.grid import Cell

_UNFIT = re.compile(rf"{ILLEGAL_CHARACTERS_RE.pattern}|[\r\ud800-\udfff\ufffe\uffff]")
_LONGEST = 32_767
_WRITTEN = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*(</dcterms:)")


def sheet_bytes(rows: Iterable[Sequence[Cell]]) -> bytes:
    """Return a workbook with one sheet, Data.

    Raises
    ------
    OutputError
        When a text holds a character that no workbook can.
    """
    book = Workbook()
    fill_sheet(book, rows)
    for name in set(book.sheetnames) - {DATA_SHEET}:
        del book[name]
    return book_bytes(book)


def fill_sheet(book: Workbook, rows: Iterable[Sequence[Cell]]) -> None:
    """Put rows into the sheet Data of a workbook, instead of what it held.

    Raises
    ------
    OutputError
        When a text holds a character that no workbook can.
    """
    at = book.sheetnames.index(DATA_SHEET) if DATA_SHEET in book.sheetnames else 0
    if DATA_SHEET in book.sheetnames:
        del book[DATA_SHEET]
    sheet = book.create_sheet(DATA_SHEET, at)
    for line, row in enumerate(rows, start=1):
        for column, value in enumerate(row, start=1):
            if value is not None and value != "":
                _put(sheet, line, column, value)
    sheet.freeze_panes = "B2"


def _put(sheet: Worksheet, line: int, column: int, value: Cell) -> None:
    """Write one cell: numbers with all their digits, texts as texts."""
    cell = sheet.cell(line, column)
    text = text_of(value)  # openpyxl would write numbers with 16 digits
    if _UNFIT.search(text) or len(text) > _LONGEST:
        place = f"{DATA_SHEET}!{letters(column - 1)}{line}"
        raise OutputError(
            f"{place}: {quoted(text)} is longer than {_LONGEST:,} characters or holds one that "
            "no workbook can. Shorten it, or write CSV."
        )
    cell.value = text
    cell.data_type = "s" if isinstance(value, str) else "n"
    if isinstance(value, str) and value.startswith(LIVE):
        cell.quotePrefix = True  # what typing an apostrophe before it does


def book_bytes(book: Workbook) -> bytes:
    """Return a workbook as bytes that do not depend on when they are written."""
    out = io.BytesIO()
    book.save(out)
    settled = io.BytesIO()
    with zipfile.ZipFile(out) as given, zipfile.ZipFile(settled, "w") as kept:
        for entry in given.infolist():
            content = given.read(entry)
            if entry.filename == "docProps/core.xml":
                content = _WRITTEN.sub(rb"\g<1>2000-01-01T00:00:00Z\g<2>", content)
            info = zipfile.ZipInfo(entry.filename)  # dated 1980
            kept.writestr(info, content, zipfile.ZIP_DEFLATED)
    return settled.getvalue()
