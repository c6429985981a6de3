"""Which column of a table from a report is which: as told, else by what stands in it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from rankscope._words import did_you_mean, join_words, visible
from rankscope.data.grid import quoted
from rankscope.errors import DataError
from rankscope.units import fold, iso3166

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rankscope.data.grid import Grid
    from rankscope.exchange.report_table_numbers import PrintedReader
    from rankscope.exchange.report_table_options import ReportOptions

PERIODS = frozenset({"year", "period", "edition", "time"})
RANKS = frozenset({"rank", "ranking", "place", "position"})

KNOWN = 0.9
"""The part of units that the register must know for them to be countries."""

_FEW = 0.1
"""The part of other texts that a column of numbers may hold."""

_SAMPLE = 400


@dataclass(frozen=True, slots=True)
class Columns:
    """The numbers of the columns in use.

    ``passed_over`` are ranks that are no components, ``mixed`` columns with more numbers than
    texts that are none either.
    """

    unit: int
    period: int | None
    total: int | None
    rank: int | None
    components: tuple[int, ...]
    passed_over: tuple[str, ...]
    mixed: tuple[str, ...]


def columns_of(grid: Grid, options: ReportOptions, reader: PrintedReader) -> Columns:
    """Return which column is which.

    Raises
    ------
    DataError
        When a column that is named is not there, or two parts are played by one column.
    """
    total = _told(grid, "--total", options.total)
    rank = _told(grid, "--rank", options.rank)
    period = _told(grid, "--period-column", options.period_column)
    unit = _told(grid, "--unit-column", options.unit_column)
    given = [_place(grid, "--components", name) for name in options.components]
    taken = {at for at in (total, rank, period, unit, *given) if at is not None}
    rank = _named(grid, RANKS, taken) if rank is None else rank
    period = _named(grid, PERIODS, taken) if period is None else period
    taken |= {at for at in (rank, period) if at is not None}
    faults = {at: reader.faults(_cells(grid, at)) for at in range(len(grid.header))}
    numeric = {at for at, share in faults.items() if share <= _FEW}
    if unit is None:
        unit = _units(grid, [at for at in range(len(grid.header)) if at not in taken], numeric)
    rest = [at for at in sorted(numeric - taken - {unit}) if grid.header[at]]
    ranks = [at for at in rest if "rank" in fold(grid.header[at]).split()]
    components = given or [at for at in rest if at not in ranks]
    _check_parts(grid, total, rank, period, unit, components)
    passed = () if given else tuple(grid.header[at] for at in ranks)
    others = {*range(len(grid.header))} - taken - numeric - {unit, *components}
    mixed = (grid.header[at] for at in sorted(others) if faults[at] < 0.5)
    return Columns(
        unit, period, total, rank, tuple(components), passed, () if given else tuple(mixed)
    )


def _cells(grid: Grid, at: int) -> list[str]:
    """Return the cells of a column but those that repeat its header."""
    own = grid.header[at].strip()
    return [cell for cell in grid.column(at) if cell.strip() != own]


def _check_parts(
    grid: Grid,
    total: int | None,
    rank: int | None,
    period: int | None,
    unit: int,
    components: list[int],
) -> None:
    """Refuse tables that lack a part, and columns that play two."""
    if total is None and rank is None:
        names = join_words([visible(grid.header[at]) for at in components[:12]], "and")
        raise DataError(
            f"{grid.origin}: which column holds the total? Say --total COLUMN"
            f"{f'; numbers stand in {names}' if names else ''}."
        )
    if len(components) < 2:
        raise DataError(
            f"{grid.origin} has {len(components)} column{'s' * (len(components) != 1)} of numbers "
            "beside the total. A total needs two components or more: name them with --components."
        )
    parts = [at for at in (total, rank, period, unit, *components) if at is not None]
    twice = next((at for at in parts if parts.count(at) > 1), None)
    if twice is not None:
        raise DataError(f"The column {quoted(grid.header[twice])} is named for two parts.")


def _told(grid: Grid, option: str, name: str | None) -> int | None:
    return None if name is None else _place(grid, option, name)


def _place(grid: Grid, option: str, name: str) -> int:
    """Return the column that is meant: letter case, spaces and underlines may differ."""
    if name in grid.header:
        return grid.header.index(name)
    alike = [at for at, own in enumerate(grid.header) if own and _spelling(own) == _spelling(name)]
    if len(alike) == 1:
        return alike[0]
    known = did_you_mean(name, [own for own in grid.header if own])
    raise DataError(f"{option}: {grid.origin} has no column {quoted(name)}. {known}".strip())


def _spelling(name: str) -> str:
    return fold(name).replace(" ", "")


def _named(grid: Grid, names: Iterable[str], taken: set[int]) -> int | None:
    """Return the only column that has one of the names and plays no other part."""
    known = set(names)
    found = [at for at, own in enumerate(grid.header) if fold(own) in known and at not in taken]
    return found[0] if len(found) == 1 else None


def _units(grid: Grid, free: list[int], numeric: set[int]) -> int:
    """Return the column of units: the one of countries, else the first of texts.

    Raises
    ------
    DataError
        When no column holds texts.
    """
    texts = [at for at in free if at not in numeric and any(map(str.strip, grid.column(at)))]
    if not texts:
        raise DataError(
            f"{grid.origin}: no column holds the names of units. Say --unit-column COLUMN."
        )
    shares = {at: known_share(grid.column(at)) for at in texts}
    best = max(texts, key=lambda at: shares[at])
    return best if shares[best] >= KNOWN else texts[0]


def known_share(texts: list[str]) -> float:
    """Return which part of the distinct texts, or of the first 400, are countries, one each."""
    distinct = list(dict.fromkeys(text.strip() for text in texts if text.strip()))[:_SAMPLE]
    found = {code for code in iso3166().find_all(distinct).codes if code is not None}
    return len(found) / max(1, len(distinct))
