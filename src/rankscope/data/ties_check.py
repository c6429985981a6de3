"""What can be wrong with the pairs of a table of ties that could all be read."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from rankscope.data.grid import capped, quoted
from rankscope.findings import error, errors_among, warning

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rankscope.data.grid import Grid
    from rankscope.data.ties_pairs import Pairs
    from rankscope.definition.model import TiesSpec
    from rankscope.findings import Finding
    from rankscope.shapes import Vector

_SLACK = 1e-9
"""By how much, relative to it, a sum of pairs may exceed its total: printed figures are rounded."""


def pair_faults(grid: Grid, pairs: Pairs, spec: TiesSpec) -> tuple[Finding, ...]:
    """Return what is wrong with pairs that could all be read."""
    found = (*_with_themselves(grid, pairs), *_twice(grid, pairs), *_negative(grid, pairs))
    if spec.direction == "mutual":
        found = (*found, *_one_sided(grid, pairs))
        found = found if errors_among(found) else (*found, *_not_square(grid, pairs))
    if pairs.totals is not None and not errors_among(found):
        found = (*found, *_without_one_total(grid, pairs, pairs.totals))
        found = found if errors_among(found) else (*found, *_too_small(grid, pairs, spec))
    return capped(found, grid.origin)


def _with_themselves(grid: Grid, pairs: Pairs) -> Iterator[Finding]:
    for row, one, other in zip(pairs.rows, pairs.units, pairs.partners, strict=True):
        if one == other:
            said = f"{quoted(one)} stands in a pair with itself."
            yield error("ties-self", grid.place(row, pairs.columns[1]), said, "Remove the row.")


def _twice(grid: Grid, pairs: Pairs) -> Iterator[Finding]:
    first: dict[tuple[str, str], int] = {}
    for row, pair in zip(pairs.rows, zip(pairs.units, pairs.partners, strict=True), strict=True):
        if pair in first:
            said = f"The pair of {quoted(pair[0])} and {quoted(pair[1])} is there twice, first at "
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
        if not np.isnan(value)
    }
    for (one, other), (value, row) in known.items():
        back = known.get((other, one))
        if back and back[0] != value and one < other:
            said = f"{quoted(one)} with {quoted(other)} is {value:.12g}, and {quoted(other)} with "
            said += f"{quoted(one)} is {back[0]:.12g} at {grid.place(back[1])}."
            mend = "Correct one of them, or write `direction: one_way`."
            yield error("ties-mutual", grid.place(row, pairs.columns[2]), said, mend)


def _not_square(grid: Grid, pairs: Pairs) -> Iterator[Finding]:
    """Yield pairs that are written one way only, where others are written both ways.

    It is an error where no row begins with a unit: its side of the table is not there.
    """
    known = dict(zip(zip(pairs.units, pairs.partners, strict=True), pairs.rows, strict=True))
    alone = [pair for pair in known if pair[::-1] not in known]
    if len(alone) == len(known):
        return
    begun = {*pairs.units}
    for one, other in alone:
        said = f"{quoted(one)} with {quoted(other)} is there, and {quoted(other)} with "
        said += f"{quoted(one)} is not: the table is not square."
        mend = "Write all pairs both ways, or each once."
        finding = warning if other in begun else error
        yield finding("ties-square", grid.place(known[one, other]), said, mend)


def _without_one_total(grid: Grid, pairs: Pairs, totals: Vector) -> Iterator[Finding]:
    """Yield units with two totals, or with none."""
    known: dict[str, tuple[float, int]] = {}
    for row, unit, own in zip(pairs.rows, pairs.units, totals, strict=True):
        total, first = known.setdefault(unit, (float(own), row))
        if total != own:
            place = grid.place(row, pairs.columns[3])
            said = f"{quoted(unit)} has the total {own:.12g} here and {total:.12g} at "
            yield error("ties-total", place, f"{said}{grid.place(first)}.", "Write one of them.")
    for unit in sorted({*pairs.partners} - {*pairs.units}):
        row = pairs.rows[pairs.partners.index(unit)]
        said = f"{quoted(unit)} has no total, because no row begins with it."
        yield error("ties-total", grid.place(row), said, "Write its pairs from its side as well.")


def _too_small(grid: Grid, pairs: Pairs, spec: TiesSpec) -> Iterator[Finding]:
    """Yield units whose total is less than one of their ties, or than all of them.

    Works that count once for each pair may exceed the total together, but not one by one.
    """
    mend = f"Check the column {quoted(spec.totals or '')}"
    all_ties = _ties(pairs, mutual=spec.direction == "mutual")
    for unit, (total, row) in _first_totals(pairs).items():
        ties = all_ties[unit]
        partner, together = max(ties, key=lambda one: ties[one]), sum(ties.values())
        place = grid.place(row, pairs.columns[3])
        said = f"The total of {quoted(unit)}, {total:.12g}, is less than what it did with "
        if ties[partner] > total * (1 + _SLACK):
            said += f"{quoted(partner)}, {ties[partner]:.12g}."
            yield error("ties-total", place, said, f"{mend}.")
        elif together > total * (1 + _SLACK) and not spec.once_per_pair:
            said += f"all its partners together, {together:.12g}."
            once = "or write `once_per_pair: true` if works of three count in three pairs."
            yield error("ties-total", place, said, f"{mend}, {once}")


def _first_totals(pairs: Pairs) -> dict[str, tuple[float, int]]:
    """Return the total of each unit, and the row that says so first."""
    totals = pairs.totals if pairs.totals is not None else np.empty(0)
    found: dict[str, tuple[float, int]] = {}
    for unit, total, row in zip(pairs.units, totals, pairs.rows, strict=True):
        found.setdefault(unit, (float(total), row))
    return found


def _ties(pairs: Pairs, *, mutual: bool) -> dict[str, dict[str, float]]:
    """Return what each unit did with each partner: both ways together where ties have two."""
    found: dict[str, dict[str, float]] = {}
    numbers = np.nan_to_num(pairs.values).tolist()
    for one, other, value in zip(pairs.units, pairs.partners, numbers, strict=True):
        for unit, partner in ((one, other), (other, one)):
            own = found.setdefault(unit, {})
            old = own.get(partner, 0.0)
            own[partner] = max(old, value) if mutual else old + value
    return found
