"""The penalised mean: the more uneven the children, the lower the score."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

import numpy as np

from rankscope._domains import Between
from rankscope._registry import parameter, register
from rankscope.methods.aggregation.base import Aggregation, where_any
from rankscope.methods.aggregation.moments import mean_of, variance_of

if TYPE_CHECKING:
    from rankscope.shapes import Batch, Vector


@register
@dataclass(frozen=True, slots=True)
class PenalisedMean(Aggregation):
    r"""Arithmetic mean times one minus the coefficient of variation, :math:`m (1 - s S / m)`.

    Which is the mean less ``strength`` standard deviations of the children (weighted,
    over their number).  A child far above the others lowers the score.
    """

    name: ClassVar[str] = "penalised_mean"
    monotone: ClassVar[bool] = False
    strength: float = parameter(1.0, Between(0, 10), "the deviations that are taken off the mean")

    def chart(self) -> None:
        """Return none: a deviation is not linear in the weights."""
        return

    def accepts(self, low: float, high: float | None = None) -> bool:
        """Accept all numbers."""
        del low, high
        return True

    def combine(self, values: Batch, weights: Batch) -> Batch:
        """Return the mean less the deviations."""
        mean = mean_of(values, weights)
        deviation = np.sqrt(variance_of(values, weights, mean, sample=False))
        return where_any(weights > 0, mean - self.strength * deviation)

    def image(self, lows: Vector, highs: Vector, weights: Vector) -> tuple[float, float]:
        """Return the low end less the largest deviation, and the high end."""
        low, high = super(PenalisedMean, self).image(lows, highs, weights)
        if self.strength == 0 or not np.isfinite([low, high]).all():
            return (low if self.strength == 0 else -np.inf, high)
        return (low - self.strength * (high - low) / 2, high)

    def in_words(self, noun: str = "unit") -> str:
        """Say what unevenness costs."""
        del noun
        return (
            "A score is the weighted mean of what lies below it less "
            f"{self.strength:g} times their standard deviation, "
            "so unevenness costs points"
        )
