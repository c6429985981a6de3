"""Any weights that keep the order of importance."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

import numpy as np

from rankscope._registry import register
from rankscope.methods.admissible.base import Admissible
from rankscope.methods.admissible.simplex import uniform_shares
from rankscope.methods.references import SIMPLEX_WEIGHTS

if TYPE_CHECKING:
    from rankscope.methods.admissible.base import Siblings
    from rankscope.shapes import Batch, Matrix, Random, Vector, Whole

_ALIKE = 1e-9
"""Weights that differ by no more than this part of the largest are equal."""


@register
@dataclass(frozen=True, slots=True)
class Ordered(Admissible):
    """Any weights that keep the order of importance of the given ones, all mixes equally likely.

    What has the larger weight keeps at least as large a one.  Those of equal weight stand in
    no order to each other, but keep their place to all others.  Tervonen & Lahdelma (2007)
    European Journal of Operational Research 178(2), 500-513,
    https://doi.org/10.1016/j.ejor.2005.12.037
    """

    name: ClassVar[str] = "ordered"
    citation: ClassVar[str] = SIMPLEX_WEIGHTS
    top_only: ClassVar[bool] = True

    def draw(self, siblings: Siblings, size: int, random: Random) -> Matrix:
        """Return shares drawn uniformly, of shape (size, children).

        The simplex falls into as many equal cells as there are orders.  The set is made of
        those cells that keep the levels: a sorted draw of the simplex, handed out in a random
        order within each level, is uniform on it.
        """
        level = _levels(siblings.weights)
        shares = -np.sort(-uniform_shares(len(level), size, random), axis=1)
        order = np.argsort(level + random.random((size, len(level))), axis=1)
        drawn = np.empty_like(shares)
        np.put_along_axis(drawn, order, shares, axis=1)
        return drawn

    def walls(self, siblings: Siblings) -> Matrix:
        """Return a row for each pair of children of neighbouring levels, (pairs, children)."""
        level, one = _levels(siblings.weights), np.eye(len(siblings.weights))
        above, below = np.nonzero(level[:, None] + 1 == level)
        return np.asarray(one[below] - one[above])

    def highest(self, siblings: Siblings, values: Batch) -> Batch:
        """Return the largest mean of the first children, in order of level, then of value.

        Any shares of the set are a mix of equal shares of such groups of children.
        """
        level = np.broadcast_to(_levels(siblings.weights), values.shape)
        ranked = np.take_along_axis(values, np.lexsort((-values, level), axis=-1), axis=-1)
        means = np.cumsum(ranked, axis=-1) / np.arange(1, values.shape[-1] + 1)
        return np.asarray(means.max(axis=-1))

    def in_words(self, noun: str = "unit") -> str:
        """Say what the set holds."""
        del noun
        return "Any weights that keep the order of importance, all mixes equally likely"


def _levels(weights: Vector) -> Whole:
    """Return the level of each child, (children,): 0 for the largest weights, then 1, ..."""
    order = np.argsort(-weights, kind="stable")
    falls = -np.diff(weights[order]) > _ALIKE * weights.max()
    level = np.empty(len(weights), dtype=np.int64)
    level[order] = np.concatenate([[0], np.cumsum(falls)])
    return level
