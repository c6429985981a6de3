"""Tables of other tools, from CSV or a workbook, with how they write numbers and gaps."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from rankscope._words import join_words, visible
from rankscope.data.files import SIZE_LIMIT
from rankscope.data.grid import Grid, quoted
from rankscope.data.text import grid_of_text
from rankscope.definition.model import DataSpec
from rankscope.exchange.opening import read_sheets
from rankscope.exchange.sheets import grid_of
from rankscope.findings import Finding, error, errors_among, note

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

BOOKS = (".xlsx", ".xlsm")
TEXTS = (".csv", ".tsv", ".txt")
GAPS = ("", "NA", "NaN", "#N/A")
"""What R and spreadsheet programs write for a missing value."""

_COMMA = re.compile(r"[+-]?\d*,\d+", re.ASCII)
_POINT = re.compile(r"[+-]?\d*\.\d+(e[+-]?\d+)?", re.ASCII | re.IGNORECASE)

_MENDS = {
    "data-text": "Correct it; a missing value is an empty cell or NA.",
    "data-infinite": "Correct it; a missing value is an empty cell or NA.",
    "data-censored": "Write the number, or leave the cell empty.",
    "data-decimal": "Write decimal points, or separate the cells of the file by semicolons.",
    "data-point": "Write all numbers of the file with the same decimal mark.",
    "data-unit-twice": "Keep one row for each uCode, or for each uCode and Time.",
    "data-layout": "A row is a unit and a column an indicator.",
    "data-no-values": "Add its values, or take it out of the metadata.",
    "data-missing-code": "If it stands for a missing value, empty the cell or write NA.",
    "data-delimiter": "Separate the cells by commas, semicolons or tabs.",
}

_WORDS = {
    "Rename it, or declare data.unit_column.": "Rename it.",
    "out of the definition": "out of the metadata",
}


@dataclass(frozen=True, slots=True)
class Table:
    """A grid, and how its file writes numbers and gaps."""

    grid: Grid
    spec: DataSpec


def is_book(path: Path) -> bool:
    """Whether a file is a workbook by its name."""
    return path.suffix.lower() in BOOKS


def bytes_of(path: Path) -> tuple[bytes | None, tuple[Finding, ...]]:
    """Return the bytes of a file that a person names, or why it is not read."""
    place = visible(str(path), 200)
    try:
        if not path.is_file():
            said = "It is a folder." if path.is_dir() else "There is no such file."
            return None, (error("import-file", place, said, "Name a file."),)
        if path.suffix.lower() not in (*BOOKS, *TEXTS):
            said = f"Files of the kind {quoted(path.suffix or path.name)} are not imported."
            mend = f"Save it as {join_words((*BOOKS, *TEXTS))}."
            return None, (error("import-file", place, said, mend),)
        if path.stat().st_size > SIZE_LIMIT:
            said = f"The file has more than {SIZE_LIMIT / 1e6:,.0f} MB."
            return None, (error("import-file", place, said, "Check what it is."),)
        return path.read_bytes(), ()
    except (OSError, ValueError) as failed:
        reason = getattr(failed, "strerror", None) or str(failed)
        said = f"The file can not be read: {reason.lower()}."
        return None, (error("import-file", place, said, "Check its name and its permissions."),)


def read_table_file(
    path: Path, sheet: str, key: str, encoding: str
) -> tuple[Table | None, tuple[Finding, ...]]:
    """Read one table: of a workbook the sheet of that name, or the only one.

    ``key`` is a column that tells which delimiter a text has.
    """
    data, findings = bytes_of(path)
    if data is None:
        return None, findings
    if is_book(path):
        table, findings = _from_book(data, path.name, sheet)
    else:
        table, findings = _from_text(data, path.name, key, encoding)
    return table and replace(table, grid=_without_row_names(table.grid)), findings


def _without_row_names(grid: Grid) -> Grid:
    """Empty the first column where it has no name and counts the rows, as R writes them."""
    numbers = [row[0].strip() for row in grid.rows if row]
    counted = numbers == [str(number) for number in range(1, len(grid.rows) + 1)]
    if not counted or grid.header[0]:
        return grid
    return replace(grid, rows=[["", *row[1:]] for row in grid.rows])


def _from_book(data: bytes, origin: str, sheet: str) -> tuple[Table | None, tuple[Finding, ...]]:
    sheets, findings = read_sheets(data, origin, (sheet.casefold(),))
    if not sheets:
        return None, findings
    found = sheets.get(sheet.casefold())
    if found is None and len(sheets) > 1:
        there = join_words(
            (quoted(one.origin.rpartition("!")[2]) for one in sheets.values()), "and"
        )
        said = f"There is no sheet {quoted(sheet)}."
        return None, (error("import-sheet", origin, said, f"There is {there}."),)
    grid, findings = grid_of(found or next(iter(sheets.values())))
    return Table(grid, DataSpec(file=origin, missing=GAPS)) if grid else None, findings


def _from_text(
    data: bytes, origin: str, key: str, encoding: str
) -> tuple[Table | None, tuple[Finding, ...]]:
    """Read a text with the delimiter that makes the key a column; else as commas read it."""
    plain = DataSpec(file=origin, missing=GAPS, encoding=encoding)
    first: tuple[Grid | None, tuple[Finding, ...]] | None = None
    for delimiter in (",", ";", "tab"):
        spec = plain.model_copy(update={"delimiter": delimiter})
        grid, findings = grid_of_text(data, origin, spec)
        first = first or (grid, findings)
        if grid and key in grid.header:
            comma = delimiter == ";" and _has_commas(grid)
            told = spec.model_copy(update={"decimal": "," if comma else "."})
            return Table(grid, told), (*mended(findings), *_said(grid, comma=comma))
    grid, findings = first or (None, ())
    return Table(grid, plain) if grid else None, mended(findings)


def _has_commas(grid: Grid) -> bool:
    """Whether numbers have decimal commas, and none a decimal point."""
    cells = [cell.strip() for row in grid.rows for cell in row]
    return any(map(_COMMA.fullmatch, cells)) and not any(map(_POINT.fullmatch, cells))


def _said(grid: Grid, *, comma: bool) -> tuple[Finding, ...]:
    said = "Cells are separated by semicolons, and numbers are read with decimal commas."
    return (note("import-decimal", grid.origin, said),) if comma else ()


def mended(findings: Sequence[Finding]) -> tuple[Finding, ...]:
    """Return findings with ways out for the author of the file instead of a definition's."""
    return tuple(replace(one, remedy=_remedy(one)) for one in findings)


def _remedy(finding: Finding) -> str:
    if finding.id == "data-encoding" and errors_among((finding,)):
        return finding.remedy.replace("declare data.encoding: ", "import it with --encoding ")
    remedy = _MENDS.get(finding.id, finding.remedy)
    for definition, metadata in _WORDS.items():
        remedy = remedy.replace(definition, metadata)
    return remedy
