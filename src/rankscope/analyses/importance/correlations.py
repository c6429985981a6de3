"""What is linear in importance: covariances of parts with the whole, over the rows of both."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from rankscope.analyses.importance.parts import varies

if TYPE_CHECKING:
    from rankscope.shapes import Batch, Matrix, Whole

LEAST = 3
"""Over two rows every correlation is 1 or -1."""


class Related(NamedTuple):
    """Covariance and correlation of each part with each whole, both (*draws, parts).

    ``slopes`` are covariances over the variance of the whole; ``counts`` (parts,) over
    how many rows.  NaN where these are fewer than three, or where the part or the whole is
    constant on them.
    """

    slopes: Batch
    correlations: Batch
    counts: Whole


def relate(scores: Matrix, wholes: Batch) -> Related:
    """Relate parts to wholes; scores (rows, parts) with gaps, wholes (*draws, rows) without.

    Squared, the correlation is the importance of a part to first order: Paruolo, Saisana &
    Saltelli (2013), JRSS A 176(3), 609-634, https://doi.org/10.1111/j.1467-985X.2012.01059.x.
    """
    there = ~np.isnan(scores)
    n = there.sum(axis=0)
    usable = (n >= LEAST) & np.array([varies(column) for column in scores.T], dtype=bool)
    weights = there / np.maximum(n, 1)
    x = np.where(there, scores, 0.0)
    x = np.where(there, x - (x * weights).sum(axis=0), 0.0)
    y = wholes - wholes.mean(axis=-1, keepdims=True) if wholes.size else wholes
    mean = y @ weights
    variance = np.maximum((y**2) @ weights - mean**2, 0.0)
    covariance = (y @ (x * weights)).astype(float)  # the parts are centred, so the mean is gone
    size = np.abs(wholes).max(axis=-1, keepdims=True, initial=0.0)
    usable = usable & (variance > (1e-12 * size) ** 2)
    with np.errstate(invalid="ignore", divide="ignore"):
        slopes = covariance / variance
        correlations = covariance / np.sqrt(variance * (x**2 * weights).sum(axis=0))
    return Related(
        slopes=np.where(usable, slopes, np.nan),
        correlations=np.where(usable, np.clip(correlations, -1.0, 1.0), np.nan),
        counts=n,
    )


def in_shares(importance: Batch) -> Batch:
    """Return importance (*draws, parts) as shares of its sum; NaN where that is not positive."""
    total = np.nansum(importance, axis=-1, keepdims=True)
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.where(total > 0, importance / total, np.nan)


def signed_squares(correlations: Batch) -> Batch:
    """Return squared correlations with the sign of the correlations, of the same shape."""
    squares: Batch = correlations * np.abs(correlations)
    return squares
