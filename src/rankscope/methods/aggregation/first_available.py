"""The first child that has a value: a second source where the first is silent."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

import numpy as np

from rankscope._registry import register
from rankscope.methods.aggregation.base import Aggregation, where_any

if TYPE_CHECKING:
    from rankscope.shapes import Batch


@register
@dataclass(frozen=True, slots=True)
class FirstAvailable(Aggregation):
    """The first child, in the order of the framework, that has a value and a weight.

    For sources that stand in for each other.  The node must ask for no more than one
    child (``min_available: {by: count, at_least: 1}``).
    """

    name: ClassVar[str] = "first_available"
    ordered: ClassVar[bool] = True

    def chart(self) -> None:
        """Return none: weights only say who takes part."""
        return

    def accepts(self, low: float, high: float | None = None) -> bool:
        """Accept all numbers."""
        del low, high
        return True

    def combine(self, values: Batch, weights: Batch) -> Batch:
        """Return the value of the first child with weight."""
        counted = np.broadcast_to(weights > 0, values.shape)
        first = counted.argmax(axis=-1)[..., None]
        return where_any(counted, np.take_along_axis(values, first, axis=-1)[..., 0])

    def in_words(self, noun: str = "unit") -> str:
        """Say which value is taken."""
        return (
            "A score is the first of the parts below it that has a value "
            f"for the {noun}; the later ones stand in where the earlier are missing"
        )
