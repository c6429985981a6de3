"""Ranks as the definition wants them: direction, ties, printed decimals, within each period."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from rankscope.methods.ranking import rank
from rankscope.methods.steps.rounding import rounded
from rankscope.pipeline.groups import periods_of

if TYPE_CHECKING:
    from rankscope.pipeline.plan import Plan
    from rankscope.shapes import Batch, Whole


def ranks_of(plan: Plan, scores: Batch) -> Whole:
    """Return ranks of shape (*draws, rows) of scores of that shape; 0 is unranked.

    Rows of one period are ranked among themselves (conventions §3).
    """
    rule = plan.definition.method.ranking
    if rule.decimals is not None:
        scores = rounded(scores, rule.decimals)
    if rule.best == "lowest":
        scores = -scores
    periods = periods_of(plan.table)
    ranks = np.zeros(scores.shape, dtype=np.int64)
    for period in np.unique(periods):
        rows = periods == period
        ranks[..., rows] = rank(scores[..., rows], tolerance=rule.tolerance, ties=rule.ties)
    return ranks
