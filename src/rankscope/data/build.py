"""From the grid of a file to the table: units, numbers, years and sources in their places."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from rankscope.data.faults import number_findings
from rankscope.data.grid import Grid, capped, checked_header, quoted
from rankscope.data.layout import (
    Cells,
    columns_of,
    groups_of,
    lay_out,
    needed_codes,
    unit_column,
)
from rankscope.data.numbers import Numbers, missing_codes, read_numbers
from rankscope.data.provenance import apply_statuses, read_sources, read_years, unsaid
from rankscope.data.rows import LEFT_OUT, Rows, repeated_units, rows_of
from rankscope.data.table import DataTable, Status
from rankscope.findings import Finding, error, errors_among, warning

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rankscope.definition.model import IndexDefinition
    from rankscope.shapes import Whole


def table_of(
    grid: Grid, definition: IndexDefinition, *, fingerprint: str = ""
) -> tuple[DataTable | None, tuple[Finding, ...]]:
    """Make the table that a definition wants of a grid.

    The table is None when there is an error among the findings.
    """
    column, findings = unit_column(grid, definition.data)
    findings += checked_header(grid)
    if not grid.rows:
        said = "The file has a header but no rows."
        findings.append(error("data-empty", grid.head(), said, "Add a row for each unit."))
    if column is None or errors_among(findings):
        return None, capped(findings, grid.origin)
    rows, found = rows_of(grid, definition, column)
    cells, more = lay_out(grid, definition)
    findings += found + more
    if definition.data.layout == "wide":
        findings += repeated_units(grid, rows, column)
    if cells is None:
        return None, capped(findings, grid.origin)
    filled, more = _filled(grid, definition, rows, cells)
    findings += more
    table = replace(filled, origin=grid.origin, fingerprint=fingerprint)
    return None if errors_among(findings) else table, capped(findings, grid.origin)


def _filled(
    grid: Grid, definition: IndexDefinition, rows: Rows, cells: Cells
) -> tuple[DataTable, list[Finding]]:
    """Put every cell into its place in the table."""
    columns = columns_of(definition)
    unit = rows.of[np.array(cells.rows, dtype=np.int64)]
    is_number = np.array(cells.variables, dtype=np.int64) < len(columns)
    numeric = cells.take(np.flatnonzero((unit != LEFT_OUT) & is_number))
    named = cells.take(np.flatnonzero((unit != LEFT_OUT) & ~is_number))
    numbers = read_numbers(numeric.texts, definition.data)
    at, findings = _places(grid, rows, numeric, columns)
    table, more = _read(grid, definition, rows, numeric, numbers, at)
    labels, most = _labels(grid, definition, rows, named)
    if definition.data.layout == "wide":
        findings = []  # of a unit with two rows everything is there twice
    findings += more + most + number_findings(grid, numeric, numbers, columns)
    findings += _suspicious(grid, numeric, table, at)
    findings += _without_values(grid, definition, table, _told(definition, numeric, numbers))
    if not rows.units:
        mend = "Check units.include and units.exclude."
        findings.append(error("data-empty", grid.origin, "No unit of the table is left.", mend))
    return replace(table, labels=labels), findings


def _places(
    grid: Grid, rows: Rows, cells: Cells, columns: Sequence[str]
) -> tuple[Whole, list[Finding]]:
    """Return which cell belongs where, (units, columns), -1 for none; two in one place collide."""
    unit = rows.of[np.array(cells.rows, dtype=np.int64)]
    place = unit * len(columns) + np.array(cells.variables, dtype=np.int64)
    known = np.flatnonzero(unit >= 0)
    at = np.full(len(rows.units) * len(columns), -1, dtype=np.int64)
    at[place[known[::-1]]] = known[::-1]
    again = known[at[place[known]] != known]
    findings = [
        error(
            "data-value-twice",
            grid.place(cells.rows[index]),
            f"{quoted(columns[cells.variables[index]])} of {rows.called(unit[index])} has a value "
            f"already, at {grid.place(cells.rows[at[place[index]]])}.",
            "Keep one row for each unit and indicator.",
        )
        for index in again.tolist()
    ]
    return at.reshape(len(rows.units), len(columns)), findings


def _read(
    grid: Grid,
    definition: IndexDefinition,
    rows: Rows,
    cells: Cells,
    numbers: Numbers,
    at: Whole,
) -> tuple[DataTable, list[Finding]]:
    """Read values, statuses, years and sources, and spread them over the table."""
    columns = columns_of(definition)
    values, status, wrong_statuses = apply_statuses(grid, cells, numbers)
    years, wrong_years = read_years(grid, cells)
    sources, codes, wrong_sources = read_sources(grid, cells, definition)
    census = {node.code for node in definition.indicators() if node.absent_is_zero}
    silent = np.append(unsaid(cells, numbers), True)[at]
    spread = np.append(status, Status.MISSING)[at]
    absent = silent & (spread == Status.MISSING) & np.array([code in census for code in columns])
    table = DataTable(
        units=rows.units,
        names=rows.names,
        columns=columns,
        values=np.where(absent, 0.0, np.append(values, np.nan)[at]),
        years=np.append(years, 0)[at],
        sources=np.append(sources, -1)[at],
        status=np.where(absent, Status.ABSENT, spread).astype(np.int64),
        source_codes=codes,
        periods=rows.periods,
    )
    return table, wrong_statuses + wrong_years + wrong_sources


def _labels(
    grid: Grid, definition: IndexDefinition, rows: Rows, cells: Cells
) -> tuple[tuple[tuple[str, tuple[str, ...]], ...], list[Finding]]:
    """Return the label columns, one name a unit; empty where the file has none."""
    groups = groups_of(definition)
    first = len(columns_of(definition))
    shifted = replace(cells, variables=[index - first for index in cells.variables])
    at, findings = _places(grid, rows, shifted, groups)
    missing = {text.strip() for text in definition.data.missing}
    tidy = (text.strip() for text in cells.texts)
    texts = [*("" if text in missing else text for text in tidy), ""]
    names = (tuple(texts[i] for i in at[:, column].tolist()) for column in range(len(groups)))
    return tuple(zip(groups, names, strict=True)), findings


def _suspicious(grid: Grid, cells: Cells, table: DataTable, at: Whole) -> list[Finding]:
    """Warn about numbers that look like codes for missing."""
    findings = []
    for column, code in enumerate(table.columns):
        values = table.values[:, column]
        for suspect in missing_codes(values):
            found = np.flatnonzero((values == suspect) & (at[:, column] >= 0))
            cell = int(at[found[0], column])
            text = quoted(cells.texts[cell].strip())
            said = f"{quoted(code)}: {text} lies far outside the rest; it stands in {len(found)} "
            place = grid.place(cells.rows[cell], cells.columns[cell])
            mend = f"If it stands for a missing value, add {text} to data.missing."
            said += "rows." if len(found) > 1 else "row."
            findings.append(warning("data-missing-code", place, said, mend))
    return findings


def _told(definition: IndexDefinition, cells: Cells, numbers: Numbers) -> set[str]:
    """Return the variables about whose lack of values another finding speaks already.

    They have no column in a wide table, or texts that are no numbers.
    """
    columns = columns_of(definition)
    wide = definition.data.layout == "wide"
    absent = {*range(len(columns))} - {*cells.variables} if wide else set()
    return {columns[i] for i in absent | {cells.variables[at] for at, _ in numbers.faults}}


def _without_values(
    grid: Grid, definition: IndexDefinition, table: DataTable, told: set[str]
) -> list[Finding]:
    """Report variables without any value."""
    seen = (table.status == Status.OBSERVED) | (table.status == Status.IMPUTED)
    needed = needed_codes(definition)
    return [
        (error if code in needed else warning)(
            "data-no-values",
            grid.origin,
            f"{quoted(code)} has no value for any unit.",
            "Add its values, or take it out of the definition.",
        )
        for code, values in zip(table.columns, seen.T, strict=True)
        if code not in told and table.units and not values.any()
    ]
