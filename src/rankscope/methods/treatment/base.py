"""The abstract treatment of outliers and skew: a monotone change of each column."""

from __future__ import annotations

from abc import abstractmethod
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar

from rankscope.methods.base import Stage

if TYPE_CHECKING:
    from rankscope.shapes import Mask, Matrix


@dataclass(frozen=True, slots=True)
class Treatment(Stage):
    """Draws in extreme values; must never reverse an order."""

    stage: ClassVar[str] = "treatment"

    def accepts(self, low: float) -> bool:
        """Whether a column may reach down to the value ``low``."""
        del low
        return True

    def image(self, low: float, high: float) -> tuple[float, float]:
        """Return the same ends: most treatments draw values in, and none pushes them out."""
        return (low, high)

    def moved(self, ends: Matrix, state: Any) -> Matrix:
        """Return goalposts, of shape (2, columns), on the scale that the treated values are on.

        Caps move no goalposts, logarithms do.
        """
        del state
        return ends

    @abstractmethod
    def touched(self, matrix: Matrix, state: Any) -> Mask:
        """Return which single cells of a matrix of shape (rows, columns) were capped."""
