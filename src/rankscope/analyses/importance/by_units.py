"""Measures that choose their units: rank correlations over those with ranks, Shapley shares."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from rankscope.analyses.importance.parts import varies
from rankscope.analyses.importance.shapley import MOST_PARTS, shapley_shares
from rankscope.analyses.rank_agreement import spearman
from rankscope.analyses.variant_results import rivals_of

if TYPE_CHECKING:
    from rankscope.analyses.importance.parts import Parts
    from rankscope.shapes import Vector


def spearman_of(parts: Parts) -> Vector:
    """Return the rank correlation of each part with the node, (parts,), from their own ranks."""
    whole = parts.result.rank(parts.node, parts.view)[parts.rows]
    rivals = rivals_of(parts.result, parts.rows)
    found = np.full(len(parts.numbers), np.nan)
    for at, number in enumerate(parts.numbers):
        own = parts.result.rank(number, parts.view)[parts.rows]
        both = own > 0
        if both.any():
            found[at] = spearman(own[both], whole[both], groups=rivals[both])
    return found


def shapley_of(parts: Parts) -> Vector:
    """Return Shapley shares, (parts,); a part that counts and is the same for all has 0.

    NaN for parts of weight 0, and for all where they are too many or units too few.
    """
    counted = parts.counted
    full = ~np.isnan(parts.scores[:, counted]).any(axis=1)
    scores, whole = parts.scores[full], parts.whole[full]
    moving = counted & np.array([varies(column) for column in scores.T], dtype=bool)
    shares = np.full(len(counted), np.nan)
    few = full.sum() < moving.sum() + 2  # with no more units any numbers at all explain the score
    if counted.sum() > MOST_PARTS or few or not varies(whole):
        return shares
    shares[counted] = 0.0
    if moving.any():
        shares[moving] = shapley_shares(scores[:, moving], whole)
    return shares
