"""The abstract aggregation, and the charts on which means are linear in their weights."""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

import numpy as np

from rankscope._registry import Method

if TYPE_CHECKING:
    from rankscope.shapes import Batch, Vector


@dataclass(frozen=True, slots=True)
class Chart(ABC):
    """A scale on which an aggregation is linear in its weights.

    The compiler and the exact programs read nothing else of an aggregation: a
    subtree of one chart is one matrix product.
    """

    @abstractmethod
    def forward(self, values: Batch) -> Batch:
        """Return the values on the chart."""

    @abstractmethod
    def back(self, values: Batch) -> Batch:
        """Return the values from the chart."""


@dataclass(frozen=True, slots=True)
class Identity(Chart):
    """The values themselves: the chart of the arithmetic mean."""

    def forward(self, values: Batch) -> Batch:
        """Return the values."""
        return values

    def back(self, values: Batch) -> Batch:
        """Return the values."""
        return values


@dataclass(frozen=True, slots=True)
class Logarithm(Chart):
    """Logarithms: the chart of the geometric mean."""

    def forward(self, values: Batch) -> Batch:
        """Return natural logarithms; zero or less is refused at binding and NaN here."""
        with np.errstate(invalid="ignore", divide="ignore"):
            return np.where(values > 0, np.log(values), np.nan)

    def back(self, values: Batch) -> Batch:
        """Return exponentials."""
        return np.exp(values)


@dataclass(frozen=True, slots=True)
class Power(Chart):
    """Powers: the chart of the generalised mean with a power other than zero."""

    power: float

    def forward(self, values: Batch) -> Batch:
        """Return the powers of positive values."""
        with np.errstate(invalid="ignore", divide="ignore"):
            return np.where(values >= 0, values**self.power, np.nan)

    def back(self, values: Batch) -> Batch:
        """Return the roots."""
        with np.errstate(divide="ignore"):
            return values ** (1.0 / self.power)


@dataclass(frozen=True, slots=True)
class Aggregation(Method):
    """Combines the children of a node with their weights.

    ``row_wise`` methods look at one row at a time; others compare the rows with each
    other and get all rows of a period together.  ``ordered`` methods treat the first
    child otherwise than the rest.  Where ``shares`` is false, weights are taken as given
    and not divided by their sum.
    """

    stage: ClassVar[str] = "aggregation"
    monotone: ClassVar[bool] = True
    row_wise: ClassVar[bool] = True
    ordered: ClassVar[bool] = False
    shares: ClassVar[bool] = True

    @abstractmethod
    def accepts(self, low: float) -> bool:
        """Whether children may reach down to the value ``low``."""

    @abstractmethod
    def chart(self) -> Chart | None:
        """Return the chart on which the method is linear in its weights, or None."""

    @abstractmethod
    def combine(self, values: Batch, weights: Batch) -> Batch:
        """Combine values (*draws, rows, children) with weights of that shape into (*draws, rows).

        Weights are shares that sum to one, or as given where the method takes no shares;
        a child that does not take part has weight zero and any finite value.  For methods
        that are not row by row, a row whose weights are all zero takes no part and its
        result is NaN.
        """

    def image(self, lows: Vector, highs: Vector, weights: Vector) -> tuple[float, float]:
        """Return the ends between which scores lie when children lie between lows and highs.

        All of shape (children,); a mean lies between its children.
        """
        del weights
        return (float(lows.min(initial=np.inf)), float(highs.max(initial=-np.inf)))


@dataclass(frozen=True, slots=True)
class ChartedMean(Aggregation):
    """A weighted mean on a chart: forward, weighted sum, back."""

    def combine(self, values: Batch, weights: Batch) -> Batch:
        """Return the weighted mean on the chart."""
        chart = self.chart()
        if chart is None:
            raise NotImplementedError(type(self).__name__)
        return chart.back(np.sum(chart.forward(values) * weights, axis=-1))
