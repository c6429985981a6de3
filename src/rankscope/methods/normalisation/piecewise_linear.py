"""Value functions in straight pieces: raw values to scores by points that are joined."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

import numpy as np

from rankscope._domains import Pairs
from rankscope._registry import parameter, register
from rankscope.methods.normalisation.base import Normalisation

if TYPE_CHECKING:
    from rankscope.methods.base import Traits
    from rankscope.shapes import Matrix


@register
@dataclass(frozen=True, slots=True)
class PiecewiseLinear(Normalisation):
    """Score by straight lines between given points, flat beyond the first and the last.

    The points lead from raw values, in the indicator's own unit, to scores: they say
    themselves whether more is better, and polarity is not applied on top.
    """

    name: ClassVar[str] = "piecewise_linear"
    row_wise: ClassVar[bool] = True
    monotone: ClassVar[bool] = False
    sets_direction: ClassVar[bool] = True
    points: tuple[tuple[float, float], ...] = parameter(
        None, Pairs(), "pairs of a raw value and its score, raw values rising"
    )

    def fit(self, matrix: Matrix, traits: Traits) -> None:
        """Learn nothing."""
        del matrix, traits

    def transform(self, matrix: Matrix, state: None, traits: Traits) -> Matrix:
        """Interpolate between the points, (rows, columns)."""
        del state, traits
        raw, scores = np.array(self.points).T
        return np.asarray(np.interp(matrix, raw, scores), dtype=float)

    def explain(self, state: None, column: int) -> str:
        """Give the points."""
        del state, column
        return f"straight lines through {self._corners()}"

    def image(self, low: float, high: float) -> tuple[float, float]:
        """Return the lowest and the highest score."""
        del low, high
        scores = [score for _, score in self.points]
        return (min(scores), max(scores))

    def in_words(self, noun: str = "unit") -> str:
        """Give the points."""
        del noun
        return f"A value is scored along straight lines: {self._corners()}, and no further"

    def _corners(self) -> str:
        return ", ".join(f"{raw:g} becomes {score:g}" for raw, score in self.points)
