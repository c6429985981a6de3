"""Weighted percentiles: the share of people, not of units, that a unit leaves behind."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, NamedTuple

import numpy as np

from rankscope._domains import Ends, Text
from rankscope._registry import parameter, register
from rankscope.methods.normalisation.base import Normalisation
from rankscope.methods.normalisation.order import SHARED

if TYPE_CHECKING:
    from rankscope.methods.base import Traits
    from rankscope.shapes import Matrix, Vector


class Cumulated(NamedTuple):
    """Fitted values times polarity, sorted, with sizes added up, of shape (rows, columns).

    ``sums`` has one row more: the sizes before each value, and all of them at last.
    """

    values: Matrix
    sums: Matrix
    polarity: Vector


@register
@dataclass(frozen=True, slots=True)
class WeightedPercentile(Normalisation):
    """Share of the total size, such as of all inhabitants, that lies behind a unit.

    With ``ties`` lowest the units strictly behind count, with highest those equal too (the
    unit itself among them), with average half of those.  As in EJScreen, whose percentiles
    are of the population (US EPA 2023, EJScreen technical documentation).
    """

    name: ClassVar[str] = "weighted_percentile"
    citation: ClassVar[str] = "US EPA (2023) EJScreen technical documentation"
    weighted_by: str = parameter(
        "population", Text("the code of a variable such as population"), "what size is meant"
    )
    to: tuple[float, float] = parameter((0.0, 100.0), Ends(), "the ends of the new scale")
    ties: str = parameter("highest", SHARED, "whether equal values count as behind")

    def sized_by(self) -> str | None:
        """Return the variable by which units count."""
        return self.weighted_by

    def fit(self, matrix: Matrix, traits: Traits) -> Cumulated:
        """Learn the order, and the sizes behind each place, from a matrix (rows, columns)."""
        values = matrix * traits.polarity
        order = np.argsort(values, axis=0, kind="stable")
        ordered = np.take_along_axis(values, order, axis=0)
        sizes = np.where(np.isnan(ordered), 0.0, traits.sizes[order])
        before = np.zeros((1, matrix.shape[1]))
        return Cumulated(ordered, np.concatenate([before, sizes.cumsum(axis=0)]), traits.polarity)

    def transform(self, matrix: Matrix, state: Cumulated, traits: Traits) -> Matrix:
        """Place each value among the fitted ones; NaN where nobody has a size."""
        del traits
        low, high = self.to
        shares = np.full(matrix.shape, np.nan)
        for column in range(matrix.shape[1]):
            total = state.sums[-1, column]
            if total > 0:
                shares[:, column] = self._behind(matrix[:, column], state, column) / total
        return low + (high - low) * shares

    def explain(self, state: Cumulated, column: int) -> str:
        """Say of what the share is taken."""
        return f"share of {self.weighted_by}, {state.sums[-1, column]:.6g} in all"

    def image(self, low: float, high: float) -> tuple[float, float]:
        """Return the ends of the scale."""
        del low, high
        return self.to

    def in_words(self, noun: str = "unit") -> str:
        """Say which share a value becomes."""
        del noun
        low, high = self.to
        return (
            f"A value becomes the share of {self.weighted_by} that it leaves behind, "
            f"on a scale from {low:g} to {high:g}"
        )

    def _behind(self, values: Vector, state: Cumulated, column: int) -> Vector:
        """Return the size behind each value, of shape (rows,)."""
        fitted = state.values[~np.isnan(state.values[:, column]), column]
        turned, sums = values * state.polarity[column], state.sums[:, column]
        behind = sums[np.searchsorted(fitted, turned, "left")]
        up_to = sums[np.searchsorted(fitted, turned, "right")]
        found = {"lowest": behind, "highest": up_to}.get(self.ties, (behind + up_to) / 2)
        return np.where(np.isnan(values), np.nan, found)
