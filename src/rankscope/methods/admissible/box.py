"""Shares between a low and a high end each: draws, walls and largest means."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from rankscope.shapes import Batch, Matrix, Random, Vector

    Places = NDArray[np.intp]

STEPS = 100
"""Steps of each chain before its one draw.

Up to 122 siblings, and with ranges a thousand times as wide as others, draws that lie half as
many steps apart are correlated by less than 0.1.
"""


def tightened(low: Vector, high: Vector) -> tuple[Vector, Vector]:
    """Return the ends, (children,) each, that shares summing to 1 can really reach."""
    floor = np.maximum(low, 1 - (high.sum() - high))
    ceiling = np.minimum(high, 1 - (low.sum() - low))
    return floor, np.maximum(ceiling, floor)


def draw_in_box(low: Vector, high: Vector, size: int, random: Random) -> Matrix:
    """Return shares drawn uniformly between ends, of shape (size, children).

    Hit-and-run along edges of the simplex: children are paired off at random, and each pair
    shares out its sum anew, uniformly over what its ends leave.  Each draw is the end of a
    chain of its own, so that draws do not depend on each other.
    """
    low, high = tightened(low, high)
    room = (high - low).sum()
    start = low + (high - low) * ((1 - low.sum()) / room if room > 0 else 0.0)
    shares = np.repeat(start[:, None], size, axis=1)
    for step in range(STEPS if len(low) > 1 else 0):
        one, other = _pairs(high - low, random, alike=step % 2 == 0)
        both = shares[one] + shares[other]
        floor = np.maximum(low[one, None], both - high[other, None])
        ceiling = np.minimum(high[one, None], both - low[other, None])
        shares[one] = floor + (ceiling - floor) * random.random(both.shape)
        shares[other] = both - shares[one]
    return np.ascontiguousarray(np.clip(shares, low[:, None], high[:, None]).T)


def _pairs(widths: Vector, random: Random, *, alike: bool) -> tuple[Places, Places]:
    """Return the two sides of random pairs of children, mostly of ``alike`` widths if so asked.

    A wide range moves far only against another one, which chance seldom brings together
    among many children.
    """
    keys = random.standard_exponential(len(widths))
    if alike:
        keys /= np.maximum(widths, 1e-12 * widths.max() + 1e-300)
    order, paired = np.argsort(keys), len(widths) // 2 * 2
    return order[:paired:2], order[1:paired:2]


def highest_in_box(low: Vector, high: Vector, values: Batch) -> Batch:
    """Return the largest mean, (*any,), of values (*any, children): the best are filled first."""
    low, high = tightened(low, high)
    order = np.argsort(-values, axis=-1, kind="stable")
    room = (high - low)[order]
    before = np.cumsum(room, axis=-1) - room
    filled = low[order] + np.clip(1 - low.sum() - before, 0.0, room)
    return np.asarray((filled * np.take_along_axis(values, order, axis=-1)).sum(axis=-1))


def walls_of_box(low: Vector, high: Vector) -> Matrix:
    """Return both ends of each share as a cone, (2 children, children).

    ``low * sum(u) <= u <= high * sum(u)``
    """
    one = np.eye(len(low))
    return np.vstack([low[:, None] - one, one - high[:, None]])
