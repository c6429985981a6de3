"""Writing a table: CSV or Parquet, so that reading gives the same values again."""

from __future__ import annotations

import csv
import io
import math
from pathlib import Path
from typing import TYPE_CHECKING, Literal, TypeAlias

import numpy as np

from rankscope._files import write_bytes, write_text
from rankscope._words import join_words, visible
from rankscope._workbook import LIVE
from rankscope.data.grid import text_of
from rankscope.data.layout import headings_of, variables_of
from rankscope.data.table import DataTable, Status
from rankscope.errors import OutputError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from rankscope.data.grid import Cell
    from rankscope.definition.model import DataSpec, IndexDefinition
    from rankscope.shapes import Mask

Layout: TypeAlias = Literal["wide", "long"]

CENSORED_TEXT = "censored"
"""What stands for a censored value when the definition declares no text for it."""

_SUFFIXES = (".csv", ".tsv", ".txt", ".parquet")


def write_table(
    table: DataTable,
    path: str | Path,
    layout: Layout = "wide",
    *,
    definition: IndexDefinition | None = None,
    spreadsheet_safe: bool = False,
) -> Path:
    """Write a table whole or not at all; the ending of the path says what kind of file.

    The long layout keeps everything: values, years, sources and statuses.  The wide one
    keeps values; a zero from a complete census is an empty cell again, and a censored
    value the text that the ``definition`` declares first.  Columns are called as in the
    ``definition``; a panel has one of periods, and where that is called "year" a long
    table has no other one of years.  Numbers are written so that reading gives the same
    bits.  ``spreadsheet_safe`` puts an apostrophe before texts that a spreadsheet program
    would run as a formula.

    Raises
    ------
    OutputError
        When the path has another ending or can not be written.
    """
    suffix = Path(path).suffix.lower()
    rows = list(rows_of_table(table, layout, definition))
    if suffix == ".parquet":
        from rankscope.data.parquet import parquet_bytes

        return write_bytes(path, parquet_bytes(rows))
    if suffix not in _SUFFIXES:
        raise OutputError(
            f"{visible(str(path), 200)} can not be written: a table ends in "
            f"{join_words(_SUFFIXES)}, not in '{visible(suffix)}'."
        )
    delimiter = "\t" if suffix == ".tsv" else ","
    return write_text(path, delimited(rows, delimiter, spreadsheet_safe=spreadsheet_safe))


def as_written(spec: DataSpec) -> DataSpec:
    """Return how `write_table` writes numbers and texts, whatever the file read was like.

    Codes are numbers by then; a code that is itself a number must not be read as one again.
    """
    told = {
        "delimiter": ",",
        "encoding": "utf-8",
        "decimal": ".",
        "thousands": "none" if spec.thousands == "." else spec.thousands,
        "recode": tuple((text, value) for text, value in spec.recode if not _is_number(text)),
    }
    return spec.model_copy(update=told)


def _is_number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return True


