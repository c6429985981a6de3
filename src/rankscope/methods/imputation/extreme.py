"""The extremes: a gap takes the worst or the best of the values present."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

import numpy as np

from rankscope._domains import Between, OneOf
from rankscope._registry import parameter, register
from rankscope.methods.imputation.base import Imputation

if TYPE_CHECKING:
    from rankscope.methods.base import Traits
    from rankscope.shapes import Matrix, Vector


@register
@dataclass(frozen=True, slots=True)
class Extreme(Imputation):
    """The worst or the best value present, by polarity: how far a gap could move a rank.

    Between the ranks under ``worst`` and under ``best`` for one unit's gaps lies what
    those gaps can do to it, as long as it is no worse and no better than everybody else
    (Manski 2003, Partial Identification of Probability Distributions, chapter 1,
    https://doi.org/10.1007/b97478).  With ``margin`` 0.1 the end is not the last value
    but the one that a tenth of the values lie beyond, interpolated.  As an assumption of
    its own it is a single imputation and understates uncertainty.
    """

    name: ClassVar[str] = "extreme"
    citation: ClassVar[str] = (
        "Manski (2003) Partial Identification of Probability Distributions, doi:10.1007/b97478"
    )
    end: str = parameter("worst", OneOf(("worst", "best")), "the end that a gap takes")
    margin: float = parameter(
        0.0, Between(0, 0.5), "the share of the values present that lie beyond what a gap takes"
    )

    def fit(self, matrix: Matrix, traits: Traits) -> Vector:
        """Learn the ends, of shape (columns,); NaN for empty columns."""
        upper = (traits.polarity > 0) == (self.end == "best")
        ends = np.full(matrix.shape[1], np.nan)
        for column in np.flatnonzero(~np.isnan(matrix).all(axis=0)):
            share = 1 - self.margin if upper[column] else self.margin
            ends[column] = np.nanquantile(matrix[:, column], share)
        return ends

    def transform(self, matrix: Matrix, state: Vector, traits: Traits) -> Matrix:
        """Fill the gaps of a matrix of shape (rows, columns)."""
        del traits
        return np.where(np.isnan(matrix), state, matrix)

    def explain(self, state: Vector, column: int) -> str:
        """Say which value fills gaps."""
        if np.isnan(state[column]):
            return f"gaps stay gaps: there is no {self.end} value"
        beyond = f" but for {self.margin:.0%} of the values" if self.margin else ""
        return f"a gap takes the {self.end} value{beyond}, {state[column]:.6g}"

    def in_words(self, noun: str = "unit") -> str:
        """Say what a gap is filled with."""
        del noun
        beyond = f", leaving out the {self.end} {self.margin * 100:g}%" if self.margin else ""
        return f"A gap is filled with the {self.end} of the values present{self._among()}{beyond}"
