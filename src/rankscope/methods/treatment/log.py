"""Logarithms: for counts and amounts that spread over orders of magnitude."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, NamedTuple

import numpy as np

from rankscope._domains import OneOf
from rankscope._registry import parameter, register
from rankscope.methods.references import HANDBOOK
from rankscope.methods.statistics import smallest_and_largest
from rankscope.methods.treatment.base import Treatment

if TYPE_CHECKING:
    from rankscope.methods.base import Traits
    from rankscope.shapes import Mask, Matrix, Vector


class Shift(NamedTuple):
    """What is added, and the least that the logarithm is taken of, of shape (columns,)."""

    offset: Vector
    least: Vector


@register
@dataclass(frozen=True, slots=True)
class Log(Treatment):
    r"""Natural logarithm of :math:`x + c`.

    The offset :math:`c` is ``none`` (0; values must be positive), ``smallest``
    (the smallest positive value observed, so that zeros have a place one
    doubling below it; nothing may be negative) or ``range``
    (:math:`0.01\,(max - min) - min`, COINr's ``log_CT``; on a frozen scale values
    below the smallest are drawn in to it).  The last two do not depend on the unit
    of measurement.  https://doi.org/10.1787/9789264043466-en
    """

    name: ClassVar[str] = "log"
    citation: ClassVar[str] = f"{HANDBOOK}, section 5.7"
    offset: str = parameter(
        "smallest", OneOf(("none", "smallest", "range")), "what is added before the logarithm"
    )

    def accepts(self, low: float) -> bool:
        """Accept what leaves a positive number under the logarithm."""
        if self.offset == "range":
            return True
        return low >= 0 if self.offset == "smallest" else low > 0

    def fit(self, matrix: Matrix, traits: Traits) -> Shift:
        """Learn the offset of each column, of shape (columns,)."""
        del traits
        nothing = np.zeros(matrix.shape[1])
        if self.offset == "none":
            return Shift(nothing, nothing)
        if self.offset == "smallest":
            positive = np.where(matrix > 0, matrix, np.nan)
            return Shift(smallest_and_largest(positive)[0], nothing)
        low, high = smallest_and_largest(matrix)
        hundredth = 0.01 * (high - low)
        return Shift(hundredth - low, np.where(hundredth == 0, 1.0, hundredth))

    def transform(self, matrix: Matrix, state: Shift, traits: Traits) -> Matrix:
        """Return logarithms; NaN where a value plus the offset is not positive."""
        del traits
        return self.moved(matrix, state)

    def moved(self, ends: Matrix, state: Shift) -> Matrix:
        """Return logarithms of goalposts too: they are in the column's own units."""
        shifted = np.maximum(ends + state.offset, state.least)
        with np.errstate(invalid="ignore", divide="ignore"):
            return np.where(shifted > 0, np.log(shifted), np.nan)

    def explain(self, state: Shift, column: int) -> str:
        """Say what the logarithm is taken of."""
        return f"natural logarithm of the value plus {state.offset[column]:.6g}"

    def touched(self, matrix: Matrix, state: Shift) -> Mask:
        """Return that no single cell was capped: a logarithm changes the whole column."""
        del state
        return np.zeros(matrix.shape, dtype=bool)
