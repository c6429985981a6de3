"""The benefit of the doubt: each unit is judged by the weights that suit it best."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

import numpy as np

from rankscope._domains import Between
from rankscope._registry import parameter, register
from rankscope.errors import MethodError
from rankscope.methods.aggregation.base import Aggregation
from rankscope.methods.aggregation.best_weights import best_scores

if TYPE_CHECKING:
    from rankscope.shapes import Batch, Matrix, Vector


@register
@dataclass(frozen=True, slots=True)
class BenefitOfTheDoubt(Aggregation):
    r"""Each unit's best weighted sum, :math:`\max_w w x_i` where no unit exceeds one.

    One linear program per unit; a score of ``top`` means that some weights put nobody
    ahead.  ``lower`` and ``upper`` bound the share :math:`w_k x_{ik} / w x_i` of each
    child in the unit's own score; where there are too few children for that, an equal
    share is always allowed.  The node's weights play no part, but for zero.

    Values are zero or more.  A missing child counts as zero: the unit puts no weight on
    it, and others are compared with what is known of the unit.  No value that might be
    filled in lowers a unit's own score (Kuosmanen 2009,
    https://doi.org/10.1057/jors.2008.132).  Cherchye, Moesen, Rogge & Van Puyenbroeck (2007)
    Social Indicators Research 82(1), 111-145, https://doi.org/10.1007/s11205-006-9029-7;
    bounds: Wong & Beasley (1990), https://doi.org/10.1057/jors.1990.120
    """

    name: ClassVar[str] = "benefit_of_the_doubt"
    citation: ClassVar[str] = (
        "Cherchye, Moesen, Rogge & Van Puyenbroeck (2007) Social Indicators Research 82(1), "
        "111-145, doi:10.1007/s11205-006-9029-7"
    )
    monotone: ClassVar[bool] = False
    row_wise: ClassVar[bool] = False
    lower: float = parameter(0.0, Between(0, 1), "the least share of each child in a score")
    upper: float = parameter(1.0, Between(0, 1), "the largest share of each child in a score")
    top: float = parameter(1.0, Between(1e-6, 1e6), "the score of the best")

    def __post_init__(self) -> None:
        """Check the parameters, and that the lower share is not the larger one."""
        super(BenefitOfTheDoubt, self).__post_init__()
        if self.lower > self.upper:
            raise MethodError(
                "benefit_of_the_doubt.lower must be at most benefit_of_the_doubt.upper, "
                f"got {self.lower:g} and {self.upper:g}."
            )

    def chart(self) -> None:
        """Return none: weights are chosen anew for each row."""
        return

    def accepts(self, low: float, high: float | None = None) -> bool:
        """Accept zero and positive values."""
        del high
        return low >= 0

    def combine(self, values: Batch, weights: Batch) -> Batch:
        """Return the best score of each row; a row with a negative value takes no part.

        Draws in which the same children take part are solved once.
        """
        weights = np.broadcast_to(weights, values.shape)
        scores = np.empty(values.shape[:-1])
        known: dict[bytes, Vector] = {}
        for draw in np.ndindex(values.shape[:-2]):
            there = weights[draw] > 0
            there &= ~((values[draw] < 0) & there).any(axis=1, keepdims=True)
            matrix = np.where(there, values[draw], np.nan)
            key = matrix.tobytes()
            if key not in known:
                known[key] = self._of_draw(matrix)
            scores[draw] = known[key]
        return scores

    def image(self, lows: Vector, highs: Vector, weights: Vector) -> tuple[float, float]:
        """Return 0 and the top."""
        del lows, highs, weights
        return (0.0, self.top)

    def in_words(self, noun: str = "unit") -> str:
        """Say who chooses the weights."""
        bounded = self.lower > 0 or self.upper < 1
        bounds = f"; each part makes up {self.lower:.0%} to {self.upper:.0%} of the score"
        return (
            f"Each {noun} is given the weights that suit it best, with which it is compared with "
            f"all others: {self.top:g} means that by these weights nobody is ahead"
            + bounds
            * bounded
        )

    def _of_draw(self, matrix: Matrix) -> Vector:
        """Return the score of each row of a matrix (rows, children), NaN where it takes no part."""
        scores = np.full(len(matrix), np.nan)
        there = ~np.isnan(matrix)
        part = there.any(axis=1)
        if part.any():
            values = np.where(there, matrix, 0.0)[part]
            scores[part] = self.top * best_scores(values, there[part], (self.lower, self.upper))
        return scores
