"""Two units and the weights that may move between them, as arrays."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from rankscope.analyses.exact.chain import line_of
from rankscope.analyses.exact.region import region_of
from rankscope.analyses.exact.spans import refused
from rankscope.analyses.overtake.weight_space import WeightSpace
from rankscope.analyses.varied_weights import varied_weights

if TYPE_CHECKING:
    from rankscope.analyses.exact.groups import RegionGroup
    from rankscope.analyses.exact.region import Region
    from rankscope.analyses.varied_weights import VariedWeights
    from rankscope.methods.admissible import Admissible
    from rankscope.pipeline.plan import Plan
    from rankscope.pipeline.result import Result
    from rankscope.shapes import Matrix, Vector, Whole


@dataclass(frozen=True, slots=True, eq=False)
class Question:
    """What may move, and where ranks are taken: at a node, in a view.

    ``levels`` are as in `varied_weights`: counted from the root, empty for those of the set.
    """

    result: Result
    weights: Admissible
    levels: tuple[int, ...]
    node: int
    view: str

    def varied(self) -> VariedWeights:
        """Return where weights vary."""
        plan = self.result.plan
        given = plan.weights(self.view)
        return varied_weights(plan, given, self.weights, levels=self.levels, node=self.node)


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


def arena_of(question: Question, rows: Whole) -> Arena:
    """Return the weights that may move for some rows, with shares held where these have gaps.

    Weights below a node that is not linear in them keep still, and all above it move.

    Raises
    ------
    MethodError
        When the score of the node is not linear in any of the weights that are to move.
    """
    result, varied = question.result, question.varied()
    plan, top = result.plan, question.node
    kept = [one.parent for one in varied.groups if not _linear(plan, one.parent, top)]
    while True:
        moving = tuple(one for one in varied.groups if one.parent not in kept)
        if kept and not moving:
            raise refused(plan.nodes[top], "is not linear in the weights that are to move")
        varied = replace(varied, groups=moving)
        region = region_of(result, varied, view=question.view, node=top, rows=rows, gaps="hold")
        below = {number for bent in region.bent for number in plan.subtree(bent)}
        still = [one.parent for one in moving if one.parent in below]
        if not still:
            return _arena(region, tuple(kept))
        kept += still


def _linear(plan: Plan, number: int, top: int) -> bool:
    """Whether a node and all from there up to the top are means on one chart, or lines of such."""
    chart = plan.nodes[top].aggregation.chart()
    while number != top:
        node = plan.nodes[number]
        if node.aggregation.chart() != chart or line_of(node.steps) is None:
            return False
        number = node.parent
    return chart is not None


def _arena(region: Region, kept: tuple[int, ...]) -> Arena:
    """Return the arena of a region."""
    size = len(region.nodes)
    inner = {int(parent) for parent in region.parents}
    terminals = np.array([at for at in range(size) if at not in inner], dtype=np.int64)
    below = np.zeros((size, size))
    for at in range(size - 1, -1, -1):
        below[at, at] = 1.0
        if region.parents[at] >= 0:
            below[region.parents[at]] += below[at]
    return Arena(region, terminals, below[:, terminals], kept)
