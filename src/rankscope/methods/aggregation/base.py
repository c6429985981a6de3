"""The abstract aggregation, and the weighted mean on a chart."""

from __future__ import annotations

from abc import abstractmethod
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

import numpy as np

from rankscope._registry import Method

if TYPE_CHECKING:
    from rankscope.methods.aggregation.charts import Chart
    from rankscope.shapes import Batch, Mask, Vector


@dataclass(frozen=True, slots=True)
class Aggregation(Method):
    """Combines the children of a node with their weights.

    ``row_wise`` methods look at one row at a time; others compare the rows with each
    other and get all rows of a period together.  ``monotone`` ones never give a row less
    for a better child, the other rows being as they are.  ``ordered`` methods treat the
    first child otherwise than the rest.  Where ``shares`` is false, weights are taken as
    given and not divided by their sum.  ``children`` are the fewest and the most
    children that a node may have; None is no limit.
    """

    stage: ClassVar[str] = "aggregation"
    monotone: ClassVar[bool] = True
    row_wise: ClassVar[bool] = True
    ordered: ClassVar[bool] = False
    shares: ClassVar[bool] = True
    children: ClassVar[tuple[int, int | None]] = (1, None)

    @abstractmethod
    def accepts(self, low: float, high: float | None = None) -> bool:
        """Whether children may lie between ``low`` and, where it is known, ``high``."""

    @abstractmethod
    def chart(self) -> Chart | None:
        """Return the chart on which the method is linear in its weights, or None."""

    @abstractmethod
    def combine(self, values: Batch, weights: Batch) -> Batch:
        """Combine values (*draws, rows, children) with weights of that shape into (*draws, rows).

        Weights are shares that sum to one, or as given where the method takes no shares;
        a child that does not take part has weight zero and any finite value.  A row
        whose weights are all zero takes no part and its result is NaN.
        """

    def image(self, lows: Vector, highs: Vector, weights: Vector) -> tuple[float, float]:
        """Return the ends between which scores lie when children lie between lows and highs.

        All of shape (children,); any children may be missing.  A mean lies between
        those of its children that have weight.
        """
        counted = weights > 0
        return (
            float(lows[counted].min(initial=np.inf)),
            float(highs[counted].max(initial=-np.inf)),
        )


@dataclass(frozen=True, slots=True)
class ChartedMean(Aggregation):
    """A weighted mean on a chart: forward, weighted sum, back."""

    def combine(self, values: Batch, weights: Batch) -> Batch:
        """Return the weighted mean on the chart."""
        chart = self.chart()
        if chart is None:
            raise NotImplementedError(type(self).__name__)
        counted = weights > 0
        charted = np.where(counted, chart.forward(values), 0.0)
        return where_any(counted, chart.back(np.sum(charted * weights, axis=-1)))


def where_any(counted: Mask, scores: Batch) -> Batch:
    """Return scores (*draws, rows) where any child takes part, and NaN elsewhere.

    ``counted`` is of shape (*draws, rows, children).
    """
    return np.where(counted.any(axis=-1), scores, np.nan)
