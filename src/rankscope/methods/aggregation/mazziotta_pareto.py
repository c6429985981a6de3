"""The Mazziotta-Pareto index: a mean with a penalty for unbalanced children."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, Literal

import numpy as np

from rankscope._domains import OneOf
from rankscope._registry import parameter, register
from rankscope.methods.aggregation.base import Aggregation, where_any
from rankscope.methods.aggregation.moments import mean_of, variance_of

if TYPE_CHECKING:
    from rankscope.shapes import Batch, Vector


@register
@dataclass(frozen=True, slots=True)
class MazziottaPareto(Aggregation):
    r"""Mean less (or plus) deviation times coefficient of variation, :math:`m \mp S \cdot S/m`.

    Mean and deviation are those of the children of one row.  Written for children on
    ``normalisation: {method: z_score, mean: 100, deviation: 10}``.  ``minus`` where a
    high score is good, ``plus`` where it is bad.  The deviation divides by the number of
    children (``population``) or one less (``sample``, as Compind does); weights enter the
    mean and the deviation.  Where the mean is not positive there is no score.
    Mazziotta & Pareto (2016) Social Indicators Research 127(3), 983-1003,
    https://doi.org/10.1007/s11205-015-0998-2
    """

    name: ClassVar[str] = "mazziotta_pareto"
    citation: ClassVar[str] = (
        "Mazziotta & Pareto (2016) Social Indicators Research 127(3), 983-1003, "
        "doi:10.1007/s11205-015-0998-2"
    )
    monotone: ClassVar[bool] = False
    penalty: Literal["minus", "plus"] = parameter(
        "minus", OneOf(("minus", "plus")), "whether unbalance lowers the score or raises it"
    )
    deviation_of: Literal["population", "sample"] = parameter(
        "population",
        OneOf(("population", "sample")),
        "whether the deviation divides by the number of children or one less",
    )

    def chart(self) -> None:
        """Return none: the penalty is not linear in the weights."""
        return

    def accepts(self, low: float, high: float | None = None) -> bool:
        """Accept all numbers: standard scores have no ends, and hardly ever a mean below 0."""
        del low, high
        return True

    def combine(self, values: Batch, weights: Batch) -> Batch:
        """Return the mean less or plus the penalty; NaN where the mean is not positive."""
        mean = mean_of(values, weights)
        spread = variance_of(values, weights, mean, sample=self.deviation_of == "sample")
        usable = mean > 0
        sign = -1.0 if self.penalty == "minus" else 1.0
        scores = mean + sign * spread / np.where(usable, mean, 1.0)
        return where_any(weights > 0, np.where(usable, scores, np.nan))

    def image(self, lows: Vector, highs: Vector, weights: Vector) -> tuple[float, float]:
        """Return ends that leave room for the largest penalty."""
        low, high = super(MazziottaPareto, self).image(lows, highs, weights)
        if low <= 0 or not np.isfinite([low, high]).all():
            return (-np.inf, high) if self.penalty == "minus" else (max(low, 0.0), np.inf)
        largest = (high - low) ** 2 / (2 if self.deviation_of == "sample" else 4)
        return (
            (low - largest / low, high) if self.penalty == "minus" else (low, high + largest / low)
        )

    def in_words(self, noun: str = "unit") -> str:
        """Say what unbalance does to the score."""
        del noun
        what = "less" if self.penalty == "minus" else "plus"
        effect = "costs" if self.penalty == "minus" else "adds"
        return (
            f"A score is the weighted mean of what lies below it {what} a penalty that grows with "
            f"their differences, so unbalance {effect} points"
        )


@register
@dataclass(frozen=True, slots=True)
class AdjustedMazziottaPareto(MazziottaPareto):
    r"""The Mazziotta-Pareto formula on goalposts, so that editions can be compared.

    :math:`m \mp S \cdot S/m` as in ``mazziotta_pareto``, for children on
    ``normalisation: {method: goalposts, to: [70, 130]}`` with goalposts fixed over all
    editions, the reference value in their middle: a score of 100 is the reference.
    Children must be positive.  Mazziotta & Pareto (2016) Social Indicators Research
    127(3), 983-1003, https://doi.org/10.1007/s11205-015-0998-2
    """

    name: ClassVar[str] = "adjusted_mazziotta_pareto"

    def accepts(self, low: float, high: float | None = None) -> bool:
        """Accept positive values, as goalposts from 70 to 130 give."""
        del high
        return low > 0
