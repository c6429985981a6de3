"""What an exact question is about: the index, the set of weights, and who is ranked together."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from rankscope._words import did_you_mean, join_words, visible
from rankscope.analyses.variant_results import chosen_period
from rankscope.analyses.varied_weights import VariedWeights, varied_weights
from rankscope.definition.assumptions import DEFAULT
from rankscope.errors import MethodError
from rankscope.pipeline.plan import HEADLINE
from rankscope.pipeline.ranks import ranking_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rankscope.definition.model import IndexDefinition
    from rankscope.methods.admissible import Admissible
    from rankscope.pipeline.plan import Plan
    from rankscope.pipeline.result import Result
    from rankscope.shapes import Vector, Whole


@dataclass(frozen=True, slots=True, eq=False)
class Setting:
    """A question: a node in a view and a period, and where weights vary.

    ``levels`` are those at which weights vary; ``strata`` are rows of units that are ranked
    among themselves.
    """

    result: Result
    varied: VariedWeights
    node: int
    view: str
    period: str | None
    levels: tuple[int, ...]
    strata: tuple[Whole, ...]

    @property
    def label(self) -> str:
        """Return the set and the levels as they are printed: ``bounded(25%) at level 1``."""
        plural = "s" if len(self.levels) > 1 else ""
        at = join_words(map(str, self.levels), "and")
        return f"{self.varied.admissible.label()} at level{plural} {at}"


def setting_of(
    result: Result,
    *,
    weights: Admissible | None = None,
    levels: Sequence[int] | None = None,
    node: str | None = None,
    view: str = HEADLINE,
    period: str | None = None,
) -> Setting:
    """Return a question; what is not said is as the definition assumes.

    Of a panel the whole is given, since steps of nodes may learn from all its periods.

    Raises
    ------
    RankscopeError
        When there is no such node, view or period, or no weights vary.
    """
    plan = result.plan
    if plan.definition.method.ranking.ties == "dense":
        raise MethodError(
            "Exact ranges are for ranks that count units, not for dense ones. Say `ties: best` "
            "in method.ranking to find how many units can be ahead."
        )
    top = plan.root if node is None else _node(result, node)
    if view not in plan.views:
        hint = did_you_mean(view, plan.views)
        raise MethodError(f"{plan.definition.title} has no view {visible(view)!r}. {hint}".rstrip())
    when = chosen_period(result, plan.definition.title, period)
    admissible, at = _assumed(plan.definition, weights, levels)
    varied = varied_weights(plan, given_weights(result, view), admissible, levels=at, node=top)
    if not varied.groups:
        raise MethodError(_nothing_varies(plan.nodes[top].code, at))
    for group in varied.groups:
        admissible.check(group.siblings)
    moved = tuple(sorted({level_of(plan, group.parent) for group in varied.groups}))
    return Setting(result, varied, top, view, when, moved, _strata(result, top, view, when))


def level_of(plan: Plan, parent: int) -> int:
    """Return the level of the weights below a node: 1 for those of the root's children."""
    return 1 if parent == plan.root else 1 + level_of(plan, plan.nodes[parent].parent)


def given_weights(result: Result, view: str) -> Vector:
    """Return the weights of a view as given, one an edge, (edges,)."""
    return result.leaves.weights if view == HEADLINE else result.plan.weights(view)


def _node(result: Result, said: str) -> int:
    try:
        return result.plan.node(said)
    except KeyError:
        hint = did_you_mean(said, [node.code for node in result.plan.nodes])
        title = result.plan.definition.title
        raise MethodError(f"{title} has no node {visible(said)!r}. {hint}".rstrip()) from None


def _assumed(
    definition: IndexDefinition, weights: Admissible | None, levels: Sequence[int] | None
) -> tuple[Admissible, tuple[int, ...]]:
    """Return the set and the levels that are said, else those that the definition assumes."""
    assumed = definition.assumptions or DEFAULT
    admissible = weights or assumed.weights
    if admissible is None:
        raise MethodError(
            "The assumptions of the index name no admissible weights. Add "
            "`weights: {method: bounded, by: 0.25}` to `assumptions`, or name a set."
        )
    if levels is not None:
        return admissible, tuple(levels)
    return admissible, assumed.levels if weights is None else ()


def _nothing_varies(node: str, levels: tuple[int, ...]) -> str:
    at = f" at level {', '.join(map(str, levels))}" if levels else ""
    return (
        f"No weights vary below {node}{at}: no node there has two children with weight. "
        "Name other levels, or another node."
    )


def _strata(result: Result, node: int, view: str, period: str | None) -> tuple[Whole, ...]:
    """Return the rows that are ranked together, in groups; all have a rank."""
    ranked = result.rank(node, view) > 0
    if period is not None:
        ranked &= np.array(result.plan.table.periods) == period
    rivals = ranking_of(result.plan).rivals
    groups = (np.arange(len(ranked)),) if rivals is None else rivals
    own = (rows[ranked[rows]] for rows in groups)
    return tuple(rows for rows in own if len(rows))
