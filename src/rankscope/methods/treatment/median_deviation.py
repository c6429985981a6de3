"""Distances from the median, in median absolute deviations."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, Final

import numpy as np

from rankscope._domains import Between
from rankscope._registry import parameter, register
from rankscope.methods.statistics import medians
from rankscope.methods.treatment.capping import Caps, Fenced, Fences

if TYPE_CHECKING:
    from rankscope.methods.base import Traits
    from rankscope.shapes import Matrix

AS_NORMAL: Final = 1.482602218505602
"""Makes the median absolute deviation of a normal distribution its standard deviation."""


@register
@dataclass(frozen=True, slots=True)
class MedianDeviation(Fenced):
    r"""Caps what lies too many median absolute deviations from the median (Leys et al. 2013).

    The fences are :math:`m \pm k \cdot 1.4826 \cdot \mathrm{median}|x - m|`.  A column
    more than half of which is tied is left as it is.
    https://doi.org/10.1016/j.jesp.2013.03.013
    """

    name: ClassVar[str] = "median_deviation"
    citation: ClassVar[str] = (
        "Leys, Ley, Klein, Bernard & Licata (2013) Journal of Experimental Social Psychology "
        "49(4), 764-766, doi:10.1016/j.jesp.2013.03.013"
    )
    factor: float = parameter(
        3.0, Between(0.01, 1000), "how many deviations from the median are too far"
    )

    def fit(self, matrix: Matrix, traits: Traits) -> Caps:
        """Learn the caps of each column of a matrix of shape (rows, columns)."""
        del traits
        middle = medians(matrix)
        reach = self.factor * AS_NORMAL * medians(np.abs(matrix - middle))
        return self.caps(matrix, Fences(middle - reach, middle + reach))

    def in_words(self, noun: str = "unit") -> str:
        """Say what is extreme."""
        del noun
        return (
            f"A value further than {self.factor:g} typical distances from the median "
            f"is drawn in to {self.border()}"
        )
