"""The generalised (power) mean: one parameter from minimum over geometric to maximum."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from rankscope._domains import Between
from rankscope._registry import parameter, register
from rankscope.methods.aggregation.base import Chart, ChartedMean, Identity, Logarithm, Power
from rankscope.methods.references import POWER_MEANS

_NEARLY_GEOMETRIC = 1e-8
"""Below, the power mean is nearer to the geometric mean than rounding lets it come."""


@register
@dataclass(frozen=True, slots=True)
class Generalised(ChartedMean):
    r"""Weighted power mean, :math:`(\sum w_i x_i^p)^{1/p}`; p = 0 is the geometric mean.

    Decancq & Lugo (2013) Econometric Reviews 32(1), 7-34,
    https://doi.org/10.1080/07474938.2012.690641
    """

    name: ClassVar[str] = "generalised"
    citation: ClassVar[str] = POWER_MEANS
    power: float = parameter(0.5, Between(-50, 50), "the power of the mean")

    def chart(self) -> Chart:
        """Return the power, or logarithms at and beside 0 and the identity at 1."""
        if abs(self.power) < _NEARLY_GEOMETRIC:
            return Logarithm()
        return Identity() if self.power == 1 else Power(self.power)

    def accepts(self, low: float) -> bool:
        """Accept values from 0 up for a positive power, positive ones else, all at power 1."""
        if self.power == 1:
            return True
        return low >= 0 if self.power >= _NEARLY_GEOMETRIC else low > 0
