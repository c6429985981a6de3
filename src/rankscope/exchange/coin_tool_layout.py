"""Where things stand in the JRC's COIN Tool, and its sheet Database as rows and columns.

The layout is that of the COIN Tool v1 (LITE) as COINr 1.1 reads it (its function
``import_coin_tool``): no workbook of the tool itself was at hand.  In the sheet Database
the indicators stand side by side from column E to CY: in row 7 their weights, in row 8
their directions, in rows 9 and 10 the lower and the upper goalpost, in rows 11 to 14 the
codes of the index, the sub-index (``si.``), the pillar (``p.``) and the sub-pillar (``sp.``)
they belong to, in row 15 their names and in row 16 their codes.  Units follow from row 17
to 315, named in column B and coded in column C.  The sheet Framework has codes in column C,
weights in E and names in H; before 2019 one row further down, which is of no matter here:
its rows are found by their codes.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rankscope.data.grid import Counting, Grid
from rankscope.data.numbers import Fault, reader_of
from rankscope.definition.model import DataSpec
from rankscope.exchange.files import GAPS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rankscope.exchange.sheets import Sheet

DATABASE, FRAMEWORK = "Database", "Framework"
WEIGHT, DIRECTION, LOWER, UPPER = 7, 8, 9, 10
LEVELS = (14, 13, 12, 11)
"""The rows of sub-pillars, pillars, sub-indices and the index."""
NAME, CODE, FIRST_UNIT, LAST_UNIT = 15, 16, 17, 315
UNIT_NAME, UNIT_CODE, FIRST_INDICATOR, LAST_INDICATOR = 2, 3, 5, 103
TREE_CODE, TREE_WEIGHT, TREE_NAME = 3, 5, 8

BLANK = frozenset({"", "--", "-", "n/a", "0"})
"""What stands in a cell that is not used."""

SPEC = DataSpec(file="database", missing=(*GAPS, "n/a", "--"))
"""How the tool writes gaps."""


@dataclass(frozen=True, slots=True)
class Database:
    """The sheet Database: which columns hold indicators, and which rows units.

    ``nameless`` are columns with values and no code; ``idle`` are columns, and rows, with a
    name and no value.
    """

    sheet: Sheet
    indicators: tuple[int, ...]
    units: tuple[int, ...]
    nameless: tuple[int, ...]
    idle: tuple[str, ...]

    def text(self, row: int, column: int) -> str:
        """Return what a cell says, empty where it says that it is not used."""
        text = self.sheet.text(row, column)
        return "" if text in BLANK else text

    def grid(self) -> Grid:
        """Return the values as a grid whose places are those of the sheet."""
        width = max(self.indicators, default=UNIT_CODE)
        header = [""] * width
        header[UNIT_NAME - 1], header[UNIT_CODE - 1] = "uName", "uCode"
        for column in self.indicators:
            header[column - 1] = self.text(CODE, column)
        shown = [number for number, name in enumerate(header, 1) if name]
        rows = [self._row(row, shown, width) for row in self.units]
        return Grid(self.sheet.origin, tuple(header), rows, self.units, Counting.CELLS, CODE)

    def _row(self, row: int, shown: Sequence[int], width: int) -> list[str]:
        cells = [""] * width
        for column in shown:
            cells[column - 1] = self.sheet.text(row, column)
        cells[UNIT_CODE - 1] = self.text(row, UNIT_CODE) or self.text(row, UNIT_NAME)
        return cells


def database_of(sheet: Sheet) -> Database:
    """Find the indicators and the units: those with any value that is no gap."""
    columns = range(FIRST_INDICATOR, LAST_INDICATOR + 1)
    rows = range(FIRST_UNIT, min(LAST_UNIT, len(sheet.rows)) + 1)
    read = reader_of(SPEC)

    def told(row: int, column: int) -> bool:
        value, how = read(sheet.text(row, column))
        return isinstance(how, Fault) or not math.isnan(value)

    filled = [(row, column) for row in rows for column in columns if told(row, column)]
    with_values = {column for _, column in filled}
    units = tuple(sorted({row for row, _ in filled}))
    named = [column for column in columns if sheet.text(CODE, column) not in BLANK]
    idle = [
        f"{sheet.text(NAME, column)} ({sheet.text(CODE, column)})"
        for column in named
        if column not in with_values and sheet.text(NAME, column) not in BLANK
    ]
    idle += [
        sheet.text(row, UNIT_NAME)
        for row in rows
        if row not in units and sheet.text(row, UNIT_NAME) not in BLANK
    ]
    return Database(
        sheet,
        indicators=tuple(column for column in named if column in with_values),
        units=units,
        nameless=tuple(sorted(with_values - set(named))),
        idle=tuple(idle),
    )
