"""Min-max between the means of a few worst and a few best values."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

import numpy as np

from rankscope._domains import Ends, OneOf, Whole
from rankscope._registry import parameter, register
from rankscope.methods.normalisation.base import Normalisation
from rankscope.methods.normalisation.min_max import Scale, explain_scale, reach, rescale_within

if TYPE_CHECKING:
    from rankscope.methods.base import Traits
    from rankscope.shapes import Matrix, Vector


@register
@dataclass(frozen=True, slots=True)
class ExtremeMeans(Normalisation):
    """Min-max from the mean of the ``worst`` few values to the mean of the ``best`` few.

    With ``best: 5`` the upper end is the mean of the five best performers, as where the
    SDG Index has no target to take; with 1 the end is the outermost value itself.  Goes
    with a treatment that caps one tail.  Schmidt-Traub, Kroll, Teksoz, Durand-Delacre &
    Sachs (2017) Nature Geoscience 10, 547-555, https://doi.org/10.1038/ngeo2985
    """

    name: ClassVar[str] = "extreme_means"
    citation: ClassVar[str] = (
        "Schmidt-Traub, Kroll, Teksoz, Durand-Delacre & Sachs (2017) Nature Geoscience 10, "
        "547-555, doi:10.1038/ngeo2985"
    )
    best: int = parameter(5, Whole(1, 10_000), "of how many of the best values the mean is taken")
    worst: int = parameter(1, Whole(1, 10_000), "of how many of the worst values it is taken")
    to: tuple[float, float] = parameter((0.0, 100.0), Ends(), "the ends of the new scale")
    beyond: str = parameter(
        "cap", OneOf(("cap", "keep")), "what becomes of values beyond one of the means"
    )

    def fit(self, matrix: Matrix, traits: Traits) -> Scale:
        """Learn both means from a matrix of shape (rows, columns)."""
        values = matrix * traits.polarity
        worst, best = mean_of_lowest(values, self.worst), -mean_of_lowest(-values, self.best)
        return Scale(worst * traits.polarity, best * traits.polarity)

    def transform(self, matrix: Matrix, state: Scale, traits: Traits) -> Matrix:
        """Map onto the new scale and cap where the parameter says so."""
        del traits
        return rescale_within(matrix, state, self.to, self.beyond)

    def explain(self, state: Scale, column: int) -> str:
        """Say what the ends stand for."""
        return explain_scale(state, column, self.to)

    def image(self, low: float, high: float) -> tuple[float, float]:
        """Return the ends of the scale, or all numbers where values may go beyond."""
        del low, high
        return reach(self.to, self.beyond)

    def in_words(self, noun: str = "unit") -> str:
        """Say what both ends are."""
        del noun
        low, high = self.to
        ends = [
            f"the mean of the {count} {end} values" if count > 1 else f"the {end} value"
            for end, count in (("worst", self.worst), ("best", self.best))
        ]
        cut = "; values beyond count as that end" if self.beyond == "cap" else ""
        return f"{ends[0].capitalize()} becomes {low:g} and {ends[1]} becomes {high:g}{cut}"


def mean_of_lowest(matrix: Matrix, count: int) -> Vector:
    """Return the mean of the lowest few values present of each column, (columns,)."""
    lowest = np.sort(matrix, axis=0)[:count]  # NaN goes last
    there = ~np.isnan(lowest)
    with np.errstate(invalid="ignore"):
        mean: Vector = np.where(there, lowest, 0.0).sum(axis=0) / there.sum(axis=0)
    return mean
