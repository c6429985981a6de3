"""Place on the bell curve: z-scores turned into the share that a normal curve leaves behind."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from rankscope._domains import Between, Ends, Maybe, OneOf
from rankscope._registry import parameter, register
from rankscope.methods.normalisation.base import Normalisation
from rankscope.methods.normalisation.z_score import Standard, ZScore, standardise
from rankscope.methods.references import HANDBOOK

if TYPE_CHECKING:
    from rankscope.methods.base import Traits
    from rankscope.shapes import Matrix


@register
@dataclass(frozen=True, slots=True)
class CumulativeNormal(Normalisation):
    r"""Cumulative probability of the z-score under a normal curve, :math:`\Phi(z)`.

    :math:`y = l + (u - l)\,\Phi((x - \bar x)/s_x)`, turned where polarity is -1: the mean
    lies in the middle of the scale, and no value reaches its ends.  The deviation is that
    of a ``sample``, with the divisor n - 1, or of the whole ``population``, with n.  Gaps
    stay gaps, and a constant column is NaN.  Rankings of universities are normalised so.
    Z-scores: OECD/JRC Handbook 2008, section 5.2, https://doi.org/10.1787/9789264043466-en
    """

    name: ClassVar[str] = "cumulative_normal"
    citation: ClassVar[str] = f"{HANDBOOK}, section 5.2"
    to: tuple[float, float] = parameter((0.0, 100.0), Ends(), "the ends of the new scale")
    deviation_of: str = parameter(
        "sample", OneOf(("sample", "population")), "divide by n - 1 (sample) or n (population)"
    )
    cap: float | None = parameter(
        None, Maybe(Between(low=1e-9)), "the most standard deviations that a value may lie away"
    )

    def fit(self, matrix: Matrix, traits: Traits) -> Standard:
        """Learn mean and deviation from a matrix of shape (rows, columns)."""
        return ZScore(deviation_of=self.deviation_of).fit(matrix, traits)

    def transform(self, matrix: Matrix, state: Standard, traits: Traits) -> Matrix:
        """Return the place on the curve; NaN where a column is constant."""
        from scipy.special import ndtr

        del traits
        low, high = self.to
        place: Matrix = low + (high - low) * ndtr(standardise(matrix, state, self.cap))
        return place

    def explain(self, state: Standard, column: int) -> str:
        """Say which normal curve is taken."""
        mean, deviation = state.centre[column], state.spread[column]
        return (
            f"place under a normal curve of mean {mean:.6g} and standard deviation {deviation:.6g}"
        )

    def image(self, low: float, high: float) -> tuple[float, float]:
        """Return the ends of the scale."""
        del low, high
        return self.to

    def in_words(self, noun: str = "unit") -> str:
        """Say what is measured, and the new scale."""
        low, high = self.to
        return (
            f"A value becomes the share, from {low:g} to {high:g}, that it would leave behind if "
            f"values were spread on a bell curve; the average {noun} has {(low + high) / 2:g}"
        )
