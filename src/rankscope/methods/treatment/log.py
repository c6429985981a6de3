"""Logarithms: for counts and amounts that spread over orders of magnitude."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

import numpy as np

from rankscope._registry import OneOf, parameter, register
from rankscope.methods.statistics import smallest_and_largest
from rankscope.methods.treatment.base import Treatment

if TYPE_CHECKING:
    from rankscope.methods.base import Traits
    from rankscope.shapes import Mask, Matrix, Vector


@register
@dataclass(frozen=True, slots=True)
class Log(Treatment):
    r"""Natural logarithm of :math:`x + c`.

    The offset :math:`c` is ``none`` (0; values must be positive), ``smallest``
    (the smallest positive value observed, so that zeros have a place one
    doubling below it) or ``range`` (:math:`0.01\,(max - min) - min`, COINr's
    ``log_CT``).  The last two do not depend on the unit of measurement.
    """

    name: ClassVar[str] = "log"
    citation: ClassVar[str] = "OECD/JRC (2008) Handbook on Constructing Composite Indicators, 5.7"
    offset: str = parameter(
        "smallest", OneOf(("none", "smallest", "range")), "what is added before the logarithm"
    )

    def fit(self, matrix: Matrix, traits: Traits) -> Vector:
        """Learn the offset of each column, (columns,)."""
        del traits
        if self.offset == "none":
            return np.zeros(matrix.shape[1])
        if self.offset == "smallest":
            return smallest_and_largest(np.where(matrix > 0, matrix, np.nan))[0]
        low, high = smallest_and_largest(matrix)
        return 0.01 * (high - low) - low

    def transform(self, matrix: Matrix, state: Vector, traits: Traits) -> Matrix:
        """Return logarithms; NaN where a value plus the offset is not positive."""
        del traits
        shifted = matrix + state
        with np.errstate(invalid="ignore", divide="ignore"):
            return np.where(shifted > 0, np.log(shifted), np.nan)

    def explain(self, state: Vector, column: int) -> str:
        """Say what the logarithm is taken of."""
        return f"natural logarithm of the value plus {state[column]:.6g}"

    def touched(self, matrix: Matrix, state: Vector) -> Mask:
        """Return that no single cell was capped: a logarithm changes the whole column."""
        del state
        return np.zeros(matrix.shape, dtype=bool)
