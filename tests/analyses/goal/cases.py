"""Small indices in which units want to rise, and what it takes worked out by hand."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from tests.support.indices import indicator, make_index, pillar

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rankscope.analyses.goal import Goal
    from rankscope.catalogue import Index
    from rankscope.pipeline.result import Result

LINEAR = pillar(
    "whole",
    pillar("left", indicator("a", kind="interval"), indicator("b", kind="interval", weight=2)),
    pillar("right", indicator("c", kind="interval", polarity=-1), indicator("d", kind="interval")),
    indicator("e", kind="interval", weight=0.7),
)


def linear_index(**more: Any) -> Index:
    """Return an index of thirty countries in which every share of a gap adds in proportion."""
    return make_index(framework=more.pop("framework", LINEAR), **more)


def unit_at(result: Result, rank: int, view: str = "headline") -> str:
    """Return the unit that ranks so."""
    return result.units[result.order(view=view)[rank - 1]]


def gains_by_hand(result: Result, unit: str, codes: Sequence[str]) -> np.ndarray:
    """Return what the whole gap at each indicator adds: weight times distance to the best leaf."""
    plan, row = result.plan, result.units.index(unit)
    weights = plan.effective_weights()
    found = []
    for code in codes:
        node = plan.node(code)
        leaf = result.leaves.values[:, plan.nodes[node].leaf]
        found.append(weights[node] * (leaf[result.rank() > 0].max() - leaf[row]))
    return np.array(found)


def check_reached(goal: Goal) -> None:
    """Check the law: the answer reaches the rank, and 0.99 of it does not."""
    assert goal.reachable
    assert goal.rank_reached <= goal.rank_wanted < goal.rank_just_less
