"""The mean: a gap takes the mean of the values present, in all units or in the unit's group."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

import numpy as np

from rankscope._registry import register
from rankscope.methods.imputation.base import Imputation
from rankscope.methods.references import HANDBOOK
from rankscope.methods.statistics import mean_and_deviation

if TYPE_CHECKING:
    from rankscope.methods.base import Traits
    from rankscope.shapes import Matrix, Vector


@register
@dataclass(frozen=True, slots=True)
class Mean(Imputation):
    """Mean of the values present; within a grouping, of those of the same group.

    Without any value, or without a group, a gap stays a gap.  The unconditional mean of
    the OECD/JRC Handbook 2008, section 3; within a grouping the same as COINr's
    ``i_mean_grp``.  A single imputation: it understates uncertainty, and it draws the
    column together around its mean.  https://doi.org/10.1787/9789264043466-en
    """

    name: ClassVar[str] = "mean"
    citation: ClassVar[str] = f"{HANDBOOK}, section 3"

    def fit(self, matrix: Matrix, traits: Traits) -> Vector:
        """Learn the means, of shape (columns,)."""
        del traits
        return mean_and_deviation(matrix)[0]

    def transform(self, matrix: Matrix, state: Vector, traits: Traits) -> Matrix:
        """Fill the gaps of a matrix of shape (rows, columns)."""
        del traits
        return np.where(np.isnan(matrix), state, matrix)

    def explain(self, state: Vector, column: int) -> str:
        """Say which mean fills gaps."""
        if np.isnan(state[column]):
            return "gaps stay gaps: there is no value to take a mean of"
        return f"a gap takes the mean, {state[column]:.6g}"

    def in_words(self, noun: str = "unit") -> str:
        """Say what a gap is filled with."""
        del noun
        if self.within is None:
            return "A gap is filled with the mean of the values present"
        return (
            f"A gap is filled with the mean of the same group ({self.within}); "
            "where the group has no value, it stays a gap"
        )
