"""Power means as linear rules: what must be done to numbers so that their mean is a sum.

A weighted power mean of exponent p satisfies ``f(total) = sum of weights times f(component)``
with f(x) = x^p, and f(x) = log x for the geometric mean; f is turned so that it rises.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from rankscope.shapes import Matrix, Vector

NAMED = {1.0: "arithmetic", 0.0: "geometric", -1.0: "harmonic", 2.0: "quadratic"}


def name_of(exponent: float) -> str:
    """Return the name of a power mean.

    >>> name_of(0.0), name_of(0.5)
    ('geometric mean', 'power mean of exponent 0.5')
    """
    named = NAMED.get(exponent)
    return f"{named} mean" if named else f"power mean of exponent {exponent:.4g}"


def risen(values: Matrix, exponent: float) -> Matrix:
    """Return f of values that are 0 or more, of the same shape; f of 0 may be infinite.

    Roots and powers of numbers below 0 are NaN; the arithmetic mean takes them as they are.
    """
    if exponent == 1:
        return values
    own = np.where(values >= 0, values, np.nan)
    with np.errstate(divide="ignore", over="ignore"):
        if exponent == 0:
            return np.log(own)
        return np.asarray(np.sign(exponent) * own**exponent)


def pace_of(totals: Vector, exponent: float) -> Vector:
    """Return what one unit of f is in units of the total, at totals above 0, (rows,)."""
    if exponent == 1:
        return np.ones_like(totals)
    size = abs(exponent) if exponent else 1.0
    return np.asarray(totals ** (1.0 - exponent) / size)


def mean_of(values: Matrix, weights: Vector, exponent: float) -> Vector:
    """Return power means of rows of values, (rows,), for weights that sum to 1, (columns,)."""
    if exponent == 1:
        return np.asarray(values @ weights)
    counted = weights > 0
    inner = risen(values[:, counted], exponent) @ weights[counted]
    with np.errstate(divide="ignore", over="ignore"):
        if exponent == 0:
            return np.asarray(np.exp(inner))
        return np.asarray((np.sign(exponent) * inner) ** (1 / exponent))
