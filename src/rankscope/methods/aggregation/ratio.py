"""The ratio: the first child over the second."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

import numpy as np

from rankscope._registry import register
from rankscope.methods.aggregation.base import Aggregation

if TYPE_CHECKING:
    from rankscope.shapes import Batch, Vector


@register
@dataclass(frozen=True, slots=True)
class Ratio(Aggregation):
    """The first child over the second, both of which must be there.

    Such as a score per head.  Weights play no part; where the second child is zero,
    there is no score.
    """

    name: ClassVar[str] = "ratio"
    monotone: ClassVar[bool] = False
    ordered: ClassVar[bool] = True
    children: ClassVar[tuple[int, int | None]] = (2, 2)

    def chart(self) -> None:
        """Return none: a ratio has no weights."""
        return

    def accepts(self, low: float, high: float | None = None) -> bool:
        """Accept all numbers."""
        del low, high
        return True

    def combine(self, values: Batch, weights: Batch) -> Batch:
        """Divide; NaN where a child is missing, or the second is zero."""
        above, below = values[..., 0], values[..., 1]
        usable = (weights[..., :2] > 0).all(axis=-1) & (below != 0)
        with np.errstate(over="ignore"):
            ratios = above / np.where(usable, below, 1.0)
        return np.where(usable & np.isfinite(ratios), ratios, np.nan)

    def image(self, lows: Vector, highs: Vector, weights: Vector) -> tuple[float, float]:
        """Return the ends of the ratio; unlimited where the second child can be zero."""
        del weights
        if len(lows) < 2:  # one of the two has no weight, which the definition is told of
            return (-np.inf, np.inf)
        if not (lows[1] > 0 or highs[1] < 0) or not np.isfinite([*lows[:2], *highs[:2]]).all():
            return (-np.inf, np.inf)
        ratios = np.divide.outer([lows[0], highs[0]], [lows[1], highs[1]])
        return (float(ratios.min()), float(ratios.max()))

    def in_words(self, noun: str = "unit") -> str:
        """Say what is divided by what."""
        del noun
        return "A score is the first of the two parts below it, divided by the second"
