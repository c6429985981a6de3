"""The weighted sum: weights as they are given, not divided by their sum."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from rankscope._registry import register
from rankscope.methods.aggregation.base import ChartedMean
from rankscope.methods.aggregation.charts import Chart, Identity
from rankscope.methods.references import HANDBOOK

if TYPE_CHECKING:
    from rankscope.shapes import Vector


@register
@dataclass(frozen=True, slots=True)
class Sum(ChartedMean):
    r"""Weighted sum, :math:`\sum w_i x_i` with the weights as given (Handbook, section 6.2).

    For publishers whose weights do not sum to one, and for totals such as a sum of
    percentiles.  A missing child would add nothing, so all children that count must be
    there unless ``min_available`` is said, at the node or in the method.  https://doi.org/10.1787/9789264043466-en
    """

    name: ClassVar[str] = "sum"
    citation: ClassVar[str] = f"{HANDBOOK}, section 6.2"
    shares: ClassVar[bool] = False

    def chart(self) -> Chart:
        """Return the identity."""
        return Identity()

    def accepts(self, low: float, high: float | None = None) -> bool:
        """Accept all numbers."""
        del low, high
        return True

    def image(self, lows: Vector, highs: Vector, weights: Vector) -> tuple[float, float]:
        """Return the smallest and the largest sum, any children being missing."""
        return sums_between(lows, highs, weights)

    def in_words(self, noun: str = "unit") -> str:
        """Say that weights are not shares."""
        del noun
        return "A score is the sum of what lies below it, each part times its weight as it is given"


def sums_between(lows: Vector, highs: Vector, weights: Vector) -> tuple[float, float]:
    """Return the smallest and the largest sum of one or more of the children with weight."""
    counted = weights > 0
    low, high = lows[counted] * weights[counted], highs[counted] * weights[counted]
    least = low[low < 0].sum() if (low < 0).any() else low.min(initial=float("inf"))
    most = high[high > 0].sum() if (high > 0).any() else high.max(initial=float("-inf"))
    return (float(least), float(most))
