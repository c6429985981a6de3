"""The grid: the cells of a file as text, and where each of them stands.

Every kind of file becomes a grid first, so that whatever comes after (layouts, units,
numbers) is written once and still names the place in the file at hand.
"""

from __future__ import annotations

import math
from collections import Counter
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, TypeAlias

from rankscope._words import visible
from rankscope._workbook import letters
from rankscope.findings import Finding, error

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

Cell: TypeAlias = float | int | str | None
"""What a cell of a file to be written holds."""

LISTED = 20
"""How many findings of one kind are listed before the rest is only counted."""


class Counting(StrEnum):
    """How a kind of file counts its rows."""

    LINES = "lines"
    ROWS = "rows"
    CELLS = "cells"


@dataclass(frozen=True, slots=True)
class Grid:
    """Cells of a file as text: a header, and rows that are as long as it.

    ``lines`` holds the number of each row in the file (a quoted cell may span several
    lines, blank lines are left out); ``first`` is the number of the header.
    """

    origin: str
    header: tuple[str, ...]
    rows: Sequence[Sequence[str]]
    lines: Sequence[int]
    counting: Counting = Counting.LINES
    first: int = 1

    def place(self, row: int, column: int = 0) -> str:
        """Return where a cell stands: ``file:line``, ``book!Sheet!C7`` or ``file, row 7``."""
        return self._at(self.lines[row], column)

    def head(self, column: int = 0) -> str:
        """Return where a column's name stands."""
        return self._at(self.first, column)

    def column(self, index: int) -> list[str]:
        """Return the cells of one column, of shape (rows,)."""
        return [row[index] for row in self.rows]

    def find(self, name: str | None) -> int | None:
        """Return the index of the first column with exactly this name, or None."""
        return self.header.index(name) if name is not None and name in self.header else None

    def _at(self, line: int, column: int) -> str:
        if self.counting is Counting.LINES:
            return f"{self.origin}:{line}"
        if self.counting is Counting.CELLS:
            return f"{self.origin}!{letters(column)}{line}"
        return f"{self.origin}, row {line}"


def quoted(text: str) -> str:
    """Return a text of unknown origin, harmless and in quotation marks."""
    return f'"{visible(text)}"'


def text_of(value: object) -> str:
    """Return the text of a typed cell; empty for nothing and for not-a-number.

    Floats are written so that reading them gives the same float again.
    """
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, float):
        number = float(value)  # a NumPy float prints its type
        return "" if math.isnan(number) else repr(number)
    return str(value)


def checked_header(grid: Grid) -> list[Finding]:
    """Return a finding for each column's name that is there twice, or that is missing."""
    findings = []
    for name, count in Counter(grid.header).items():
        at = [index for index, other in enumerate(grid.header) if other == name]
        if name and count > 1:
            numbers = " and ".join(str(index + 1) for index in at)
            said = f"Columns {numbers} are both called {quoted(name)}."
            mend = "Give each column its own name."
            findings.append(error("data-header", grid.head(at[1]), said, mend))
        elif not name:
            findings += [
                error(
                    "data-header",
                    grid.head(index),
                    f"Column {index + 1} has values but no name.",
                    "Name it after its indicator, or delete it.",
                )
                for index in at
                if any(cell.strip() for cell in grid.column(index))
            ]
    return findings


def capped(findings: Iterable[Finding], origin: str) -> tuple[Finding, ...]:
    """Return the findings with at most `LISTED` of each kind, the rest counted in one more."""
    kinds: dict[tuple[str, str], list[Finding]] = {}
    for finding in findings:
        kinds.setdefault((finding.id, finding.severity), []).append(finding)
    listed: list[Finding] = []
    for found in kinds.values():
        listed += found[:LISTED]
        if len(found) > LISTED:
            said = f"and {len(found) - LISTED:,} more findings like the last."
            listed.append(Finding(found[0].id, found[0].severity, origin, said))
    return tuple(listed)
