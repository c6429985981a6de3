"""The minimum and the maximum: only the weakest or the strongest child counts."""

from __future__ import annotations

from abc import abstractmethod
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

import numpy as np

from rankscope._registry import register
from rankscope.methods.aggregation.base import Aggregation, where_any
from rankscope.methods.references import POWER_MEANS

if TYPE_CHECKING:
    from rankscope.shapes import Batch


@dataclass(frozen=True, slots=True)
class _Extreme(Aggregation):
    """One of the children that have weight."""

    citation: ClassVar[str] = POWER_MEANS

    def chart(self) -> None:
        """Return none: weights only say who takes part."""
        return

    def accepts(self, low: float, high: float | None = None) -> bool:
        """Accept all numbers."""
        del low, high
        return True

    @abstractmethod
    def combine(self, values: Batch, weights: Batch) -> Batch:
        """Return the value of one child."""


@register
@dataclass(frozen=True, slots=True)
class Minimum(_Extreme):
    """The lowest of the children that have weight: nothing makes up for the weakest.

    The limit of the power mean for a power of minus infinity.  Decancq & Lugo (2013)
    Econometric Reviews 32(1), 7-34, https://doi.org/10.1080/07474938.2012.690641
    """

    name: ClassVar[str] = "minimum"

    def combine(self, values: Batch, weights: Batch) -> Batch:
        """Return the lowest value."""
        counted = weights > 0
        return where_any(counted, np.where(counted, values, np.inf).min(axis=-1, initial=np.inf))

    def in_words(self, noun: str = "unit") -> str:
        """Say that the weakest counts."""
        del noun
        return "A score is the lowest of what lies below it, so only the weakest place counts"


@register
@dataclass(frozen=True, slots=True)
class Maximum(_Extreme):
    """The highest of the children that have weight: strength in one place is enough.

    The limit of the power mean for a power of infinity.  Decancq & Lugo (2013)
    Econometric Reviews 32(1), 7-34, https://doi.org/10.1080/07474938.2012.690641
    """

    name: ClassVar[str] = "maximum"

    def combine(self, values: Batch, weights: Batch) -> Batch:
        """Return the highest value."""
        counted = weights > 0
        return where_any(counted, np.where(counted, values, -np.inf).max(axis=-1, initial=-np.inf))

    def in_words(self, noun: str = "unit") -> str:
        """Say that the strongest counts."""
        del noun
        return "A score is the highest of what lies below it, so only the strongest place counts"
