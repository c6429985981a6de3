"""Normal scores: ranks turned into the values that a normal distribution would have there."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

import numpy as np

from rankscope._domains import Between
from rankscope._registry import parameter, register
from rankscope.methods.normalisation.base import Normalisation
from rankscope.methods.normalisation.order import SHARED, Order, fit_order, ranks

if TYPE_CHECKING:
    from rankscope.methods.base import Traits
    from rankscope.shapes import Matrix


@register
@dataclass(frozen=True, slots=True)
class NormalScores(Normalisation):
    r"""Normal quantile of the rank, :math:`\Phi^{-1}\!\left(\frac{r-c}{n+1-2c}\right)`.

    With the rank :math:`r` from the worst of :math:`n` values; whatever the distribution
    was, it becomes standard normal, as indices of deprivation take it before factor
    analysis.  ``c`` is 0 for van der Waerden's scores, 3/8 for those of Blom (1958), 1/3
    for Tukey's and 1/2 for rankits.  Beasley, Erickson & Allison (2009) Behavior Genetics
    39(5), 580-595, https://doi.org/10.1007/s10519-009-9281-0
    """

    name: ClassVar[str] = "normal_scores"
    citation: ClassVar[str] = (
        "Beasley, Erickson & Allison (2009) Behavior Genetics 39(5), 580-595, "
        "doi:10.1007/s10519-009-9281-0"
    )
    c: float = parameter(0.0, Between(0, 0.5), "what is taken off the rank, such as 3/8 (Blom)")
    ties: str = parameter("average", SHARED, "the rank, from the worst, that equal values share")

    def fit(self, matrix: Matrix, traits: Traits) -> Order:
        """Learn the order of the values of a matrix of shape (rows, columns)."""
        return fit_order(matrix, traits.polarity)

    def transform(self, matrix: Matrix, state: Order, traits: Traits) -> Matrix:
        """Return the normal quantile of each value's rank among the fitted ones."""
        del traits
        from scipy.special import ndtri

        share = (ranks(matrix, state, self.ties) - self.c) / (state.present + 1 - 2 * self.c)
        scores: Matrix = np.asarray(ndtri(share), dtype=float)
        return scores

    def explain(self, state: Order, column: int) -> str:
        """Say among how many values the rank is taken."""
        return f"normal quantile of the rank among {state.present[column]} values"

    def in_words(self, noun: str = "unit") -> str:
        """Say what a rank becomes."""
        return (
            f"A {noun}'s value becomes what a value of its rank would be if all were spread "
            "evenly along a bell curve, so that extremes do not stretch the scale"
        )
