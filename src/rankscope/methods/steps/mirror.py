"""The mirror: what was high becomes low, between the same two ends."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from rankscope._domains import Numbers
from rankscope._registry import parameter, register
from rankscope.methods.steps.base import Step

if TYPE_CHECKING:
    from rankscope.methods.base import Traits
    from rankscope.shapes import Matrix


@register
@dataclass(frozen=True, slots=True)
class Mirror(Step):
    """Turns a scale round: :math:`y = low + high - x`; around 0 and 0 it turns the sign."""

    name: ClassVar[str] = "mirror"
    row_wise: ClassVar[bool] = True
    monotone: ClassVar[bool] = False
    around: tuple[float, ...] = parameter((0.0, 100.0), Numbers(), "the two ends of the scale")

    def fit(self, matrix: Matrix, traits: Traits) -> None:
        """Learn nothing."""
        del matrix, traits

    def transform(self, matrix: Matrix, state: None, traits: Traits) -> Matrix:
        """Return the mirrored scores."""
        del state, traits
        return sum(self.around) - matrix

    def explain(self, state: None, column: int) -> str:
        """Say between which ends."""
        del state, column
        return f"mirrored between {self.around[0]:g} and {self.around[-1]:g}"

    def image(self, low: float, high: float) -> tuple[float, float]:
        """Return the mirrored ends."""
        return (sum(self.around) - high, sum(self.around) - low)
