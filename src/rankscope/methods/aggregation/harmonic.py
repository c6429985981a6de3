"""The harmonic mean: the weakest child counts most."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, Literal

from rankscope._registry import parameter, register
from rankscope.methods.aggregation.base import ChartedMean
from rankscope.methods.aggregation.charts import Chart, Power
from rankscope.methods.aggregation.zeros import ZEROS, ZEROS_MEANING, said, takes
from rankscope.methods.references import POWER_MEANS


@register
@dataclass(frozen=True, slots=True)
class Harmonic(ChartedMean):
    r"""Weighted harmonic mean, :math:`1 / \sum (w_i / x_i)`: the power mean with power -1.

    Never above the geometric mean.  All values must be positive; with ``zeros: zero`` a
    child at zero makes the mean zero.  Decancq & Lugo (2013) Econometric Reviews 32(1),
    7-34, https://doi.org/10.1080/07474938.2012.690641
    """

    name: ClassVar[str] = "harmonic"
    citation: ClassVar[str] = POWER_MEANS
    zeros: Literal["refuse", "zero"] = parameter("refuse", ZEROS, ZEROS_MEANING)

    def chart(self) -> Chart:
        """Return reciprocals."""
        return Power(-1.0, zeros=self.zeros == "zero")

    def accepts(self, low: float, high: float | None = None) -> bool:
        """Accept positive values, and zero where that is asked for."""
        del high
        return takes(low, self.zeros)

    def in_words(self, noun: str = "unit") -> str:
        """Say that weakness weighs heavily."""
        del noun
        return (
            "A score is the weighted harmonic mean of what lies below it, "
            "so a weakness weighs heavily and strength elsewhere hardly makes up for it"
            + said(self.zeros)
        )
