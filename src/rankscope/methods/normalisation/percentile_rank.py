"""Percentile ranks: the share of the other units that a unit leaves behind."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, NamedTuple

import numpy as np

from rankscope._domains import Ends
from rankscope._registry import parameter, register
from rankscope.methods.normalisation.base import Normalisation
from rankscope.methods.references import HANDBOOK

if TYPE_CHECKING:
    from rankscope.methods.base import Traits
    from rankscope.shapes import Matrix, Vector, Whole


class Ordered(NamedTuple):
    """The fitted values times polarity, sorted, NaN last; and how many there are."""

    values: Matrix
    present: Whole
    polarity: Vector


@register
@dataclass(frozen=True, slots=True)
class PercentileRank(Normalisation):
    """Share of the other units strictly behind; ties share the lower share.

    (rank from below - 1) / (n - 1), as COINr's ``n_prank``; gaps stay gaps.
    OECD/JRC Handbook 2008, section 5.1, https://doi.org/10.1787/9789264043466-en
    """

    name: ClassVar[str] = "percentile_rank"
    citation: ClassVar[str] = f"{HANDBOOK}, section 5.1"
    to: tuple[float, float] = parameter((0.0, 100.0), Ends(), "the ends of the new scale")

    def fit(self, matrix: Matrix, traits: Traits) -> Ordered:
        """Learn the order from a matrix of shape (rows, columns)."""
        ordered = np.sort(matrix * traits.polarity, axis=0)
        return Ordered(ordered, np.sum(~np.isnan(ordered), axis=0), traits.polarity)

    def transform(self, matrix: Matrix, state: Ordered, traits: Traits) -> Matrix:
        """Place each value among the fitted ones."""
        del traits
        low, high = self.to
        shares = np.full(matrix.shape, np.nan)
        for column, n in enumerate(state.present):
            values = matrix[:, column] * state.polarity[column]
            behind = np.searchsorted(state.values[:n, column], values, side="left")
            share = np.minimum(behind / (n - 1), 1.0) if n > 1 else np.full(len(values), np.nan)
            shares[:, column] = np.where(np.isnan(values), np.nan, share)
        return low + (high - low) * shares

    def explain(self, state: Ordered, column: int) -> str:
        """Say among how many units the rank is taken."""
        return f"share left behind among {state.present[column]} units"

    def image(self, low: float, high: float) -> tuple[float, float]:
        """Return the ends of the scale."""
        del low, high
        return self.to
