"""The two layouts of a file, told apart once: both become the same list of cells.

Wide has one row a unit and one column an indicator.  Long has one row a value, in the
columns unit, indicator, value and, where wanted, year, source, status and note.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, fields
from typing import TYPE_CHECKING

from rankscope._words import did_you_mean, join_words, nearest
from rankscope.data.grid import quoted
from rankscope.findings import Finding, error, warning

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from rankscope.data.grid import Grid
    from rankscope.definition.model import DataSpec, IndexDefinition
    from rankscope.shapes import Whole

LONG_COLUMNS = ("indicator", "value", "year", "source", "status", "note", "name")
"""What a long table may have beside its unit column."""


@dataclass(frozen=True, slots=True)
class Cells:
    """Cells that belong to a variable of the definition; each list has one item a cell.

    ``rows`` and ``columns`` are places in the grid; ``variables`` are indices into the
    variables of the definition.  ``years``, ``sources`` and ``statuses`` are None where
    the file has no such column.
    """

    rows: Sequence[int]
    columns: Sequence[int]
    variables: Sequence[int]
    texts: Sequence[str]
    years: Sequence[str] | None = None
    sources: Sequence[str] | None = None
    statuses: Sequence[str] | None = None

    def take(self, which: Whole) -> Cells:
        """Return some of the cells, by their indices, (some,)."""
        at = which.tolist()
        if len(at) == len(self.rows):
            return self
        lists = {field.name: getattr(self, field.name) for field in fields(self)}
        return Cells(**{name: of and [of[i] for i in at] for name, of in lists.items()})


def columns_of(definition: IndexDefinition) -> tuple[str, ...]:
    """Return the codes of a table's columns: indicators, then context, as in the definition."""
    codes = [node.code for node in definition.indicators()]
    codes += [one.code for one in definition.context if one.kind != "group"]
    return tuple(dict.fromkeys(codes))


def groups_of(definition: IndexDefinition) -> tuple[str, ...]:
    """Return the codes of the context variables that hold names."""
    return tuple(one.code for one in definition.context if one.kind == "group")


def variables_of(definition: IndexDefinition) -> tuple[str, ...]:
    """Return the codes of all that a file may hold of a unit: columns, then groups."""
    return (*columns_of(definition), *groups_of(definition))


def headings_of(definition: IndexDefinition) -> tuple[str, ...]:
    """Return what the file calls each of `variables_of`: its code, or the column it names."""
    named = {node.code: node.column for node in definition.indicators()}
    named |= {one.code: one.column for one in definition.context}
    return tuple(named[code] or code for code in variables_of(definition))


def needed_codes(definition: IndexDefinition) -> set[str]:
    """Return the codes that must have values: indicators and what they are divided by."""
    indicators = definition.indicators()
    divisors = {node.denominator for node in indicators if node.denominator is not None}
    return {node.code for node in indicators} | divisors


def unit_column(grid: Grid, spec: DataSpec) -> tuple[int | None, list[Finding]]:
    """Find the column of units, or say that it is not there."""
    found = grid.find(spec.unit_column)
    if found is not None:
        return found, []
    name = quoted(spec.unit_column)
    mend = f"Rename it, or declare data.unit_column. {did_you_mean(spec.unit_column, grid.header)}"
    said = f"There is no column {name} that says which unit a row is about."
    return None, [error("data-column-missing", grid.head(), said, mend.strip())]


def lay_out(grid: Grid, definition: IndexDefinition) -> tuple[Cells | None, list[Finding]]:
    """Return the cells of a file in the declared layout; None when it is the other one."""
    if definition.data.layout == "long":
        return _long(grid, definition)
    return _wide(grid, definition)


def _wide(grid: Grid, definition: IndexDefinition) -> tuple[Cells | None, list[Finding]]:
    headings = headings_of(definition)
    if {"indicator", "value"} <= set(grid.header) and not set(headings) & set(grid.header):
        said = 'The columns "indicator" and "value" are those of a long table.'
        return None, [error("data-layout", grid.head(), said, "Declare data.layout: long.")]
    at = [grid.find(heading) for heading in headings]
    findings = _unused(grid, definition, headings)
    findings += _absent(grid, definition, headings)
    present = [(index, column) for index, column in enumerate(at) if column is not None]
    count = len(grid.rows)
    cells = Cells(
        rows=[row for _ in present for row in range(count)],
        columns=[column for _, column in present for _ in range(count)],
        variables=[index for index, _ in present for _ in range(count)],
        texts=[text for _, column in present for text in grid.column(column)],
    )
    return cells, findings


