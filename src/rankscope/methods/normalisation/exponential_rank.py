"""Exponentially transformed ranks: being among the first counts for far more than the middle."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

import numpy as np

from rankscope._domains import Between
from rankscope._registry import parameter, register
from rankscope.errors import MethodError
from rankscope.methods.normalisation.base import Normalisation
from rankscope.methods.normalisation.order import SHARED, Order, fit_order, ranks
from rankscope.methods.references import DEPRIVATION

if TYPE_CHECKING:
    from rankscope.methods.base import Traits
    from rankscope.shapes import Matrix


@register
@dataclass(frozen=True, slots=True)
class ExponentialRank(Normalisation):
    r"""Exponentially transformed rank, as in the English Indices of Deprivation.

    :math:`E = -s\,\ln(1 - R\,(1 - e^{-t/s}))` with :math:`R = r/n`, the rank from the
    worst as a share, the scale :math:`s` and the top :math:`t`: with 23 and 100 a tenth
    of the values lies above 50.  A high score on one indicator is then hardly cancelled
    by a low one on another.  McLennan et al. (2019) The English Indices of Deprivation
    2019: Technical report, MHCLG.
    """

    name: ClassVar[str] = "exponential_rank"
    citation: ClassVar[str] = DEPRIVATION
    scale: float = parameter(23.0, Between(1e-3, 1e6), "how slowly scores fall off from the top")
    top: float = parameter(100.0, Between(1e-3, 1e6), "the score of the best")
    ties: str = parameter("average", SHARED, "the rank, from the worst, that equal values share")

    def __post_init__(self) -> None:
        """Check the parameters, and that the exponential is a number above zero.

        Raises
        ------
        MethodError
            When the scale is so small that all but the best would have next to nothing.
        """
        super(ExponentialRank, self).__post_init__()
        if self.top > 500 * self.scale:
            raise MethodError(
                f"exponential_rank.scale must be at least one 500th of exponential_rank.top, "
                f"{self.top / 500:g}, got {self.scale:g}."
            )

    def fit(self, matrix: Matrix, traits: Traits) -> Order:
        """Learn the order of the values of a matrix of shape (rows, columns)."""
        return fit_order(matrix, traits.polarity)

    def transform(self, matrix: Matrix, state: Order, traits: Traits) -> Matrix:
        """Return the transformed ranks; a single value has the top."""
        del traits
        share = ranks(matrix, state, self.ties) / np.maximum(state.present, 1)
        least = np.exp(-self.top / self.scale)
        scores: Matrix = -self.scale * np.log((1 - share) + share * least)
        return scores

    def explain(self, state: Order, column: int) -> str:
        """Say among how many values the rank is taken."""
        return f"exponential transformation of the rank among {state.present[column]} values"

    def image(self, low: float, high: float) -> tuple[float, float]:
        """Return 0 and the top."""
        del low, high
        return (0.0, self.top)

    def in_words(self, noun: str = "unit") -> str:
        """Say what the transformation is for."""
        del noun
        middle = -self.scale * np.log(0.5 + 0.5 * np.exp(-self.top / self.scale))
        return (
            f"A value becomes its rank on a stretched scale up to {self.top:g}, on which the "
            f"middle has {middle:.3g}: being near the top counts for far more than the rest"
        )
