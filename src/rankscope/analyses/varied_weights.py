"""Where weights vary: the groups of siblings that an admissible set is taken of."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from rankscope.methods.admissible import Siblings

if TYPE_CHECKING:
    from rankscope.methods.admissible import Admissible
    from rankscope.pipeline.plan import Plan
    from rankscope.shapes import Batch, Random, Vector, Whole


@dataclass(frozen=True, slots=True, eq=False)
class VariedGroup:
    """The counted children of a node, by their numbers, with codes and weights."""

    parent: int
    children: Whole
    siblings: Siblings


@dataclass(frozen=True, slots=True, eq=False)
class VariedWeights:
    """An admissible set at some groups of siblings; all other weights are as given, (edges,)."""

    admissible: Admissible
    groups: tuple[VariedGroup, ...]
    given: Vector

    def draw(self, size: int, random: Random) -> Batch:
        """Return weights of shape (size, edges); each group keeps the sum that it was given."""
        drawn = np.repeat(self.given[None], size, axis=0)
        for group in self.groups:
            shares = self.admissible.draw(group.siblings, size, random)
            drawn[:, group.children] = shares * group.siblings.weights.sum()
        return drawn


def varied_weights(
    plan: Plan,
    given: Vector,
    admissible: Admissible,
    *,
    levels: tuple[int, ...] = (),
    node: int | None = None,
) -> VariedWeights:
    """Return where the weights below a node vary; ``given`` are those of all edges, (edges,).

    ``levels`` are counted from the root: 1 are the weights of its children.  Empty takes all,
    or for sets that are meant for pillars the first below ``node``.  Children of weight 0,
    single children and what nothing counts of do not vary; nor does the mix of an
    indicator's two sides.
    """
    top = plan.root if node is None else node
    depth = _depths(plan)
    if not levels and admissible.top_only:
        levels = (depth[top] + 1,)
    counted = _counted(plan, given, top)
    groups = []
    for number in plan.subtree(top):
        one = plan.nodes[number]
        children = np.array([child for child in one.children if given[child] > 0], dtype=np.int64)
        if len(children) < 2 or not counted[number] or plan.nodes[children[0]].side:
            continue
        if levels and depth[number] + 1 not in levels:
            continue
        codes = tuple(plan.nodes[child].code for child in children.tolist())
        groups.append(VariedGroup(number, children, Siblings(codes, given[children])))
    return VariedWeights(admissible, tuple(groups), given)


def _depths(plan: Plan) -> list[int]:
    """Return how far each node is from the root."""
    depth = [0] * len(plan.nodes)
    for number in range(plan.root - 1, -1, -1):
        depth[number] = depth[plan.nodes[number].parent] + 1
    return depth


def _counted(plan: Plan, given: Vector, top: int) -> list[bool]:
    """Return which nodes of a subtree count: no weight on the way from its top is 0."""
    counted = [False] * len(plan.nodes)
    counted[top] = True
    for number in reversed(plan.subtree(top)[:-1]):
        counted[number] = counted[plan.nodes[number].parent] and bool(given[number] > 0)
    return counted
