"""Values that lie a share of the way between two others, on a named scale."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from rankscope.methods.change.cells import at

if TYPE_CHECKING:
    from rankscope.methods.change.world import Aim, World
    from rankscope.shapes import Batch, Mask, Vector, Whole

HALVINGS = 64
"""After so many halvings no number lies between two others: there are fewer than 2 ** 64."""

_LOWEST = np.iinfo(np.int64).min


def closed(world: World, aim: Aim, goal: Batch, share: Vector, scale: str) -> Batch:
    """Return values of the cells of an aim that lie a share of the way to a goal.

    ``goal`` is of their shape, (versions, units, columns); ``share`` of shape (versions,), or
    (versions, columns) where columns have shares of their own.
    Where either is missing, and on the transformed scale where either has no place on it, a
    value stays as it is.  Shares of 0 and 1 are exact.
    """
    given, part = at(world, aim), share.reshape(len(share), 1, -1)
    if scale == "raw":
        found = given + part * (goal - given)
        found = np.clip(found, np.fmin(given, goal), np.fmax(given, goal))
    else:
        found = _on_gauge(world, aim, np.where(np.isnan(given), given, goal), part)
    found = np.where(part == 1, goal, found)
    return np.where((part == 0) | unplaced(world, aim, goal, scale), given, found)


def unplaced(world: World, aim: Aim, goal: Batch, scale: str) -> Mask:
    """Return where there is no gap to measure, (versions, units, columns): an end is missing."""
    given = at(world, aim)
    if scale == "raw":
        return np.isnan(given) | np.isnan(goal)
    return np.isnan(_gauged(world, aim, given)) | np.isnan(_gauged(world, aim, goal))


def _on_gauge(world: World, aim: Aim, goal: Batch, part: Batch) -> Batch:
    """Return values between given ones and a goal whose gauge lies a share of the way.

    The gauge never reverses an order, so that halving the bracket finds them whatever it is:
    of all numbers that reach the share, the one nearest to the given value.  What is halved is
    how many numbers a computer has in between, so that ends of very different size are no
    matter.
    """
    given = at(world, aim)
    first, last = _gauged(world, aim, given), _gauged(world, aim, goal)
    wanted = first + part * (last - first)
    rising = last >= first
    near, far = _place(given), _place(goal)
    for _ in range(HALVINGS):
        middle = (near >> 1) + (far >> 1) + (near & far & 1)
        here = _gauged(world, aim, _number(middle))
        short = np.where(rising, here < wanted, here > wanted)
        near, far = np.where(short, middle, near), np.where(short, far, middle)
    return np.where(wanted == first, given, _number(far))


def _gauged(world: World, aim: Aim, values: Batch) -> Batch:
    """Return values of the cells of an aim on the scale on which the index compares them.

    What has no finite place there has none.
    """
    whole = world.values[:, aim.units].copy()
    whole[:, :, aim.columns] = values
    with np.errstate(all="ignore"):  # next to a pole of the scale, where no value lies
        found = world.gauge(whole, world.rows[aim.units])[:, :, aim.columns]
    return np.where(np.isfinite(found), found, np.nan)


def _place(values: Batch) -> Whole:
    """Return the place of each number among all that a computer has, in their order."""
    bits = np.ascontiguousarray(values, dtype=np.float64).view(np.int64)
    return np.where(bits < 0, _LOWEST - bits, bits)


def _number(places: Whole) -> Batch:
    """Return the numbers in these places."""
    bits = np.where(places < 0, _LOWEST - places, places)
    return np.ascontiguousarray(bits).view(np.float64)
