"""A published table: numbers as they were printed, read column by column when asked for."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from rankscope._words import did_you_mean
from rankscope.data.grid import quoted
from rankscope.data.numbers import Fault, reader_of
from rankscope.errors import DataError

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from rankscope.data.grid import Grid
    from rankscope.definition.model import DataSpec
    from rankscope.shapes import Vector

MOST_DECIMALS = 12
"""More decimals than these are binary noise, not print."""


@dataclass(frozen=True, slots=True, eq=False)
class PublishedColumn:
    """A column of printed numbers, (rows,), NaN where there is none, and its decimals.

    ``unread`` are the distinct texts that are neither numbers nor declared as missing.
    """

    name: str
    values: Vector
    decimals: int
    unread: tuple[str, ...]


@dataclass(frozen=True, slots=True, eq=False)
class PublishedTable:
    """A published table: the unit of each row by code, its period where it names one.

    A text that means no unit of the register stands for itself.  ``header`` are the
    columns beside those of units and periods.
    """

    origin: str
    units: tuple[str, ...]
    periods: tuple[str, ...]
    header: tuple[str, ...]
    grid: Grid
    spec: DataSpec

    def column(self, name: str) -> PublishedColumn:
        """Return a column read as numbers; a rank shared by several may have the mark ``=``.

        Raises
        ------
        DataError
            When there is no such column.
        """
        at = self.grid.find(name)
        if at is None:
            mend = did_you_mean(name, self.header)
            raise DataError(f"{self.origin} has no column {quoted(name)}. {mend}".strip())
        texts = [text.strip().strip("=").strip() for text in self.grid.column(at)]
        read = reader_of(self.spec)
        known = {text: read(text) for text in dict.fromkeys(texts)}
        numbers = [text for text, (value, _) in known.items() if not math.isnan(value)]
        return PublishedColumn(
            name=name,
            values=np.array([known[text][0] for text in texts], dtype=float),
            decimals=_most_decimals(numbers, self.spec.decimal),
            unread=tuple(text for text, (_, how) in known.items() if isinstance(how, Fault)),
        )

    def of_period(self, period: str) -> PublishedTable:
        """Return the rows of one period, without periods; all rows where none has a period."""
        if not self.periods:
            return self
        kept = [row for row, own in enumerate(self.periods) if own == period]
        return replace(self._of_rows(kept), periods=())

    def without(self, units: Collection[str]) -> PublishedTable:
        """Return the rows of all but some units."""
        return self._of_rows([row for row, unit in enumerate(self.units) if unit not in units])

    def _of_rows(self, rows: Sequence[int]) -> PublishedTable:
        return replace(
            self,
            units=tuple(self.units[row] for row in rows),
            periods=tuple(self.periods[row] for row in rows) if self.periods else (),
            grid=replace(
                self.grid,
                rows=[self.grid.rows[row] for row in rows],
                lines=[self.grid.lines[row] for row in rows],
            ),
        )


def _most_decimals(texts: list[str], mark: str) -> int:
    """Return the largest number of decimals; whole numbers that a program wrote as 8.0 have none.

    >>> _most_decimals(["0.50", "12", "1.5e-3"], "."), _most_decimals(["8.0", "9.0"], ".")
    (4, 0)
    """
    plain = [text for text in texts if "e" not in text and "E" not in text]
    found = {len(text.partition(mark)[2]) for text in plain}
    found |= {_decimals(text, mark) for text in {*texts} - {*plain}}
    if found == {1} and all(text.endswith("0") for text in texts):
        return 0
    return min(max(found, default=0), MOST_DECIMALS)


def _decimals(text: str, mark: str) -> int:
    """Return the decimals of a number in scientific notation."""
    mantissa, _, exponent = text.lower().partition("e")
    return max(len(mantissa.partition(mark)[2]) - int(exponent), 0)
