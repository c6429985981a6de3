"""Ranks as the definition wants them: direction, ties, printed decimals, within each period."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from rankscope.methods.base import EVERYTHING
from rankscope.methods.ranking import rank
from rankscope.methods.steps.rounding import rounded
from rankscope.pipeline.groups import group_names, periods_of

if TYPE_CHECKING:
    from rankscope.pipeline.plan import Plan
    from rankscope.shapes import Batch, Mask, Whole


def ranks_of(plan: Plan, scores: Batch) -> Whole:
    """Return ranks of shape (*draws, rows) of scores of that shape; 0 is unranked.

    Rows of one period, and of one group where the rule names a grouping, are ranked among
    themselves; a unit without a group has no rank (conventions §3).
    """
    rule = plan.definition.method.ranking
    if rule.decimals is not None:
        scores = rounded(scores, rule.decimals)
    if rule.best == "lowest":
        scores = -scores
    ranks = np.zeros(scores.shape, dtype=np.int64)
    for rows in _rivals(plan):
        ranks[..., rows] = rank(scores[..., rows], tolerance=rule.tolerance, ties=rule.ties)
    return ranks


def _rivals(plan: Plan) -> list[Mask]:
    """Return who is ranked among each other: masks of shape (rows,)."""
    periods = periods_of(plan.table)
    grouping = plan.definition.method.ranking.within
    names = np.array(group_names(plan.definition, plan.table, grouping or EVERYTHING))
    pairs = sorted(set(zip(periods.tolist(), names.tolist(), strict=True)))
    return [(periods == period) & (names == name) for period, name in pairs if name]
