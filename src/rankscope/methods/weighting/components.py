"""Principal components of a correlation matrix, and their rotation."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from rankscope.shapes import Matrix, Vector

_SWEEPS = 1000


def components(correlations: Matrix) -> tuple[Vector, Matrix]:
    """Return eigenvalues, the largest first, and unit eigenvectors as columns.

    Shapes (columns,) and (columns, columns).  Each eigenvector has the sign by which its
    entries sum to a positive number.
    """
    values, vectors = np.linalg.eigh(correlations)
    return values[::-1], upright(vectors[:, ::-1])


def upright(loadings: Matrix) -> Matrix:
    """Turn columns of shape (children, components) so that each sums to a positive number.

    Where the sum is nothing but rounding, the largest entry becomes positive.
    """
    total = loadings.sum(axis=0)
    largest = loadings[np.abs(loadings).argmax(axis=0), np.arange(loadings.shape[1])]
    sign = np.sign(np.where(np.abs(total) > 1e-9, total, largest))
    return loadings * np.where(sign == 0, 1.0, sign)


def varimax(loadings: Matrix) -> Matrix:
    """Rotate loadings of shape (children, components) so that few are large in each component.

    Rows are scaled to length 1 for the rotation and back after it (Kaiser 1958,
    Psychometrika 23(3), 187-200, https://doi.org/10.1007/BF02289233).
    """
    length = np.sqrt((loadings**2).sum(axis=1, keepdims=True))
    length = np.where(length > 0, length, 1.0)
    turned = loadings / length
    for _ in range(_SWEEPS):
        angles = [_turn(turned, a, b) for a, b in itertools.combinations(range(turned.shape[1]), 2)]
        if max(map(abs, angles), default=0.0) < 1e-12:
            break
    return turned * length


def _turn(loadings: Matrix, one: int, other: int) -> float:
    """Turn two columns in their plane, in place, to the largest variance of squares."""
    x, y = loadings[:, one].copy(), loadings[:, other].copy()
    u, v = x**2 - y**2, 2 * x * y
    above = 2 * (u * v).sum() - 2 * u.sum() * v.sum() / len(x)
    below = (u**2 - v**2).sum() - (u.sum() ** 2 - v.sum() ** 2) / len(x)
    angle = float(np.arctan2(above, below) / 4)
    loadings[:, one] = x * np.cos(angle) + y * np.sin(angle)
    loadings[:, other] = y * np.cos(angle) - x * np.sin(angle)
    return angle
