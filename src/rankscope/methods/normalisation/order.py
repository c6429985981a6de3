"""Where values stand among the fitted ones: what all normalisations by rank share."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from rankscope._domains import OneOf

if TYPE_CHECKING:
    from rankscope.shapes import Matrix, Vector, Whole

SHARED = OneOf(("lowest", "highest", "average"))
"""The rank that tied values share, counted from the worst."""


NOISE = 1e-12
"""Values that differ by less, as a share of their size, differ by rounding errors alone."""

_NOISE_AT_ZERO = 1e-15
"""The same as a share of the largest value: what is left where sums cancel out."""


class Order(NamedTuple):
    """The fitted values of each column times polarity, sorted, NaN last.

    ``values``, ``starts`` and ``ends`` have the shape (columns, rows): of each value's
    tie, the first place and the place after the last.  ``present`` (columns,) counts
    values, ``slack`` (columns,) is the noise at zero, ``polarity`` is (columns,).
    """

    values: Matrix
    starts: Whole
    ends: Whole
    present: Whole
    slack: Vector
    polarity: Vector


class Places(NamedTuple):
    """How many fitted values lie below each value and how many equal it, (rows, columns)."""

    below: Matrix
    equal: Matrix


def fit_order(matrix: Matrix, polarity: Vector) -> Order:
    """Sort the columns of a matrix of shape (rows, columns); noise makes no difference."""
    values = np.sort((matrix * polarity).T, axis=1)
    present = np.count_nonzero(~np.isnan(values), axis=1)
    slack = _NOISE_AT_ZERO * _largest(values, present)
    near = np.abs(values[:, 1:])
    near *= NOISE
    near += slack[:, None]
    first = np.ones(values.shape, dtype=bool)
    last = np.ones(values.shape, dtype=bool)
    first[:, 1:] = last[:, :-1] = ~(np.diff(values) <= near)
    place = np.arange(values.shape[1])
    starts = np.maximum.accumulate(np.where(first, place, 0), axis=1)
    after = np.where(last, place + 1, values.shape[1])
    ends = np.minimum.accumulate(after[:, ::-1], axis=1)[:, ::-1]
    return Order(values, starts, ends, present, slack, polarity)


def _largest(values: Matrix, present: Whole) -> Vector:
    """Return the largest size in each row of (columns, rows), sorted; 0 where there is none."""
    if values.shape[1] == 0:
        return np.zeros(len(values))
    top = np.take_along_axis(values, np.maximum(present - 1, 0)[:, None], axis=1)[:, 0]
    return np.where(present > 0, np.maximum(np.abs(values[:, 0]), np.abs(top)), 0.0)


def places(matrix: Matrix, order: Order) -> Places:
    """Find the place of each value of a matrix of shape (rows, columns); NaN where missing.

    Values are looked up in rising order, which spares the search most of its way.
    """
    values = np.ascontiguousarray((matrix * order.polarity).T)
    rows = np.argsort(values, axis=1)
    rising = np.take_along_axis(values, rows, axis=1)
    found = np.full((2, *values.shape), np.nan)
    for column in range(len(values)):
        present = np.searchsorted(rising[column], np.inf, "right")
        at = rows[column, :present]
        found[:, column, at] = _looked_up(order, column, rising[column, :present])
    return Places(found[0].T, found[1].T)


def _looked_up(order: Order, column: int, values: Vector) -> Whole:
    """Return how many fitted values lie below each value and how many tie with it, (2, values)."""
    fitted = order.values[column, : order.present[column]]
    noise = NOISE * np.abs(values) + order.slack[column]
    below = np.searchsorted(fitted, values - noise)
    if len(fitted) == 0:
        return np.stack([below, np.zeros_like(below)])
    near = np.minimum(below, len(fitted) - 1)
    tied = (fitted[near] <= values + noise) & (below < len(fitted))
    starts, ends = order.starts[column, near], order.ends[column, near]
    return np.stack([np.where(tied, starts, below), np.where(tied, ends - starts, 0)])


def ranks(matrix: Matrix, order: Order, ties: str) -> Matrix:
    """Return ranks from the worst, 1 to n, of shape (rows, columns), as `SHARED` says.

    A value that was not fitted takes the rank of the place between its neighbours;
    NaN where a value is missing or nothing was fitted.
    """
    below, equal = places(matrix, order)
    match ties:
        case "lowest":
            found = below + 1
        case "highest":
            found = below + equal
        case _:
            found = below + (equal + 1) / 2
    n = np.where(order.present > 0, order.present, np.nan)
    return np.clip(found, np.minimum(1.0, n), n)


def dense_ranks(matrix: Matrix, order: Order) -> Matrix:
    """Return ranks among the distinct values, from the worst, of shape (rows, columns)."""
    first = order.starts == np.arange(order.starts.shape[1])
    distinct = np.cumsum(first & ~np.isnan(order.values), axis=1)
    counted = np.pad(distinct, ((0, 0), (1, 0))).astype(float)
    below = places(matrix, order).below
    at = np.nan_to_num(below).astype(np.int64)
    found = np.take_along_axis(counted.T, at, axis=0) + 1
    most = np.where(order.present > 0, counted[:, -1], np.nan)
    return np.where(np.isnan(below), np.nan, np.minimum(found, most))
