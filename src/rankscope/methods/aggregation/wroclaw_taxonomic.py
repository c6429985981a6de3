"""The Wroclaw taxonomic method: distance from an ideal unit."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

import numpy as np

from rankscope._registry import register
from rankscope.methods.aggregation.base import Aggregation, where_any
from rankscope.methods.aggregation.ideal import distance, highest_and_lowest

if TYPE_CHECKING:
    from rankscope.shapes import Batch, Vector


@register
@dataclass(frozen=True, slots=True)
class WroclawTaxonomic(Aggregation):
    r"""One minus the distance from the ideal over a critical distance, :math:`1 - D / D_0`.

    The ideal has the best value of each child among the rows; the distance is Euclidean
    with the weights on the squares; :math:`D_0` is the mean of the rows' distances plus
    twice their standard deviation (over their number).  1 is the ideal, 0 a distance
    that is rarely exceeded.  Written for children on ``normalisation: z_score``.  (Other
    programs give :math:`D / D_0`, of which less is better.)  Where all rows are equal
    there is no score.  Hellwig's measure of development (1968, Przeglad Statystyczny
    15(4), 307-327).
    """

    name: ClassVar[str] = "wroclaw_taxonomic"
    citation: ClassVar[str] = "Hellwig (1968) Przeglad Statystyczny 15(4), 307-327"
    monotone: ClassVar[bool] = False
    row_wise: ClassVar[bool] = False

    def chart(self) -> None:
        """Return none: a distance is not linear in the weights."""
        return

    def accepts(self, low: float, high: float | None = None) -> bool:
        """Accept all numbers."""
        del low, high
        return True

    def combine(self, values: Batch, weights: Batch) -> Batch:
        """Return one minus the relative distance of each row."""
        weights = np.broadcast_to(weights, values.shape)
        squares = np.where(weights > 0, weights, 0.0)
        apart = distance(values, highest_and_lowest(values, weights)[0], squares)
        part = (weights > 0).any(axis=-1)
        count = np.maximum(part.sum(axis=-1, keepdims=True), 1)
        mean = np.where(part, apart, 0.0).sum(axis=-1, keepdims=True) / count
        around = np.where(part, (apart - mean) ** 2, 0.0).sum(axis=-1, keepdims=True) / count
        critical = mean + 2 * np.sqrt(around)
        relative = np.where(critical > 0, apart / np.where(critical > 0, critical, 1.0), np.nan)
        return where_any(weights > 0, 1 - relative)

    def image(self, lows: Vector, highs: Vector, weights: Vector) -> tuple[float, float]:
        """Return no lower end, and 1."""
        del lows, highs, weights
        return (-np.inf, 1.0)

    def in_words(self, noun: str = "unit") -> str:
        """Say what the distance is from."""
        return (
            f"A score says how far a {noun} is from a model that has the best values "
            "of all places below: 1 is the model itself"
        )
