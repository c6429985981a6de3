"""A table from a report: components, totals and ranks of units, each as it was printed."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from rankscope._words import join_words, visible
from rankscope.data.grid import Grid, quoted
from rankscope.errors import DataError
from rankscope.exchange.files import bytes_of, is_book
from rankscope.exchange.report_table_columns import KNOWN, Columns, columns_of, known_share
from rankscope.exchange.report_table_file import read_report_grid
from rankscope.exchange.report_table_names import plain_name
from rankscope.exchange.report_table_numbers import PrintedReader, decimals_of
from rankscope.exchange.report_table_options import Register, ReportOptions
from rankscope.findings import Finding, note, raise_errors, warning
from rankscope.units import iso3166

if TYPE_CHECKING:
    import os
    from collections.abc import Sequence

    import pandas as pd


@dataclass(frozen=True, slots=True, eq=False)
class PrintedColumn:
    """A column: its name, its numbers as texts with a decimal point, and its decimals."""

    name: str
    texts: tuple[str, ...]
    decimals: int

    def values(self) -> list[float]:
        """Return the numbers, NaN where there is none."""
        return [float(text) if text else float("nan") for text in self.texts]


@dataclass(frozen=True, slots=True, eq=False)
class ReportTable:
    """A table from a report, a row for each unit (and period).

    ``units`` are codes of the register, or the texts themselves where it knows none;
    ``names`` are what a reader calls them.  ``periods`` is empty where there are none.
    """

    origin: str
    title: str
    register: Register
    units: tuple[str, ...]
    names: tuple[str, ...]
    known: tuple[bool, ...]
    periods: tuple[str, ...]
    components: tuple[PrintedColumn, ...]
    total: PrintedColumn | None
    rank: PrintedColumn | None
    findings: tuple[Finding, ...] = field(default=())

    @property
    def all_periods(self) -> tuple[str, ...]:
        """The periods in their order."""
        return tuple(dict.fromkeys(sorted(self.periods)))

    def frame(self) -> pd.DataFrame:
        """Return the components as printed texts, units by their names."""
        import pandas as pd

        return pd.DataFrame(
            {one.name: one.texts for one in self.components}, index=list(self.names), dtype=object
        )

    def series(self, column: PrintedColumn) -> pd.Series:
        """Return a column of the same rows as printed texts."""
        import pandas as pd

        return pd.Series(column.texts, index=list(self.names), name=column.name, dtype=object)

    def of_period(self, period: str | None) -> ReportTable:
        """Return the rows of one period; of a table without periods, or with one, all.

        Raises
        ------
        DataError
            When there are several and none is named, or the one that is named is not there.
        """
        known = self.all_periods
        if period is None and len(known) < 2:
            return replace(self, periods=())
        if period is None or period.strip() not in known:
            has = f"{self.origin} has {len(known)} period{'s' * (len(known) != 1)}"
            there = f"{has}: {join_words(map(visible, known[:30]), 'and')}." if known else f"{has}."
            asked = "" if period is None else f"There is no period {visible(period)!r}. "
            raise DataError(f"{asked}{there} Say which one with --period.")
        rows = [row for row, own in enumerate(self.periods) if own == period.strip()]
        return replace(self.at(rows), periods=())

    def said(self) -> tuple[Finding, ...]:
        """Return what was found out of the file and of these rows, and a reader should know."""
        unread = self.rank.texts.count("") if self.rank else 0
        if self.rank is None or not unread:
            return self.findings
        count = f"{unread:,} of {len(self.units):,} cells of {quoted(self.rank.name)}"
        lack = f"{count} hold{'s' * (unread == 1)} no rank."
        return (*self.findings, note("import-left-out", self.origin, lack))

    def at(self, rows: Sequence[int]) -> ReportTable:
        """Return some of the rows, in the order given."""

        def some(column: PrintedColumn) -> PrintedColumn:
            return replace(column, texts=tuple(column.texts[row] for row in rows))

        return replace(
            self,
            units=tuple(self.units[row] for row in rows),
            names=tuple(self.names[row] for row in rows),
            known=tuple(self.known[row] for row in rows),
            periods=tuple(self.periods[row] for row in rows) if self.periods else (),
            components=tuple(map(some, self.components)),
            total=some(self.total) if self.total else None,
            rank=some(self.rank) if self.rank else None,
        )


def is_table(path: str | os.PathLike[str]) -> bool:
    """Whether a file is a table: a text of cells, or a workbook that is no index."""
    file = Path(path)
    if not is_book(file):
        return file.suffix.lower() in {".csv", ".tsv", ".txt"}
    from rankscope.exchange.opening import titles_of

    data, _ = bytes_of(file)
    titles = titles_of(data, file.name)[0] if data is not None else ()
    return "framework" not in {title.casefold() for title in titles}


def read_report_table(
    path: str | os.PathLike[str], options: ReportOptions | None = None
) -> ReportTable:
    """Read a table from a report: CSV with any delimiter, or a workbook.

    Columns that are not named are found: units by the register of countries, else as the
    first column of texts; a column called rank; one called year.  All other columns of
    numbers are components.  Decimals are read off the texts, trailing zeros included.

    Raises
    ------
    DataError
        With what is wrong with the file, each with its place and mend.
    """
    told = options or ReportOptions()
    file = Path(path)
    wanted = (one for one in (told.total, told.rank, *told.components) if one is not None)
    grid, spec = read_report_grid(file, wanted, sheet=told.sheet, encoding=told.encoding)
    reader = PrintedReader(spec)
    columns = columns_of(grid, told, reader)
    grid, dropped = _rows_with_numbers(grid, columns, reader)
    table = _table(file, grid, columns, told, reader)
    _check_once(table)
    if told.total is None and not told.components:
        _check_total(table)
    return replace(table, findings=(*dropped, *_said(grid, columns, spec.decimal)))


def _rows_with_numbers(
    grid: Grid, columns: Columns, reader: PrintedReader
) -> tuple[Grid, tuple[Finding, ...]]:
    """Leave out rows that name no unit or hold no number: notes, and repeated headers."""
    numbers = [at for at in (columns.total, columns.rank, *columns.components) if at is not None]

    def is_unit(row: int) -> bool:
        cells = grid.rows[row]
        named = bool(plain_name(cells[columns.unit]))
        return named and any(reader.is_number(cells[at]) for at in numbers)

    kept = [row for row in range(len(grid.rows)) if is_unit(row)]
    if not kept:
        raise DataError(f"{grid.origin}: no row has a unit and numbers beside it.")
    gone = [row for row in range(len(grid.rows)) if row not in set(kept)]
    if not gone:
        return grid, ()
    first = next((cell.strip() for cell in grid.rows[gone[0]] if cell.strip()), "")
    said = f"{len(gone)} row{'s' * (len(gone) > 1)} without a unit or numbers left out"
    said += f", such as {quoted(first)}." if len(gone) > 1 else f": {quoted(first)}."
    fewer = replace(
        grid, rows=[grid.rows[row] for row in kept], lines=[grid.lines[row] for row in kept]
    )
    return fewer, (note("import-left-out", grid.place(gone[0]), said),)


def _table(
    file: Path, grid: Grid, columns: Columns, told: ReportOptions, reader: PrintedReader
) -> ReportTable:
    """Read the numbers and units of the rows that are left."""
    texts = [plain_name(text) for text in grid.column(columns.unit)]
    register = told.register or ("iso3166" if known_share(texts) >= KNOWN else "own")
    codes = iso3166().find_all(texts).codes if register == "iso3166" else [None] * len(texts)
    names = [iso3166().get(code).name if code else text
             for code, text in zip(codes, texts, strict=True)]  # fmt: skip
    read: dict[int, list[str]] = {}
    findings: list[Finding] = []
    for at in (columns.total, columns.rank, *columns.components):
        if at is not None:
            read[at], found = reader.column(grid, at)
            findings += found if at != columns.rank else ()
    raise_errors(findings, DataError)
    of_total = told.decimals if told.total_decimals is None else told.total_decimals
    period = None if columns.period is None else grid.column(columns.period)

    def column(at: int, decimals: int | None) -> PrintedColumn:
        places = decimals_of(read[at]) if decimals is None else decimals
        return PrintedColumn(grid.header[at], tuple(read[at]), places)

    return ReportTable(
        origin=file.name,
        title=visible(file.stem.strip(), 200) or "Table",
        register=register,
        units=tuple(code or text for code, text in zip(codes, texts, strict=True)),
        names=tuple(names),
        known=tuple(code is not None or register == "own" for code in codes),
        periods=() if period is None else tuple(text.strip().removesuffix(".0") for text in period),
        components=tuple(column(at, told.decimals) for at in columns.components),
        total=None if columns.total is None else column(columns.total, of_total),
        rank=None if columns.rank is None else column(columns.rank, 0),
    )


def _check_once(table: ReportTable) -> None:
    """Refuse a table in which a unit has two rows of one period."""
    rows = list(zip(table.units, table.periods or [""] * len(table.units), strict=True))
    twice = [row for row, count in Counter(rows).items() if count > 1]
    if not twice:
        return
    named = join_words([visible(" ".join(row).strip()) for row in twice[:3]], "and")
    more = f" and {len(twice) - 3:,} more" if len(twice) > 3 else ""
    mend = "Keep one row for each unit"
    mend += "." if table.periods else ", or say --period-column where rows differ by period."
    raise DataError(f"{table.origin}: there are two rows or more for {named}{more}. {mend}")


def _check_total(table: ReportTable) -> None:
    """Refuse a component that alone gives the ranks: it is the total, which was not named.

    Raises
    ------
    DataError
        When there is one.
    """
    if table.rank is None or len(set(table.periods)) > 1:
        return
    ranks = np.array(table.rank.values())
    for one in table.components:
        values = np.array(one.values())
        both = np.isfinite(ranks) & np.isfinite(values)
        order = np.lexsort((-values[both], ranks[both]))
        if both.sum() > 5 and (np.diff(values[both][order]) <= 0).all():
            raise DataError(
                f"{table.origin}: {quoted(one.name)} alone gives the ranks, as a total does. Say "
                f"--total {quoted(one.name)}, or name the --components."
            )


def _said(grid: Grid, columns: Columns, decimal: str) -> tuple[Finding, ...]:
    """Return what was found out and a reader should know."""
    found = []
    if decimal == ",":
        said = "Numbers are read with decimal commas."
        found.append(note("import-decimal", grid.origin, said))
    if columns.mixed:
        named = join_words(map(quoted, columns.mixed[:6]), "and")
        verbs = ("hold", "are") if len(columns.mixed) > 1 else ("holds", "is")
        said = f"{named} {verbs[0]} texts among numbers, and {verbs[1]} taken for no component."
        mend = "Name the components with --components to be told which cells are wrong."
        found.append(warning("import-left-out", grid.origin, said, mend))
    if columns.passed_over:
        named = join_words(map(quoted, columns.passed_over[:6]), "and")
        said = f"{named} {'are' if len(columns.passed_over) > 1 else 'is'} taken for no component."
        mend = "Name the components with --components if that is wrong."
        found.append(note("import-left-out", grid.origin, said, mend))
    return tuple(found)
