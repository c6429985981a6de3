"""How weight flows from a visible node of a region to its children."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from rankscope.analyses.exact.ratios import largest_mean

if TYPE_CHECKING:
    from rankscope.analyses.varied_weights import VariedGroup
    from rankscope.methods.admissible import Admissible
    from rankscope.shapes import Batch, Matrix, Vector, Whole

_NOTHING = 1e-9
"""A node of less effective weight has none: how it is shared among its children shows nowhere."""


@dataclass(frozen=True, slots=True, eq=False)
class RegionGroup:
    """How weight flows from a visible node to its children.

    ``parent`` and ``children`` (children,) are places among the visible nodes; ``shares``
    (children,) those as given, which hold where ``varied`` is None.  ``counts`` (siblings,)
    says by how much each sibling counts, 0 for one that no unit has: such a one is no
    visible child, and its share is an extra.
    """

    parent: int
    children: Whole
    shares: Vector
    varied: VariedGroup | None
    admissible: Admissible
    counts: Vector

    @property
    def walls(self) -> Matrix:
        """Return the set as a cone in effective weights, (walls, children + extras)."""
        if self.varied is None:
            return np.zeros((0, len(self.children)))
        walls, there = self.admissible.walls(self.varied.siblings), self.counts > 0
        siblings, beyond = walls[:, : len(there)], walls[:, len(there) :]
        counted = siblings[:, there] / self.counts[there]
        return np.hstack([counted, siblings[:, ~there], beyond])

    @property
    def extras(self) -> int:
        """Return how many variables the group has besides those of its children."""
        return int(self.walls.shape[1]) - len(self.children)

    def flows(self, columns: int) -> Matrix:
        """Return the equations of flow, (flows, columns): all weight goes on to the children."""
        if self.varied is None:
            rows = np.zeros((len(self.children), columns))
            rows[np.arange(len(self.children)), self.children] = 1.0
            rows[:, self.parent] = -self.shares
            return rows
        row = np.zeros((1, columns))
        row[0, self.children] = 1.0
        row[0, self.parent] = -1.0
        return row

    def highest(self, values: Batch) -> Batch:
        """Return the most that children of these values, (*any, children), add up to."""
        if self.varied is None:
            return np.asarray(values @ self.shares)
        siblings = self.varied.siblings
        if (self.counts == 1).all():
            return self.admissible.highest(siblings, values)
        full = np.zeros((*values.shape[:-1], len(self.counts)))
        full[..., self.counts > 0] = values
        there = np.broadcast_to(self.counts, full.shape)
        return largest_mean(self.admissible, siblings, full, there)

    def effective_shares(self, edges: Batch) -> Batch:
        """Return what part of the parent's weight each child gets, (*any, children).

        ``edges`` are weights of all edges, (*any, edges).
        """
        if self.varied is None:
            return np.broadcast_to(self.shares, (*edges.shape[:-1], len(self.shares)))
        own = edges[..., self.varied.children] * self.counts
        total = own.sum(axis=-1, keepdims=True)
        parts = np.divide(own, total, out=np.zeros(own.shape), where=total > 0)
        return np.asarray(parts[..., self.counts > 0])

    def sibling_shares(self, children: Batch, extras: Batch, parent: Batch) -> Batch:
        """Return shares of all siblings, (*any, siblings), for effective weights.

        ``children`` (*any, children), ``extras`` (*any, extras), ``parent`` (*any,).
        """
        if self.varied is None:
            return np.broadcast_to(self.shares, children.shape)
        there = self.counts > 0
        full = np.zeros((*children.shape[:-1], len(there)))
        full[..., there] = children / self.counts[there]
        full[..., ~there] = extras[..., : (~there).sum()]
        full = np.maximum(full, 0.0)
        total = full.sum(axis=-1, keepdims=True)
        some = (total > 0) & (parent[..., None] > _NOTHING)
        return np.where(some, full / np.where(some, total, 1.0), self.varied.siblings.shares)
