"""Columns on one scale: mean 0 and deviation 1, so that no unit of measurement counts for more."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from rankscope.methods.statistics import mean_and_deviation, smallest_and_largest

if TYPE_CHECKING:
    from rankscope.shapes import Mask, Matrix, Vector


class Standard(NamedTuple):
    """What standardises columns, and the ends of the values seen; all of shape (columns,).

    ``deviation`` is 1 where there is none to divide by; an empty column has a mean of NaN
    and stays empty there and back.
    """

    mean: Vector
    deviation: Vector
    low: Vector
    high: Vector

    @property
    def varies(self) -> Mask:
        """Return which columns hold at least two different values, of shape (columns,)."""
        varies: Mask = self.high > self.low
        return varies

    def forward(self, matrix: Matrix) -> Matrix:
        """Return a matrix of shape (rows, columns) on the common scale."""
        return (matrix - self.mean) / self.deviation

    def fill(self, matrix: Matrix, standardised: Matrix, *, within_range: bool = False) -> Matrix:
        """Fill the gaps of a matrix of shape (rows, columns) from values on the common scale."""
        filled = standardised * self.deviation + self.mean
        if within_range:
            filled = np.clip(filled, self.low, self.high)
        return np.where(np.isnan(matrix), filled, matrix)


def standard(matrix: Matrix) -> Standard:
    """Learn the scale of the columns of a matrix of shape (rows, columns)."""
    mean, deviation = mean_and_deviation(matrix)
    return Standard(mean, np.where(deviation > 0, deviation, 1.0), *smallest_and_largest(matrix))


def correlations(standardised: Matrix, *, pairs: int = 3) -> Matrix:
    """Return Pearson correlations over the rows that both columns have, (columns, columns).

    NaN with fewer than ``pairs`` such rows, or where a column is constant in them.
    """
    present = (~np.isnan(standardised)).astype(float)
    values = np.where(np.isnan(standardised), 0.0, standardised)
    count = present.T @ present
    with np.errstate(invalid="ignore", divide="ignore"):
        total = values.T @ present
        spread = (values**2).T @ present - total**2 / count
        together = values.T @ values - total * total.T / count
        varied = (count >= pairs) & (spread > 1e-12) & (spread.T > 1e-12)
        return np.where(varied, together / np.sqrt(spread * spread.T), np.nan)
