"""Shares of the best value: how much of what the leader has."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

import numpy as np

from rankscope._registry import parameter, register
from rankscope.methods.normalisation.base import Normalisation
from rankscope.methods.normalisation.ratios import (
    SCALE_OF_ONE,
    Yardstick,
    explain_ratio,
    image_of_ratios,
    not_positive,
    ratio,
)
from rankscope.methods.references import HANDBOOK
from rankscope.methods.statistics import smallest_and_largest

if TYPE_CHECKING:
    from rankscope.methods.base import Traits
    from rankscope.shapes import Matrix, Vector


@register
@dataclass(frozen=True, slots=True)
class ShareOfBest(Normalisation):
    """Value as a share of the best: x / max, and min / x where less is better.

    COINr's ``n_fracmax``, which knows no second case.  The best must be above zero,
    and where less is better all values.  OECD/JRC Handbook 2008, section 5.4 (the
    group leader as the reference), https://doi.org/10.1787/9789264043466-en
    """

    name: ClassVar[str] = "share_of_best"
    citation: ClassVar[str] = f"{HANDBOOK}, section 5.4"
    top: float = parameter(100.0, SCALE_OF_ONE, "what the best becomes, such as 1 or 100")

    def fit(self, matrix: Matrix, traits: Traits) -> Yardstick:
        """Learn the best values from a matrix of shape (rows, columns)."""
        low, high = smallest_and_largest(matrix)
        return Yardstick(np.where(traits.polarity > 0, high, low), traits.polarity)

    def transform(self, matrix: Matrix, state: Yardstick, traits: Traits) -> Matrix:
        """Return the shares; NaN in a column whose best is not above zero."""
        del traits
        return self.top * ratio(matrix, state)

    def explain(self, state: Yardstick, column: int) -> str:
        """Say what the best is."""
        return explain_ratio(state, column, "the best")

    def refused_values(self, values: Vector, polarity: float) -> tuple[float, ...]:
        """Return values of zero or less, where less is better or there are no others."""
        return not_positive(values) if polarity < 0 or not (values > 0).any() else ()

    def image(self, low: float, high: float) -> tuple[float, float]:
        """Return up to the top."""
        return image_of_ratios(low, high, self.top)

    def in_words(self, noun: str = "unit") -> str:
        """Say what the best becomes."""
        del noun
        return (
            f"The best value becomes {self.top:g} and the others their share of it; "
            "where less is better, twice as much is half the share"
        )
