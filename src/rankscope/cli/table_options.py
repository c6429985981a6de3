"""The options that say how a table from a report is laid out; what is not said is found out."""

from __future__ import annotations

import csv
import math
from typing import TYPE_CHECKING, Annotated, TypeAlias

import typer

from rankscope._words import visible
from rankscope.errors import DataError

if TYPE_CHECKING:
    from rankscope.exchange.report_table_options import ReportOptions

Total: TypeAlias = Annotated[
    str | None,
    typer.Option("--total", metavar="COLUMN", help="Of a table: the column of totals."),
]
Rank: TypeAlias = Annotated[
    str | None,
    typer.Option("--rank", metavar="COLUMN", help="Of a table: the column of ranks."),
]
Components: TypeAlias = Annotated[
    str | None,
    typer.Option(
        "--components",
        metavar="A,B,...",
        help="Of a table: the columns the total is made of; all others of numbers unless told.",
    ),
]
UnitColumn: TypeAlias = Annotated[
    str | None,
    typer.Option("--unit-column", metavar="COLUMN", help="Of a table: the column of units."),
]
PeriodColumn: TypeAlias = Annotated[
    str | None,
    typer.Option(
        "--period-column", metavar="COLUMN", help="Of a table: the column of periods or years."
    ),
]
TablePeriod: TypeAlias = Annotated[
    str | None,
    typer.Option("--period", metavar="PERIOD", help="Which period, where there are several."),
]
Decimals: TypeAlias = Annotated[
    int | None,
    typer.Option(
        "--decimals",
        metavar="N",
        help="Decimals as printed; read off the table unless told.",
    ),
]
TotalDecimals: TypeAlias = Annotated[
    int | None,
    typer.Option("--total-decimals", metavar="N", help="Those of the total, if they differ."),
]
SheetName: TypeAlias = Annotated[
    str | None,
    typer.Option("--sheet", metavar="NAME", help="Of a workbook: the sheet with the table."),
]


def told(
    *,
    total: str | None = None,
    rank: str | None = None,
    components: str | None = None,
    unit_column: str | None = None,
    period_column: str | None = None,
    period: str | None = None,
    decimals: int | None = None,
    total_decimals: int | None = None,
    units: str | None = None,
    sheet: str | None = None,
    encoding: str = "utf-8",
) -> ReportOptions:
    """Return what the options say.

    Raises
    ------
    DataError
        When one can not be understood.
    """
    from rankscope.exchange.report_table_options import ReportOptions

    for option, places in (("--decimals", decimals), ("--total-decimals", total_decimals)):
        if places is not None and not -9 <= places <= 12:
            raise DataError(f"{option} must be from -9 to 12, got {places}.")
    if units not in {None, "iso3166", "own"}:
        raise DataError(f"--units must be iso3166 or own, got {visible(repr(units))}.")
    return ReportOptions(
        total=total,
        rank=rank,
        components=names_in(components),
        unit_column=unit_column,
        period_column=period_column,
        period=period,
        decimals=decimals,
        total_decimals=total_decimals,
        register="own" if units == "own" else "iso3166" if units else None,
        sheet=sheet,
        encoding=encoding,
    )


def names_in(said: str | None) -> tuple[str, ...]:
    """Return names with commas between; one that holds a comma stands in quotation marks.

    >>> names_in('Talent, "Research, all", Skills')
    ('Talent', 'Research, all', 'Skills')
    """
    if said is None:
        return ()
    row = next(csv.reader([said], skipinitialspace=True), [])
    return tuple(name.strip() for name in row if name.strip())


def numbers_in(option: str, said: str | None) -> dict[str, float]:
    """Return numbers by names, such as ``a=5,b=3``.

    Raises
    ------
    DataError
        When a name has no number, or two.
    """
    found: dict[str, float] = {}
    for pair in names_in(said):
        name, _, number = (part.strip() for part in pair.rpartition("="))
        value = _number(number)
        if not name or value is None:
            raise DataError(
                f"{option} must be columns with numbers, such as A=5,B=3, got {visible(pair)!r}."
            )
        if name in found:
            raise DataError(f"{option} names {visible(name)!r} twice. Give it one number.")
        found[name] = value
    return found


def _number(text: str) -> float | None:
    try:
        value = float(text)
    except ValueError:
        return None
    return value if math.isfinite(value) else None
