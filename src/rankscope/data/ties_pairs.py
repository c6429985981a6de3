"""The pairs of units in a table of ties: their codes, and their numbers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from rankscope._words import did_you_mean
from rankscope.data.grid import capped, checked_header, quoted
from rankscope.data.numbers import read_numbers
from rankscope.findings import error
from rankscope.units import iso3166

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

    from rankscope.data.grid import Grid
    from rankscope.definition.model import IndexDefinition, TiesSpec
    from rankscope.findings import Finding
    from rankscope.shapes import Vector


@dataclass(frozen=True, slots=True, eq=False)
class Pairs:
    """Pairs of units by code, with values and totals of shape (pairs,).

    A value is NaN where a row says that it was not published.  ``rows`` of the grid hold the
    pairs; ``columns`` are those of the unit, the partner, the value and, if given, the total.
    """

    units: tuple[str, ...]
    partners: tuple[str, ...]
    values: Vector
    totals: Vector | None
    rows: tuple[int, ...]
    columns: tuple[int, ...]


def pairs_of(
    grid: Grid, definition: IndexDefinition, spec: TiesSpec, known: Collection[str] = ()
) -> tuple[Pairs | None, tuple[Finding, ...]]:
    """Return the pairs of a grid, None where a column, a unit or a number is wrong.

    ``known`` are the units of the index, where these are the file's own; unless given, any
    unit will do.
    """
    unusable = (*checked_header(grid), *_columns_missing(grid, spec))
    if unusable:
        return None, unusable
    rows = _chosen(grid, spec)
    if not rows:
        return None, (_nothing(grid, spec),)
    names = [*spec.pair_columns, spec.value_column, *([spec.totals] if spec.totals else [])]
    columns = tuple(at for at in map(grid.find, names) if at is not None)
    units, found = _units(grid, definition, rows, columns[0], known)
    partners, more = _units(grid, definition, rows, columns[1], known)
    values, wrong = _numbers(grid, definition, rows, columns[2])
    faults, totals = [*found, *more, *wrong], None
    if spec.totals:
        totals, wrong = _totals(grid, definition, rows, columns[3])
        faults += wrong
    if faults:
        return None, capped(faults, grid.origin)
    return Pairs(units, partners, values, totals, rows, columns), ()


def _columns_missing(grid: Grid, spec: TiesSpec) -> Iterator[Finding]:
    names = [*spec.pair_columns, spec.value_column, *(name for name, _ in spec.where)]
    for name in dict.fromkeys([*names, *([spec.totals] if spec.totals else [])]):
        if grid.find(name) is None:
            said = f"The table of {spec.code} needs a column {quoted(name)}."
            mend = did_you_mean(name, grid.header) or "Name its columns in the definition."
            yield error("ties-column", grid.head(), said, mend)


def _chosen(grid: Grid, spec: TiesSpec) -> tuple[int, ...]:
    """Return the rows in which columns hold what they must."""
    wanted = [(grid.find(name), said) for name, said in spec.where]
    return tuple(
        number
        for number, row in enumerate(grid.rows)
        if all(at is not None and row[at].strip() == said for at, said in wanted)
    )


def _nothing(grid: Grid, spec: TiesSpec) -> Finding:
    """Say that no row is left, and what the columns hold that were to choose rows."""
    if not grid.rows or not spec.where:
        said = f"The table of {spec.code} has a header and no rows."
        return error("ties-empty", grid.head(), said, "Add a row for each pair.")
    wanted = " and ".join(f"{quoted(said)} in {quoted(name)}" for name, said in spec.where)
    name, sought = spec.where[0]
    at = grid.find(name)
    held = list(dict.fromkeys(grid.column(at))) if at is not None else []
    mend = did_you_mean(sought, held) or f"Check `where:` of {spec.code}."
    said = f"No row of the table is about {spec.code}: none has {wanted}."
    return error("ties-empty", grid.head(), said, mend)


def _units(
    grid: Grid,
    definition: IndexDefinition,
    rows: Sequence[int],
    column: int,
    known: Collection[str],
) -> tuple[tuple[str, ...], list[Finding]]:
    """Return the codes of the units in a column, and which of them nobody knows."""
    texts = [grid.rows[row][column].strip() for row in rows]
    mend = "Name its unit, or delete the row."
    found = [
        error("data-unit-empty", grid.place(row, column), "The row lacks a unit of a pair.", mend)
        for row, text in zip(rows, texts, strict=True)
        if not text
    ]
    first = dict(zip(reversed(texts), reversed(rows), strict=True))
    places = {one: grid.place(first[one], column) for one in dict.fromkeys(texts) if one}
    if definition.units.register_ != "iso3166":
        return tuple(texts), [*found, *_strangers(places, known)]
    looked = iso3166().find_all(list(places), list(places.values()))
    codes = dict(zip(places, looked.codes, strict=True))
    return tuple(codes.get(text) or "" for text in texts), [*found, *looked.findings]


def _strangers(places: Mapping[str, str], known: Collection[str]) -> Iterator[Finding]:
    """Yield units that the index does not have, each with its first place."""
    for unit, place in places.items():
        if known and unit not in known:
            said = f"The index has no unit {quoted(unit)}."
            mend = "Correct it, or leave its rows out: work with it then counts in totals only."
            hint = did_you_mean(unit, sorted(known))
            yield error("ties-unit", place, said, f"{hint} {mend}".strip())


def _numbers(
    grid: Grid, definition: IndexDefinition, rows: Sequence[int], column: int
) -> tuple[Vector, list[Finding]]:
    """Return the numbers of a column, NaN where declared missing, and which cells are wrong."""
    texts = [grid.rows[row][column].strip() for row in rows]
    read = read_numbers(texts, definition.data)
    mend = "Write a plain number; leave the row out where a pair was not published."
    said = [(rows[at], f"{quoted(texts[at])} is no number.") for at, _ in read.faults]
    return read.values, [
        error("ties-value", grid.place(row, column), words, mend) for row, words in said
    ]


def _totals(
    grid: Grid, definition: IndexDefinition, rows: Sequence[int], column: int
) -> tuple[Vector, list[Finding]]:
    """Return the totals of rows, and which are no numbers or are not there."""
    values, found = _numbers(grid, definition, rows, column)
    if found:
        return values, found
    mend = "Write what the unit did with all others."
    return values, [
        error("ties-total", grid.place(rows[int(at)], column), "The row has no total.", mend)
        for at in np.flatnonzero(np.isnan(values))
    ]
