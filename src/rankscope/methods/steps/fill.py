"""A value for scores that are missing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

import numpy as np

from rankscope._domains import Between
from rankscope._registry import parameter, register
from rankscope.methods.steps.scalar import Scalar

if TYPE_CHECKING:
    from rankscope.shapes import Batch


@register
@dataclass(frozen=True, slots=True)
class Fill(Scalar):
    """Reads a missing score as a number, such as 0 where nothing reported means nothing there."""

    name: ClassVar[str] = "fill"
    fills: ClassVar[bool] = True
    value: float = parameter(None, Between(), "what a missing score counts as")

    def of(self, scores: Batch) -> Batch:
        """Return scores, of any shape, without gaps."""
        return np.where(np.isnan(scores), self.value, scores)

    def explain(self, state: None, column: int) -> str:
        """Say what a gap counts as."""
        del state, column
        return f"a missing score counts as {self.value:g}"

    def image(self, low: float, high: float) -> tuple[float, float]:
        """Return both ends, moved out to the value where it is beyond."""
        return (min(low, self.value), max(high, self.value))

    def in_words(self, noun: str = "unit") -> str:
        """Say what a gap counts as."""
        del noun
        return f"A missing result counts as {self.value:g}"
