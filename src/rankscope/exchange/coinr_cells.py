"""The cells of COINr's iMeta: texts, numbers and TRUE or FALSE, with what is wrong with each."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rankscope.data.grid import quoted
from rankscope.data.numbers import Fault, reader_of
from rankscope.findings import Finding, error

if TYPE_CHECKING:
    from rankscope.exchange.files import Table

_TRUTHS = {"true": True, "t": True, "1": True, "false": False, "f": False, "0": False}


@dataclass(frozen=True, slots=True)
class Cells:
    """The cells of iMeta by row and column name; what is wrong with one goes into ``faults``."""

    table: Table
    faults: list[Finding]

    def text(self, row: int, name: str) -> str:
        """Return a cell's text, empty where it is a gap or the column is not there."""
        column = self.table.grid.find(name)
        text = self.table.grid.rows[row][column].strip() if column is not None else ""
        return "" if text in self.table.spec.missing else text

    def place(self, row: int, name: str = "iCode") -> str:
        """Return where a cell stands."""
        return self.table.grid.place(row, self.table.grid.find(name) or 0)

    def number(self, row: int, name: str) -> float | None:
        """Return a cell's number; None for a gap and for what is a fault."""
        text = self.text(row, name)
        value, how = reader_of(self.table.spec)(text)
        if isinstance(how, Fault):
            mend = "Write a decimal point." if how is Fault.COMMA else "Write a number, or NA."
            self.fault(row, name, f"must be a number, got {quoted(text)}.", mend)
        return None if math.isnan(value) else value

    def flag(self, row: int, name: str) -> bool | None:
        """Return a cell's TRUE or FALSE; None for a gap and for what is a fault."""
        text = self.text(row, name)
        if text and text.casefold() not in _TRUTHS:
            self.fault(row, name, f"must be TRUE or FALSE, got {quoted(text)}.")
        return _TRUTHS.get(text.casefold())

    def fault(self, row: int, name: str, said: str, mend: str = "") -> None:
        """Note what is wrong with a cell, under the code of its row."""
        code = self.text(row, "iCode") or "The row"
        sentence = f"{quoted(code) if code != 'The row' else code}: {name} {said}"
        self.faults.append(error("import-cell", self.place(row, name), sentence, mend))
