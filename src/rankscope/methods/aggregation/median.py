"""The median: half of the children lie above it, half below."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

import numpy as np

from rankscope._domains import Flag
from rankscope._registry import parameter, register
from rankscope.methods.aggregation.base import Aggregation, where_any
from rankscope.methods.references import HANDBOOK

if TYPE_CHECKING:
    from rankscope.shapes import Batch, Mask

_HALF = 1e-9
"""Weights that come this near to one half are one half: sums of thirds are rounded."""


@register
@dataclass(frozen=True, slots=True)
class MedianOfChildren(Aggregation):
    """Median of the children that have weight; ``weighted``, half of the weight lies below.

    Where exactly half lies below, it is the middle between the two neighbours.  One very
    high or very low child moves it little.  OECD/JRC Handbook 2008,
    https://doi.org/10.1787/9789264043466-en
    """

    name: ClassVar[str] = "median"
    citation: ClassVar[str] = HANDBOOK
    weighted: bool = parameter(False, Flag(), "whether weights count, or only who has one")

    def chart(self) -> None:
        """Return none: a median is not linear in its weights."""
        return

    def accepts(self, low: float, high: float | None = None) -> bool:
        """Accept all numbers."""
        del low, high
        return True

    def combine(self, values: Batch, weights: Batch) -> Batch:
        """Return the middle of the lowest and the highest value at which half is reached."""
        counted = np.broadcast_to(weights > 0, values.shape)
        mass = np.where(counted, weights if self.weighted else 1.0, 0.0)
        order = np.argsort(values, axis=-1)
        ordered = np.take_along_axis(values, order, axis=-1)
        reached = np.take_along_axis(mass, order, axis=-1).cumsum(axis=-1)
        half = reached[..., -1:] / 2
        below = _at_first(ordered, reached >= half * (1 - _HALF))
        above = _at_first(ordered, reached > half * (1 + _HALF))
        return where_any(counted, (below + above) / 2)

    def in_words(self, noun: str = "unit") -> str:
        """Say what lies on either side."""
        del noun
        half = "half of the weight lies" if self.weighted else "as many lie"
        return (
            f"A score is the median of what lies below it: {half} above as below, "
            "so one extreme place hardly moves it"
        )


def _at_first(values: Batch, holds: Mask) -> Batch:
    """Return the first value along the last axis where something holds."""
    return np.take_along_axis(values, holds.argmax(axis=-1)[..., None], axis=-1)[..., 0]
