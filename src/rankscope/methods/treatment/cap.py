"""Caps at fixed numbers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

import numpy as np

from rankscope._domains import Between, Maybe
from rankscope._registry import parameter, register
from rankscope.errors import MethodError
from rankscope.methods.treatment.capping import Capping, Caps

if TYPE_CHECKING:
    from rankscope.methods.base import Traits
    from rankscope.shapes import Matrix


@register
@dataclass(frozen=True, slots=True)
class Cap(Capping):
    """Caps values at fixed numbers in their own units: below at ``low``, above at ``high``.

    Either may be left out.  As a step at a node the numbers are scores.
    """

    name: ClassVar[str] = "cap"
    row_wise: ClassVar[bool] = True
    low: float | None = parameter(None, Maybe(Between()), "what lower values are raised to")
    high: float | None = parameter(None, Maybe(Between()), "what higher values are lowered to")

    def __post_init__(self) -> None:
        """Check the parameters, and that there is a cap and the lower one is lower."""
        super(Cap, self).__post_init__()
        if self.low is None and self.high is None:
            raise MethodError("cap needs a number to cap at. Give cap.low, cap.high or both.")
        if self.low is not None and self.high is not None and self.low >= self.high:
            raise MethodError(
                f"cap.low must be less than cap.high, got {self.low:g} and {self.high:g}."
            )

    def fit(self, matrix: Matrix, traits: Traits) -> Caps:
        """Return the given caps for each column of a matrix of shape (rows, columns)."""
        del traits
        low, high = self.image(-np.inf, np.inf)
        columns = matrix.shape[1]
        return Caps(np.full(columns, low), np.full(columns, high))

    def image(self, low: float, high: float) -> tuple[float, float]:
        """Return both ends after capping."""
        least = -np.inf if self.low is None else self.low
        most = np.inf if self.high is None else self.high
        return (min(max(low, least), most), max(min(high, most), least))

    def in_words(self, noun: str = "unit") -> str:
        """Say at which numbers."""
        del noun
        if self.high is None:
            return f"What is below {self.low:g} counts as {self.low:g}"
        if self.low is None:
            return f"What is above {self.high:g} counts as {self.high:g}"
        return (
            f"What is below {self.low:g} counts as {self.low:g}, "
            f"and what is above {self.high:g} as {self.high:g}"
        )
