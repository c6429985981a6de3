"""Group medians: a gap takes the median of the unit's own group."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

import numpy as np

from rankscope._registry import Text, parameter, register
from rankscope.methods.imputation.base import Imputation
from rankscope.methods.references import HANDBOOK
from rankscope.methods.statistics import medians

if TYPE_CHECKING:
    from rankscope.methods.base import Traits
    from rankscope.shapes import Matrix


@register
@dataclass(frozen=True, slots=True)
class GroupMedian(Imputation):
    """Median of the values present in the group; without any, or a group, a gap stays one.

    OECD/JRC Handbook 2008, section 3 (unconditional imputation in classes),
    https://doi.org/10.1787/9789264043466-en.  A single imputation: it understates
    uncertainty.
    """

    name: ClassVar[str] = "group_median"
    citation: ClassVar[str] = f"{HANDBOOK}, section 3"
    group: str = parameter("", Text("the name of a grouping of units"), "the grouping of units")

    def fit(self, matrix: Matrix, traits: Traits) -> Matrix:
        """Learn the medians, of shape (strata, columns)."""
        strata = range(int(traits.strata.max(initial=-1)) + 1)
        rows = [medians(matrix[traits.strata == stratum]) for stratum in strata]
        return np.array(rows).reshape(len(rows), matrix.shape[1])

    def transform(self, matrix: Matrix, state: Matrix, traits: Traits) -> Matrix:
        """Fill the gaps of a matrix of shape (rows, columns) from each row's stratum."""
        unseen = np.full((1, matrix.shape[1]), np.nan)
        known = np.where(traits.strata < len(state), traits.strata, -1)
        return np.where(np.isnan(matrix), np.concatenate([state, unseen])[known], matrix)

    def explain(self, state: Matrix, column: int) -> str:
        """Say which medians fill gaps."""
        found = state[:, column][~np.isnan(state[:, column])]
        ends = f", {found.min():.6g} to {found.max():.6g}" if found.size else ""
        return f"gaps take the median of their {self.group}{ends}"

    def grouping(self) -> str:
        """Return the grouping that medians are taken in."""
        return self.group
