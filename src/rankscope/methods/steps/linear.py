"""Straight lines: scores multiplied, moved, or turned round."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

import numpy as np

from rankscope._domains import Between, Ends
from rankscope._registry import parameter, register
from rankscope.methods.steps.scalar import Scalar

if TYPE_CHECKING:
    from rankscope.shapes import Batch


@register
@dataclass(frozen=True, slots=True)
class Linear(Scalar):
    """Multiplies by a factor and adds an offset; a negative factor turns the order round."""

    name: ClassVar[str] = "linear"
    monotone: ClassVar[bool] = False
    factor: float = parameter(None, Between(), "what scores are multiplied by")
    offset: float = parameter(0.0, Between(), "what is added then")

    def of(self, scores: Batch) -> Batch:
        """Return scores on the line, of any shape."""
        if self.factor == 0:
            return np.where(np.isnan(scores), np.nan, self.offset)
        return self.factor * scores + self.offset

    def explain(self, state: None, column: int) -> str:
        """Say which line."""
        del state, column
        return f"times {self.factor:g}, plus {self.offset:g}"

    def in_words(self, noun: str = "unit") -> str:
        """Say what happens to a score."""
        del noun
        if not self.offset:
            return f"The result is multiplied by {self.factor:g}"
        moved = f"{abs(self.offset):g} is {'added to' if self.offset > 0 else 'taken off'}"
        if self.factor == 1:
            return f"{moved} the result"
        return f"The result is multiplied by {self.factor:g}, then {moved} it"


@register
@dataclass(frozen=True, slots=True)
class Mirror(Scalar):
    """Turns scores round between two ends: the low end becomes the high one.

    For a node whose high scores are bad news for the node above it.
    """

    name: ClassVar[str] = "mirror"
    monotone: ClassVar[bool] = False
    around: tuple[float, float] = parameter(None, Ends(), "the ends of the scale, such as 0, 100")

    def of(self, scores: Batch) -> Batch:
        """Return scores as far from the high end as they were from the low one."""
        return self.around[0] + self.around[1] - scores

    def explain(self, state: None, column: int) -> str:
        """Say around which ends."""
        del state, column
        return f"taken from {self.around[0] + self.around[1]:g}"

    def in_words(self, noun: str = "unit") -> str:
        """Say what happens to a score."""
        del noun
        low, high = self.around
        return f"The result is turned round: {low:g} becomes {high:g}, and {high:g} becomes {low:g}"
