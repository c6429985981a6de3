"""Quantiles of columns with gaps, all columns at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rankscope.shapes import Matrix


def quantiles(matrix: Matrix, shares: Sequence[float]) -> Matrix:
    """Return quantiles of the values present, of shape (shares, columns); NaN for empty columns.

    Interpolated linearly between order statistics: type 7 of Hyndman & Fan (1996),
    https://doi.org/10.1080/00031305.1996.10473566, as NumPy, R and spreadsheets do.
    """
    if len(matrix) == 0:
        return np.full((len(shares), matrix.shape[1]), np.nan)
    ordered = np.sort(matrix, axis=0)  # NaN goes last
    n = np.sum(~np.isnan(matrix), axis=0)
    position = np.asarray(shares)[:, None] * np.maximum(n - 1, 0)
    below = np.floor(position).astype(np.int64)
    above = np.minimum(below + 1, np.maximum(n - 1, 0))
    low = np.take_along_axis(ordered, below, axis=0)
    high = np.take_along_axis(ordered, above, axis=0)
    part = position - below
    found: Matrix = np.where(low == high, low, low * (1 - part) + high * part)
    return found
