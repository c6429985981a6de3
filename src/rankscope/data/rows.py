"""Which row of a file is which unit: names to codes, duplicates, who is included."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from rankscope._words import did_you_mean
from rankscope.data.grid import quoted
from rankscope.data.periods import periods_of
from rankscope.findings import Finding, Severity, error, warning
from rankscope.units import iso3166

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from rankscope.data.grid import Grid
    from rankscope.definition.model import IndexDefinition, UnitsSpec
    from rankscope.shapes import Whole


LEFT_OUT = -1
UNKNOWN = -2


@dataclass(frozen=True, slots=True)
class Rows:
    """The rows of a table, sorted by unit and period, and that of each row of the file.

    ``periods`` is empty where there is no panel.  ``of`` is (rows of the file,): an index
    into ``units``, `LEFT_OUT` where the definition leaves the row out, `UNKNOWN` where there
    is no telling which unit or period it is about.
    """

    units: tuple[str, ...]
    names: tuple[str, ...]
    of: Whole
    periods: tuple[str, ...] = ()

    def called(self, row: int) -> str:
        """Return what a row is about: the unit, and its period where there is a panel."""
        return f"{self.units[row]} {self.periods[row]}" if self.periods else self.units[row]


def rows_of(grid: Grid, definition: IndexDefinition, column: int) -> tuple[Rows, list[Finding]]:
    """Find the units of all rows; ``column`` is where their codes or names stand."""
    texts = [text.strip() for text in grid.column(column)]
    findings = _empty(grid, texts, column)
    spec = definition.units
    codes, more = _codes(grid, texts, column, definition)
    kept = _kept(texts, codes, spec)
    periods, wrong = periods_of(grid, definition.data)
    unknown = set() if spec.include else {*texts} - {*codes} - {*spec.exclude}
    places = [
        (kept[text], period) if text in kept and period is not None else None
        for text, period in zip(texts, periods, strict=True)
    ]
    rows = sorted({place for place in places if place is not None})
    index = {row: number for number, row in enumerate(rows)}
    of = [
        index[place] if place is not None else UNKNOWN if text in unknown else LEFT_OUT
        for place, text in zip(places, texts, strict=True)
    ]
    findings += wrong + more
    findings += _not_there(spec, texts, codes, grid.origin)
    names, clashes = _names(grid, definition, texts, kept)
    found = Rows(
        units=tuple(unit for unit, _ in rows),
        names=tuple(names.get(unit, unit) for unit, _ in rows),
        of=np.array(of, dtype=np.int64),
        periods=tuple(period for _, period in rows) if definition.data.period_column else (),
    )
    return found, findings + clashes


def repeated_units(grid: Grid, rows: Rows, column: int) -> list[Finding]:
    """Return a finding for each unit that has several rows although each should have one."""
    at = defaultdict[int, list[int]](list)
    for row, unit in enumerate(rows.of.tolist()):
        if unit >= 0:
            at[unit].append(row)
    mend = "Keep one row for each unit, or declare data.layout: long."
    if rows.periods:
        mend = "Keep one row for each unit and period."
    elif "year" in grid.header:
        mend = "Declare data.period_column: year, or keep the rows of one year."
    return [
        error("data-unit-twice", grid.place(again, column), said, mend)
        for unit, (first, *others) in at.items()
        for again in others
        for said in [_twice(grid, rows.called(unit), first, again, column)]
    ]


def _twice(grid: Grid, unit: str, first: int, again: int, column: int) -> str:
    """Say that a unit has two rows, and under which names where they differ."""
    place = grid.place(first, column)
    here, there = grid.rows[again][column].strip(), grid.rows[first][column].strip()
    if here == there:
        return f"{quoted(here)} has a row already, at {place}."
    return f"{quoted(here)} is the unit {unit}, as is {quoted(there)} at {place}."


def _empty(grid: Grid, texts: Sequence[str], column: int) -> list[Finding]:
    said = f"The row has no unit in column {quoted(grid.header[column])}."
    return [
        error("data-unit-empty", grid.place(row, column), said, "Name its unit, or delete the row.")
        for row, text in enumerate(texts)
        if not text
    ]


def _codes(
    grid: Grid, texts: Sequence[str], column: int, definition: IndexDefinition
) -> tuple[dict[str, str], list[Finding]]:
    """Return the code that each distinct text means; those without a unit are left out.

    What ``units.exclude`` names as the file does ("World") is not looked up.  Where
    ``units.include`` lists the units, the others need not be known.
    """
    spec = definition.units
    excluded = set(spec.exclude)
    first = {text: row for row, text in reversed(list(enumerate(texts)))}
    distinct = [text for text in dict.fromkeys(texts) if text and text not in excluded]
    if spec.register_ == "own":
        return {text: text for text in distinct}, []
    places = [grid.place(first[text], column) for text in distinct]
    resolved = iso3166().find_all(distinct, places)
    codes = {
        text: code for text, code in zip(distinct, resolved.codes, strict=True) if code is not None
    }
    long = definition.data.layout == "long"
    return codes, [
        _softened(one, include=bool(spec.include))
        for one in resolved.findings
        if long or one.id != "unit-collision"  # in a wide table that is a unit with two rows
    ]


def _softened(finding: Finding, *, include: bool) -> Finding:
    """Return what the register found, as it weighs here.

    A long table may call one unit differently in different sources; with a list of
    units to include, rows of others ("World") are expected.
    """
    if finding.id == "unit-collision":
        mend = "Check that they are one unit; each of its indicators may have one value."
        return replace(finding, severity=Severity.WARNING, remedy=mend)
    if include:
        return replace(finding, severity=Severity.WARNING)
    if finding.id == "unit-unknown":
        mend = f"{finding.remedy} A row that stays can be named in units.exclude."
        return replace(finding, remedy=mend)
    return finding


def _kept(texts: Sequence[str], codes: Mapping[str, str], spec: UnitsSpec) -> dict[str, str]:
    """Return the codes of the units that ``units.include`` and ``units.exclude`` leave."""
    include = {codes.get(text, text) for text in spec.include}
    exclude = {codes.get(text, text) for text in spec.exclude}
    return {
        text: codes[text]
        for text in dict.fromkeys(texts)
        if text in codes and codes[text] not in exclude and (not include or codes[text] in include)
    }


def _not_there(
    spec: UnitsSpec, texts: Sequence[str], codes: Mapping[str, str], origin: str
) -> list[Finding]:
    """Warn about units to include or exclude that the table does not have."""
    there = {*texts, *codes.values()}
    lists = {"include": spec.include, "exclude": spec.exclude}
    return [
        warning(
            "data-unit-not-there",
            origin,
            f"units.{key} names {quoted(unit)}, which the table does not have.",
            did_you_mean(unit, sorted(there)),
        )
        for key, listed in lists.items()
        for unit in listed
        if unit not in there
    ]


def _names(
    grid: Grid, definition: IndexDefinition, texts: Sequence[str], kept: Mapping[str, str]
) -> tuple[dict[str, str], list[Finding]]:
    """Return the name of each code: the register's, or that of the file's name column."""
    column = grid.find(definition.data.name_column or "name")
    own = definition.units.register_ == "own"
    given = dict(zip(texts, grid.column(column), strict=True)) if column is not None else {}
    if own and definition.data.name_column:
        return {
            kept[text]: name.strip()
            for text, name in given.items()
            if text in kept and name.strip()
        }, []
    if own:
        return {}, []
    known = iso3166()
    names = {code: known.get(code).name for code in kept.values()}
    return names, _misnamed(grid, texts, kept, given)


def _misnamed(
    grid: Grid, texts: Sequence[str], kept: Mapping[str, str], given: Mapping[str, str]
) -> list[Finding]:
    """Warn where a row's name means another unit than its code: AUT, Australia."""
    meant = iso3166().find_all(list(given.values())).codes
    return [
        warning(
            "data-unit-name",
            grid.place(texts.index(text)),
            f"{quoted(text)} is {kept[text]}, but the name beside it, {quoted(name)}, is {code}.",
            "Correct the one that is wrong; the code counts.",
        )
        for (text, name), code in zip(given.items(), meant, strict=True)
        if code is not None and text in kept and kept[text] != code
    ]
