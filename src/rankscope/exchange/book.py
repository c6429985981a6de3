"""Tables written as one Excel workbook: texts stay texts, and the same content the same bytes.

Numbers stay numbers, with the 16 digits that a workbook keeps: other tools take a column
with one text for a column of texts.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rankscope._workbook import LIVE, UNFIT, packed

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from rankscope.data.grid import Cell


def book_bytes(sheets: Mapping[str, Iterable[Sequence[Cell]]]) -> bytes:
    """Return a workbook with these sheets, the first row of each in bold."""
    from openpyxl import Workbook
    from openpyxl.styles import Font

    book = Workbook()
    book.remove(book.active)  # type: ignore[arg-type]  # a new workbook has a sheet
    for title, rows in sheets.items():
        sheet = book.create_sheet(title)
        for number, row in enumerate(rows, 1):
            for column, value in enumerate(row, 1):
                _put(sheet, number, column, value)
        for cell in sheet[1]:
            cell.font = Font(bold=True)
        sheet.freeze_panes = "A2"
    return packed(book)


def _put(sheet: Any, row: int, column: int, value: Cell) -> None:
    """Put a value into a cell; a text is a text, whatever it begins with or holds."""
    if value is None or value == "":
        return
    if isinstance(value, str):
        value = UNFIT.sub(lambda found: f"\\u{ord(found[0]):04x}", value)
    cell = sheet.cell(row, column)
    cell.value = value
    if isinstance(value, str):
        cell.data_type = "s"
        cell.quotePrefix = value.startswith(LIVE)
