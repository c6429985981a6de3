"""Moments of columns with gaps, and order statistics, as the stages need them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from rankscope.shapes import Matrix, Vector


def skewness(matrix: Matrix) -> Vector:
    r"""Return the bias-corrected skewness of each column of a matrix of shape (rows, columns).

    :math:`G_1 = \frac{\sqrt{n}\,\sum z^3}{(\sum z^2)^{3/2}}
    \frac{\sqrt{n(n-1)}}{n-2}` over the values present; NaN for constant columns
    and for fewer than three values.  The same number as spreadsheets and
    ``pandas.DataFrame.skew`` give (Joanes & Gill 1998, type 2,
    https://doi.org/10.1111/1467-9884.00122).
    """
    n, _, _, m2, m3, _ = _moments(matrix)
    with np.errstate(invalid="ignore", divide="ignore"):
        g1 = np.sqrt(n) * m3 / m2**1.5 * np.sqrt(n * (n - 1)) / (n - 2)
    return np.where((n >= 3) & (m2 > 0), g1, np.nan)


def excess_kurtosis(matrix: Matrix) -> Vector:
    r"""Return the bias-corrected excess kurtosis of each column, of shape (columns,).

    :math:`G_2 = \frac{((n+1)(r-3)+6)(n-1)}{(n-2)(n-3)}` with
    :math:`r = n\sum z^4/(\sum z^2)^2`; NaN for constant columns and for fewer
    than four values (Joanes & Gill 1998, type 2, https://doi.org/10.1111/1467-9884.00122).
    """
    n, _, _, m2, _, m4 = _moments(matrix)
    with np.errstate(invalid="ignore", divide="ignore"):
        r = n * m4 / m2**2
        g2 = ((n + 1) * (r - 3) + 6) * (n - 1) / ((n - 2) * (n - 3))
    return np.where((n >= 4) & (m2 > 0), g2, np.nan)


def mean_and_deviation(matrix: Matrix) -> tuple[Vector, Vector]:
    """Return mean and sample deviation (n - 1) of each column, both of shape (columns,)."""
    n, mean, size, m2, _, _ = _moments(matrix)
    with np.errstate(invalid="ignore", divide="ignore"):
        return mean, np.where(n >= 2, size * np.sqrt(m2 / (n - 1)), np.nan)


def smallest_and_largest(matrix: Matrix) -> tuple[Vector, Vector]:
    """Return minimum and maximum of each column, of shape (columns,); NaN for empty columns."""
    missing = np.isnan(matrix)
    low = np.where(missing, np.inf, matrix).min(axis=0, initial=np.inf)
    high = np.where(missing, -np.inf, matrix).max(axis=0, initial=-np.inf)
    empty = missing.all(axis=0)
    return np.where(empty, np.nan, low), np.where(empty, np.nan, high)


def medians(matrix: Matrix) -> Vector:
    """Return the median of each column, of shape (columns,); NaN for empty columns."""
    ordered = np.sort(matrix, axis=0)  # NaN goes last
    n = np.sum(~np.isnan(matrix), axis=0)
    columns = np.arange(matrix.shape[1])
    below, above = np.maximum((n - 1) // 2, 0), np.minimum(n // 2, len(matrix) - 1)
    if len(matrix) == 0:
        return np.full(matrix.shape[1], np.nan)
    return np.where(n > 0, (ordered[below, columns] + ordered[above, columns]) / 2, np.nan)


def _moments(matrix: Matrix) -> tuple[Vector, Vector, Vector, Vector, Vector, Vector]:
    """Return count, mean, size, and the sums of centred squares, cubes and fourth powers.

    ``size`` is the largest distance from the mean; the sums are of distances divided
    by it, so that fourth powers neither overflow nor vanish in any unit of measurement.
    """
    present = ~np.isnan(matrix)
    n = present.sum(axis=0).astype(float)
    with np.errstate(invalid="ignore", divide="ignore"):
        mean = np.where(present, matrix, 0.0).sum(axis=0) / n
    z = np.where(present, matrix - mean, 0.0)
    size = np.abs(z).max(axis=0, initial=0.0)
    constant = size <= 1e-14 * np.abs(mean)
    z = np.where(constant, 0.0, z) / np.where(size > 0, size, 1.0)
    return n, mean, size, (z**2).sum(axis=0), (z**3).sum(axis=0), (z**4).sum(axis=0)
