"""Values less a typical or an outer one, in their own units."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

import numpy as np

from rankscope._domains import OneOf
from rankscope._registry import parameter, register
from rankscope.methods.normalisation.base import Normalisation
from rankscope.methods.normalisation.ratios import Yardstick
from rankscope.methods.statistics import mean_and_deviation, medians, smallest_and_largest

if TYPE_CHECKING:
    from rankscope.methods.base import Traits
    from rankscope.shapes import Matrix, Vector


@register
@dataclass(frozen=True, slots=True)
class Centred(Normalisation):
    r"""Difference from the worst, the mean, the median or the best, :math:`\pm(x - c)`.

    Nothing is divided: points stay in the indicator's own units, as where what a factor
    adds to a country's score is counted from the lowest country (World Happiness Report
    2015, chapter 2).
    """

    name: ClassVar[str] = "centred"
    citation: ClassVar[str] = (
        "Helliwell, Huang & Wang (2015) World Happiness Report 2015, chapter 2"
    )
    at: str = parameter(
        "mean", OneOf(("worst", "mean", "median", "best")), "the value that becomes 0"
    )

    def fit(self, matrix: Matrix, traits: Traits) -> Yardstick:
        """Learn the value that becomes 0, of a matrix of shape (rows, columns)."""
        return Yardstick(self._centre(matrix, traits.polarity), traits.polarity)

    def transform(self, matrix: Matrix, state: Yardstick, traits: Traits) -> Matrix:
        """Return the differences, with the sign of the polarity."""
        del traits
        return (matrix - state.measure) * state.polarity

    def explain(self, state: Yardstick, column: int) -> str:
        """Say what is taken off."""
        return f"difference from the {self.at}, {state.measure[column]:.6g}"

    def image(self, low: float, high: float) -> tuple[float, float]:
        """Return zero as the end where the worst or the best is."""
        del low, high
        return (0.0 if self.at == "worst" else -np.inf, 0.0 if self.at == "best" else np.inf)

    def in_words(self, noun: str = "unit") -> str:
        """Say from where it is counted."""
        centre = f"the {self.at} {noun}" if self.at in ("worst", "best") else f"the {self.at}"
        return f"A value becomes its distance from that of {centre}, in its own units"

    def _centre(self, matrix: Matrix, polarity: Vector) -> Vector:
        match self.at:
            case "mean":
                return mean_and_deviation(matrix)[0]
            case "median":
                return medians(matrix)
            case end:
                low, high = smallest_and_largest(matrix)
                return np.where((polarity > 0) == (end == "worst"), low, high)