def _unused(grid: Grid, definition: IndexDefinition, headings: Sequence[str]) -> list[Finding]:
    """Warn about columns that nothing in the definition uses."""
    spec = definition.data
    used = {spec.unit_column, spec.name_column, spec.period_column, "name", "", *headings}
    left = [heading for heading in headings if heading not in grid.header]
    return [
        warning(
            "data-column-unused",
            grid.head(index),
            f"No indicator and no context variable uses the column {quoted(name)}.",
            _close(name, left),
        )
        for index, name in enumerate(grid.header)
        if name not in used
    ]


def _close(name: str, left: Sequence[str]) -> str:
    """Ask whether a column that nobody uses is one of those that are not there."""
    close = nearest(name, left)
    return f"Did you mean {join_words(map(quoted, close))}?" if close else ""


def _absent(grid: Grid, definition: IndexDefinition, headings: Sequence[str]) -> list[Finding]:
    """Say which variables have no column; only a context variable nobody divides by may."""
    needed = needed_codes(definition)
    free = [name for name in grid.header if name and name not in headings]
    return [
        (error if code in needed else warning)(
            "data-column-missing",
            grid.head(),
            f"There is no column {quoted(heading)} for {_what(definition, code)}.",
            _renamed(heading, free),
        )
        for code, heading in zip(variables_of(definition), headings, strict=True)
        if heading not in grid.header
    ]


def _what(definition: IndexDefinition, code: str) -> str:
    variable = definition.variable(code)
    if variable is not None:
        return f"the context variable {quoted(variable.name)}"
    names = {node.code: node.name for node in definition.indicators()}
    return f"the indicator {quoted(names.get(code, code))}"


def _renamed(code: str, free: Sequence[str]) -> str:
    close = nearest(code, free)
    meant = f"Did you mean the column {quoted(close[0])}? " if close else ""
    return f"{meant}Add the column, or take {quoted(code)} out of the definition."


def _long(grid: Grid, definition: IndexDefinition) -> tuple[Cells | None, list[Finding]]:
    indicator, value = grid.find("indicator"), grid.find("value")
    if indicator is None or value is None:
        return None, _no_long(grid, definition)
    findings = _unexpected(grid, definition.data)
    codes = [code.strip() for code in grid.column(indicator)]
    index: dict[str, list[int]] = {}
    for at, heading in enumerate(headings_of(definition)):
        index.setdefault(heading, []).append(at)  # two indicators may share a column
    findings += _unknown_codes(grid, codes, indicator, index.keys())
    found = [(row, at) for row, code in enumerate(codes) for at in index.get(code, ())]
    rows = [row for row, _ in found]
    picked = {name: _pick(grid, name, rows) for name in ("year", "source", "status")}
    cells = Cells(
        rows=rows,
        columns=[value] * len(rows),
        variables=[at for _, at in found],
        texts=_pick(grid, "value", rows) or [],
        years=picked["year"],
        sources=picked["source"],
        statuses=picked["status"],
    )
    return cells, findings


def _pick(grid: Grid, name: str, rows: Sequence[int]) -> list[str] | None:
    column = grid.find(name)
    return None if column is None else [grid.rows[row][column].strip() for row in rows]


def _no_long(grid: Grid, definition: IndexDefinition) -> list[Finding]:
    wide = set(variables_of(definition)) & set(grid.header)
    mend = "Declare data.layout: wide." if wide else "Name its columns unit, indicator, value."
    return [
        error("data-layout", grid.head(), f'A long table needs a column "{name}".', mend)
        for name in ("indicator", "value")
        if name not in grid.header
    ]


def _unexpected(grid: Grid, spec: DataSpec) -> list[Finding]:
    """Warn about columns of a long table that mean nothing."""
    known = [spec.unit_column, *LONG_COLUMNS, *filter(None, [spec.period_column])]
    return [
        warning(
            "data-column-unused",
            grid.head(index),
            f"A long table has no use for the column {quoted(name)}.",
            _close(name, [one for one in known if one not in grid.header]),
        )
        for index, name in enumerate(grid.header)
        if name and name not in known and name != spec.name_column
    ]


def _unknown_codes(
    grid: Grid, codes: Sequence[str], column: int, known: Collection[str]
) -> list[Finding]:
    """Report codes of rows that the definition does not know.

    A table may feed several indices, so it is a warning; a code that differs from a
    known one in its letter case alone is a slip of the pen that would lose data.
    """
    counts = Counter(code for code in codes if code not in known)
    folded = {code.casefold() for code in known}
    return [
        (error if code.casefold() in folded or not code else warning)(
            "data-indicator-unknown",
            grid.place(codes.index(code), column),
            f"The definition has no indicator {quoted(code)}; {count:,} "
            f"{'rows have' if count > 1 else 'row has'} it.",
            did_you_mean(code, list(known)),
        )
        for code, count in counts.items()
    ]
