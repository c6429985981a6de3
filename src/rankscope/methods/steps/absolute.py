"""How far a score lies from a value, on either side."""

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
class Absolute(Scalar):
    r"""Distance from a value on either side, :math:`|x - a|`.

    Parity is 1 for a ratio of women to men: with ``around: 1`` both 0.9 and 1.1 are 0.1
    away.  More is then worse.
    """

    name: ClassVar[str] = "absolute"
    monotone: ClassVar[bool] = False
    around: float = parameter(0.0, Between(), "the value that becomes 0, such as 1 for parity")

    def of(self, scores: Batch) -> Batch:
        """Return distances, of any shape."""
        return np.abs(scores - self.around)

    def explain(self, state: None, column: int) -> str:
        """Say from what."""
        del state, column
        return f"distance from {self.around:g}"

    def image(self, low: float, high: float) -> tuple[float, float]:
        """Return zero where the value lies between both ends, and the farther end."""
        near, far = sorted((float(abs(low - self.around)), float(abs(high - self.around))))
        return (0.0 if low <= self.around <= high else near, far)

    def in_words(self, noun: str = "unit") -> str:
        """Say what counts."""
        del noun
        if not self.around:
            return "Only the size of the result counts, not its sign"
        return f"The result becomes its distance from {self.around:g}, on either side"
