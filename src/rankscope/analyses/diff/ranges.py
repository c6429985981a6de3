"""Shares of a change where weights are known only as a set: their ends over draws."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from rankscope.analyses.diff.mixtures import build_mixture, coalitions
from rankscope.analyses.diff.shares import rank_shares, score_shares
from rankscope.analyses.diff.switches import FRAMEWORK, WEIGHTS, matched
from rankscope.analyses.shapley_values import shapley_values
from rankscope.analyses.varied_weights import varied_weights
from rankscope.definition.assumptions import DEFAULT_WEIGHTS
from rankscope.errors import MethodError
from rankscope.findings import Finding, note
from rankscope.pipeline.blocks import BLOCK
from rankscope.pipeline.evaluate import Compiled, compile_node
from rankscope.pipeline.ranks import Ranking, ranking_of
from rankscope.pipeline.result import build

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rankscope.analyses.diff.mixtures import Blocks, Mixtures
    from rankscope.analyses.diff.pair import Pair
    from rankscope.analyses.diff.result import Player
    from rankscope.analyses.diff.side import Side
    from rankscope.analyses.diff.switches import Matched
    from rankscope.analyses.varied_weights import VariedWeights
    from rankscope.definition.assumptions import Assumptions
    from rankscope.pipeline.plan import Plan
    from rankscope.shapes import Batch, Matrix, Random, Vector

_PURPOSE = 11
_AT_ONCE = 2**24
"""Scores of units in mixtures that are held at a time."""

Groups = dict[str, tuple[tuple[str, ...], "Matrix"]]
"""Drawn weights (draws, children) of the children with these codes, by the parent's code."""


@dataclass(frozen=True, slots=True, eq=False)
class Drawing:
    """The weights of both editions that are drawn, None where one keeps its published ones.

    ``codes`` are those of each plan's nodes as the mixtures have them; ``same`` whether both
    editions assume the same set.
    """

    varied: tuple[VariedWeights | None, VariedWeights | None]
    codes: tuple[tuple[str, ...], tuple[str, ...]]
    same: bool
    draws: int
    seed: int

    @classmethod
    def of(cls, pair: Pair, draws: int, seed: int) -> Drawing:
        """Return what is drawn for two editions.

        Raises
        ------
        MethodError
            When ``draws`` is below 1, or neither edition assumes a set of weights.
        """
        if draws < 1:
            raise MethodError(f"ranges must be a whole number of draws of at least 1, got {draws}.")
        assumed = [given.plan.definition.assumptions for given in pair.given]
        if assumed == [None, None]:
            raise MethodError(
                "Neither edition says which weights are possible, so that shares have no ranges. "
                "Name a set under `assumptions: {weights: ...}` in one of the definitions."
            )
        plans = [build(side.definition, side.table).plan for side in pair.sides]
        old, new = (_varied(plan, one) for plan, one in zip(plans, assumed, strict=True))
        before, after = (tuple(node.code for node in plan.nodes) for plan in plans)
        renamed = tuple(pair.names.get(code, code) for code in before)
        a, b = (one and (one.weights or DEFAULT_WEIGHTS, one.levels) for one in assumed)
        return cls((old, new), (renamed, after), a == b, draws, seed)

    def block(self, number: int) -> tuple[Groups, Groups]:
        """Return the weights of a block of draws, of the old edition and of the new one."""
        old, new = (
            _groups(varied, self.codes[which], _random(self.seed, which, number))
            for which, varied in enumerate(self.varied)
        )
        return old, new

    def findings(self) -> tuple[Finding, ...]:
        """Say what the ranges are over."""
        old, new = map(_label, self.varied)
        said = (
            f"Ranges are over {self.draws:,} draws of weights and the published ones: of the old "
            f"edition {old}, of the new one {new}. The true ends can lie "
            "further out."
        )
        return (note("diff-ranges", "", said, "Take more draws."),)


def needs_weights(drawing: Drawing, differing: Sequence[Player]) -> bool:
    """Whether weights are a cause though the published ones are the same.

    Other sets, drawn each by itself, give other weights.
    """
    return not drawing.same and all(one.code != WEIGHTS for one in differing)


