"""What a scenario changes: raw values of some units, at many sizes at once."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from rankscope.findings import Finding
    from rankscope.methods.change.ties import Ties
    from rankscope.shapes import Batch, Vector, Whole


@dataclass(frozen=True, slots=True)
class Column:
    """A variable of the table as acts see it.

    ``within`` are the codes of the indicator and of all nodes above it; empty for a variable
    that is no indicator.  ``denominator`` is a column, -1 for none, of which the variable is
    counted ``per`` so many; it is ``divided`` where the index compares it only so, and not as a
    total.  Values can lie between ``low`` and ``high``.  ``exposed_to`` is
    what the indicator depends on from abroad.
    """

    code: str
    name: str
    kind: str
    polarity: int
    within: tuple[str, ...] = ()
    denominator: int = -1
    per: float = 1.0
    low: float = float("-inf")
    high: float = float("inf")
    exposed_to: tuple[str, ...] = ()
    divided: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class World:
    """Raw values of the units that a scenario names, in many versions at once.

    ``values`` is of shape (versions, units, columns), NaN where missing; ``rows`` (units,) are
    those of the index's table in which the units stand; ``best`` (columns,) are the best values
    that any ranked unit has in the index as published, over the denominator where columns are
    divided.  ``gauge`` gives values of shape
    (versions, units, columns), of units that stand in some rows, on the scale on which the
    index compares them: treated, not yet rescaled; it never reverses an order.  ``merged`` maps
    units that were made of others to their members, which are no units any more.
    """

    units: tuple[str, ...]
    names: tuple[str, ...]
    rows: Whole
    values: Batch
    columns: tuple[Column, ...]
    best: Vector
    gauge: Callable[[Batch, Whole], Batch]
    ties: Mapping[str, Ties] = field(default_factory=dict)
    merged: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    findings: tuple[Finding, ...] = ()

    def with_values(self, values: Batch, findings: tuple[Finding, ...] = ()) -> World:
        """Return the world with other values, and with what should be known about them."""
        return replace(self, values=values, findings=(*self.findings, *findings))

    def row(self, unit: str) -> int:
        """Return the row of a unit.

        Raises
        ------
        ValueError
            When it has none.
        """
        return self.units.index(unit)


@dataclass(frozen=True, slots=True, eq=False)
class Aim:
    """What an act is about, by number: ``units`` and ``partners`` are rows, ``columns`` columns.

    ``place`` is how the act is called in findings.
    """

    units: Whole
    partners: Whole
    columns: Whole
    place: str = ""