def delimited(
    rows: Sequence[Sequence[Cell]], delimiter: str = ",", *, spreadsheet_safe: bool = False
) -> str:
    """Return rows as delimited text with line ends of one character."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=delimiter, lineterminator="\n")
    writer.writerows([_text(cell, safe=spreadsheet_safe) for cell in row] for row in rows)
    return out.getvalue()


def _text(cell: Cell, *, safe: bool) -> str:
    """Return a cell as text; whole numbers without a decimal point."""
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < 1e15:
        return f"{cell:.0f}"
    if isinstance(cell, str) and safe:
        return f"'{cell}" if cell.startswith(LIVE) else cell
    return text_of(cell)


def rows_of_table(
    table: DataTable, layout: Layout, definition: IndexDefinition | None = None
) -> Iterator[Sequence[Cell]]:
    """Yield the header and the rows of a file in a layout."""
    census = _census(table, definition)
    if layout == "long":
        return _long(table, definition, census)
    return _wide(table, definition)


def _census(table: DataTable, definition: IndexDefinition | None) -> Mask:
    """Return for which columns an empty cell would be read as zero, of shape (columns,)."""
    there: Mask = (table.status == Status.ABSENT).any(axis=0)
    if definition is None:
        return there
    declared = {node.code for node in definition.indicators() if node.absent_is_zero}
    return np.asarray(there | np.array([code in declared for code in table.columns], dtype=bool))


def _keys(table: DataTable, definition: IndexDefinition | None) -> dict[str, Sequence[Cell]]:
    """Return the columns that say what a row is about: its unit, name and period."""
    spec = definition.data if definition else None
    keys: dict[str, Sequence[Cell]] = {spec.unit_column if spec else "unit": table.units}
    if table.names != table.units:
        keys[(spec.name_column if spec else None) or "name"] = table.names
    if table.periods:
        keys[(spec.period_column if spec else None) or "period"] = _as_numbers(table.periods)
    return keys


def _as_numbers(periods: Sequence[str]) -> Sequence[Cell]:
    """Return periods as whole numbers where all are, so that programs take them for such."""
    whole = all(text.isdecimal() and str(int(text)) == text for text in periods)
    return [int(text) for text in periods] if whole else periods


def _headings(definition: IndexDefinition | None) -> dict[str, str]:
    """Return what the file calls each variable."""
    if definition is None:
        return {}
    return dict(zip(variables_of(definition), headings_of(definition), strict=True))


def _wide(table: DataTable, definition: IndexDefinition | None) -> Iterator[Sequence[Cell]]:
    called = _headings(definition)
    declared = definition.data.censored if definition else ()
    text = declared[0] if declared else CENSORED_TEXT
    columns: dict[str, Sequence[Cell]] = {}  # two indicators may be read from one column
    for at, code in enumerate(table.columns):
        cells = zip(table.values[:, at].tolist(), table.status[:, at].tolist(), strict=True)
        columns[called.get(code, code)] = [_wide_cell(*cell, text) for cell in cells]
    columns |= {called.get(name, name): names for name, names in table.labels}
    columns |= _keys(table, definition)
    head = dict.fromkeys([*_keys(table, definition), *columns])
    yield tuple(head)
    yield from zip(*(columns[name] for name in head), strict=True)


def _wide_cell(value: float, status: int, censored: str) -> Cell:
    if status == Status.CENSORED:
        return censored
    return None if status == Status.ABSENT or math.isnan(value) else value


def _long(
    table: DataTable, definition: IndexDefinition | None, census: Mask
) -> Iterator[Sequence[Cell]]:
    keys, called = _keys(table, definition), _headings(definition)
    special = _special(table, census)
    optional = {
        "year": bool(table.years.any()),
        "source": bool((table.sources >= 0).any()),
        "status": bool(special.any()),
    }
    used = [name for name, there in optional.items() if there and name not in keys]
    yield (*keys, "indicator", "value", *used)
    told = ~np.isnan(table.values) | (table.years > 0) | (table.sources >= 0) | special
    told[~told.any(axis=1), :1] = True  # a unit without any value keeps one row
    for row, start in enumerate(zip(*keys.values(), strict=True)):
        for column in np.flatnonzero(told[row]).tolist():
            facts = _facts(table, row, column, special=bool(special[row, column]))
            code, value = table.columns[column], float(table.values[row, column])
            shown = None if math.isnan(value) else value
            yield (*start, called.get(code, code), shown, *(facts[name] for name in used))
        for name, of in table.labels:
            if of[row]:
                yield (*start, called.get(name, name), of[row], *("" for _ in used))


def _special(table: DataTable, census: Mask) -> Mask:
    """Return which cells need their status told, of shape (rows, columns)."""
    plain = (table.status == Status.OBSERVED) | (table.status == Status.MISSING) & ~census
    return np.asarray(~plain)


def _facts(table: DataTable, row: int, column: int, *, special: bool) -> dict[str, Cell]:
    """Return a cell's year, source and status; empty where there is nothing to tell."""
    return {
        "year": int(table.years[row, column]) or None,
        "source": table.source_of(row, column, None),
        "status": Status(int(table.status[row, column])).name.lower() if special else None,
    }
