"""The mean of the best few children: a unit is judged by what it does best, or worst."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

import numpy as np

from rankscope._domains import OneOf, Whole
from rankscope._registry import parameter, register
from rankscope.methods.aggregation.base import Aggregation, where_any
from rankscope.methods.references import HANDBOOK

if TYPE_CHECKING:
    from rankscope.shapes import Batch


@register
@dataclass(frozen=True, slots=True)
class MeanOfBest(Aggregation):
    """Weighted mean of the few best children of each unit, or of the few worst.

    Which they are differs from unit to unit: the three goals of seventeen in which a
    university does best.  Where fewer have a value, it is the mean of all that have one;
    ``min_available`` says how many there must be.  Of children that tie at the border those
    with the larger weight count.  With unequal weights a better child can lower the mean, where it
    takes the place of one with less weight.  OECD/JRC Handbook 2008,
    https://doi.org/10.1787/9789264043466-en
    """

    name: ClassVar[str] = "mean_of_best"
    citation: ClassVar[str] = HANDBOOK
    monotone: ClassVar[bool] = False
    number: int = parameter(3, Whole(1, 1000), "how many children count")
    end: str = parameter("best", OneOf(("best", "worst")), "which end counts")

    def chart(self) -> None:
        """Return none: which children count depends on the values."""
        return

    def accepts(self, low: float, high: float | None = None) -> bool:
        """Accept all numbers."""
        del low, high
        return True

    def combine(self, values: Batch, weights: Batch) -> Batch:
        """Return the mean of the children that come first when they are sorted."""
        weights = np.broadcast_to(weights, values.shape)
        counted = weights > 0
        turned = -values if self.end == "best" else values
        order = np.lexsort((-weights, np.where(counted, turned, np.inf)), axis=-1)
        chosen = order[..., : self.number]
        near = np.take_along_axis(np.where(counted, values, 0.0), chosen, axis=-1)
        own = np.take_along_axis(np.where(counted, weights, 0.0), chosen, axis=-1)
        total = own.sum(axis=-1)
        return where_any(counted, (own * near).sum(axis=-1) / np.where(total > 0, total, 1.0))

    def in_words(self, noun: str = "unit") -> str:
        """Say how many count."""
        few = self.end if self.number == 1 else f"{self.number} {self.end}"
        return f"A score is the mean of the {few} of what lies below it, {noun} by {noun}"
