"""Sheets of other tools: cells as text, with their places."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from rankscope._workbook import letters
from rankscope.data.grid import Counting, Grid, capped, quoted
from rankscope.findings import Finding, error

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True)
class Sheet:
    """The cells of a sheet as text, from A1; ``unsaved`` are formulas without a result.

    Rows and columns are counted from 1, as spreadsheet programs do.
    """

    origin: str
    rows: tuple[tuple[str, ...], ...]
    unsaved: Mapping[tuple[int, int], str] = field(default_factory=dict)

    def text(self, row: int, column: int) -> str:
        """Return what a cell says; nothing beyond the last one."""
        cells = self.rows[row - 1] if row <= len(self.rows) else ()
        return cells[column - 1].strip() if column <= len(cells) else ""

    def place(self, row: int, column: int) -> str:
        """Return a cell's place: ``book.xlsx!Database!E16``."""
        return f"{self.origin}!{letters(column - 1)}{row}"

    def unsaved_findings(self) -> tuple[Finding, ...]:
        """Return an error for each formula whose result was not saved."""
        mend = "Open and save the workbook in a spreadsheet program, or write the number."
        found = (
            error("data-formula", self.place(*cell), said, mend)
            for cell, formula in self.unsaved.items()
            for said in [f"The formula {quoted(formula)} was saved without its result."]
        )
        return capped(found, self.origin)


def grid_of(sheet: Sheet) -> tuple[Grid | None, tuple[Finding, ...]]:
    """Return a sheet as a grid: the first row with text is the header."""
    filled = [(line, row) for line, row in enumerate(sheet.rows, 1) if any(map(str.strip, row))]
    if not filled:
        said = "The sheet is empty."
        return None, (error("data-empty", sheet.origin, said, "It needs a header and rows."),)
    (first, header), *below = filled
    width = len(header)
    beyond = [
        error(
            "data-ragged",
            sheet.place(line, len(row)),
            f"The cell {quoted(row[-1])} stands right of the last named column.",
            "Name its column, or delete it.",
        )
        for line, row in below
        if len(row) > width
    ]
    rows = [[*row[:width], *[""] * (width - len(row))] for _, row in below]
    names = tuple(name.strip() for name in header)
    lines = [line for line, _ in below]
    grid = Grid(sheet.origin, names, rows, lines, Counting.CELLS, first)
    return grid, (*capped(beyond, sheet.origin), *sheet.unsaved_findings())
