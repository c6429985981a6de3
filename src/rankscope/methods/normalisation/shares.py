"""Columns divided by their own size: by the total, or by the Euclidean length."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

import numpy as np

from rankscope._registry import parameter, register
from rankscope.methods.normalisation.base import Normalisation
from rankscope.methods.normalisation.ratios import (
    SCALE_OF_ONE,
    Yardstick,
    image_of_ratios,
    not_positive,
)
from rankscope.methods.references import HWANG_YOON

if TYPE_CHECKING:
    from rankscope.methods.base import Traits
    from rankscope.shapes import Matrix, Vector


@register
@dataclass(frozen=True, slots=True)
class ShareOfTotal(Normalisation):
    r"""Value as a share of the column's total.

    :math:`x/\sum x`, and :math:`x^{-1}/\sum x^{-1}` where less is better, of positive
    values: the sum normalisation of multi-criteria decisions.  Hwang & Yoon (1981)
    Multiple Attribute Decision Making, https://doi.org/10.1007/978-3-642-48318-9
    """

    name: ClassVar[str] = "share_of_total"
    citation: ClassVar[str] = HWANG_YOON
    top: float = parameter(100.0, SCALE_OF_ONE, "what the total becomes, such as 1 or 100")

    def fit(self, matrix: Matrix, traits: Traits) -> Yardstick:
        """Learn the totals of a matrix of shape (rows, columns), or those of the inverses."""
        counted = _upright(matrix, traits.polarity)
        total = np.where(np.isnan(counted), 0.0, counted).sum(axis=0)
        return Yardstick(np.where(total > 0, total, np.nan), traits.polarity)

    def transform(self, matrix: Matrix, state: Yardstick, traits: Traits) -> Matrix:
        """Return the shares; NaN in a column whose total is not above zero."""
        del traits
        return self.top * (_upright(matrix, state.polarity) / state.measure)

    def explain(self, state: Yardstick, column: int) -> str:
        """Say what the total is."""
        of = "the total" if state.polarity[column] > 0 else "the total of inverse values"
        return f"share of {of}, {state.measure[column]:.6g}"

    def refused_values(self, values: Vector, polarity: float) -> tuple[float, ...]:
        """Return values of zero or less, where less is better or the total is not positive."""
        return not_positive(values) if polarity < 0 or values.sum() <= 0 else ()

    def image(self, low: float, high: float) -> tuple[float, float]:
        """Return from zero to the total for columns without negative values."""
        ends = image_of_ratios(low, high, self.top)
        return (-np.inf, np.inf) if ends[0] < 0 else ends

    def in_words(self, noun: str = "unit") -> str:
        """Say what the total becomes."""
        del noun
        return f"A value becomes its share of the total of the column, which has {self.top:g}"


@register
@dataclass(frozen=True, slots=True)
class VectorNormalisation(Normalisation):
    r"""Value over the Euclidean length of its column, as in TOPSIS.

    :math:`x/\sqrt{\sum x^2}`, and 1 less that where less is better.  Hwang & Yoon (1981)
    Multiple Attribute Decision Making, https://doi.org/10.1007/978-3-642-48318-9
    """

    name: ClassVar[str] = "vector"
    citation: ClassVar[str] = HWANG_YOON

    def fit(self, matrix: Matrix, traits: Traits) -> Yardstick:
        """Learn the lengths of the columns of a matrix of shape (rows, columns)."""
        present = np.where(np.isnan(matrix), 0.0, matrix)
        largest = np.abs(present).max(axis=0, initial=0.0)
        unit = np.where(largest > 0, largest, np.nan)
        return Yardstick(unit * np.sqrt(((present / unit) ** 2).sum(axis=0)), traits.polarity)

    def transform(self, matrix: Matrix, state: Yardstick, traits: Traits) -> Matrix:
        """Return the shares of the length; NaN in a column of zeros."""
        del traits
        part = matrix / state.measure
        return np.where(state.polarity > 0, part, 1 - part)

    def explain(self, state: Yardstick, column: int) -> str:
        """Say what the length is."""
        turned = "" if state.polarity[column] > 0 else "1 less the value "
        return f"{turned}divided by the length of the column, {state.measure[column]:.6g}"

    def refused_values(self, values: Vector, polarity: float) -> tuple[float, ...]:
        """Return negative values where less is better, and zero where there is nothing else."""
        if values.size and not values.any():
            return (0.0,)
        return tuple(np.unique(values[values < 0]).tolist()) if polarity < 0 else ()

    def image(self, low: float, high: float) -> tuple[float, float]:
        """Return 0 and 1 for columns without negative values; NaN where that is not known."""
        if np.isnan(low) or np.isnan(high):
            return (np.nan, np.nan)
        return (0.0 if low >= 0 else -1.0, 1.0)

    def in_words(self, noun: str = "unit") -> str:
        """Say what a value is divided by."""
        del noun
        return (
            "A value is divided by the square root of the sum of all squared values of its "
            "column; where less is better, the result is taken off 1"
        )


def _upright(matrix: Matrix, polarity: Vector) -> Matrix:
    """Return values, inverse where polarity is -1, of shape (rows, columns)."""
    positive = np.where(matrix > 0, matrix, np.nan)
    with np.errstate(over="ignore"):
        upright = np.where(polarity > 0, matrix, 1 / positive)
    return np.where(np.isinf(upright), np.nan, upright)
