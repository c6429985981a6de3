"""Weighted mean, deviation and minimum of the children of each row."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from rankscope.shapes import Batch


def mean_of(values: Batch, shares: Batch) -> Batch:
    """Return the mean of values (*draws, rows, children) with shares that sum to one."""
    mean: Batch = (np.where(shares > 0, values, 0.0) * shares).sum(axis=-1)
    return mean


def variance_of(values: Batch, shares: Batch, mean: Batch, *, sample: bool) -> Batch:
    r"""Return the variance of values around their mean, of shape (*draws, rows).

    :math:`\sum w_i (x_i - m)^2`, for a ``sample`` over :math:`1 - \sum w_i^2`, which with
    equal weights is the division by n - 1.  One child has no variance: 0.
    """
    distance = np.where(shares > 0, values - mean[..., None], 0.0)
    variance: Batch = (shares * distance**2).sum(axis=-1)
    if not sample:
        return variance
    free = 1.0 - (shares**2).sum(axis=-1)
    return np.where(free > 1e-12, variance / np.where(free > 1e-12, free, 1.0), 0.0)
