"""The weights that may move between some units, as arrays."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from rankscope.analyses.overtake.weight_space import WeightSpace

if TYPE_CHECKING:
    from rankscope.analyses.exact.groups import RegionGroup
    from rankscope.analyses.exact.region import Region
    from rankscope.shapes import Matrix, Vector, Whole


@dataclass(frozen=True, slots=True, eq=False)
class Arena:
    """A region of weights, and what is below each of its nodes.

    ``below`` (visible, terminals) is 1 where a terminal lies below a visible node or is it;
    ``terminals`` (terminals,) are places among the visible nodes.  ``kept`` are the parents
    whose weights do not move although they were asked to: below a node that is not linear in
    them.
    """

    region: Region
    terminals: Whole
    below: Matrix
    kept: tuple[int, ...]

    @property
    def groups(self) -> tuple[RegionGroup, ...]:
        """Return the groups of at least two siblings whose weights may move."""
        groups = self.region.groups
        return tuple(one for one in groups if one.varied is not None and len(one.children) > 1)

    @property
    def levels(self) -> tuple[int, ...]:
        """Return the levels at which weights may move: 1 for those of the root's children."""
        plan = self.region.plan
        found = set()
        for group in self.groups:
            number, depth = int(self.region.nodes[group.parent]), 1
            while plan.nodes[number].parent >= 0:
                number, depth = plan.nodes[number].parent, depth + 1
            found.add(depth)
        return tuple(sorted(found))

    @property
    def start(self) -> Vector:
        """Return the effective weights of the terminals as given, (terminals,)."""
        return np.asarray(self.region.given[self.terminals])

    def merits(self) -> Matrix:
        """Return what each unit gets for a unit of weight at each terminal, (units, terminals).

        For units whose merit is linear.
        """
        return np.asarray(self.region.low @ self.below)

    def space(self, top: int = 0) -> WeightSpace:
        """Return where the weights of the terminals below a visible node may move."""
        inside = self.below[top] > 0
        count = int(inside.sum())
        groups = [one for one in self.region.groups if self.under(one.parent, top)]
        extras = sum(one.extras for one in groups)
        walls, held, behind = [np.zeros((0, count + extras))], [np.zeros((0, count))], count
        for group in groups:
            children = self.below[group.children][:, inside]
            if group.varied is None:
                parent = self.below[group.parent][inside]
                held.append(children - group.shares[:, None] * parent)
            rows = np.zeros((len(group.walls), count + extras))
            rows[:, :count] = group.walls[:, : len(children)] @ children
            rows[:, behind : behind + group.extras] = group.walls[:, len(children) :]
            behind += group.extras
            walls.append(rows)
        return WeightSpace(self.start[inside], np.vstack(walls), np.vstack(held))

    def under(self, place: int, top: int) -> bool:
        """Whether a visible node lies below another or is it."""
        while place != top and place >= 0:
            place = int(self.region.parents[place])
        return place == top

    def highest(self, values: Vector, top: int = 0) -> float:
        """Return the most that ``values`` (terminals,) can be on average below a visible node.

        No solver is needed: groups vary each by itself, so that the most comes from below.
        """
        best = np.zeros(len(self.region.nodes))
        best[self.terminals] = values
        for group in reversed(self.region.groups):
            best[group.parent] = group.highest(best[group.children])
        return float(best[top])

    def group_space(self, group: RegionGroup) -> WeightSpace:
        """Return where the weights of siblings alone may move, each with what is below it."""
        none = np.zeros((0, len(group.children)))
        return WeightSpace(self.region.given[group.children], group.walls, none)

    def inner(self, group: RegionGroup) -> Matrix:
        """Return how each sibling's weight is shared among terminals, (siblings, terminals)."""
        parts = self.below[group.children] * self.start
        return np.asarray(parts / self.region.given[group.children][:, None])

    def edges(self, weights: Vector) -> Vector:
        """Return the weights of all edges, (edges,), for effective weights (terminals,)."""
        visible = self.below @ weights
        extras = [self._extras(group, visible) for group in self.region.groups]
        return np.asarray(self.region.weights(np.concatenate([visible, *extras])))

    def _extras(self, group: RegionGroup, visible: Vector) -> Vector:
        """Return the extras of a group, (extras,): siblings that neither unit has keep their share.

        What the set itself needs is of no matter for the weights.
        """
        extras = np.zeros(group.extras)
        if group.varied is None:
            return extras
        missing = group.counts == 0
        shares = group.varied.siblings.shares
        present = visible[group.children] / group.counts[~missing]
        extras[: missing.sum()] = shares[missing] / shares[~missing].sum() * present.sum()
        return extras
