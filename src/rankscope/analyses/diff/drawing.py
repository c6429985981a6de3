"""Weights that are drawn, each edition's from its own set."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from rankscope.analyses.varied_weights import varied_weights
from rankscope.definition.assumptions import DEFAULT_WEIGHTS
from rankscope.errors import MethodError
from rankscope.findings import Finding, note
from rankscope.pipeline.blocks import BLOCK
from rankscope.pipeline.result import build

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rankscope.analyses.diff.pair import Pair
    from rankscope.analyses.varied_weights import VariedWeights
    from rankscope.definition.assumptions import Assumptions
    from rankscope.pipeline.plan import Plan
    from rankscope.shapes import Matrix, Random

_PURPOSE = 11

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

    def findings(self, *, exact: bool) -> tuple[Finding, ...]:
        """Say what the ranges are over, and which of them are ``exact``."""
        old, new = map(_label, self.varied)
        sets = old if old == new else f"of the old edition {old}, of the new one {new}"
        if exact:
            said = (
                f"Ranges of points of the score are exact over all possible weights ({sets}). "
                f"Those of places are the ends of {self.draws:,} draws: the true ones can lie "
                "further out."
            )
        else:
            said = (
                f"Ranges are the ends of {self.draws:,} draws of weights ({sets}) and of the "
                "published ones: the true ends can lie further out."
            )
        return (note("diff-ranges", "", said, "More draws come nearer."),)


def _varied(plan: Plan, assumed: Assumptions | None) -> VariedWeights | None:
    """Return where the weights of an edition vary, None where it assumes no set."""
    if assumed is None:
        return None
    admissible = assumed.weights or DEFAULT_WEIGHTS
    return varied_weights(plan, plan.weights(), admissible, levels=assumed.levels)


def _label(varied: VariedWeights | None) -> str:
    return "the published ones" if varied is None else f"{varied.admissible.label()} ones"


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
