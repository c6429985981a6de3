"""Shares of a change that add up to it to the last digit."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from rankscope.analyses.shapley_values import shapley_values

if TYPE_CHECKING:
    from rankscope.analyses.diff.mixtures import Mixtures
    from rankscope.shapes import Batch, Matrix


def score_shares(mixtures: Mixtures) -> Matrix:
    """Return what each player adds to each unit's score, (units, players)."""
    return adding_up(shapley_values(mixtures.scores), mixtures.scores).T


def rank_shares(mixtures: Mixtures) -> Matrix:
    """Return the places that each unit gains by each player, (units, players)."""
    return adding_up(shapley_values(-mixtures.ranks), -mixtures.ranks).T


def adding_up(shares: Batch, worth: Batch) -> Batch:
    """Return shares (players, *any) that sum to the whole change but for one last rounding.

    ``worth`` is (2 ** players, *any).  What rounding left of the sum, about 1e-16 of the
    scores, goes to the largest share.
    """
    if not len(shares):
        return shares
    rest = (worth[-1] - worth[0]) - shares.sum(axis=0)
    largest = np.abs(np.nan_to_num(shares)).argmax(axis=0)[None]
    corrected = np.take_along_axis(shares, largest, axis=0) + rest
    np.put_along_axis(shares, largest, corrected, axis=0)
    return shares + 0.0  # no share is -0
