"""Yeo and Johnson's family of powers, for values of either sign."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, Final

import numpy as np

from rankscope._domains import Between, Maybe
from rankscope._registry import parameter, register
from rankscope.methods.treatment.box_cox import box_cox
from rankscope.methods.treatment.curve import Curve
from rankscope.methods.treatment.likelihood import (
    half_log_variance,
    likeliest_power,
    smallest_loss,
)

if TYPE_CHECKING:
    from rankscope.methods.base import Traits
    from rankscope.shapes import Batch, Matrix, Vector

EXPONENTS: Final = (-3.0, 5.0)


def yeo_johnson(numbers: Batch, exponent: Vector | float) -> Batch:
    """Return numbers of any shape on the curve of an exponent, NaN where they are NaN."""
    above = box_cox(1 + np.maximum(numbers, 0), exponent)
    below = box_cox(1 - np.minimum(numbers, 0), 2 - np.asarray(exponent))
    return np.where(numbers < 0, -below, above)


def likeliest_yeo_johnson(values: Vector) -> float:
    """Return the likeliest exponent of the values present in a column."""
    low, high = EXPONENTS
    sizes = np.log1p(np.abs(values))
    if not (values < 0).any():
        return likeliest_power(sizes, EXPONENTS)
    if not (values > 0).any():
        return 2 - likeliest_power(sizes, (2 - high, 2 - low))
    slope = float(np.mean(np.sign(values) * sizes))

    def loss(exponent: float) -> float:
        curved = yeo_johnson(values, exponent)
        size = np.abs(curved).max()
        return half_log_variance(curved / size) + float(np.log(size)) - (exponent - 1) * slope

    return smallest_loss(loss, EXPONENTS)


@register
@dataclass(frozen=True, slots=True)
class YeoJohnson(Curve):
    r"""A Box-Cox transformation that takes values of either sign (Yeo & Johnson 2000).

    :math:`((x + 1)^\lambda - 1)/\lambda` for :math:`x \ge 0` and
    :math:`-((1 - x)^{2 - \lambda} - 1)/(2 - \lambda)` below, with logarithms where a
    power is 0.  Where no exponent is given, the one under which the values present look
    most like a normal distribution is taken, between -3 and 5.  As 1 is added, the
    curve depends on the unit of measurement.  https://doi.org/10.1093/biomet/87.4.954
    """

    name: ClassVar[str] = "yeo_johnson"
    citation: ClassVar[str] = (
        "Yeo & Johnson (2000) Biometrika 87(4), 954-959, doi:10.1093/biomet/87.4.954"
    )
    exponent: float | None = parameter(
        None, Maybe(Between(*EXPONENTS)), "the exponent; the likeliest where none is given"
    )

    def fit(self, matrix: Matrix, traits: Traits) -> Vector:
        """Learn the exponent of each column, of shape (columns,)."""
        del traits
        if self.exponent is not None:
            return np.full(matrix.shape[1], self.exponent)
        columns = [column[~np.isnan(column)] for column in matrix.T]
        return np.array([likeliest_yeo_johnson(column) for column in columns])

    def moved(self, ends: Matrix, state: Vector) -> Matrix:
        """Return values or goalposts on the curve."""
        return yeo_johnson(ends, state)

    def explain(self, state: Vector, column: int) -> str:
        """Say which exponent is taken."""
        return f"Yeo-Johnson transformation with exponent {state[column]:.4g}"

    def in_words(self, noun: str = "unit") -> str:
        """Say what the curve is for."""
        del noun
        which = (
            "the power that makes their distribution most like a bell curve"
            if self.exponent is None
            else f"the power {self.exponent:g}"
        )
        return f"Values are bent with a Yeo-Johnson transformation, by {which}"
