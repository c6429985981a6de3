"""Printed numbers as texts with a decimal point, and the decimals they were printed with."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING

import numpy as np

from rankscope.data.grid import quoted
from rankscope.data.numbers import Fault, reader_of
from rankscope.findings import Finding, error

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from rankscope.data.grid import Grid
    from rankscope.data.table import Status
    from rankscope.definition.model import DataSpec

MOST, FEWEST = 12, -9
"""The decimals that are told apart."""

_MINUS = str.maketrans({"−": "-"})
_MENDS = {
    Fault.CENSORED: "Write the number, or leave the cell empty.",
    Fault.POINT: "Write all numbers with the same decimal mark.",
    Fault.COMMA: "Write all numbers with the same decimal mark.",
}


@dataclass(frozen=True, slots=True)
class PrintedReader:
    """Reads cells as one table writes its numbers."""

    spec: DataSpec
    _read: Callable[[str], tuple[float, Status | Fault]] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_read", reader_of(self.spec))

    def faults(self, texts: Sequence[str]) -> float:
        """Return which part of the cells that are filled holds no number; 1 where none does."""
        found = [self._read(_tidy(text)) for text in texts]
        numbers = sum(not math.isnan(value) for value, _ in found)
        faults = sum(isinstance(how, Fault) for _, how in found)
        return faults / (numbers + faults) if numbers else 1.0

    def is_number(self, text: str) -> bool:
        """Whether a cell is a number."""
        return not math.isnan(self._read(_tidy(text))[0])

    def plain(self, text: str) -> str | Fault:
        """Return a cell's number as text with a decimal point, empty where there is none.

        >>> from rankscope.definition.model import DataSpec
        >>> PrintedReader(DataSpec(file="a.csv", decimal=",")).plain("12,50")
        '12.50'
        """
        tidy = _tidy(text)
        value, how = self._read(tidy)
        if isinstance(how, Fault):
            return how
        if math.isnan(value):
            return ""
        bare = tidy.replace("%", "").strip()
        if self.spec.decimal == ",":
            return bare.replace(",", ".")
        return bare.replace(",", "") if self.spec.thousands == "," else bare

    def column(self, grid: Grid, at: int) -> tuple[list[str], tuple[Finding, ...]]:
        """Return the cells of a column as plain texts, and an error where one is no number."""
        known = {text: self.plain(text) for text in dict.fromkeys(grid.column(at))}
        found = [known[text] for text in grid.column(at)]
        wrong = [row for row, text in enumerate(found) if isinstance(text, Fault)]
        plain = ["" if isinstance(text, Fault) else text for text in found]
        if not wrong:
            return plain, ()
        row, more = wrong[0], len(wrong) - 1
        others = f", nor are {more:,} more of its cells" if more else ""
        said = f"{quoted(grid.rows[row][at].strip())} in {quoted(grid.header[at])} is no number"
        how = found[row]
        mend = _MENDS.get(how, "") if isinstance(how, Fault) else ""
        mend = mend or "Correct it; what is missing is an empty cell."
        return plain, (error("data-text", grid.place(row, at), f"{said}{others}.", mend),)


def _tidy(text: str) -> str:
    """Return a cell without the mark of a shared rank, with a plain minus sign."""
    return re.sub(r"^\s*=|=\s*$", "", text.strip()).strip().translate(_MINUS)


def decimals_of(texts: Sequence[str]) -> int:
    """Return the decimals that numbers were printed with, trailing zeros among them.

    A column in which every number ends in ``.0`` was whole before a program wrote it, and
    more than 12 decimals are what binary arithmetic left of fewer.

    >>> decimals_of(["0.50", "12", ""]), decimals_of(["8.0", "9.0"]), decimals_of(["1.2e3"])
    (2, 0, -2)
    """
    numbers = [text for text in texts if text]
    if not numbers or all(text.endswith(".0") for text in numbers):
        return 0
    most = max(-int(Decimal(text).as_tuple().exponent) for text in numbers)
    if most <= MOST:
        return max(most, FEWEST)
    values = np.array(numbers, dtype=float)
    near = max(1e-13 * float(np.abs(values).max()), 1e-15)
    fits = (places for places in range(MOST)
            if (np.abs(np.round(values, places) - values) <= near).all())  # fmt: skip
    return next(fits, MOST)
