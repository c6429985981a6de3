"""One published column beside what the index gives."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rankscope.analyses.linear_rule import LinearRule


@dataclass(frozen=True, slots=True)
class Difference:
    """A unit whose published number is another than ours; ``difference`` is ours minus theirs."""

    unit: str
    name: str
    period: str
    published: float
    computed: float
    difference: float


@dataclass(frozen=True, slots=True)
class ColumnComparison:
    """A published column beside what the index gives.

    ``published`` and ``computed`` count units with a number, ``compared`` those with
    both; ``equal`` of these are equal at ``decimals``, ``inside`` lie within half a unit
    of the last decimal plus ``error``.  ``largest`` is the largest difference;
    ``unread`` are texts that are no numbers.  Where most are off, ``rule`` says whether other
    weights would do, and ``line`` is the factor and the offset that lead from our scale to
    theirs, where one does.  ``verdict`` says it all in a sentence or two.
    """

    column: str
    node: str
    of: str
    whole: bool
    transformed: bool
    decimals: int
    error: float
    published: int
    computed: int
    compared: int
    equal: int
    inside: int
    largest: float
    only_published: tuple[str, ...]
    only_computed: tuple[str, ...]
    unread: tuple[str, ...]
    worst: tuple[Difference, ...]
    rule: LinearRule | None = None
    line: tuple[float, float] | None = None
    verdict: str = ""

    @property
    def share_equal(self) -> float:
        """Return the share of the compared that is equal as printed; NaN without any."""
        return self.equal / self.compared if self.compared else float("nan")

    @property
    def share_inside(self) -> float:
        """Return the share of the compared within rounding; NaN without any."""
        return self.inside / self.compared if self.compared else float("nan")
