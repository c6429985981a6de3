"""What may move, and where it can not: gaps, and what is not linear in the weights."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from rankscope._words import join_words
from rankscope.analyses.exact.chain import line_of
from rankscope.analyses.exact.region import region_of
from rankscope.analyses.exact.spans import refused
from rankscope.analyses.overtake.arena import Arena
from rankscope.analyses.varied_weights import varied_weights
from rankscope.errors import MethodError

if TYPE_CHECKING:
    from rankscope.analyses.exact.region import Region
    from rankscope.analyses.varied_weights import VariedWeights
    from rankscope.methods.admissible import Admissible
    from rankscope.pipeline.plan import Plan
    from rankscope.pipeline.result import Result
    from rankscope.shapes import Whole


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


def arena_of(question: Question, rows: Whole) -> Arena:
    """Return the weights that may move for some rows, with shares held where these have gaps.

    Weights below a node that is not linear in them keep still, and all above it move.

    Raises
    ------
    MethodError
        When the score of the node is not linear in any of the weights that are to move, or
        none are there.
    """
    result, varied = question.result, question.varied()
    plan, top = result.plan, question.node
    if not varied.groups:
        raise MethodError(_nothing(plan.nodes[top].code, question.levels))
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


def _nothing(code: str, levels: tuple[int, ...]) -> str:
    """Say that nothing can move, and why."""
    where = f" at level{'s' if len(levels) > 1 else ''} {join_words(map(str, levels), 'and')}"
    return (
        f"No weights below {code} can move{where if levels else ''}: there are no two siblings "
        "with weight. Name other levels (1: the children of the index) or another node."
    )


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
