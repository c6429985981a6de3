"""Distances from the mean, in standard deviations."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from rankscope._domains import Between
from rankscope._registry import parameter, register
from rankscope.methods.statistics import mean_and_deviation
from rankscope.methods.treatment.capping import Caps, Fenced, Fences

if TYPE_CHECKING:
    from rankscope.methods.base import Traits
    from rankscope.shapes import Matrix


@register
@dataclass(frozen=True, slots=True)
class ZScoreCap(Fenced):
    r"""Caps what lies too many standard deviations from the mean.

    The fences are :math:`\bar x \pm k s` with the sample deviation (n - 1) of the values
    present, outliers included: among n values none is further than
    :math:`(n - 1)/\sqrt n` deviations away, so that few values never look extreme.
    """

    name: ClassVar[str] = "z_score_cap"
    factor: float = parameter(
        3.0, Between(0.01, 1000), "how many standard deviations from the mean are too far"
    )

    def fit(self, matrix: Matrix, traits: Traits) -> Caps:
        """Learn the caps of each column of a matrix of shape (rows, columns)."""
        del traits
        mean, deviation = mean_and_deviation(matrix)
        reach = self.factor * deviation
        return self.caps(matrix, Fences(mean - reach, mean + reach))

    def in_words(self, noun: str = "unit") -> str:
        """Say what is extreme."""
        del noun
        return (
            f"A value further than {self.factor:g} standard deviations from the mean "
            f"is drawn in to {self.border()}"
        )
