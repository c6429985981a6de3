"""The multivariate normal distribution of a table with gaps, by expectation-maximisation."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rankscope.shapes import Mask, Matrix, Random, Vector, Whole

_SETTLED = 1e-5
"""The largest change of a mean or a covariance, in deviations, that counts as none."""


class Normal(NamedTuple):
    """A mean of shape (columns,) and a covariance (columns, columns)."""

    mean: Vector
    covariance: Matrix

    def given(self, missing: Mask) -> tuple[Matrix, Matrix]:
        """Return the slopes of the missing columns on the others, and what scatter is left.

        ``missing`` is of shape (columns,); the slopes are (missing, others).
        """
        across = self.covariance[np.ix_(missing, ~missing)]
        slopes = _over(across, self.covariance[np.ix_(~missing, ~missing)])
        return slopes, self.covariance[np.ix_(missing, missing)] - slopes @ across.T

    def expected(self, rows: Matrix) -> Matrix:
        """Return rows, (rows, columns), with gaps filled by their conditional means."""
        filled = rows.copy()
        for missing, own in patterns(rows):
            filled[np.ix_(own, missing)] = self._centres(rows[own], missing)
        return filled

    def drawn(self, rows: Matrix, random: Random) -> Matrix:
        """Return rows, (rows, columns), with gaps filled by draws given what is present."""
        filled = rows.copy()
        for missing, own in patterns(rows):
            size, axes = np.linalg.eigh(self.given(missing)[1])
            root = axes * np.sqrt(np.maximum(size, 0.0))
            scatter = random.standard_normal((len(own), len(root))) @ root.T
            filled[np.ix_(own, missing)] = self._centres(rows[own], missing) + scatter
        return filled

    def _centres(self, rows: Matrix, missing: Mask) -> Matrix:
        """Return the conditional means of the missing columns, (rows, missing)."""
        slopes, _ = self.given(missing)
        return self.mean[missing] + (rows[:, ~missing] - self.mean[~missing]) @ slopes.T


def _over(across: Matrix, inner: Matrix) -> Matrix:
    """Return ``across`` (missing, others) times the inverse of ``inner`` (others, others).

    Columns that depend on each other linearly have no inverse, but a pseudo-inverse.
    """
    try:
        size = np.diag(np.linalg.cholesky(inner))
    except np.linalg.LinAlgError:
        size = np.zeros(1)
    if size.min(initial=1.0) > 1e-5 * size.max(initial=1.0):
        return np.asarray(np.linalg.solve(inner, across.T).T, dtype=float)
    return across @ np.linalg.pinv(inner, rcond=1e-10, hermitian=True)


def patterns(rows: Matrix) -> Iterator[tuple[Mask, Whole]]:
    """Yield each pattern of gaps, of shape (columns,), with the rows that have it."""
    found, numbers = np.unique(np.isnan(rows), axis=0, return_inverse=True)
    for number, missing in enumerate(found):
        if missing.any():
            yield missing, np.flatnonzero(numbers == number)


def fit_normal(
    rows: Matrix, ridge: float, most: int, *, settled: float = _SETTLED
) -> tuple[Normal, int, bool]:
    """Return the distribution, the number of rounds, and whether it settled.

    ``rows`` are standardised, of shape (rows, columns), each column with a value.  Means
    and covariances are those of greatest likelihood for ``ridge`` 0; else every
    covariance is drawn towards 0 by that share.  It has settled once nothing changes by more
    than ``settled``.
    """
    if not rows.size:
        return Normal(np.zeros(rows.shape[1]), np.eye(rows.shape[1])), 0, True
    normal = Normal(np.nanmean(rows, axis=0), np.diag(np.nanvar(rows, axis=0)))
    for count in range(1, most + 1):
        after = _round(rows, normal, ridge)
        change = max(
            np.abs(after.mean - normal.mean).max(initial=0.0),
            np.abs(after.covariance - normal.covariance).max(initial=0.0),
        )
        normal = after
        if change <= settled:
            return normal, count, True
    return normal, most, False


def _round(rows: Matrix, normal: Normal, ridge: float) -> Normal:
    """Return the distribution after one expectation and one maximisation."""
    filled = rows.copy()
    scatter = np.zeros(normal.covariance.shape)
    for missing, own in patterns(rows):
        slopes, left = normal.given(missing)
        distance = rows[np.ix_(own, ~missing)] - normal.mean[~missing]
        filled[np.ix_(own, missing)] = normal.mean[missing] + distance @ slopes.T
        scatter[np.ix_(missing, missing)] += len(own) * left
    mean = filled.mean(axis=0)
    covariance = ((filled - mean).T @ (filled - mean) + scatter) / len(rows)
    return Normal(mean, (1 - ridge) * covariance + ridge * np.diag(np.diag(covariance)))
