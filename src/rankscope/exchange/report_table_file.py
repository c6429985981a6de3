"""The cells of a table from a report: a text or a workbook, and how it writes numbers."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from rankscope._words import join_words, visible
from rankscope.data.grid import Grid, checked_header, quoted
from rankscope.data.numbers import all_decimal_commas
from rankscope.data.text import DELIMITERS, grid_of_text
from rankscope.definition.model import DataSpec
from rankscope.errors import DataError
from rankscope.exchange.files import GAPS, bytes_of, is_book, mended
from rankscope.exchange.opening import read_sheets
from rankscope.exchange.sheets import grid_of
from rankscope.findings import error, errors_among, raise_errors
from rankscope.units import fold

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path
    from typing import Literal

NO_NUMBER = (*GAPS, "-", "–", "—", "..", "...", "…", "n/a", "N/A", "n.a.", "na")
"""What reports print where there is no number."""

_POINT = re.compile(r"[+-]?[\d,]*\.\d+(e[+-]?\d+)?", re.ASCII | re.IGNORECASE)
_COMMA = re.compile(r"[+-]?[\d.]*,\d+", re.ASCII)
_THOUSANDS = re.compile(r"[+-]?\d{1,3}(,\d{3})+\.\d+", re.ASCII)
_TYPES: dict[str, Literal[",", ";", "tab", "|"]] = {
    ",": ",",
    ";": ";",
    "tab": "tab",
    "|": "|",
}


def read_report_grid(
    path: Path, wanted: Iterable[str], *, sheet: str | None = None, encoding: str = "utf-8"
) -> tuple[Grid, DataSpec]:
    """Read the cells of a table, and how it writes its numbers and gaps.

    Cells of a text are separated by whatever makes most columns; of a workbook the sheet is
    the one that is named, or the only one that has the ``wanted`` columns.

    Raises
    ------
    DataError
        With what is wrong with the file, each with its place and mend.
    """
    data, findings = bytes_of(path)
    raise_errors(findings, DataError)
    if data is None:
        raise DataError(f"{visible(str(path), 200)} holds no table.")
    if is_book(path):
        grid, delimiter = _of_book(data, path.name, tuple(wanted), sheet), ","
    else:
        if sheet is not None:
            raise DataError(f"--sheet names a sheet, and {visible(path.name)} has none.")
        grid, delimiter = _of_text(data, path.name, encoding)
    grid = _without_counts(grid)
    raise_errors(checked_header(grid), DataError)
    if not grid.rows:
        said = "The file has a header but no rows."
        raise_errors((error("data-empty", grid.origin, said, "Add a row a unit."),), DataError)
    return grid, _spec(grid, delimiter)


def _without_counts(grid: Grid) -> Grid:
    """Leave out a first column without a name that counts the rows, as programs write them."""
    first = [row[0].strip() for row in grid.rows]
    counts = [[str(at + start) for at in range(len(first))] for start in (0, 1)]
    if grid.header[0] or not first or first not in counts:
        return grid
    return replace(grid, header=grid.header[1:], rows=[row[1:] for row in grid.rows])


def _of_text(data: bytes, origin: str, encoding: str) -> tuple[Grid, str]:
    """Read a text with the delimiter that makes most columns, the first of several."""
    tried = []
    for delimiter in DELIMITERS:
        spec = DataSpec(file=origin, delimiter=_TYPES[delimiter], encoding=encoding)
        if delimiter == "," and origin.lower().endswith(".tsv"):
            continue
        grid, findings = grid_of_text(data, origin, spec)
        tried.append((grid, mended(findings), delimiter))
    grid, findings, delimiter = max(tried, key=lambda one: len(one[0].header) if one[0] else 0)
    if grid is None or len(grid.header) < 2:
        raise_errors(errors_among(findings), DataError)
        raise DataError(
            f"{visible(origin)} has one column only. A table needs units, components and a total, "
            "with commas, semicolons or tabs between cells."
        )
    raise_errors(findings, DataError)
    return grid, delimiter


def _of_book(data: bytes, origin: str, wanted: tuple[str, ...], sheet: str | None) -> Grid:
    """Read the sheet that is named, or the only one with the wanted columns."""
    sheets, findings = read_sheets(data, origin)
    raise_errors(findings, DataError)
    titles = {key: one.origin.rpartition("!")[2] for key, one in sheets.items()}
    there = join_words(map(quoted, titles.values()), "and")
    if sheet is not None:
        if sheet.casefold() not in sheets:
            raise DataError(
                f"{visible(origin)} has no sheet {quoted(sheet)}. Its sheets are {there}."
            )
        sheets = {sheet.casefold(): sheets[sheet.casefold()]}
    read = [grid_of(one) for one in sheets.values()]
    fits = [one for one in read if one[0] is not None and _has(one[0], wanted)]
    chosen = read if len(read) == 1 else fits
    if len(chosen) != 1:
        which = "Several sheets" if chosen else "None of the sheets"
        verb = "have" if chosen else "has"
        raise DataError(
            f"{visible(origin)}: {which} {verb} the columns that were named. Say --sheet; there "
            f"{'are' if len(titles) > 1 else 'is'} {there}."
        )
    grid, findings = chosen[0]
    raise_errors(findings, DataError)
    if grid is None:
        raise DataError(f"{visible(origin)} holds no table.")
    return grid


def _has(grid: Grid, wanted: tuple[str, ...]) -> bool:
    known = {fold(name) for name in grid.header}
    return all(fold(name) in known for name in wanted)


def _spec(grid: Grid, delimiter: str) -> DataSpec:
    """Return how numbers are written: the decimal mark, and what stands between thousands."""
    cells = [cell.strip().rstrip("% ") for row in grid.rows for cell in row]
    points = any(map(_POINT.fullmatch, cells))
    commas = [cell for cell in cells if _COMMA.fullmatch(cell)]
    thousands = any(map(_THOUSANDS.fullmatch, cells))
    comma = bool(commas) and not points and (delimiter == ";" or all_decimal_commas(commas))
    return DataSpec(
        file=grid.origin,
        missing=NO_NUMBER,
        decimal="," if comma else ".",
        thousands="none" if comma or not (commas or thousands) else ",",
        signs=("%",),
    )
