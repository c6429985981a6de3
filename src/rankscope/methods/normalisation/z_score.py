"""Z-scores: distance from the mean in standard deviations."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, NamedTuple

import numpy as np

from rankscope._domains import Between
from rankscope._registry import parameter, register
from rankscope.methods.normalisation.base import Normalisation
from rankscope.methods.references import HANDBOOK
from rankscope.methods.statistics import mean_and_deviation

if TYPE_CHECKING:
    from rankscope.methods.base import Traits
    from rankscope.shapes import Matrix, Vector


class Standard(NamedTuple):
    """Mean, sample standard deviation and polarity of each column, of shape (columns,)."""

    mean: Vector
    deviation: Vector
    polarity: Vector


@register
@dataclass(frozen=True, slots=True)
class ZScore(Normalisation):
    r"""Standardisation with the sample deviation, n - 1 (OECD/JRC Handbook 2008, section 5.2).

    :math:`y = m + s\,(x - \bar x)/s_x`, turned where polarity is -1; gaps stay gaps, and
    a constant column is NaN.  https://doi.org/10.1787/9789264043466-en
    """

    name: ClassVar[str] = "z_score"
    citation: ClassVar[str] = f"{HANDBOOK}, section 5.2"
    mean: float = parameter(0.0, Between(), "the mean of the new scale")
    deviation: float = parameter(1.0, Between(low=1e-9), "the standard deviation of the new scale")

    def fit(self, matrix: Matrix, traits: Traits) -> Standard:
        """Learn mean and deviation from a matrix of shape (rows, columns)."""
        mean, deviation = mean_and_deviation(matrix)
        return Standard(mean, deviation, traits.polarity)

    def transform(self, matrix: Matrix, state: Standard, traits: Traits) -> Matrix:
        """Standardise; NaN where a column is constant."""
        del traits
        spread = np.where(state.deviation == 0, np.nan, state.deviation)
        z = (matrix - state.mean) / spread * state.polarity
        return self.mean + self.deviation * z

    def explain(self, state: Standard, column: int) -> str:
        """Say which mean and deviation are taken out."""
        mean, deviation = state.mean[column], state.deviation[column]
        return f"mean {mean:.6g} and standard deviation {deviation:.6g} taken out"
