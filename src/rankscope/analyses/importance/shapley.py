"""Shapley shares: the variance explained, handed out among parts that overlap."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from rankscope.analyses.shapley_values import shapley_values, subset_sizes

if TYPE_CHECKING:
    from rankscope.shapes import Matrix, Vector

MOST_PARTS = 12
"""Among so many parts there are 4,096 subsets."""

_SINGULAR = 1e-10


def shapley_shares(parts: Matrix, whole: Vector) -> Vector:
    """Return what each part adds to R-squared, on average over all orders of adding them.

    ``parts`` (rows, parts) and ``whole`` (rows,) have no gaps, and none is constant; the
    shares, (parts,), sum to the R-squared of all parts together and are never negative.

    Lindeman, Merenda & Gold (1980), Introduction to Bivariate and Multivariate Analysis;
    Grömping (2007), The American Statistician 61(2), 139-147,
    https://doi.org/10.1198/000313007X188252.
    """
    return shapley_values(explained_by_subsets(parts, whole))


def explained_by_subsets(parts: Matrix, whole: Vector) -> Vector:
    """Return the R-squared of each subset of the parts, (2 ** parts,); bit i stands for part i."""
    count = parts.shape[1]
    together = np.column_stack([parts, whole])
    z = together - together.mean(axis=0)
    z /= np.sqrt((z**2).sum(axis=0))
    correlations = z.T @ z
    explained = np.zeros(2**count)
    sizes = subset_sizes(count)
    for size in range(1, count + 1):
        subsets = np.flatnonzero(sizes == size)
        members = np.array([np.flatnonzero(one >> np.arange(count) & 1) for one in subsets])
        inner = correlations[members[:, :, None], members[:, None, :]]
        outer = correlations[members, count]
        inverse = np.linalg.pinv(inner, rcond=_SINGULAR, hermitian=True)
        explained[subsets] = np.einsum("si,sij,sj->s", outer, inverse, outer)
    return np.clip(explained, 0.0, 1.0)
