"""Charts: the scales on which means are linear in their weights.

The compiler and the exact programs read nothing else of a mean: a subtree of one
chart is one matrix product.  Charts stay finite wherever a mean takes a value, so
that a weight of zero makes zero of any value.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from rankscope.shapes import Batch

LOGARITHM_OF_ZERO = -1e9
"""Stands for minus infinity: with a weight of 1e-6 or more, its exponential is 0."""

POWER_OF_ZERO = 1e300
"""Stands for infinity where the power is negative; sums of shares of it stay finite."""

_ROUNDED = 1e-13
"""Distance from an end of a scale, as a share of it, that is rounding."""

_BEYOND_ANY_VALUE = 1e290
"""A negative power of at least this came from a zero."""


@dataclass(frozen=True, slots=True)
class Chart(ABC):
    """A scale on which an aggregation is linear in its weights."""

    @abstractmethod
    def forward(self, values: Batch) -> Batch:
        """Return the values on the chart; NaN where the mean does not take a value."""

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
    """Logarithms: the chart of the geometric mean.

    With ``zeros``, zero has a place far below all other values, and a mean in which it
    has any weight to speak of is zero.
    """

    zeros: bool = False

    def forward(self, values: Batch) -> Batch:
        """Return natural logarithms; what the mean refuses at binding is NaN here."""
        with np.errstate(invalid="ignore", divide="ignore"):
            logarithms = np.where(values > 0, np.log(values), np.nan)
        return np.where(values == 0, LOGARITHM_OF_ZERO, logarithms) if self.zeros else logarithms

    def back(self, values: Batch) -> Batch:
        """Return exponentials."""
        return np.exp(values)


@dataclass(frozen=True, slots=True)
class Power(Chart):
    """Powers: the chart of the generalised mean with a power other than zero.

    A positive power takes zero as it is.  A negative one takes it with ``zeros``, far
    above the powers of all other values, and the mean is then zero.
    """

    power: float
    zeros: bool = False

    def forward(self, values: Batch) -> Batch:
        """Return the powers; what the mean refuses at binding is NaN here, as is an overflow."""
        with np.errstate(invalid="ignore", divide="ignore", over="ignore"):
            powers = np.where(values >= 0, values**self.power, np.nan)
        if self.power < 0 and self.zeros:
            powers = np.where(values == 0, POWER_OF_ZERO, powers)
        return np.where(np.isinf(powers), np.nan, powers)

    def back(self, values: Batch) -> Batch:
        """Return the roots."""
        with np.errstate(invalid="ignore", divide="ignore"):
            roots = values ** (1.0 / self.power)
        if self.power > 0:
            return roots
        roots = np.where(values > 0, roots, np.nan)
        return np.where(values >= _BEYOND_ANY_VALUE, 0.0, roots)


@dataclass(frozen=True, slots=True)
class ScaledLogarithm(Chart):
    """Logarithms after a line: the chart of the scaled geometric mean.

    The line leads from ``ends`` to ``onto``, the high end first where it is ``reverse``.
    """

    ends: tuple[float, float]
    onto: tuple[float, float]
    reverse: bool = True

    def straight(self, values: Batch) -> Batch:
        """Return values on the line, before the logarithm."""
        (low, high), (start, stop) = self.ends, self._onto()
        return start + (values - low) * ((stop - start) / (high - low))

    def forward(self, values: Batch) -> Batch:
        """Return logarithms of the values on the line; NaN where that is not positive."""
        straight = self.straight(values)
        with np.errstate(invalid="ignore", divide="ignore"):
            return np.where(straight > 0, np.log(straight), np.nan)

    def back(self, values: Batch) -> Batch:
        """Return exponentials, back on the scale of the children."""
        (low, high), (start, stop) = self.ends, self._onto()
        scores = low + (np.exp(values) - start) * ((high - low) / (stop - start))
        for end in self.ends:  # a parent may not take what lies beyond an end by rounding
            scores = np.where(np.abs(scores - end) <= _ROUNDED * (high - low), end, scores)
        return scores

    def _onto(self) -> tuple[float, float]:
        return (self.onto[1], self.onto[0]) if self.reverse else self.onto
