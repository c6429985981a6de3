"""The generalised (power) mean: one parameter from minimum over geometric to maximum."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, Literal

from rankscope._domains import Between
from rankscope._registry import parameter, register
from rankscope.methods.aggregation.base import ChartedMean
from rankscope.methods.aggregation.charts import Chart, Identity, Logarithm, Power
from rankscope.methods.aggregation.zeros import ZEROS, ZEROS_MEANING, said, takes
from rankscope.methods.references import POWER_MEANS

_NEARLY_GEOMETRIC = 1e-8
"""Below, the power mean is nearer to the geometric mean than rounding lets it come."""


@register
@dataclass(frozen=True, slots=True)
class Generalised(ChartedMean):
    r"""Weighted power mean, :math:`(\sum w_i x_i^p)^{1/p}`; p = 0 is the geometric mean.

    A power of 1 takes all values, another positive power those from zero up, and a power
    of zero or less positive values only; with ``zeros: zero`` a child at zero then makes
    the mean zero.  Decancq & Lugo (2013) Econometric Reviews 32(1), 7-34,
    https://doi.org/10.1080/07474938.2012.690641
    """

    name: ClassVar[str] = "generalised"
    citation: ClassVar[str] = POWER_MEANS
    power: float = parameter(0.5, Between(-50, 50), "the power of the mean")
    zeros: Literal["refuse", "zero"] = parameter("refuse", ZEROS, ZEROS_MEANING)

    def chart(self) -> Chart:
        """Return the power, or logarithms at and beside 0 and the identity at 1."""
        if self.power == 1:
            return Identity()
        zeros = self.zeros == "zero" and self.power < _NEARLY_GEOMETRIC
        if abs(self.power) < _NEARLY_GEOMETRIC:
            return Logarithm(zeros)
        return Power(self.power, zeros)

    def accepts(self, low: float, high: float | None = None) -> bool:
        """Accept what the power takes, and zero where that is asked for."""
        del high
        if self.power == 1:
            return True
        return low >= 0 if self.power >= _NEARLY_GEOMETRIC else takes(low, self.zeros)

    def in_words(self, noun: str = "unit") -> str:
        """Say which power, and what it does to a weakness."""
        del noun
        zeros = said(self.zeros) if self.power < _NEARLY_GEOMETRIC else ""
        return (
            "A score is the weighted power mean of what lies below it, "
            f"with the power {self.power:g}: below 1 a weakness can be made up for less{zeros}"
        )
