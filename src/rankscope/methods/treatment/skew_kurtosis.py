"""The decision rule of the JRC: treat a column only if it is both skewed and heavy-tailed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, NamedTuple

import numpy as np

from rankscope._domains import Between, Whole
from rankscope._registry import parameter, register
from rankscope.methods.references import COINR
from rankscope.methods.statistics import excess_kurtosis, skewness
from rankscope.methods.treatment.base import Treatment

if TYPE_CHECKING:
    from rankscope.methods.base import Traits
    from rankscope.shapes import Mask, Matrix, Vector


class Decision(NamedTuple):
    """What was decided for each column, all of shape (columns,).

    ``side`` is 0 where no logarithm is taken, +1 for one that draws in the upper
    tail, -1 for its mirror image; ``origin`` is the end of the column opposite to
    that tail and ``offset`` one hundredth of its range.
    """

    low: Vector
    high: Vector
    side: Vector
    origin: Vector
    offset: Vector
    points: Vector


@register
@dataclass(frozen=True, slots=True)
class SkewKurtosis(Treatment):
    """Winsorises, else takes logarithms, where skewness and kurtosis are both large.

    A column is treated if |skewness| >= ``skewness`` and excess kurtosis >=
    ``kurtosis``.  First up to ``max_points`` extreme values are drawn in one
    distinct value at a time until the rule is met; if that is not enough, the
    column is taken as it was, on a logarithmic scale that draws in the longer
    tail.  Becker et al. (2022) COINr, https://doi.org/10.21105/joss.04567;
    OECD/JRC Handbook 2008.
    """

    name: ClassVar[str] = "skew_kurtosis"
    citation: ClassVar[str] = COINR
    skewness: float = parameter(2.0, Between(low=0), "absolute skewness at which a column fails")
    kurtosis: float = parameter(3.5, Between(), "excess kurtosis at which a column fails")
    max_points: int = parameter(5, Whole(0, 10_000), "the most values that may be winsorised")

    def fit(self, matrix: Matrix, traits: Traits) -> Decision:
        """Decide for each column of a matrix of shape (rows, columns)."""
        del traits
        columns = [self._decide(matrix[:, [column]]) for column in range(matrix.shape[1])]
        return Decision(*(np.array(part, dtype=float) for part in zip(*columns, strict=True)))

    def transform(self, matrix: Matrix, state: Decision, traits: Traits) -> Matrix:
        """Cap, or take logarithms, as decided."""
        del traits
        return self.moved(np.clip(matrix, state.low, state.high), state)

    def moved(self, ends: Matrix, state: Decision) -> Matrix:
        """Return goalposts on a logarithmic scale where that was decided."""
        distance = np.maximum(state.side * (ends - state.origin), 0.0) + state.offset
        with np.errstate(invalid="ignore", divide="ignore"):
            logged = state.side * np.log(distance)
        return np.where(state.side == 0, ends, logged)

    def explain(self, state: Decision, column: int) -> str:
        """Say what was decided for a column."""
        if state.side[column]:
            up = state.side[column] > 0
            taken, end = ("logarithm", "lowest") if up else ("minus the logarithm", "highest")
            origin, offset = state.origin[column], state.offset[column]
            least = f"{end} value, {origin:.6g}, plus {offset:.6g}"
            return f"{taken} of the distance from the {least}: too skewed to winsorise"
        if state.points[column]:
            ends = (("below", state.low[column]), ("above", state.high[column]))
            beyond = " and ".join(f"{side} {end:.6g}" for side, end in ends if np.isfinite(end))
            values = (
                "1 value" if state.points[column] == 1 else f"{state.points[column]:.0f} values"
            )
            return f"{values} drawn in from {beyond}"
        return "left as it is: neither too skewed nor too heavy-tailed"

    def touched(self, matrix: Matrix, state: Decision) -> Mask:
        """Return which cells of a matrix of shape (rows, columns) were drawn in."""
        beyond: Mask = (matrix < state.low) | (matrix > state.high)
        touched: Mask = beyond & (state.side == 0)
        return touched

    def _passes(self, column: Matrix) -> bool:
        skew, kurtosis = skewness(column)[0], excess_kurtosis(column)[0]
        fails = abs(skew) >= self.skewness and kurtosis >= self.kurtosis
        return not bool(fails)  # NaN, as of a constant column, fails no test

    def _decide(self, column: Matrix) -> tuple[float, ...]:
        """Return the fields of a decision for one column of shape (rows, 1)."""
        values = column[~np.isnan(column)]
        if values.size == 0:
            return (-np.inf, np.inf, 0, 0, 1, 0)
        low, high, passes = self._winsorise(values)
        if passes:
            points = float(np.sum((values < low) | (values > high)))
            return (low, high, 0, 0, 1, points)
        side = 1.0 if skewness(column)[0] >= 0 else -1.0
        origin = values.min() if side > 0 else values.max()
        return (-np.inf, np.inf, side, origin, 0.01 * np.ptp(values), 0)

    def _winsorise(self, values: Vector) -> tuple[float, float, bool]:
        """Return the caps (infinite: none) and whether they are enough."""
        low, high = -np.inf, np.inf
        capped, points = values, 0
        passes = self._passes(capped[:, None])
        while not passes and points < self.max_points:
            if skewness(capped[:, None])[0] >= 0:
                high = capped[capped < capped.max()].max()
            else:
                low = capped[capped > capped.min()].min()
            capped = np.clip(values, low, high)
            points = int(np.sum((values < low) | (values > high)))
            passes = self._passes(capped[:, None])
        return low, high, passes
