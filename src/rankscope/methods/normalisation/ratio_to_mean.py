"""Values indexed to the mean, as index numbers are."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

import numpy as np

from rankscope._domains import OneOf
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
from rankscope.methods.statistics import mean_and_deviation

if TYPE_CHECKING:
    from rankscope.methods.base import Traits
    from rankscope.shapes import Matrix, Vector


@register
@dataclass(frozen=True, slots=True)
class RatioToMean(Normalisation):
    r"""Value indexed to the mean: the mean becomes 100, or 0 as a ``difference``.

    ``ratio``: :math:`b\,x/\bar x`, and :math:`b\,\bar x/x` where less is better, of
    positive values; ``difference``: :math:`\pm b\,(x - \bar x)/|\bar x|`.  OECD/JRC
    Handbook 2008, section 5.4 (the average as the reference),
    https://doi.org/10.1787/9789264043466-en
    """

    name: ClassVar[str] = "ratio_to_mean"
    citation: ClassVar[str] = f"{HANDBOOK}, section 5.4"
    base: float = parameter(100.0, SCALE_OF_ONE, "what one mean becomes, such as 1 or 100")
    form: str = parameter(
        "ratio", OneOf(("ratio", "difference")), "divide by the mean, or also take it off first"
    )

    def fit(self, matrix: Matrix, traits: Traits) -> Yardstick:
        """Learn the means from a matrix of shape (rows, columns)."""
        return Yardstick(mean_and_deviation(matrix)[0], traits.polarity)

    def transform(self, matrix: Matrix, state: Yardstick, traits: Traits) -> Matrix:
        """Return ratios or differences; NaN where the mean does not allow them."""
        del traits
        if self.form == "ratio":
            return self.base * ratio(matrix, state)
        size = np.where(state.measure == 0, np.nan, np.abs(state.measure))
        return self.base * state.polarity * (matrix - state.measure) / size

    def explain(self, state: Yardstick, column: int) -> str:
        """Say what the mean is."""
        if self.form == "ratio":
            return explain_ratio(state, column, "the mean")
        return f"relative difference from the mean, {state.measure[column]:.6g}"

    def refused_values(self, values: Vector, polarity: float) -> tuple[float, ...]:
        """Return values of zero or less, where a ratio can not have them."""
        if self.form == "difference":
            return (0.0,) if values.size and not values.any() else ()
        return not_positive(values) if polarity < 0 or values.sum() <= 0 else ()

    def image(self, low: float, high: float) -> tuple[float, float]:
        """Return no upper end, and zero as the lower one of ratios of positive values."""
        if self.form == "difference":
            return (-np.inf, np.inf)
        return image_of_ratios(low, high, np.inf)

    def in_words(self, noun: str = "unit") -> str:
        """Say what the mean becomes."""
        del noun
        if self.form == "ratio":
            return f"A value is expressed as a share of the mean, which becomes {self.base:g}"
        return f"A value becomes its difference from the mean, which counts as {self.base:g}"
