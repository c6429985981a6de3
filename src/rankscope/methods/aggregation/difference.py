"""The difference: the first child less the others."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

import numpy as np

from rankscope._registry import register
from rankscope.methods.aggregation.base import Aggregation
from rankscope.methods.aggregation.sum import sums_between

if TYPE_CHECKING:
    from rankscope.shapes import Batch, Vector


@register
@dataclass(frozen=True, slots=True)
class Difference(Aggregation):
    """The first child less the others, each times its weight as it is given.

    Such as opportunities less threats.  All children that count must be there unless
    ``min_available`` is said, at the node or in the method; then the first child must be
    there, and at least one of the others, and one that is missing is not subtracted.
    """

    name: ClassVar[str] = "difference"
    monotone: ClassVar[bool] = False
    ordered: ClassVar[bool] = True
    shares: ClassVar[bool] = False
    children: ClassVar[tuple[int, int | None]] = (2, None)

    def chart(self) -> None:
        """Return none: the sign of a weight depends on the child's place."""
        return

    def accepts(self, low: float, high: float | None = None) -> bool:
        """Accept all numbers."""
        del low, high
        return True

    def combine(self, values: Batch, weights: Batch) -> Batch:
        """Subtract; NaN where the first child or all the others are missing."""
        counted = weights > 0
        parts = np.where(counted, values * weights, 0.0)
        usable = counted[..., 0] & counted[..., 1:].any(axis=-1)
        return np.where(usable, parts[..., 0] - parts[..., 1:].sum(axis=-1), np.nan)

    def image(self, lows: Vector, highs: Vector, weights: Vector) -> tuple[float, float]:
        """Return the ends of the difference, any of the others being missing."""
        least, most = sums_between(lows[1:], highs[1:], weights[1:])
        first = weights[0]
        return (float(lows[0] * first - most), float(highs[0] * first - least))

    def in_words(self, noun: str = "unit") -> str:
        """Say what is subtracted."""
        del noun
        return (
            "A score is the first of the parts below it less the others, each times its weight "
            "as it is given"
        )
