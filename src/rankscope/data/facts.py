"""Facts: statements about units that stand beside the figures, each with its source.

A fact is text and enters no score itself; where an indicator counts it, the fact names
the indicator, so that a reader sees what the number is made of.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from rankscope._words import did_you_mean
from rankscope.data.files import bytes_beside
from rankscope.data.grid import quoted
from rankscope.data.text import grid_of_text
from rankscope.errors import DataError
from rankscope.findings import Finding, error, errors_among, raise_errors

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rankscope.data.grid import Grid
    from rankscope.definition.model import IndexDefinition

COLUMNS = ("unit", "fact", "value", "date", "source")
"""What a table of facts must have."""

COUNTED = "indicator"
"""What it may have besides: the indicator that counts the fact."""


@dataclass(frozen=True, slots=True)
class Fact:
    """A statement about a unit, by its code.

    ``indicator`` is the code of the indicator that counts it, empty where it is
    shown and not scored.
    """

    unit: str
    fact: str
    value: str
    date: str
    source: str
    indicator: str = ""


def read_facts(definition: IndexDefinition, definition_path: str | Path) -> tuple[Fact, ...]:
    """Read the table of facts that a definition names; none where it names none.

    Raises
    ------
    DataError
        With all that is wrong, each with its place and mend.
    """
    facts, findings = examine_facts(definition, definition_path)
    raise_errors(findings, DataError)
    return facts


def examine_facts(
    definition: IndexDefinition, definition_path: str | Path
) -> tuple[tuple[Fact, ...], tuple[Finding, ...]]:
    """Read the table of facts, and say all that is wrong with it."""
    where = Path(definition_path)
    file = definition.data.facts
    if file is None:
        return (), ()
    folder = where if where.is_dir() else where.parent
    data, findings = bytes_beside(folder, file, "data.facts")
    if data is None:
        return (), findings
    grid, findings = grid_of_text(data, file, definition.data)
    if grid is None:
        return (), findings
    faults = (*findings, *_columns_missing(grid), *_unknown_indicators(grid, definition))
    if errors_among(faults):
        return (), faults
    return tuple(_facts(grid)), faults


def _facts(grid: Grid) -> list[Fact]:
    counted = grid.find(COUNTED)
    at = [column for column in map(grid.find, COLUMNS) if column is not None]
    at += [counted] if counted is not None else []
    return [Fact(*(row[column].strip() for column in at)) for row in grid.rows]


def _columns_missing(grid: Grid) -> Sequence[Finding]:
    return [
        error(
            "facts-column-missing",
            grid.head(),
            f"A table of facts needs a column {quoted(name)}.",
            did_you_mean(name, grid.header),
        )
        for name in COLUMNS
        if grid.find(name) is None
    ]


def _unknown_indicators(grid: Grid, definition: IndexDefinition) -> Sequence[Finding]:
    """Say which facts are counted by an indicator that there is not, once for each."""
    column = grid.find(COUNTED)
    if column is None:
        return []
    known = [node.code for node in definition.indicators()]
    cells = [cell.strip() for cell in grid.column(column)]
    unknown = dict.fromkeys(cell for cell in cells if cell and cell not in known)
    return [
        error(
            "facts-indicator-unknown",
            grid.place(cells.index(code), column),
            f"There is no indicator {quoted(code)} that could count a fact.",
            did_you_mean(code, known),
        )
        for code in unknown
    ]
