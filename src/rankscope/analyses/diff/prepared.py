"""A mixture of two editions that is ready for many draws of weights."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from rankscope.analyses.diff.mixtures import build_mixture
from rankscope.analyses.diff.switches import FRAMEWORK, WEIGHTS, matched
from rankscope.pipeline.evaluate import Compiled, compile_node
from rankscope.pipeline.ranks import Ranking, ranking_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from rankscope.analyses.diff.drawing import Groups
    from rankscope.analyses.diff.side import Side
    from rankscope.analyses.diff.switches import Matched
    from rankscope.pipeline.plan import Plan
    from rankscope.shapes import Matrix, Vector


@dataclass(frozen=True, slots=True, eq=False)
class Prepared:
    """A mixture ready for many draws; ``taken`` are the players that are new in it."""

    plan: Plan
    compiled: Compiled
    ranking: Ranking
    given: Vector
    rows: list[int]
    taken: frozenset[str]
    common: Matched

    def worth(self, groups: tuple[Groups, Groups], part: slice) -> tuple[Matrix, Matrix]:
        """Return scores and places, both (draws, units): the higher the better, NaN for none."""
        scores = self.compiled.scores(self._weights(groups, part))
        ranks = self.ranking.ranks(scores)[:, self.rows]
        none = ranks == 0
        return np.where(none, np.nan, scores[:, self.rows]), np.where(none, np.nan, -ranks)

    def edition_of(self, groups: tuple[Groups, Groups]) -> int | None:
        """Return whose weights this mixture takes, 0 or 1; None where it takes some of both.

        Where it takes neither's it is 0.
        """
        taken = {which for which, _, _ in self._used(groups)}
        return None if len(taken) > 1 else max(taken, default=0)

    def _weights(self, groups: tuple[Groups, Groups], part: slice) -> Matrix:
        """Return the weights of all edges, (draws, edges), each group's of its edition."""
        weights = np.repeat(self.given[None], part.stop - part.start, axis=0)
        for _, edges, drawn in self._used(groups):
            weights[:, edges] = drawn[part]
        return weights

    def _used(self, groups: tuple[Groups, Groups]) -> Iterator[tuple[int, list[int], Matrix]]:
        """Yield the edition, the edges and the weights of each group that takes drawn ones."""
        for node in self.plan.nodes:
            player = WEIGHTS if node.code in self.common.groups else FRAMEWORK
            which = int(player in self.taken)
            codes, drawn = groups[which].get(node.code, ((), None))
            edges = {self.plan.nodes[child].code: child for child in node.children}
            if drawn is not None and {*codes} <= edges.keys():
                yield which, [edges[code] for code in codes], drawn


def prepared(
    sides: tuple[Side, Side], taken: frozenset[str], units: Sequence[str], view: str
) -> Prepared:
    """Return the mixture in which some players are new, ready for many draws."""
    result = build_mixture(*sides, taken)
    row = {unit: at for at, unit in enumerate(result.units)}
    return Prepared(
        plan=result.plan,
        compiled=compile_node(result.plan, result.leaves),
        ranking=ranking_of(result.plan, view),
        given=result.plan.weights(view),
        rows=[row[unit] for unit in units],
        taken=taken,
        common=matched(*sides),
    )
