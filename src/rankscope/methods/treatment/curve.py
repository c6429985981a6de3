"""What all transformations share: a rising curve is applied to values and goalposts alike."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from rankscope.methods.treatment.base import Treatment

if TYPE_CHECKING:
    from rankscope.methods.base import Traits
    from rankscope.shapes import Mask, Matrix

HIGHEST = 1e300
"""No power goes beyond, so that differences of two stay finite."""


@dataclass(frozen=True, slots=True)
class Curve(Treatment):
    """Moves every value along the curve that ``moved`` draws."""

    def transform(self, matrix: Matrix, state: Any, traits: Traits) -> Matrix:
        """Return the matrix, shape (rows, columns), on the curve."""
        del traits
        return self.moved(matrix, state)

    def image(self, low: float, high: float) -> tuple[float, float]:
        """Return open ends: what the curve learns is not known beforehand."""
        del low, high
        return (-np.inf, np.inf)

    def touched(self, matrix: Matrix, state: Any) -> Mask:
        """Return that no single cell was capped: a curve changes the whole column."""
        del state
        return np.zeros(matrix.shape, dtype=bool)


def bounded(matrix: Matrix) -> Matrix:
    """Return numbers of any shape, those too large for sums and differences drawn in."""
    return np.clip(matrix, -HIGHEST, HIGHEST)
