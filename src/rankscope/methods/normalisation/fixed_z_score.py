"""z-scores whose mean and deviation are given: those of a base year, or of another population."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

import numpy as np

from rankscope._domains import Between, Maybe
from rankscope._registry import parameter, register
from rankscope.methods.normalisation.base import Normalisation
from rankscope.methods.normalisation.z_score import Standard, standardise
from rankscope.methods.references import HANDBOOK

if TYPE_CHECKING:
    from rankscope.methods.base import Traits
    from rankscope.shapes import Matrix


@register
@dataclass(frozen=True, slots=True)
class FixedZScore(Normalisation):
    r"""Distance from a given mean in given deviations, :math:`y = m + s\,(x - c)/d`.

    As where the sources of the Corruption Perceptions Index are measured by their means
    and deviations of the base year 2012, which become 45 and 20.  Differs between
    indicators, so that it stands at each.  OECD/JRC Handbook 2008, section 5.2,
    https://doi.org/10.1787/9789264043466-en
    """

    name: ClassVar[str] = "fixed_z_score"
    citation: ClassVar[str] = f"{HANDBOOK}, section 5.2"
    row_wise: ClassVar[bool] = True
    centre: float = parameter(None, Between(), "the raw value that becomes the mean")
    spread: float = parameter(None, Between(low=1e-9), "how much raw value is one deviation")
    mean: float = parameter(0.0, Between(), "the mean of the new scale")
    deviation: float = parameter(1.0, Between(low=1e-9), "the deviation of the new scale")
    cap: float | None = parameter(
        None, Maybe(Between(low=1e-9)), "the most deviations that a value may lie away"
    )

    def fit(self, matrix: Matrix, traits: Traits) -> Standard:
        """Take the given mean and deviation for each column of a matrix (rows, columns)."""
        columns = matrix.shape[1]
        return Standard(
            np.full(columns, self.centre), np.full(columns, self.spread), traits.polarity
        )

    def transform(self, matrix: Matrix, state: Standard, traits: Traits) -> Matrix:
        """Standardise, turned where polarity is -1."""
        del traits
        return self.mean + self.deviation * standardise(matrix, state, self.cap)

    def explain(self, state: Standard, column: int) -> str:
        """Say which mean and deviation are taken out."""
        del state, column
        return f"mean {self.centre:.6g} and standard deviation {self.spread:.6g}, as given"

    def image(self, low: float, high: float) -> tuple[float, float]:
        """Return where the cap lies; without one there are no ends."""
        del low, high
        reach = np.inf if self.cap is None else self.deviation * self.cap
        return (self.mean - reach, self.mean + reach)

    def in_words(self, noun: str = "unit") -> str:
        """Say what is measured, and the new scale."""
        del noun
        return (
            f"A value becomes its distance from {self.centre:g} in steps of {self.spread:g}, "
            f"on a scale with mean {self.mean:g} and steps of {self.deviation:g}"
        )
