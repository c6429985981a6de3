"""Reciprocals: rates turned upside down, such as days per case into cases per day."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, Final

import numpy as np

from rankscope._domains import Between
from rankscope._registry import parameter, register
from rankscope.methods.steps.scalar import Scalar

if TYPE_CHECKING:
    from rankscope.shapes import Batch

_NEAREST: Final = 1e-150
"""What is nearer to zero counts as zero."""


@register
@dataclass(frozen=True, slots=True)
class Reciprocal(Scalar):
    """Divides a number by the score; a score of zero becomes a gap.

    Turns the order of scores of one sign round.
    """

    name: ClassVar[str] = "reciprocal"
    monotone: ClassVar[bool] = False
    numerator: float = parameter(1.0, Between(), "what is divided by the score")

    def of(self, scores: Batch) -> Batch:
        """Return quotients, of any shape; NaN where the score is zero."""
        return self.numerator / np.where(np.abs(scores) < _NEAREST, np.nan, scores)

    def explain(self, state: None, column: int) -> str:
        """Say what is divided."""
        del state, column
        return f"{self.numerator:g} divided by the score"

    def image(self, low: float, high: float) -> tuple[float, float]:
        """Return the quotients of both ends, open ones where zero lies between them."""
        if low < 0 < high or self.numerator == 0:
            return (-np.inf, np.inf) if self.numerator else (0.0, 0.0)
        far = np.inf if high > 0 else -np.inf
        ends = [self.numerator / one if one else self.numerator * far for one in (low, high)]
        return (min(ends), max(ends))

    def in_words(self, noun: str = "unit") -> str:
        """Say what is divided."""
        del noun
        return f"The result becomes {self.numerator:g} divided by itself"
