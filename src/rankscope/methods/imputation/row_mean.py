"""The row mean: a gap takes the place that the unit has on average in the rest of the pillar."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

import numpy as np

from rankscope._registry import register
from rankscope.methods.imputation.base import Imputation
from rankscope.methods.references import COINR
from rankscope.methods.statistics import smallest_and_largest

if TYPE_CHECKING:
    from rankscope.methods.base import Traits
    from rankscope.shapes import Matrix


@register
@dataclass(frozen=True, slots=True)
class RowMean(Imputation):
    """Mean of the unit's other indicators in the same pillar, each on a scale from 0 to 1.

    Every sibling is brought to its share of the range from worst to best, the shares are
    averaged, and the average is led back to the range of the indicator that lacks the
    value: COINr's ``impute_by = "row"`` with ``normalise_first``.  A sibling with one
    value only says nothing; a unit without siblings keeps its gap.  Skipping the gap when
    a pillar of equal weights is averaged comes to the same score.  A single imputation:
    it understates uncertainty.  https://doi.org/10.21105/joss.04567
    """

    name: ClassVar[str] = "row_mean"
    citation: ClassVar[str] = COINR
    by_parent: ClassVar[bool] = True

    def fit(self, matrix: Matrix, traits: Traits) -> Matrix:
        """Learn the worst and the best value of each column, of shape (2, columns)."""
        low, high = smallest_and_largest(matrix)
        upward = traits.polarity > 0
        return np.stack([np.where(upward, low, high), np.where(upward, high, low)])

    def transform(self, matrix: Matrix, state: Matrix, traits: Traits) -> Matrix:
        """Fill the gaps of siblings, of shape (rows, columns)."""
        del traits
        worst, span = state[0], state[1] - state[0]
        usable = ~np.isnan(matrix) & (span != 0) & ~np.isnan(span)
        shares = np.divide(matrix - worst, span, out=np.zeros(matrix.shape), where=usable)
        count = usable.sum(axis=1)
        average = np.full(len(matrix), np.nan)
        np.divide(shares.sum(axis=1), count, out=average, where=count > 0)
        return np.where(np.isnan(matrix), worst + average[:, None] * span, matrix)

    def explain(self, state: Matrix, column: int) -> str:
        """Say between which values a gap is placed."""
        if np.isnan(state[0, column]):
            return "gaps stay gaps: there is no value to place them by"
        worst, best = state[:, column]
        return (
            f"a gap takes the unit's mean place in the rest of the pillar, "
            f"between {worst:.6g} and {best:.6g}"
        )

    def in_words(self, noun: str = "unit") -> str:
        """Say what a gap is filled with."""
        return (
            f"A gap is filled so that the {noun} stands between the worst and the best value "
            "where it stands on average in the other indicators of the same pillar"
        )
