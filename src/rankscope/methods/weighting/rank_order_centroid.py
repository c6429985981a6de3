"""Rank-order centroid: the middle of all weights that keep an order."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

import numpy as np

from rankscope._registry import register
from rankscope.methods.references import CENTROID
from rankscope.methods.weighting.places import Placed

if TYPE_CHECKING:
    from rankscope.shapes import Vector


@register
@dataclass(frozen=True, slots=True)
class RankOrderCentroid(Placed):
    r"""The mean of all weights in the order given, :math:`w_k = \frac1n \sum_{i=k}^n \frac1i`.

    Barron & Barrett (1996) Management Science 42(11), 1515-1523,
    https://doi.org/10.1287/mnsc.42.11.1515
    """

    name: ClassVar[str] = "rank_order_centroid"
    citation: ClassVar[str] = CENTROID

    def of_places(self, count: int) -> Vector:
        """Return the centroid's weights of the first place to the last, of shape (count,)."""
        return np.cumsum(1.0 / np.arange(count, 0, -1))[::-1] / count
