"""What can be wrong with a table of ties, and the pairs that are left when nothing is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from rankscope._words import did_you_mean
from rankscope.data.grid import capped, quoted
from rankscope.data.numbers import read_numbers
from rankscope.findings import error, errors_among, warning
from rankscope.units import iso3166

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from rankscope.data.grid import Grid
    from rankscope.definition.model import IndexDefinition, TiesSpec
    from rankscope.findings import Finding
    from rankscope.shapes import Vector


@dataclass(frozen=True, slots=True, eq=False)
class Pairs:
    """Pairs of units by code, with values and totals of shape (pairs,), and their rows."""

    units: tuple[str, ...]
    partners: tuple[str, ...]
    values: Vector
    totals: Vector | None
    rows: tuple[int, ...]
    columns: tuple[int, ...]


def pairs_of(
    grid: Grid, definition: IndexDefinition, spec: TiesSpec
) -> tuple[Pairs | None, tuple[Finding, ...]]:
    """Return the pairs of a grid, None where columns are missing or units are unknown."""
    faults = tuple(_columns_missing(grid, spec))
    if faults:
        return None, faults
    rows = _chosen(grid, spec)
    if not rows:
        said = f"No row of the table is about {spec.code}."
        return None, (error("ties-empty", grid.head(), said, "Check `where:` of the ties."),)
    names = [*spec.pair_columns, spec.value_column, *([spec.totals] if spec.totals else [])]
    columns = tuple(at for at in map(grid.find, names) if at is not None)
    units, found = _units(grid, definition, rows, columns[0])
    partners, more = _units(grid, definition, rows, columns[1])
    numbers = [_numbers(grid, definition, rows, column) for column in columns[2:]]
    faults = capped((*found, *more, *(one for _, own in numbers for one in own)), grid.origin)
    if faults:
        return None, faults
    totals = numbers[1][0] if spec.totals else None
    return Pairs(units, partners, numbers[0][0], totals, rows, columns), ()


def pair_faults(grid: Grid, pairs: Pairs, spec: TiesSpec) -> tuple[Finding, ...]:
    """Return what is wrong with pairs that could all be read."""
    found = (*_with_themselves(grid, pairs), *_twice(grid, pairs), *_negative(grid, pairs))
    if spec.direction == "mutual":
        found = (*found, *_one_sided(grid, pairs))
        found = found if errors_among(found) else (*found, *_not_square(grid, pairs))
    if pairs.totals is not None:
        found = (*found, *_totals(grid, pairs, spec))
    return capped(found, grid.origin)


def _columns_missing(grid: Grid, spec: TiesSpec) -> Iterator[Finding]:
    names = [*spec.pair_columns, spec.value_column, *(name for name, _ in spec.where)]
    for name in [*names, *([spec.totals] if spec.totals else [])]:
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


def _units(
    grid: Grid, definition: IndexDefinition, rows: Sequence[int], column: int
) -> tuple[tuple[str, ...], Sequence[Finding]]:
    """Return the codes of the units in a column, and which of them nobody knows."""
    texts = [grid.rows[row][column].strip() for row in rows]
    if definition.units.register_ != "iso3166":
        return tuple(texts), ()
    distinct = list(dict.fromkeys(texts))
    first = dict(zip(reversed(texts), reversed(rows), strict=True))
    found = iso3166().find_all(distinct, [grid.place(first[one], column) for one in distinct])
    known = dict(zip(distinct, found.codes, strict=True))
    return tuple(known[text] or "" for text in texts), found.findings


def _numbers(
    grid: Grid, definition: IndexDefinition, rows: Sequence[int], column: int
) -> tuple[Vector, list[Finding]]:
    """Return the numbers of a column, and which cells hold none."""
    texts = [grid.rows[row][column].strip() for row in rows]
    read = read_numbers(texts, definition.data)
    mend = "Write a number; leave the row out where a pair was not published."
    faults = [
        error(
            "ties-value",
            grid.place(rows[int(at)], column),
            f"{quoted(texts[int(at)])} is no number.",
            mend,
        )
        for at in np.flatnonzero(np.isnan(read.values))
    ]
    return read.values, faults


def _with_themselves(grid: Grid, pairs: Pairs) -> Iterator[Finding]:
    for row, one, other in zip(pairs.rows, pairs.units, pairs.partners, strict=True):
        if one == other:
            said = f"{one} stands in a pair with itself."
            yield error("ties-self", grid.place(row, pairs.columns[1]), said, "Remove the row.")


def _twice(grid: Grid, pairs: Pairs) -> Iterator[Finding]:
    first: dict[tuple[str, str], int] = {}
    for row, pair in zip(pairs.rows, zip(pairs.units, pairs.partners, strict=True), strict=True):
        if pair in first:
            said = f"The pair of {pair[0]} and {pair[1]} is there twice, first at "
            said += f"{grid.place(first[pair])}."
            yield error("ties-twice", grid.place(row), said, "Keep one of the two.")
        first.setdefault(pair, row)


def _negative(grid: Grid, pairs: Pairs) -> Iterator[Finding]:
    for number in np.flatnonzero(pairs.values < 0):
        place = grid.place(pairs.rows[number], pairs.columns[2])
        said = f"{pairs.values[number]:g} is less than nothing."
        yield error("ties-negative", place, said, "Counts of joint work begin at 0.")


def _one_sided(grid: Grid, pairs: Pairs) -> Iterator[Finding]:
    """Yield pairs that are not the same both ways, where they must be."""
    known = {
        pair: (value, row)
        for pair, value, row in zip(
            zip(pairs.units, pairs.partners, strict=True), pairs.values, pairs.rows, strict=True
        )
    }
    for (one, other), (value, row) in known.items():
        back = known.get((other, one))
        if back and back[0] != value and one < other:
            said = f"{one} with {other} is {value:g}, and {other} with {one} is {back[0]:g} at "
            said += f"{grid.place(back[1])}."
            mend = "Correct one of them, or write `direction: one_way`."
            yield error("ties-mutual", grid.place(row, pairs.columns[2]), said, mend)


def _not_square(grid: Grid, pairs: Pairs) -> Iterator[Finding]:
    """Yield pairs that are written one way only, where others are written both ways."""
    known = dict(zip(zip(pairs.units, pairs.partners, strict=True), pairs.rows, strict=True))
    alone = [pair for pair in known if pair[::-1] not in known]
    if len(alone) == len(known):
        return
    for one, other in alone:
        said = f"{one} with {other} is there, and {other} with {one} is not: the table is not "
        said += "square."
        mend = "Write all pairs both ways, or each once."
        yield warning("ties-square", grid.place(known[one, other]), said, mend)


def _totals(grid: Grid, pairs: Pairs, spec: TiesSpec) -> Iterator[Finding]:
    """Yield units without a total, with two, or with one that is less than a pair."""
    totals = pairs.totals if pairs.totals is not None else np.empty(0)
    known: dict[str, tuple[float, int]] = {}
    for number, unit in enumerate(pairs.units):
        place = grid.place(pairs.rows[number], pairs.columns[3])
        total, first = known.setdefault(unit, (float(totals[number]), pairs.rows[number]))
        if total != totals[number]:
            said = f"{unit} has the total {totals[number]:g} here and {total:g} at "
            yield error("ties-total", place, f"{said}{grid.place(first)}.", "Write one of them.")
        elif pairs.values[number] > total:
            said = f"The total of {unit}, {total:g}, is less than what it did with "
            said += f"{pairs.partners[number]}, {pairs.values[number]:g}."
            yield error("ties-total", place, said, f"Check the column {quoted(spec.totals or '')}.")
    for unit in sorted({*pairs.partners} - {*pairs.units}):
        row = pairs.rows[pairs.partners.index(unit)]
        said = f"{unit} has no total, because no row begins with it."
        yield error("ties-total", grid.place(row), said, "Write its pairs from its side as well.")
