"""The parts that a score is drawn in: the sub-pillars, or what comes nearest to them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from rankscope.analyses.contributions import contributions
from rankscope.charts.palette import OTHER, shades
from rankscope.pipeline.plan import HEADLINE

if TYPE_CHECKING:
    from rankscope.pipeline.plan import Plan
    from rankscope.pipeline.result import Result
    from rankscope.shapes import Matrix

MOST = 10
"""More parts than this can not be told apart."""


@dataclass(frozen=True, slots=True)
class Group:
    """One or more nodes that are drawn as one part, in one colour.

    ``pillar`` is the name of the child of the root above it, empty where it is
    that child itself; ``weight`` its share of the whole index.
    """

    code: str
    name: str
    pillar: str
    nodes: tuple[int, ...]
    weight: float
    colour: str


def groups(plan: Plan, most: int = MOST) -> tuple[Group, ...]:
    """Return the parts of the whole: the deepest level with aggregates and not too many nodes.

    The parts of one pillar share a family of colours.  Where even the first level
    has too many, its lightest nodes are drawn as one.
    """
    cut = _cut(plan, most)
    weights = plan.effective_weights()
    if len(cut) <= most:
        return _coloured(plan, cut)
    heavy = sorted(cut, key=lambda number: -weights[number])[: most - 1]
    rest = tuple(number for number in cut if number not in heavy)
    other = Group(
        code="",
        name=f"Other ({len(rest)})",
        pillar="",
        nodes=rest,
        weight=float(weights[list(rest)].sum()),
        colour=OTHER,
    )
    return (*_coloured(plan, [number for number in cut if number in heavy]), other)


def stacked(result: Result, parts: tuple[Group, ...], view: str = HEADLINE) -> Matrix | None:
    """Return what each part gives to the score, of shape (rows, parts), adding up to the score.

    Where contributions are not points (a geometric mean adds up in logarithms),
    the score is shared out in proportion.  None where a part takes away from the
    score, so that a stack would mislead.
    """
    values = contributions(result, view).values
    own = np.column_stack([values[:, list(part.nodes)].sum(axis=1) for part in parts])
    scores = result.score(view=view)
    known = ~np.isnan(scores)
    if (scores[known] < 0).any() or (own[known] < -1e-9).any():
        return None
    total = own.sum(axis=1)
    factor = np.divide(scores, total, out=np.zeros(len(total)), where=known & (total > 0))
    return np.where(known[:, None], own * factor[:, None], np.nan)


def level_nodes(plan: Plan) -> list[list[int]]:
    """Return the nodes at each depth below the root; what ends above a depth stands for itself.

    Indicators are not split into their two sides.
    """
    levels: list[list[int]] = []
    current = [plan.root]
    while True:
        deeper = [below for number in current for below in _below(plan, number)]
        if deeper == current:
            return levels
        levels.append(deeper)
        current = deeper


def pillar_of(plan: Plan, number: int) -> int:
    """Return the child of the root above a node, or the node itself."""
    while plan.nodes[number].parent not in (-1, plan.root):
        number = plan.nodes[number].parent
    return number


def _below(plan: Plan, number: int) -> tuple[int, ...]:
    node = plan.nodes[number]
    return (number,) if node.spec.is_indicator else node.children


def _cut(plan: Plan, most: int) -> list[int]:
    levels = level_nodes(plan)
    fitting = [
        level
        for level in levels
        if len(level) <= most and not all(plan.nodes[number].spec.is_indicator for number in level)
    ]
    return fitting[-1] if fitting else levels[0]


def _coloured(plan: Plan, numbers: list[int]) -> tuple[Group, ...]:
    """Make groups of single nodes, each pillar in a family of colours."""
    pillars = list(dict.fromkeys(pillar_of(plan, number) for number in numbers))
    weights = plan.effective_weights()
    one_each = len(pillars) == len(numbers)
    found = []
    for family, pillar in enumerate(pillars):
        members = [number for number in numbers if pillar_of(plan, number) == pillar]
        colours = shades(family, len(members))
        if one_each and family >= 6:
            colours = shades(family, 3)[1:2]
        found += [
            Group(
                code=plan.nodes[number].code,
                name=plan.nodes[number].spec.name,
                pillar="" if number == pillar else plan.nodes[pillar].spec.name,
                nodes=(number,),
                weight=float(weights[number]),
                colour=colour,
            )
            for number, colour in zip(members, colours, strict=True)
        ]
    return tuple(found)
