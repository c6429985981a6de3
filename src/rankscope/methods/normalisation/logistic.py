"""The logistic value function: an S between two ends, steepest at its midpoint."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

import numpy as np

from rankscope._domains import Between, Ends
from rankscope._registry import parameter, register
from rankscope.errors import MethodError
from rankscope.methods.normalisation.base import Normalisation

if TYPE_CHECKING:
    from rankscope.methods.base import Traits
    from rankscope.shapes import Matrix


@register
@dataclass(frozen=True, slots=True)
class Logistic(Normalisation):
    r"""Score along a logistic curve of the raw value.

    :math:`y = l + (u - l)/(1 + e^{-k(x - m)})` with midpoint :math:`m` and steepness
    :math:`k` per raw unit.  A negative steepness makes less better: the curve sets the
    direction, and polarity is not applied on top.
    """

    name: ClassVar[str] = "logistic"
    row_wise: ClassVar[bool] = True
    monotone: ClassVar[bool] = False
    sets_direction: ClassVar[bool] = True
    midpoint: float = parameter(None, Between(), "the raw value in the middle of the scale")
    steepness: float = parameter(
        None, Between(), "the growth per raw unit at the midpoint; negative where less is better"
    )
    to: tuple[float, float] = parameter((0.0, 100.0), Ends(), "the ends of the new scale")

    def __post_init__(self) -> None:
        """Check the parameters, and that the curve rises or falls.

        Raises
        ------
        MethodError
            When the steepness is 0, which would give all the same score.
        """
        super(Logistic, self).__post_init__()
        if self.steepness == 0:
            raise MethodError("logistic.steepness must be a number other than 0, got 0.")

    def fit(self, matrix: Matrix, traits: Traits) -> None:
        """Learn nothing."""
        del matrix, traits

    def transform(self, matrix: Matrix, state: None, traits: Traits) -> Matrix:
        """Return scores on the curve, (rows, columns)."""
        del state, traits
        low, high = self.to
        rise = np.tanh(self.steepness * (matrix - self.midpoint) / 2)  # as 1 / (1 + exp), safely
        return low + (high - low) * (1 + rise) / 2

    def explain(self, state: None, column: int) -> str:
        """Give the midpoint and the steepness."""
        del state, column
        return f"logistic curve around {self.midpoint:.6g} with steepness {self.steepness:.6g}"

    def image(self, low: float, high: float) -> tuple[float, float]:
        """Return the ends of the scale."""
        del low, high
        return self.to

    def in_words(self, noun: str = "unit") -> str:
        """Say where the curve is steep."""
        del noun
        low, high = self.to
        way = "rising" if self.steepness > 0 else "falling"
        return (
            f"A value is scored on an S-shaped curve between {low:g} and {high:g}, {way} with the "
            f"value and steepest at {self.midpoint:g}: far from there differences hardly count"
        )
