"""The geometric mean: weakness is made up for only in part."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, Literal

from rankscope._registry import parameter, register
from rankscope.methods.aggregation.base import ChartedMean
from rankscope.methods.aggregation.charts import Chart, Logarithm
from rankscope.methods.aggregation.zeros import ZEROS, ZEROS_MEANING, said, takes
from rankscope.methods.references import HANDBOOK


@register
@dataclass(frozen=True, slots=True)
class Geometric(ChartedMean):
    r"""Weighted geometric mean, :math:`\prod x_i^{w_i}` (OECD/JRC Handbook 2008, section 6.2).

    The lower a child, the more each point of it counts.  All values must be positive;
    with ``zeros: zero`` a child at zero makes the mean zero.
    https://doi.org/10.1787/9789264043466-en
    """

    name: ClassVar[str] = "geometric"
    citation: ClassVar[str] = f"{HANDBOOK}, section 6.2"
    zeros: Literal["refuse", "zero"] = parameter("refuse", ZEROS, ZEROS_MEANING)

    def chart(self) -> Chart:
        """Return logarithms."""
        return Logarithm(zeros=self.zeros == "zero")

    def accepts(self, low: float, high: float | None = None) -> bool:
        """Accept positive values, and zero where that is asked for."""
        del high
        return takes(low, self.zeros)

    def in_words(self, noun: str = "unit") -> str:
        """Say that strength makes up less for weakness."""
        del noun
        return (
            "A score is the weighted geometric mean of what lies below it, "
            "so strength in one place makes up less for weakness in another than in a plain mean"
            + said(self.zeros)
        )
