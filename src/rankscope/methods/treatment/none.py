"""No treatment of outliers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

import numpy as np

from rankscope._registry import register
from rankscope.methods.treatment.base import Treatment

if TYPE_CHECKING:
    from rankscope.methods.base import Traits
    from rankscope.shapes import Mask, Matrix


@register
@dataclass(frozen=True, slots=True)
class NoTreatment(Treatment):
    """Leaves every value as it is."""

    name: ClassVar[str] = "none"

    def fit(self, matrix: Matrix, traits: Traits) -> None:
        """Learn nothing."""
        del matrix, traits

    def transform(self, matrix: Matrix, state: None, traits: Traits) -> Matrix:
        """Return the matrix."""
        del state, traits
        return matrix

    def explain(self, state: None, column: int) -> str:
        """Say that nothing was done."""
        del state, column
        return "left as it is"

    def touched(self, matrix: Matrix, state: None) -> Mask:
        """Return that no cell was capped."""
        del state
        return np.zeros(matrix.shape, dtype=bool)

    def in_words(self, noun: str = "unit") -> str:
        """Say that nothing was done."""
        del noun
        return "Extreme values stay as they are"
