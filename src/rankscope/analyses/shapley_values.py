"""Shapley values: what is reached together, handed out among those who took part."""

from __future__ import annotations

from math import factorial
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from rankscope.shapes import Batch, Whole


def shapley_values(worth: Batch) -> Batch:
    """Return what each player adds on average over all orders of joining, (players, *any).

    ``worth`` (2 ** players, *any) is what each coalition reaches; bit i of its number stands
    for player i.  The values sum to what all reach beyond what nobody does.  Differences are
    weighed by whole numbers and divided once, so that whole numbers give values exact to one
    rounding; NaN in any coalition is NaN for all players.

    Shapley (1953), A Value for n-Person Games, in Contributions to the Theory of Games II,
    307-317, https://doi.org/10.1515/9781400881970-018.
    """
    players = len(worth).bit_length() - 1
    subsets = np.arange(len(worth))
    sizes = subset_sizes(players)
    orders = np.array([factorial(s) * factorial(max(players - s - 1, 0)) for s in range(players)])
    values = np.empty((players, *worth.shape[1:]))
    for player in range(players):
        without = subsets[(subsets >> player & 1) == 0]
        gains = worth[without | 1 << player] - worth[without]
        times = orders[sizes[without]].astype(float)
        values[player] = np.tensordot(times, gains, axes=1) / factorial(players)
    return values


def subset_sizes(players: int) -> Whole:
    """Return how many players each coalition has, (2 ** players,)."""
    sizes: Whole = (np.arange(2**players)[:, None] >> np.arange(players) & 1).sum(axis=1)
    return sizes
