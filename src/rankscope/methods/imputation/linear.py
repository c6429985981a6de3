"""Linear interpolation: a gap in a panel lies on the line between the values around it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

import numpy as np

from rankscope._domains import OneOf
from rankscope._registry import parameter, register
from rankscope.methods.imputation.panel import Observed, Panel, earlier, later
from rankscope.methods.references import COINR

if TYPE_CHECKING:
    from rankscope.methods.base import Traits
    from rankscope.shapes import Matrix

_ENDS = {
    "none": "",
    "nearest": "; before the first and after the last value, that value",
    "extrapolate": "; before the first and after the last value, the line goes on",
}


@register
@dataclass(frozen=True, slots=True)
class Linear(Panel):
    """A straight line, in time, between the unit's values before and after the gap.

    Before the first and after the last value ``ends`` decides: ``none`` leaves gaps,
    ``nearest`` takes that value (COINr's ``linear-constant``), ``extrapolate`` goes on
    along the line through the two nearest.  A series with one value is constant but for
    ``none``.  ``limit`` bounds the time to the nearest value used.  A single imputation:
    it understates uncertainty.  https://doi.org/10.21105/joss.04567
    """

    name: ClassVar[str] = "linear"
    citation: ClassVar[str] = COINR
    ends: str = parameter(
        "none", OneOf(tuple(_ENDS)), "what happens before the first and after the last value"
    )

    def transform(self, matrix: Matrix, state: None, traits: Traits) -> Matrix:
        """Fill the gaps of a matrix of shape (rows, columns), rows in any order."""
        del state
        before, after = earlier(matrix, traits), later(matrix, traits)
        since = traits.times[:, None] - before.times(traits.times)
        until = after.times(traits.times) - traits.times[:, None]
        span = since + until
        share = np.divide(since, span, out=np.zeros(span.shape), where=span > 0)
        low, high = before.values(matrix), after.values(matrix)
        between = np.where(np.isnan(span), np.nan, (1 - share) * low + share * high)
        filled = np.where(np.isnan(matrix), between, matrix)
        if self.ends != "none":
            filled = self._ended(filled, self._beyond(matrix, before, traits))
            filled = self._ended(filled, self._beyond(matrix, after, traits))
        near = self._reaches(np.fmin(since, until))
        return np.where(np.isnan(matrix) & ~near, np.nan, filled)

    def _beyond(self, matrix: Matrix, near: Observed, traits: Traits) -> Matrix:
        """Return what cells are from the values on one side alone, of shape (rows, columns)."""
        if self.ends == "nearest":
            return near.values(matrix)
        away = traits.times[:, None] - near.times(traits.times)
        return near.values(matrix) + near.slopes(matrix, traits.times) * away

    @staticmethod
    def _ended(filled: Matrix, beyond: Matrix) -> Matrix:
        return np.where(np.isnan(filled), beyond, filled)

    def explain(self, state: None, column: int) -> str:
        """Say which line fills gaps."""
        del state, column
        line = "a gap lies on the line between the unit's values before and after it"
        return f"{line}{_ENDS[self.ends]}{self._limited()}"

    def in_words(self, noun: str = "unit") -> str:
        """Say what a gap is filled with."""
        return (
            "A gap is filled by a straight line between the values before and after it of the "
            f"same {noun}{_ENDS[self.ends]}{self._limited()}"
        )
