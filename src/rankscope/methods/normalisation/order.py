"""Where values stand among the fitted ones: what all normalisations by rank share."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from rankscope._domains import OneOf

if TYPE_CHECKING:
    from rankscope.shapes import Matrix, Vector, Whole

SHARED = OneOf(("lowest", "highest", "average"))
"""The rank that tied values share, counted from the worst."""


class Order(NamedTuple):
    """The fitted values of each column times polarity, sorted, NaN last.

    ``values`` and ``ends`` have the shape (columns, rows): an end is the place after
    the last value of a tie.  ``present`` (columns,) counts values, ``polarity`` is
    (columns,).
    """

    values: Matrix
    ends: Whole
    present: Whole
    polarity: Vector


class Places(NamedTuple):
    """How many fitted values lie below each value and how many equal it, (rows, columns)."""

    below: Matrix
    equal: Matrix


def fit_order(matrix: Matrix, polarity: Vector) -> Order:
    """Sort the columns of a matrix of shape (rows, columns)."""
    values = np.sort((matrix * polarity).T, axis=1)
    last = np.ones(values.shape, dtype=bool)
    np.not_equal(values[:, 1:], values[:, :-1], out=last[:, :-1])
    after = np.where(last, np.arange(1, values.shape[1] + 1), values.shape[1])
    ends = np.minimum.accumulate(after[:, ::-1], axis=1)[:, ::-1]
    return Order(values, ends, np.sum(~np.isnan(values), axis=1), polarity)


def places(matrix: Matrix, order: Order) -> Places:
    """Find the place of each value of a matrix of shape (rows, columns); NaN where missing.

    Values are looked up in rising order, which spares the search most of its way.
    """
    values = np.ascontiguousarray((matrix * order.polarity).T)
    rows = np.argsort(values, axis=1)
    rising = np.take_along_axis(values, rows, axis=1)
    found = np.full((2, *values.shape), np.nan)
    for column, n in enumerate(order.present):
        fitted, present = order.values[column, :n], np.searchsorted(rising[column], np.inf, "right")
        looked_up = rising[column, :present]
        below = np.searchsorted(fitted, looked_up)
        at = rows[column, :present]
        found[0, column, at] = below
        found[1, column, at] = _alike(fitted, order.ends[column], below, looked_up)
    return Places(found[0].T, found[1].T)


def _alike(fitted: Vector, ends: Whole, below: Whole, values: Vector) -> Whole:
    """Return how many of the fitted values equal each value, of the shape of ``values``."""
    if len(fitted) == 0:
        return np.zeros(values.shape, dtype=np.int64)
    near = np.minimum(below, len(fitted) - 1)
    return np.where(fitted[near] == values, ends[near] - near, 0)


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
    first = np.ones(order.values.shape, dtype=bool)
    np.not_equal(order.values[:, 1:], order.values[:, :-1], out=first[:, 1:])
    distinct = np.cumsum(first & ~np.isnan(order.values), axis=1)
    counted = np.pad(distinct, ((0, 0), (1, 0))).astype(float)
    below = places(matrix, order).below
    at = np.nan_to_num(below).astype(np.int64)
    found = np.take_along_axis(counted.T, at, axis=0) + 1
    most = np.where(order.present > 0, counted[:, -1], np.nan)
    return np.where(np.isnan(below), np.nan, np.minimum(found, most))
