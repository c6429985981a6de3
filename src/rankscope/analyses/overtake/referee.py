"""The engine as the referee: whether weights really turn the order of two units."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from rankscope.pipeline.evaluate import compile_node
from rankscope.pipeline.ranks import ranking_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from rankscope.analyses.overtake.arena import Arena
    from rankscope.analyses.overtake.question import Question
    from rankscope.pipeline.evaluate import Compiled
    from rankscope.pipeline.ranks import Ranking
    from rankscope.shapes import Vector

    Find = Callable[[float], Vector | None]

_FIRST_STEP = 2e-9
"""The first step beyond a tie, as a share of the widest difference: the usual tolerance."""


@dataclass(frozen=True, slots=True, eq=False)
class Referee:
    """Ranks two rows, the lower and the higher one, under any weights."""

    compiled: Compiled
    ranking: Ranking
    rows: tuple[int, int]

    def ranks(self, edges: Vector) -> tuple[int, int]:
        """Return the ranks of both under weights (edges,), 0 where there is none."""
        ranks = self.ranking.ranks(self.compiled.scores(edges[None]))[0]
        return int(ranks[self.rows[0]]), int(ranks[self.rows[1]])

    def beyond(
        self, find: Find, arena: Arena, size: float, highest: float
    ) -> tuple[Vector, Vector, tuple[int, int]] | None:
        """Return weights just beyond a tie: of terminals, of edges, and the ranks there.

        ``find`` returns the weights of the terminals at which the lower unit is ahead by so
        much.  Steps grow tenfold until the ranks turn, since ties are wider in some indices
        than in others (conventions §3); None where even ``highest`` does not turn them.
        """
        for ahead in _steps(size, highest):
            weights = find(ahead)
            if weights is None:
                return None
            edges = arena.edges(weights)
            ranks = self.ranks(edges)
            if 0 < ranks[0] < ranks[1]:
                return weights, edges, ranks
        return None


def referee_of(question: Question, rows: tuple[int, int]) -> Referee:
    """Return the referee of two rows, at the node and in the view of a question."""
    result = question.result
    compiled = compile_node(result.plan, result.leaves, question.node)
    return Referee(compiled, ranking_of(result.plan, question.view), rows)


def _steps(size: float, highest: float) -> list[float]:
    """Return by how much to be ahead: the first step, ten times as much, ... and ``highest``."""
    if highest <= 0:
        return []
    steps = [size * _FIRST_STEP * 10.0**power for power in range(10)]
    return [*(step for step in steps if step < highest), highest]
