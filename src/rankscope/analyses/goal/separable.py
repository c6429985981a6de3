"""The least effort where the score is a sum of curves: a bound, and an answer close to it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from rankscope.analyses.goal.branching import Curves, lowest_branch
from rankscope.analyses.goal.envelope import envelope_of, with_one_free

if TYPE_CHECKING:
    from rankscope.analyses.goal.branching import Branch
    from rankscope.analyses.goal.gains import Gains
    from rankscope.shapes import Matrix, Vector

ROUNDS = 7
"""So often the curves are looked at more closely where it matters."""

MORE = 112
"""How many points are added to each curve then."""

CUTS = 60
"""How often ranges are cut for the bound, each time."""

LAST_CUTS = 400
"""How often at the end."""

HALVINGS = 40

CLOSE = 5e-4
"""An answer so close to the bound, as a part of it, is close enough."""


@dataclass(frozen=True, slots=True, eq=False)
class Least:
    """Shares of the gaps, (indicators,), their effort, and what no shares can be below."""

    shares: Vector
    effort: float
    bound: float


def least_sum(table: Gains, costs: Vector, effort: str) -> Least | None:
    """Return shares of little effort that reach what is needed, and a bound; None if none do.

    Points are added to the curves where that may lower the effort or raise the bound.
    ``costs`` are (indicators,).
    """
    curves = _curves(table, costs, effort)
    best = _best(table, curves)
    if best is None:
        return None
    bound = 0.0
    for number in range(ROUNDS + 1):
        cuts = CUTS if number < ROUNDS else LAST_CUTS
        low = lowest_branch(curves, best.effort * (1 - CLOSE), cuts)
        bound = max(bound, low.bound)
        if number == ROUNDS or best.effort - bound <= CLOSE * best.effort:
            break
        table = table.with_points(_where(table, curves, low, best.shares))
        curves = _curves(table, costs, effort)
        best = _best(table, curves) or best  # all earlier points are still there
    return Least(best.shares, best.effort, min(bound, best.effort))


def _curves(table: Gains, costs: Vector, effort: str) -> Curves:
    spent = costs * (table.shares**2 if effort == "squares" else table.shares)
    return Curves(spent, table.gains, table.engine.room.whole, table.needed)


def _best(table: Gains, curves: Curves) -> Least | None:
    """Return the best shares among the points of a table."""
    columns = np.arange(curves.costs.shape[1])
    envelopes = [envelope_of(curves.costs[:, k], curves.gains[:, k]) for k in columns]
    found = with_one_free(envelopes, curves.costs, curves.gains, curves.needed)
    return None if found is None else Least(table.shares[found[1], columns], found[0], 0.0)


def _where(table: Gains, curves: Curves, low: Branch, best: Vector) -> Matrix:
    """Return more shares to look at, (more, indicators): where cells could matter.

    Those are the cells of the lowest branch whose hopeful worth, at its price, is above that
    of all points there, and those around the best shares so far.
    """
    found = np.zeros((MORE, len(best)))
    for k in np.flatnonzero(~curves.whole):
        shares, first, last = table.shares[:, k], int(low.low[k]), int(low.high[k])
        worth = low.price * curves.gains[:, k] - curves.costs[:, k]
        short = worth[first : last + 1].max() - np.maximum(worth[1:], worth[:-1])
        blur = low.price * np.diff(curves.gains[:, k]) + np.diff(curves.costs[:, k])
        near = (shares[1:] >= best[k]) & (shares[:-1] <= best[k]) & (best[k] > 0)
        cells = np.arange(len(short))
        blur = np.where(near | ((cells >= first) & (cells < last)), blur, 0.0)
        found[:, k] = _split(shares, blur, np.where(near, 0.0, np.maximum(short, 0.0)))
    return found


def _split(shares: Vector, blur: Vector, short: Vector) -> Vector:
    """Return new shares, (more,), that even out how much cells leave open.

    A cell (points - 1,) in as many parts leaves open its blur divided by their number, less
    what it is short of the best point.
    """
    low, high = 0.0, float(blur.max())
    if not high > 0:
        return np.zeros(MORE)
    for _ in range(HALVINGS):
        middle = (low + high) / 2
        added = np.maximum(np.ceil(blur / (middle + short)) - 1, 0.0).sum()
        low, high = (middle, high) if added > MORE else (low, middle)
    each = np.maximum(np.ceil(blur / (high + short)) - 1, 0.0).astype(np.int64)
    steps = [np.arange(1, n + 1) / (n + 1) for n in each[each > 0].tolist()]
    parts = np.repeat(np.diff(shares), each) * np.concatenate([*steps, np.empty(0)])
    found = np.repeat(shares[:-1], each) + parts
    return np.asarray(np.r_[found, np.zeros(MORE - len(found))])
