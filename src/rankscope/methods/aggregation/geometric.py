"""The geometric mean: weakness is made up for only in part."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from rankscope._registry import register
from rankscope.methods.aggregation.base import Chart, ChartedMean, Logarithm
from rankscope.methods.references import HANDBOOK


@register
@dataclass(frozen=True, slots=True)
class Geometric(ChartedMean):
    r"""Weighted geometric mean, :math:`\prod x_i^{w_i}` (OECD/JRC Handbook 2008, section 6.2).

    The lower a child, the more each point of it counts; all values must be positive.
    https://doi.org/10.1787/9789264043466-en
    """

    name: ClassVar[str] = "geometric"
    citation: ClassVar[str] = f"{HANDBOOK}, section 6.2"

    def chart(self) -> Chart:
        """Return logarithms."""
        return Logarithm()

    def accepts(self, low: float) -> bool:
        """Accept positive values only: one zero would make the whole mean zero."""
        return low > 0
