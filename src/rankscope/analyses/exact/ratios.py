"""The largest weighted mean where some children are missing: a ratio in the weights."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from rankscope.methods.admissible import Admissible, Siblings
    from rankscope.shapes import Batch

_HALVINGS = 50
"""After these the two ends are as near to each other as rounding lets them come."""


def largest_mean(admissible: Admissible, siblings: Siblings, values: Batch, there: Batch) -> Batch:
    r"""Return the largest :math:`\sum p_i s_i x_i / \sum p_i s_i` over admissible shares s.

    ``values`` x and ``there`` p >= 0 are of shape (*any, children), the answer (*any,); p is 0
    where a child is missing, and NaN is returned where all are.  The ratio exceeds a number
    m exactly where :math:`\sum p_i s_i (x_i - m)` can be positive (Dinkelbach (1967)
    Management Science 13(7), 492-498, https://doi.org/10.1287/mnsc.13.7.492); m is found by
    halving, and its upper end is returned, so that no share gives more.
    """
    counted = there > 0
    values = np.where(counted, values, 0.0)
    if (there == 1).all():
        return admissible.highest(siblings, values)
    low = np.where(counted, values, np.inf).min(axis=-1)
    high = np.where(counted, values, -np.inf).max(axis=-1)
    some = counted.any(axis=-1)
    low, high = np.where(some, low, 0.0), np.where(some, high, 0.0)
    for _ in range(_HALVINGS):
        middle = (low + high) / 2
        above = admissible.highest(siblings, there * (values - middle[..., None])) > 0
        low, high = np.where(above, middle, low), np.where(above, high, middle)
    return np.where(some, high, np.nan)


def smallest_mean(admissible: Admissible, siblings: Siblings, values: Batch, there: Batch) -> Batch:
    """Return the smallest such mean; see `largest_mean`."""
    return -largest_mean(admissible, siblings, -values, there)
