"""Distances from an ideal that is made of the best values that occur."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from rankscope.shapes import Batch


def highest_and_lowest(values: Batch, weights: Batch) -> tuple[Batch, Batch]:
    """Return the highest and the lowest value of each child, both (*draws, 1, children).

    Rows in which a child has no weight do not count for it; a child that no row has is 0.
    """
    counted = weights > 0
    high = np.where(counted, values, -np.inf).max(axis=-2, keepdims=True, initial=-np.inf)
    low = np.where(counted, values, np.inf).min(axis=-2, keepdims=True, initial=np.inf)
    return np.where(np.isfinite(high), high, 0.0), np.where(np.isfinite(low), low, 0.0)


def distance(values: Batch, other: Batch, squares: Batch) -> Batch:
    """Return the distance of each row from another, with weights of the squares."""
    apart = np.where(squares > 0, values - other, 0.0)
    apart_squared: Batch = (squares * apart**2).sum(axis=-1)
    return np.sqrt(apart_squared)
