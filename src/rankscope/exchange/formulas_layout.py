"""Where everything stands in the live workbook: which node has which column, and its references.

Nodes stand level by level, so that siblings are always side by side and a formula takes
them as one range.  In formulas ``#`` stands for the number of the row, ``@`` for that of
the row above and ``~`` for that of the row below.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from rankscope._workbook import letters

if TYPE_CHECKING:
    from rankscope.pipeline.plan import Plan

README, RANKING, WEIGHTS, SCORES, RANKS, NORMALISED = (
    "Read me",
    "Ranking",
    "Weights",
    "Scores",
    "Ranks",
    "Normalised",
)
STEPS, PRESENT, COMPARED, PLACES = "Steps", "Present", "Compared", "Places"
ORDER = (
    README,
    RANKING,
    WEIGHTS,
    SCORES,
    RANKS,
    NORMALISED,
    STEPS,
    PRESENT,
    COMPARED,
    PLACES,
)

NAME_ROW, CODE_ROW, WEIGHT_ROW, FIRST_ROW = 1, 2, 3, 4
"""Rows of the sheets that have a row for each unit."""

UNIT_COLUMNS = 2
"""Their first columns: code and name of the unit."""

LONGEST = 8_000
"""Characters that a formula may have; spreadsheet programs take 8,192."""


class Formula(NamedTuple):
    """A formula without its equals sign; an ``array`` formula looks at every cell by itself."""

    text: str
    array: bool = False

    def at(self, row: int) -> Formula:
        """Return the formula for a row."""
        placed = self.text.replace("#", str(row))
        return Formula(placed.replace("@", str(row - 1)).replace("~", str(row + 1)), self.array)


@dataclass(frozen=True, slots=True)
class Children:
    """References to children that stand side by side.

    ``sheet`` and ``presence`` are prefixes of references, such as ``Scores!``; without a
    ``presence`` every child that holds a number is present, which is so of indicators.
    """

    sheet: str
    presence: str
    first: int
    count: int

    def part(self, start: int, stop: int) -> Children:
        """Return the children from one place to before another."""
        return Children(self.sheet, self.presence, self.first + start, stop - start)

    @property
    def values(self) -> str:
        """Return the range of their values."""
        return f"{self.sheet}{self._range('#')}"

    @property
    def weights(self) -> str:
        """Return the range of their weights."""
        start, stop = self._ends()
        return f"{self.sheet}${start}${WEIGHT_ROW}:${stop}${WEIGHT_ROW}"

    @property
    def there(self) -> str:
        """Return an array of 1 for each child that is present and 0 for others."""
        return f"{self.presence}{self._range('#')}" if self.presence else f"--{self._numbers()}"

    @property
    def counted(self) -> str:
        """Return an array that tells which children are present and have weight."""
        there = self.there if self.presence else self._numbers()
        return f"{self.weights}*{there}>0"

    @property
    def total(self) -> str:
        """Return the weight of those that are present."""
        return f"SUMPRODUCT({self.weights},{self.there})"

    @property
    def weighted(self) -> str:
        """Return the sum of weight times value; what is no number adds nothing."""
        return f"SUMPRODUCT({self.weights},{self.values})"

    @property
    def lacking(self) -> str:
        """Return whether a child that counts has no number; nothing where that can not be."""
        if not self.presence:
            return ""
        return f"{self.total}>SUMPRODUCT({self.weights},{self.there},--{self._numbers()})"

    def _numbers(self) -> str:
        return f"ISNUMBER({self.values})"

    def _range(self, row: str) -> str:
        start, stop = self._ends()
        return f"{start}{row}:{stop}{row}"

    def _ends(self) -> tuple[str, str]:
        return letters(self.first), letters(self.first + self.count - 1)


@dataclass(frozen=True, slots=True)
class Layout:
    """The order of nodes: ``listed`` parents first, and the columns of two kinds of sheets.

    ``leaves`` have a column on the sheet of normalised values; ``columns`` are the
    aggregates, and the indicators that are siblings of aggregates.
    """

    listed: tuple[int, ...]
    leaves: tuple[int, ...]
    columns: tuple[int, ...]
    rows: int

    @property
    def last_row(self) -> int:
        """Return the number of the last row that holds a unit."""
        return FIRST_ROW + self.rows - 1

    def weight_row(self, node: int) -> int:
        """Return the row of a node on the sheet of weights."""
        return self.listed.index(node) + 2

    def column(self, node: int) -> str:
        """Return the letters of a node's column on the sheets of aggregates."""
        return letters(UNIT_COLUMNS + self.columns.index(node))

    def leaf_column(self, node: int) -> str:
        """Return the letters of an indicator's column on the sheet of normalised values."""
        return letters(UNIT_COLUMNS + self.leaves.index(node))

    def down(self, column: str) -> str:
        """Return the range of all units in a column."""
        return f"{column}${FIRST_ROW}:{column}${self.last_row}"

    def children(self, plan: Plan, node: int, *, home: str) -> Children:
        """Return references to a node's children as seen from a sheet."""
        numbers = plan.nodes[node].children
        if all(child in self.leaves for child in numbers) and numbers[0] not in self.columns:
            first = UNIT_COLUMNS + self.leaves.index(numbers[0])
            return Children(f"{NORMALISED}!", "", first, len(numbers))
        first = UNIT_COLUMNS + self.columns.index(numbers[0])
        return Children("" if home == SCORES else f"{SCORES}!", f"{PRESENT}!", first, len(numbers))


def layout_of(plan: Plan) -> Layout:
    """Return where the nodes of a plan stand."""
    nodes = plan.nodes
    levels = [plan.root]
    for number in levels:  # it grows as it is read: level by level
        levels.extend(nodes[number].children)
    return Layout(
        listed=tuple(_downwards(plan, plan.root)),
        leaves=tuple(one for one in levels if not nodes[one].children),
        columns=tuple(one for one in levels if nodes[one].children or _beside(plan, one)),
        rows=len(plan.table.units),
    )


def _downwards(plan: Plan, number: int) -> list[int]:
    """Return a node and all below it, parents first."""
    below = (_downwards(plan, child) for child in plan.nodes[number].children)
    return [number, *(one for part in below for one in part)]


def _beside(plan: Plan, leaf: int) -> bool:
    """Whether an indicator has an aggregate among its siblings."""
    siblings = plan.nodes[plan.nodes[leaf].parent].children
    return any(plan.nodes[one].children for one in siblings)
