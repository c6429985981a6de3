"""Min-max between two quantiles, so that a few extreme values do not set the scale."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from rankscope._domains import Between, Ends, OneOf
from rankscope._registry import parameter, register
from rankscope.errors import MethodError
from rankscope.methods.normalisation.base import Normalisation
from rankscope.methods.normalisation.min_max import (
    Scale,
    explain_scale,
    reach,
    rescale_within,
    scale_of,
)
from rankscope.methods.normalisation.quantiles import quantiles
from rankscope.methods.references import HANDBOOK

if TYPE_CHECKING:
    from rankscope.methods.base import Traits
    from rankscope.shapes import Matrix


@register
@dataclass(frozen=True, slots=True)
class QuantileMinMax(Normalisation):
    """Min-max between two quantiles of the observed values; what lies beyond is cut.

    A column whose quantiles are equal is NaN.  OECD/JRC Handbook 2008, sections 5.1
    (trimming at quantiles) and 5.3, https://doi.org/10.1787/9789264043466-en
    """

    name: ClassVar[str] = "quantile_min_max"
    citation: ClassVar[str] = f"{HANDBOOK}, sections 5.1 and 5.3"
    lower: float = parameter(0.025, Between(0, 1), "the quantile at the low end of the values")
    upper: float = parameter(0.975, Between(0, 1), "the quantile at the high end of the values")
    to: tuple[float, float] = parameter((0.0, 100.0), Ends(), "the ends of the new scale")
    beyond: str = parameter(
        "cap", OneOf(("cap", "keep")), "what becomes of values beyond the quantiles"
    )

    def __post_init__(self) -> None:
        """Check the parameters, and that the lower quantile is the lower one.

        Raises
        ------
        MethodError
            When the lower quantile is not less than the upper one.
        """
        super(QuantileMinMax, self).__post_init__()
        if self.lower >= self.upper:
            raise MethodError(
                f"quantile_min_max.lower must be less than quantile_min_max.upper, "
                f"got {self.lower:g} and {self.upper:g}."
            )

    def fit(self, matrix: Matrix, traits: Traits) -> Scale:
        """Learn both quantiles of each column of a matrix of shape (rows, columns)."""
        low, high = quantiles(matrix, (self.lower, self.upper))
        return scale_of(low, high, traits.polarity)

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
        """Say what becomes of the ends and of what lies beyond."""
        del noun
        low, high = self.to
        cut = "; values beyond them count as the border" if self.beyond == "cap" else ""
        return (
            f"The scale from {low:g} to {high:g} is spanned by the values between the lowest "
            f"{self.lower * 100:g}% and the highest {(1 - self.upper) * 100:g}%{cut}"
        )
