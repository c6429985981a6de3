"""What is too little to count is nothing: a threshold below which values are zero."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

import numpy as np

from rankscope._domains import Between
from rankscope._registry import parameter, register
from rankscope.methods.treatment.base import Treatment

if TYPE_CHECKING:
    from rankscope.methods.base import Traits
    from rankscope.shapes import Mask, Matrix

_SLACK = 1e-9
"""So that a third put together from sixths and eighteenths is a third."""


@register
@dataclass(frozen=True, slots=True)
class ZeroBelow(Treatment):
    """Values below a threshold become zero; the threshold itself stays.

    The second cut-off of multidimensional poverty: deprivations count only for those
    who have a third of them or more.  Alkire & Foster (2011) Journal of Public Economics
    95(7-8), 476-487, https://doi.org/10.1016/j.jpubeco.2010.11.006
    """

    name: ClassVar[str] = "zero_below"
    row_wise: ClassVar[bool] = True
    citation: ClassVar[str] = (
        "Alkire & Foster (2011) Journal of Public Economics 95(7-8), 476-487, "
        "doi:10.1016/j.jpubeco.2010.11.006"
    )
    threshold: float = parameter(None, Between(low=0), "the lowest value that stays, such as 1/3")

    def fit(self, matrix: Matrix, traits: Traits) -> None:
        """Learn nothing."""
        del matrix, traits

    def transform(self, matrix: Matrix, state: None, traits: Traits) -> Matrix:
        """Return values of shape (rows, columns), zero where they are too low."""
        del state, traits
        return np.where(matrix < self.threshold * (1 - _SLACK), 0.0, matrix)

    def touched(self, matrix: Matrix, state: None) -> Mask:
        """Return which cells, of shape (rows, columns), are too low."""
        del state
        low: Mask = matrix < self.threshold * (1 - _SLACK)
        return low

    def explain(self, state: None, column: int) -> str:
        """Say which values."""
        del state, column
        return f"zero below {self.threshold:g}"

    def image(self, low: float, high: float) -> tuple[float, float]:
        """Return zero in place of an end that is too low."""
        stays = self.threshold * (1 - _SLACK)
        return (low if low >= stays else 0.0, high if high >= stays else 0.0)

    def in_words(self, noun: str = "unit") -> str:
        """Say what is nothing."""
        del noun
        return f"What is below {self.threshold:g} counts as nothing"
