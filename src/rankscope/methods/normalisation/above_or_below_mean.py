"""Above, around or below the mean: one point more, none, or one less."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

import numpy as np

from rankscope._domains import Between
from rankscope._registry import parameter, register
from rankscope.methods.normalisation.base import Normalisation
from rankscope.methods.normalisation.ratios import Yardstick
from rankscope.methods.references import HANDBOOK
from rankscope.methods.statistics import mean_and_deviation

if TYPE_CHECKING:
    from rankscope.methods.base import Traits
    from rankscope.shapes import Matrix


@register
@dataclass(frozen=True, slots=True)
class AboveOrBelowMean(Normalisation):
    r"""One where a value is clearly better than the mean, -1 where clearly worse, else 0.

    Clearly is by more than the share :math:`p` of the mean:
    :math:`|x - \bar x| > p\,|\bar x|`.  OECD/JRC Handbook 2008, section 5.5,
    https://doi.org/10.1787/9789264043466-en
    """

    name: ClassVar[str] = "above_or_below_mean"
    citation: ClassVar[str] = f"{HANDBOOK}, section 5.5"
    threshold: float = parameter(
        0.2, Between(0, 10), "the share of the mean within which a value counts as the mean"
    )

    def fit(self, matrix: Matrix, traits: Traits) -> Yardstick:
        """Learn the means from a matrix of shape (rows, columns)."""
        return Yardstick(mean_and_deviation(matrix)[0], traits.polarity)

    def transform(self, matrix: Matrix, state: Yardstick, traits: Traits) -> Matrix:
        """Return 1, 0 or -1."""
        del traits
        away = (matrix - state.measure) * state.polarity
        near = self.threshold * np.abs(state.measure)
        found = np.where(np.abs(away) > near, np.sign(away), 0.0)
        return np.where(np.isnan(away), np.nan, found)

    def explain(self, state: Yardstick, column: int) -> str:
        """Say what counts as the mean."""
        mean = state.measure[column]
        return f"0 within {self.threshold * abs(mean):.6g} of the mean, {mean:.6g}; else 1 or -1"

    def image(self, low: float, high: float) -> tuple[float, float]:
        """Return -1 and 1."""
        del low, high
        return (-1.0, 1.0)

    def in_words(self, noun: str = "unit") -> str:
        """Say what is counted."""
        del noun
        more = f"more than {self.threshold * 100:g}% of it"
        return (
            f"A value becomes 1 if it is better than the mean by {more}, "
            "-1 if it is worse by more than that, and else 0"
        )
