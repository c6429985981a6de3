"""The decision rule of the JRC: treat a column only if it is both skewed and heavy-tailed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

import numpy as np

from rankscope._domains import Between, Flag, Maybe, OneOf, Whole
from rankscope._registry import parameter, register
from rankscope.errors import MethodError
from rankscope.methods.references import COINR
from rankscope.methods.statistics import excess_kurtosis, skewness
from rankscope.methods.treatment.base import Treatment
from rankscope.methods.treatment.box_cox import EXPONENTS, box_cox, likeliest_box_cox
from rankscope.methods.treatment.decision import (
    Decision,
    draw_in,
    explain_decision,
    rule_in_words,
)

if TYPE_CHECKING:
    from rankscope.methods.base import Traits
    from rankscope.shapes import Mask, Matrix, Vector


@register
@dataclass(frozen=True, slots=True)
class SkewKurtosis(Treatment):
    """Winsorises, else takes logarithms, where skewness and kurtosis are both large.

    A column is treated if |skewness| >= ``skewness`` and excess kurtosis >=
    ``kurtosis``.  First up to ``max_points`` extreme values are drawn in one distinct
    value at a time until the rule is met; values that are tied are drawn in together,
    which can make more of them.  If that is not enough, the column as it was takes the
    ``fallback``: the logarithm of the distance from the lowest value plus one hundredth
    of the range (COINr's ``log_CT``), with ``mirrored_log`` its mirror image where the
    lower tail is the longer (``log_CT_plus``), or Box and Cox's power of that distance
    plus 1.  A column is never made constant.
    Becker et al. (2022) COINr, https://doi.org/10.21105/joss.04567; OECD/JRC Handbook 2008.
    """

    name: ClassVar[str] = "skew_kurtosis"
    citation: ClassVar[str] = COINR
    skewness: float = parameter(2.0, Between(low=0), "absolute skewness at which a column fails")
    kurtosis: float = parameter(3.5, Between(), "excess kurtosis at which a column fails")
    max_points: int = parameter(5, Whole(0, 10_000), "the most values that may be winsorised")
    fallback: str = parameter(
        "mirrored_log",
        OneOf(("mirrored_log", "log", "box_cox", "none")),
        "what is done where winsorising is not enough",
    )
    exponent: float | None = parameter(
        None,
        Maybe(Between(*EXPONENTS)),
        "the exponent of the fallback box_cox; the likeliest where none is given",
    )
    combine: bool = parameter(
        False, Flag(), "apply the fallback to the winsorised values, not to those before"
    )
    force: str = parameter(
        "never",
        OneOf(("never", "failing", "every")),
        "which columns have max_points values drawn in even where fewer are enough",
    )

    def __post_init__(self) -> None:
        """Check the parameters, and that an exponent has a fallback that it belongs to."""
        super(SkewKurtosis, self).__post_init__()
        if self.exponent is not None and self.fallback != "box_cox":
            raise MethodError(
                "skew_kurtosis.exponent belongs to the fallback box_cox, but "
                f"skew_kurtosis.fallback is {self.fallback}. Leave the exponent out."
            )

    def fit(self, matrix: Matrix, traits: Traits) -> Decision:
        """Decide for each column of a matrix of shape (rows, columns)."""
        del traits
        columns = [self._decide(column[~np.isnan(column)]) for column in matrix.T]
        return Decision(*(np.array(part, dtype=float) for part in zip(*columns, strict=True)))

    def transform(self, matrix: Matrix, state: Decision, traits: Traits) -> Matrix:
        """Cap, or bend the scale, as decided."""
        del traits
        return self.moved(np.clip(matrix, state.low, state.high), state)

    def moved(self, ends: Matrix, state: Decision) -> Matrix:
        """Return goalposts on the curve where one was decided."""
        distance = np.maximum(state.side * (ends - state.origin), 0.0) + state.offset
        return np.where(state.side == 0, ends, state.side * box_cox(distance, state.exponent))

    def image(self, low: float, high: float) -> tuple[float, float]:
        """Return the same ends where values are only drawn in."""
        return (low, high) if self.fallback == "none" else (-np.inf, np.inf)

    def explain(self, state: Decision, column: int) -> str:
        """Say what was decided for a column."""
        return explain_decision(state, column)

    def touched(self, matrix: Matrix, state: Decision) -> Mask:
        """Return which cells of a matrix of shape (rows, columns) were drawn in."""
        beyond: Mask = (matrix < state.low) | (matrix > state.high)
        return beyond

    def in_words(self, noun: str = "unit") -> str:
        """Say which columns are treated, and how."""
        del noun
        where = (
            f"Where a few extreme values would dominate (skewness of {self.skewness:g} or more "
            f"and excess kurtosis of {self.kurtosis:g} or more)"
        )
        return rule_in_words(
            where,
            points=self.max_points,
            fallback=self.fallback,
            force=self.force,
            combine=self.combine,
        )

    def _passes(self, values: Vector) -> bool:
        column = values[:, None]
        skew, kurtosis = skewness(column)[0], excess_kurtosis(column)[0]
        return not (abs(skew) >= self.skewness and kurtosis >= self.kurtosis)  # NaN fails no test

    def _enough(self, drawn: Vector, points: int) -> bool:
        """Whether to stop winsorising, with so many points drawn in."""
        return points >= self.max_points or (self.force == "never" and self._passes(drawn))

    def _decide(self, values: Vector) -> tuple[float, ...]:
        """Return the fields of a decision for the values present in one column."""
        low, high, drawn = -np.inf, np.inf, values
        if self.force == "every" or not self._passes(values):
            low, high, drawn = draw_in(values, self._enough)
        passes = self._passes(drawn)
        if not (passes or self.combine):
            low, high, drawn = -np.inf, np.inf, values
        curve = (0.0, 0.0, 1.0, 0.0)
        if not passes and self.fallback != "none" and np.unique(drawn).size > 2:
            curve = self._curve(drawn)
        return (low, high, *curve, float(np.sum(drawn != values)), float(passes))

    def _curve(self, values: Vector) -> tuple[float, float, float, float]:
        """Return side, origin, offset and exponent of the fallback for the values of a column."""
        if self.fallback == "box_cox":
            distance = values - values.min() + 1
            likeliest = likeliest_box_cox(distance[:, None])[0]
            exponent = likeliest if self.exponent is None else self.exponent
            return (1.0, values.min(), 1.0, exponent)
        upper = self.fallback == "log" or skewness(values[:, None])[0] >= 0
        origin = values.min() if upper else values.max()
        return (1.0 if upper else -1.0, origin, 0.01 * np.ptp(values), 0.0)
