"""The weighted product: weights are exponents, taken as they are given."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

import numpy as np

from rankscope._registry import register
from rankscope.methods.aggregation.base import Aggregation, where_any
from rankscope.methods.references import HANDBOOK

if TYPE_CHECKING:
    from rankscope.shapes import Batch, Vector


@register
@dataclass(frozen=True, slots=True)
class Product(Aggregation):
    r"""Product :math:`\prod x_i^{w_i}` with the weights as given (OECD/JRC Handbook 2008).

    With weights of 1 the plain product, exact to the last digit (which logarithms are
    not: it has no chart).  Values are zero or more; a missing child would be left out, so
    all children that count must be there unless ``min_available`` is said, at the node or
    in the method.
    https://doi.org/10.1787/9789264043466-en
    """

    name: ClassVar[str] = "product"
    citation: ClassVar[str] = f"{HANDBOOK}, section 6.2"
    shares: ClassVar[bool] = False

    def chart(self) -> None:
        """Return none: a product is not a mean, and logarithms would round it."""
        return

    def accepts(self, low: float, high: float | None = None) -> bool:
        """Accept zero and positive values."""
        del high
        return low >= 0

    def combine(self, values: Batch, weights: Batch) -> Batch:
        """Multiply the powers; NaN where a child that takes part is negative."""
        counted = weights > 0
        allowed = np.where(values >= 0, values, np.nan)
        powers = np.where(counted, allowed, 1.0) ** np.where(counted, weights, 1.0)
        return where_any(counted, powers.prod(axis=-1))

    def image(self, lows: Vector, highs: Vector, weights: Vector) -> tuple[float, float]:
        """Return the smallest and the largest product, any children being missing."""
        counted = weights > 0
        low = np.maximum(lows[counted], 0.0) ** weights[counted]
        high = np.maximum(highs[counted], 0.0) ** weights[counted]
        least = low[low < 1].prod() if (low < 1).any() else low.min(initial=np.inf)
        most = high[high > 1].prod() if (high > 1).any() else high.max(initial=0.0)
        return (float(least), float(most))

    def in_words(self, noun: str = "unit") -> str:
        """Say that the parts are multiplied."""
        del noun
        return (
            "A score is the product of what lies below it, each part raised to its weight "
            "as it is given"
        )
