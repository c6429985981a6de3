"""Weights that people judge: what such methods share."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from rankscope.errors import MethodError

if TYPE_CHECKING:
    from rankscope.shapes import Vector, Whole


def entries_that_count(parameter: str, found: int, given: Vector) -> Whole:
    """Return the positions of the entries of a judgement that belong to children that count.

    A child of weight 0 in ``given``, of shape (children,), does not count.  There is one
    entry for each child that counts, or one for each child, of which those of children
    that do not count are passed over.

    Raises
    ------
    MethodError
        When a judgement has another number of entries, ``found``.
    """
    counting = np.flatnonzero(given > 0)
    if found == len(given):
        return counting
    if found == len(counting):
        return np.arange(found)
    count = f"there are {len(given)}"
    if len(counting) < len(given):
        count += f", {len(counting)} of them with a weight"
    raise MethodError(
        f"{parameter} speaks of {found} children, and {count}. Give one entry for each, in the "
        "order of the framework."
    )


def placed(weights: Vector, given: Vector) -> Vector:
    """Return the weights of the children that count among zeros, of the shape of ``given``."""
    found = np.zeros(len(given))
    found[given > 0] = weights
    return found