def share_ranges(
    drawing: Drawing,
    sides: tuple[Side, Side],
    blocks: Blocks,
    units: Sequence[str],
    published: Mixtures,
    view: str,
) -> tuple[Batch, Batch]:
    """Return the lowest and highest share of scores and of ranks, each (units, players, 2).

    The published weights count as a draw.  Ends are those of the draws and lie inside the
    true ones.
    """
    prepared = [_prepared(sides, taken, units, view) for taken in coalitions(blocks)]
    score, rank = score_shares(published).T, rank_shares(published).T
    ends = [np.stack([one, one]) for one in (score, rank)]
    step = max(1, _AT_ONCE // (len(prepared) * max(len(units), 1)))
    for number in range(-(-drawing.draws // BLOCK)):
        groups = drawing.block(number)
        last = min(drawing.draws - number * BLOCK, BLOCK)
        for start in range(0, last, step):
            part = slice(start, min(start + step, last))
            worth = [one.worth(groups, part) for one in prepared]
            for end, values in zip(ends, zip(*worth, strict=True), strict=True):
                _widen(end, shapley_values(np.stack(values)))
    scores, ranks = (np.moveaxis(end, (0, 1), (2, 1)) for end in ends)
    return scores, ranks


def _widen(ends: Batch, shares: Batch) -> None:
    """Move ends (2, players, units) out to shares (players, draws, units) beyond them."""
    np.fmin(ends[0], np.fmin.reduce(shares, axis=1), out=ends[0], where=~np.isnan(ends[0]))
    np.fmax(ends[1], np.fmax.reduce(shares, axis=1), out=ends[1], where=~np.isnan(ends[1]))


@dataclass(frozen=True, slots=True, eq=False)
class _Prepared:
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

    def _weights(self, groups: tuple[Groups, Groups], part: slice) -> Matrix:
        """Return the weights of all edges, (draws, edges), each group's of its edition."""
        weights = np.repeat(self.given[None], part.stop - part.start, axis=0)
        for node in self.plan.nodes:
            player = WEIGHTS if node.code in self.common.groups else FRAMEWORK
            codes, drawn = groups[player in self.taken].get(node.code, ((), None))
            edges = {self.plan.nodes[child].code: child for child in node.children}
            if drawn is not None and {*codes} <= edges.keys():
                weights[:, [edges[code] for code in codes]] = drawn[part]
        return weights


def _prepared(
    sides: tuple[Side, Side], taken: frozenset[str], units: Sequence[str], view: str
) -> _Prepared:
    result = build_mixture(*sides, taken)
    row = {unit: at for at, unit in enumerate(result.units)}
    return _Prepared(
        plan=result.plan,
        compiled=compile_node(result.plan, result.leaves),
        ranking=ranking_of(result.plan, view),
        given=result.plan.weights(view),
        rows=[row[unit] for unit in units],
        taken=taken,
        common=matched(*sides),
    )


def _varied(plan: Plan, assumed: Assumptions | None) -> VariedWeights | None:
    """Return where the weights of an edition vary, None where it assumes no set."""
    if assumed is None:
        return None
    admissible = assumed.weights or DEFAULT_WEIGHTS
    return varied_weights(plan, plan.weights(), admissible, levels=assumed.levels)


def _label(varied: VariedWeights | None) -> str:
    return "the published ones" if varied is None else varied.admissible.label()


def _groups(varied: VariedWeights | None, codes: Sequence[str], random: Random) -> Groups:
    if varied is None:
        return {}
    drawn = varied.draw(BLOCK, random)
    return {
        codes[group.parent]: (
            tuple(codes[child] for child in group.children.tolist()),
            drawn[:, group.children],
        )
        for group in varied.groups
    }


def _random(seed: int, which: int, block: int) -> Random:
    key = np.random.SeedSequence(seed, spawn_key=(_PURPOSE, which, block))
    return np.random.default_rng(key)
