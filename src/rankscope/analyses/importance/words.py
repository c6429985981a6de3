"""Importance in a sentence: who counts for more than its weight says, and who for less."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from rankscope._words import join_words

if TYPE_CHECKING:
    from rankscope.analyses.importance.drivers import Importance
    from rankscope.shapes import Vector

_NOTABLE = 0.1
"""A share that differs from the weight by less than this part of the weight is about the same."""

_NAMED = 3


def verdict(found: Importance) -> str:
    """Return in a sentence which parts count for more than their weights say, and which for less.

    By their covariance shares; the three that are furthest off are named.
    """
    if np.isnan(found.shares).all():
        return f"Nothing can be said of what drives {found.name}."
    weights = found.weights / found.weights.sum()
    excess = found.shares - weights
    notable = np.abs(excess) > _NOTABLE * weights
    more = _named(found, weights, np.where(notable & (excess > 0), excess, 0.0))
    less = _named(found, weights, np.where(notable & (excess < 0), -excess, 0.0))
    if not more and not less:
        return f"In {found.name} each part counts about as much as its weight says."
    kinds = (("more", more), ("less", less))
    said = [f"for {kind} than the weights say: {names}" for kind, names in kinds if names]
    return f"In {found.name} some parts count {'; others '.join(said)}."


def _named(found: Importance, weights: Vector, size: Vector) -> str:
    """Name the parts with the largest ``size``, with importance and weight; all are (parts,)."""
    order = [int(at) for at in np.argsort(-size, kind="stable") if size[at] > 0]
    named = [
        f"{found.names[at]} ({found.shares[at]:.0%} of the differences for "
        f"{weights[at]:.0%} of the weight)"
        for at in order[:_NAMED]
    ]
    rest = len(order) - _NAMED
    return join_words([*named, *([f"{rest} more"] if rest > 0 else [])], "and")
