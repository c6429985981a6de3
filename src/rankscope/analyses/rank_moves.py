"""How far ranks stand from others, in many draws at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from rankscope.analyses.rank_agreement import rank_shifts

if TYPE_CHECKING:
    from rankscope.pipeline.ranks import Ranking
    from rankscope.shapes import Batch, Vector, Whole


def rank_moves(before: Whole, after: Whole, ranking: Ranking) -> Batch:
    """Return the places gained in each draw, (draws, rows): positive is a rise.

    ``before`` is of shape (rows,) or (draws, rows), ``after`` of (draws, rows); NaN for what
    only one of both ranks.  Where they do not rank the same units, those that both rank are
    counted among themselves first, so that nobody rises because others have left.
    """
    before = np.broadcast_to(before, after.shape)
    both = (before > 0) & (after > 0)
    found = np.where(both, (before - after).astype(float), np.nan)
    groups = groups_of(ranking, after.shape[1])
    for draw in np.flatnonzero(((before > 0) != (after > 0)).any(axis=1)):
        ties = ranking.rule.ties
        found[draw] = rank_shifts(before[draw], after[draw], ties=ties, groups=groups)
    return found


def groups_of(ranking: Ranking, rows: int) -> Whole | None:
    """Return the number of the group within which each row is ranked, (rows,).

    Rows without a rank are in group -1; None where all rows are ranked together.
    """
    if ranking.rivals is None:
        return None
    found = np.full(rows, -1, dtype=np.int64)
    for number, rivals in enumerate(ranking.rivals):
        found[rivals] = number
    return found


def mean_of(values: Batch, axis: int = 1) -> Vector:
    """Return means along an axis over what is there, NaN where nothing is."""
    there = ~np.isnan(values)
    count = there.sum(axis=axis)
    total = np.where(there, values, 0.0).sum(axis=axis)
    return np.asarray(np.divide(total, count, out=np.full(total.shape, np.nan), where=count > 0))
