"""The distance to the best value, turned into a score."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from rankscope._domains import Ends
from rankscope._registry import parameter, register
from rankscope.methods.normalisation.base import Normalisation
from rankscope.methods.normalisation.min_max import Scale, explain_scale, rescale, scale_of
from rankscope.methods.references import COINR
from rankscope.methods.statistics import smallest_and_largest

if TYPE_CHECKING:
    from rankscope.methods.base import Traits
    from rankscope.shapes import Matrix


@register
@dataclass(frozen=True, slots=True)
class DistanceToBest(Normalisation):
    r"""One less the distance to the best, as a share of the range: COINr's ``n_dist2max``.

    :math:`1 - (max - x)/(max - min)` where more is better: the same as ``min_max``,
    here onto 0 to 100.  https://doi.org/10.21105/joss.04567
    """

    name: ClassVar[str] = "distance_to_best"
    citation: ClassVar[str] = COINR
    to: tuple[float, float] = parameter((0.0, 100.0), Ends(), "the ends of the new scale")

    def fit(self, matrix: Matrix, traits: Traits) -> Scale:
        """Learn the ends from a matrix of shape (rows, columns)."""
        low, high = smallest_and_largest(matrix)
        return scale_of(low, high, traits.polarity)

    def transform(self, matrix: Matrix, state: Scale, traits: Traits) -> Matrix:
        """Map onto the new scale; NaN where a column is constant."""
        del traits
        return rescale(matrix, state, self.to)

    def explain(self, state: Scale, column: int) -> str:
        """Say what the ends stand for."""
        return explain_scale(state, column, self.to)

    def image(self, low: float, high: float) -> tuple[float, float]:
        """Return the ends of the scale."""
        del low, high
        return self.to

    def in_words(self, noun: str = "unit") -> str:
        """Say what the distance is measured by."""
        low, high = self.to
        return (
            f"A value becomes {high:g} less its distance from the best {noun}, measured so that "
            f"the worst has {low:g}"
        )
