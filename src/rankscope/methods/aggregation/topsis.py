"""TOPSIS: near the best that occurs, far from the worst."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

import numpy as np

from rankscope._registry import register
from rankscope.methods.aggregation.base import Aggregation, where_any
from rankscope.methods.aggregation.ideal import distance, highest_and_lowest
from rankscope.methods.references import HWANG_YOON

if TYPE_CHECKING:
    from rankscope.shapes import Batch, Vector


@register
@dataclass(frozen=True, slots=True)
class Topsis(Aggregation):
    r"""Relative closeness to the ideal, :math:`d^- / (d^+ + d^-)`, from 0 to 1.

    The ideal has the best value of each child among the rows, the anti-ideal the worst;
    distances are Euclidean over :math:`w_i x_i`, the children as the normalisation before
    left them.  A missing child is left out of both distances of its row.  Where all rows
    are equal there is no score.  Hwang & Yoon (1981) Multiple Attribute Decision Making,
    https://doi.org/10.1007/978-3-642-48318-9
    """

    name: ClassVar[str] = "topsis"
    citation: ClassVar[str] = HWANG_YOON
    row_wise: ClassVar[bool] = False

    def chart(self) -> None:
        """Return none: a distance is not linear in the weights."""
        return

    def accepts(self, low: float, high: float | None = None) -> bool:
        """Accept all numbers."""
        del low, high
        return True

    def combine(self, values: Batch, weights: Batch) -> Batch:
        """Return the closeness of each row."""
        weights = np.broadcast_to(weights, values.shape)
        best, worst = highest_and_lowest(values, weights)
        squares = np.where(weights > 0, weights, 0.0) ** 2
        above, below = distance(values, best, squares), distance(values, worst, squares)
        whole = above + below
        closeness = np.where(whole > 0, below / np.where(whole > 0, whole, 1.0), np.nan)
        return where_any(weights > 0, closeness)

    def image(self, lows: Vector, highs: Vector, weights: Vector) -> tuple[float, float]:
        """Return 0 and 1."""
        del lows, highs, weights
        return (0.0, 1.0)

    def in_words(self, noun: str = "unit") -> str:
        """Say what is near and what is far."""
        return (
            f"A score says how near a {noun} is to the best values that occur in all places below, "
            "against how far from the worst: 1 is the best everywhere, 0 the worst"
        )
