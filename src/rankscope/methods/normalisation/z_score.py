"""Z-scores: distance from the mean in standard deviations."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, NamedTuple

import numpy as np

from rankscope._domains import Between, Maybe, OneOf, Text
from rankscope._registry import parameter, register
from rankscope.methods.normalisation.base import Normalisation
from rankscope.methods.references import HANDBOOK
from rankscope.methods.statistics import mean_and_deviation

if TYPE_CHECKING:
    from rankscope.methods.base import Traits
    from rankscope.shapes import Matrix, Vector


class Standard(NamedTuple):
    """Centre, spread and polarity of each column, of shape (columns,)."""

    centre: Vector
    spread: Vector
    polarity: Vector


def standardise(matrix: Matrix, standard: Standard, cap: float | None) -> Matrix:
    """Return distances from the centre in spreads, turned where polarity is -1, (rows, columns).

    No distance is larger than the ``cap``; NaN in columns without spread.
    """
    spread = np.where(standard.spread > 0, standard.spread, np.nan)
    z = (matrix - standard.centre) / spread * standard.polarity
    return z if cap is None else np.clip(z, -cap, cap)


def population_deviation(matrix: Matrix, sample: Vector) -> Vector:
    """Return deviations with the divisor n from those with n - 1, both of shape (columns,)."""
    n = np.maximum(np.sum(~np.isnan(matrix), axis=0), 1)
    deviation: Vector = sample * np.sqrt((n - 1) / n)
    return deviation


def weighted_moments(matrix: Matrix, sizes: Vector, deviation_of: str) -> tuple[Vector, Vector]:
    """Return means and deviations, of shape (columns,), in which rows count by sizes (rows,).

    The sum of the sizes takes the place of n.
    """
    gaps = np.isnan(matrix)
    counted = np.where(gaps, 0.0, sizes[:, None])
    n = counted.sum(axis=0)
    mean = (counted * np.where(gaps, 0.0, matrix)).sum(axis=0) / np.where(n > 0, n, np.nan)
    squares = (counted * np.where(gaps, 0.0, matrix - mean) ** 2).sum(axis=0)
    divisor = n - (deviation_of == "sample")
    return mean, np.sqrt(squares / np.where(divisor > 0, divisor, np.nan))


@register
@dataclass(frozen=True, slots=True)
class ZScore(Normalisation):
    r"""Distance from the mean in standard deviations (OECD/JRC Handbook 2008, section 5.2).

    :math:`y = m + s\,(x - \bar x)/s_x`, turned where polarity is -1; the deviation is
    that of a ``sample``, with the divisor n - 1, or of the whole ``population``, with n.
    ``weighted_by`` a variable, units count by their size in both, as in the deprivation
    scores of Carstairs and Morris (1991), which weight by population.
    Gaps stay gaps, and a constant column is NaN.
    https://doi.org/10.1787/9789264043466-en
    """

    name: ClassVar[str] = "z_score"
    citation: ClassVar[str] = f"{HANDBOOK}, section 5.2"
    mean: float = parameter(0.0, Between(), "the mean of the new scale")
    deviation: float = parameter(1.0, Between(low=1e-9), "the standard deviation of the new scale")
    deviation_of: str = parameter(
        "sample", OneOf(("sample", "population")), "divide by n - 1 (sample) or n (population)"
    )
    cap: float | None = parameter(
        None, Maybe(Between(low=1e-9)), "the most standard deviations that a value may lie away"
    )
    weighted_by: str | None = parameter(
        None,
        Maybe(Text("the code of a variable such as population")),
        "the variable by which units count in mean and deviation",
    )

    def sized_by(self) -> str | None:
        """Return the variable by which units count."""
        return self.weighted_by

    def fit(self, matrix: Matrix, traits: Traits) -> Standard:
        """Learn mean and deviation from a matrix of shape (rows, columns)."""
        if self.weighted_by is not None:
            mean, deviation = weighted_moments(matrix, traits.sizes, self.deviation_of)
            return Standard(mean, deviation, traits.polarity)
        mean, deviation = mean_and_deviation(matrix)
        if self.deviation_of == "population":
            deviation = population_deviation(matrix, deviation)
        return Standard(mean, deviation, traits.polarity)

    def transform(self, matrix: Matrix, state: Standard, traits: Traits) -> Matrix:
        """Standardise; NaN where a column is constant."""
        del traits
        return self.mean + self.deviation * standardise(matrix, state, self.cap)

    def explain(self, state: Standard, column: int) -> str:
        """Say which mean and deviation are taken out."""
        mean, deviation = state.centre[column], state.spread[column]
        return f"mean {mean:.6g} and standard deviation {deviation:.6g} taken out"

    def image(self, low: float, high: float) -> tuple[float, float]:
        """Return where the cap lies; without one there are no ends."""
        del low, high
        reach = np.inf if self.cap is None else self.deviation * self.cap
        return (self.mean - reach, self.mean + reach)

    def in_words(self, noun: str = "unit") -> str:
        """Say what is measured, and the new scale."""
        del noun
        capped = (
            "" if self.cap is None else f"; more than {self.cap:g} of them count as {self.cap:g}"
        )
        return (
            "A value becomes its distance from the mean in standard deviations, "
            f"on a scale with mean {self.mean:g} and standard deviation {self.deviation:g}{capped}"
        )
