"""From the sheet Data of an Excel workbook to its grid.

A formula counts for the result that was saved with it.
"""

from __future__ import annotations

import io
import zipfile
import zlib
from typing import TYPE_CHECKING, Any

from rankscope._words import did_you_mean
from rankscope._workbook import Limits, letters, opened, part_with, refusal
from rankscope.data.grid import Counting, Grid, capped, quoted, text_of
from rankscope.findings import Finding, error

if TYPE_CHECKING:
    from collections.abc import Iterator

    from openpyxl import Workbook

DATA_SHEET = "Data"
"""The name of the sheet that holds the table."""

LIMITS = Limits(parts=2_000, unpacked=500_000_000, ratio=500, small=1_000_000)

_ROWS = 1 << 20  # as many as a sheet can have
_FORMULAS = (b"<f>", b"<f ", b"<f/")
_DAMAGED = (
    KeyError,
    ValueError,
    TypeError,
    AttributeError,
    IndexError,
    OSError,
    EOFError,
    RuntimeError,
    SyntaxError,
    zlib.error,
)


def grid_of_sheet(data: bytes, origin: str) -> tuple[Grid | None, tuple[Finding, ...]]:
    """Read the sheet Data, or the only sheet, as text."""
    refused = refusal(data, LIMITS)
    if refused:
        mend = "Save the workbook again as .xlsx in a spreadsheet program."
        return None, (error("data-format", origin, refused.sentence, mend),)
    try:
        with opened(data, results=True) as book:
            name = _sheet_name(book)
            if name is None:
                return None, (_no_sheet(book, origin),)
            place = f"{origin}!{name}"
            grid, findings = _grid(_texts(book[name]), place)
        return grid, findings + _unsaved_formulas(data, name, place)
    except _DAMAGED as broken:
        said = f"The workbook is damaged ({type(broken).__name__}: {broken})."
        return None, (error("data-format", origin, said, "Save it again as .xlsx."),)


def _sheet_name(book: Workbook) -> str | None:
    if DATA_SHEET in book.sheetnames or len(book.worksheets) != 1:
        return DATA_SHEET if DATA_SHEET in book.sheetnames else None
    return str(book.worksheets[0].title)


def _no_sheet(book: Workbook, origin: str) -> Finding:
    mend = (
        f"Name the sheet with the table {DATA_SHEET}. {did_you_mean(DATA_SHEET, book.sheetnames)}"
    )
    return error("data-format", origin, f"There is no sheet {quoted(DATA_SHEET)}.", mend.strip())


def _texts(sheet: Any) -> Iterator[tuple[int, list[str]]]:
    """Yield the rows with text, each with its number, without empty cells at the end."""
    sheet.reset_dimensions()  # what a file says about its size is not to be trusted
    rows = sheet.iter_rows(values_only=True, max_row=_ROWS)
    for line, values in enumerate(rows, start=1):
        texts = [text_of(value) for value in values]
        while texts and not texts[-1].strip():
            texts.pop()
        if texts:
            yield line, texts


def _grid(
    rows: Iterator[tuple[int, list[str]]], origin: str
) -> tuple[Grid | None, tuple[Finding, ...]]:
    """Make the grid: the first row with text is the header, all others are as long as it."""
    first, header = next(rows, (0, []))
    if not header:
        mend = "It needs a header and a row for each unit."
        return None, (error("data-empty", origin, "The sheet is empty.", mend),)
    width = len(header)
    cells, lines, findings = [], [], []
    for line, texts in rows:
        if len(texts) > width:
            place = f"{origin}!{letters(len(texts) - 1)}{line}"
            said = f"The cell {quoted(texts[-1])} stands right of the last named column."
            findings.append(error("data-ragged", place, said, "Name its column, or delete it."))
        cells.append([*texts[:width], *[""] * (width - len(texts))])
        lines.append(line)
    names = tuple(name.strip() for name in header)
    return Grid(origin, names, cells, lines, Counting.CELLS, first), capped(findings, origin)


def _unsaved_formulas(data: bytes, name: str, origin: str) -> tuple[Finding, ...]:
    """Report formulas whose result was not saved: they would read as missing values."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        if not part_with(archive, _FORMULAS, "xl/worksheets/"):
            return ()
    with opened(data, results=False) as formulas, opened(data, results=True) as saved:
        pairs = zip(_typed(formulas[name]), _typed(saved[name]), strict=True)
        findings = [
            error(
                "data-formula",
                f"{origin}!{letters(column)}{line}",
                f"The formula {quoted(str(formula))} was saved without its result.",
                "Open and save the workbook in a spreadsheet program, or write the number.",
            )
            for line, (row, results) in enumerate(pairs, start=1)
            for column, (formula, result) in enumerate(zip(row, results, strict=True))
            if formula is not None and result is None
        ]
    return capped(findings, origin)


def _typed(sheet: Any) -> Iterator[tuple[Any, ...]]:
    sheet.reset_dimensions()
    return iter(sheet.iter_rows(values_only=True, max_row=_ROWS))
