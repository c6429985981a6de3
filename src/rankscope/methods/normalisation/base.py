"""The abstract normalisation: every indicator onto one scale, best on top."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from rankscope.methods.base import Stage

if TYPE_CHECKING:
    from rankscope.shapes import Vector


@dataclass(frozen=True, slots=True)
class Normalisation(Stage):
    """Brings columns to a common scale and applies polarity, both in one step.

    As a step at a node it is fitted on the node's scores, with polarity +1.  One that
    ``sets_direction`` says itself which raw values are good: polarity has no effect on it.
    """

    stage: ClassVar[str] = "normalisation"
    needs_goalposts: ClassVar[bool] = False
    needs_target: ClassVar[bool] = False
    sets_direction: ClassVar[bool] = False

    def reference(self) -> str | None:
        """Return the code of the unit whose values stand for the target, or None."""
        return None

    def refused_values(self, values: Vector, polarity: float) -> tuple[float, ...]:
        """Return the distinct values of a column that have no place on the new scale.

        ``values`` of shape (values,) are those present, of a column with this polarity; the
        method would make gaps of what it refuses, so whoever binds data to it should not
        go on.
        """
        del values, polarity
        return ()

    def refuses_target(self, target: float) -> bool:
        """Whether a target, in the column's own units, makes no scale."""
        del target
        return False
