"""Tukey's fences: extreme is what lies far outside the middle half of the values."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

import numpy as np

from rankscope._domains import Between
from rankscope._registry import parameter, register
from rankscope.methods.treatment.capping import Caps, Fenced, Fences

if TYPE_CHECKING:
    from rankscope.methods.base import Traits
    from rankscope.shapes import Matrix


@register
@dataclass(frozen=True, slots=True)
class InterquartileFences(Fenced):
    r"""Caps what lies more than some interquartile ranges outside the quartiles (Tukey 1977).

    The fences are :math:`q_1 - k\,(q_3 - q_1)` and :math:`q_3 + k\,(q_3 - q_1)`;
    quartiles are interpolated between the values present.  A column whose quartiles
    are equal is left as it is.
    """

    name: ClassVar[str] = "interquartile_fences"
    citation: ClassVar[str] = "Tukey (1977) Exploratory Data Analysis, Addison-Wesley"
    factor: float = parameter(
        1.5, Between(0, 1000), "how many interquartile ranges beyond a quartile are too far"
    )

    def fit(self, matrix: Matrix, traits: Traits) -> Caps:
        """Learn the caps of each column of a matrix of shape (rows, columns)."""
        del traits
        quartiles = np.full((2, matrix.shape[1]), np.nan)
        for column in np.flatnonzero(~np.isnan(matrix).all(axis=0)):
            quartiles[:, column] = np.nanquantile(matrix[:, column], [0.25, 0.75])
        first, third = quartiles
        reach = self.factor * (third - first)
        spread = np.where(third > first, 0.0, np.nan)
        return self.caps(matrix, Fences(first - reach + spread, third + reach + spread))

    def in_words(self, noun: str = "unit") -> str:
        """Say what is extreme."""
        del noun
        return (
            f"A value further than {self.factor:g} times the width of the middle half of all "
            f"values from that half is drawn in to {self.border()}"
        )
