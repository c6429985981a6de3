"""Compare: why one unit is above another, as a difference that adds up."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from rankscope.analyses.contributions import contributions
from rankscope.pipeline.plan import HEADLINE

if TYPE_CHECKING:
    from rankscope.pipeline.result import Result
    from rankscope.shapes import Matrix


@dataclass(frozen=True, slots=True)
class Gap:
    """What one node adds to the difference between two units.

    Both scores are those of the node itself; ``difference`` is that of the
    contributions to the whole index.
    """

    code: str
    name: str
    parent: str
    first: float
    second: float
    difference: float


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two units side by side; ``gaps`` of one level add up to ``difference``.

    ``levels`` maps a depth (1: children of the root) to its gaps; a node that ends
    above a depth stands in for itself.
    """

    first: str
    second: str
    first_name: str
    second_name: str
    view: str
    first_rank: int
    second_rank: int
    of: int
    first_score: float
    second_score: float
    difference: float
    measure: str
    levels: tuple[tuple[Gap, ...], ...]

    def level(self, depth: int) -> tuple[Gap, ...]:
        """Return the gaps at a depth, the deepest there is at most."""
        return self.levels[min(depth, len(self.levels)) - 1]


def compare(result: Result, first: str, second: str, *, view: str = HEADLINE) -> Comparison:
    """Return the difference between two units, by their codes, node by node.

    >>> from rankscope.catalogue import open_index
    >>> found = compare(open_index("ai-capacity").build(), "KOR", "JPN")
    >>> abs(sum(gap.difference for gap in found.level(2)) - found.difference) < 1e-9
    True

    Raises
    ------
    KeyError
        When no unit has one of the codes.
    """
    plan = result.plan
    a, b = plan.table.row(first), plan.table.row(second)
    parts = contributions(result, view)
    scores, ranks = result.score(view=view), result.rank(view=view)
    return Comparison(
        first=first,
        second=second,
        first_name=result.names[a],
        second_name=result.names[b],
        view=view,
        first_rank=int(ranks[a]),
        second_rank=int(ranks[b]),
        of=result.ranked(view=view),
        first_score=float(scores[a]),
        second_score=float(scores[b]),
        difference=float(parts.values[a, plan.root] - parts.values[b, plan.root]),
        measure=parts.measure,
        levels=tuple(
            tuple(_gap(result, number, a, b, view, parts.values) for number in level)
            for level in _levels(result)
        ),
    )


def _gap(result: Result, number: int, a: int, b: int, view: str, values: Matrix) -> Gap:
    node = result.plan.nodes[number]
    scores = result.score(number, view)
    return Gap(
        code=node.code,
        name=node.name,
        parent=result.plan.nodes[node.parent].code,
        first=float(scores[a]),
        second=float(scores[b]),
        difference=float(values[a, number] - values[b, number]),
    )


def _levels(result: Result) -> list[list[int]]:
    """Return the nodes at each depth below the root; indicators are not split into views."""
    plan = result.plan
    levels: list[list[int]] = []
    current = [plan.root]
    while True:
        deeper = [
            below
            for number in current
            for below in (
                (number,) if plan.nodes[number].spec.is_indicator else plan.nodes[number].children
            )
        ]
        if deeper == current:
            return levels
        levels.append(deeper)
        current = deeper
