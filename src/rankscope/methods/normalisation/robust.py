"""Standardisation that a few extreme values do not sway: by medians and quartiles."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

import numpy as np

from rankscope._domains import Between, Maybe
from rankscope._registry import parameter, register
from rankscope.errors import MethodError
from rankscope.methods.normalisation.base import Normalisation
from rankscope.methods.normalisation.quantiles import quantiles
from rankscope.methods.normalisation.z_score import Standard, standardise
from rankscope.methods.statistics import medians

if TYPE_CHECKING:
    from rankscope.methods.base import Traits
    from rankscope.shapes import Matrix

_CAP = Maybe(Between(low=1e-9))


@register
@dataclass(frozen=True, slots=True)
class RobustZScore(Normalisation):
    r"""Distance from the median in median absolute deviations (Rousseeuw & Croux 1993).

    :math:`y = (x - \tilde x)/(c\,\mathrm{med}|x - \tilde x|)`, turned where polarity is
    -1.  The factor :math:`c` = 1.4826 makes it the standard deviation where values are
    normal; 1 leaves it as it is.  NaN where more than half of the values are equal.  https://doi.org/10.1080/01621459.1993.10476408
    """

    name: ClassVar[str] = "robust_z_score"
    citation: ClassVar[str] = (
        "Rousseeuw & Croux (1993) JASA 88(424), 1273-1283, doi:10.1080/01621459.1993.10476408"
    )
    factor: float = parameter(
        1.4826, Between(low=1e-9), "what the median absolute deviation is multiplied by; 1 is off"
    )
    cap: float | None = parameter(None, _CAP, "the most deviations that a value may lie away")

    def fit(self, matrix: Matrix, traits: Traits) -> Standard:
        """Learn both medians from a matrix of shape (rows, columns)."""
        centre = medians(matrix)
        deviation = medians(np.abs(matrix - centre))
        return Standard(centre, self.factor * deviation, traits.polarity)

    def transform(self, matrix: Matrix, state: Standard, traits: Traits) -> Matrix:
        """Standardise; NaN where the median absolute deviation is 0."""
        del traits
        return standardise(matrix, state, self.cap)

    def explain(self, state: Standard, column: int) -> str:
        """Say which median and deviation are taken out."""
        centre, spread = state.centre[column], state.spread[column]
        return f"median {centre:.6g} and median deviation {spread:.6g} taken out"

    def image(self, low: float, high: float) -> tuple[float, float]:
        """Return where the cap lies; without one there are no ends."""
        del low, high
        reach = np.inf if self.cap is None else self.cap
        return (-reach, reach)

    def in_words(self, noun: str = "unit") -> str:
        """Say what is measured."""
        del noun
        capped = (
            "" if self.cap is None else f"; more than {self.cap:g} of them count as {self.cap:g}"
        )
        return (
            "A value becomes its distance from the median, measured by the typical distance "
            f"from it, so that extreme values do not sway the scale{capped}"
        )


@register
@dataclass(frozen=True, slots=True)
class QuantileRange(Normalisation):
    r"""Distance from the median in interquartile ranges, or ranges of other quantiles.

    :math:`y = (x - \tilde x)/(q_u - q_l)`, turned where polarity is -1; quantiles are
    interpolated between the values present (type 7 of Hyndman & Fan 1996).  NaN where
    both quantiles are equal.  https://doi.org/10.1080/00031305.1996.10473566
    """

    name: ClassVar[str] = "quantile_range"
    citation: ClassVar[str] = (
        "Hyndman & Fan (1996) The American Statistician 50(4), 361-365, "
        "doi:10.1080/00031305.1996.10473566"
    )
    lower: float = parameter(0.25, Between(0, 1), "the lower quantile of the range")
    upper: float = parameter(0.75, Between(0, 1), "the upper quantile of the range")
    cap: float | None = parameter(None, _CAP, "the most ranges that a value may lie away")

    def __post_init__(self) -> None:
        """Check the parameters, and that the lower quantile is the lower one.

        Raises
        ------
        MethodError
            When the lower quantile is not less than the upper one.
        """
        super(QuantileRange, self).__post_init__()
        if self.lower >= self.upper:
            raise MethodError(
                f"quantile_range.lower must be less than quantile_range.upper, "
                f"got {self.lower:g} and {self.upper:g}."
            )

    def fit(self, matrix: Matrix, traits: Traits) -> Standard:
        """Learn the median and both quantiles from a matrix of shape (rows, columns)."""
        low, centre, high = quantiles(matrix, (self.lower, 0.5, self.upper))
        return Standard(centre, high - low, traits.polarity)

    def transform(self, matrix: Matrix, state: Standard, traits: Traits) -> Matrix:
        """Standardise; NaN where both quantiles are equal."""
        del traits
        return standardise(matrix, state, self.cap)

    def explain(self, state: Standard, column: int) -> str:
        """Say which median and range are taken out."""
        centre, spread = state.centre[column], state.spread[column]
        return f"median {centre:.6g} and range between quantiles {spread:.6g} taken out"

    def image(self, low: float, high: float) -> tuple[float, float]:
        """Return where the cap lies; without one there are no ends."""
        del low, high
        reach = np.inf if self.cap is None else self.cap
        return (-reach, reach)

    def in_words(self, noun: str = "unit") -> str:
        """Say what is measured."""
        del noun
        middle = f"{(self.upper - self.lower) * 100:g}%"
        capped = (
            "" if self.cap is None else f"; more than {self.cap:g} of it counts as {self.cap:g}"
        )
        return (
            "A value becomes its distance from the median, measured by the range that holds "
            f"{middle} of the values between its ends{capped}"
        )
