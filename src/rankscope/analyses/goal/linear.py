"""The least effort where each share of a gap adds in proportion: closed forms.

Squares: the conditions of Karush, Kuhn and Tucker give ``share = min(1, price * gain /
cost)`` with one price for all, which breakpoints tell.  Linear: the continuous knapsack, the
best ratio of gain to cost first (Dantzig 1957, Operations Research 5(2), 266-288,
https://doi.org/10.1287/opre.5.2.266).
"""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rankscope.shapes import Mask, Vector

SLACK = 1e-12
"""By how much, as a part of it, a sum may miss what is needed: rounding."""

MOST_WHOLE = 10
"""All combinations of so many dummies are tried."""


def effort_of(shares: Vector, costs: Vector, effort: str) -> float:
    """Return the effort of shares of the gaps, (indicators,) each."""
    return float(costs @ (shares**2 if effort == "squares" else shares))


def least_effort(
    gains: Vector, costs: Vector, whole: Mask, needed: float, effort: str
) -> Vector | None:
    """Return the shares of least effort whose gains add up to what is needed, None if none do.

    ``gains`` (indicators,) are those of whole gaps; of ``whole`` ones all or nothing is taken,
    in each combination, so that the answer stays exact.
    """
    solve = _squares if effort == "squares" else _knapsack
    useful = gains > 0
    part = useful & ~whole
    best, least = None, np.inf
    for taken in combinations(useful & whole):
        found = solve(gains[part], costs[part], needed - float(gains @ taken))
        if found is None:
            continue
        shares = taken.copy()
        shares[part] = found
        own = effort_of(shares, costs, effort)
        if own < least:
            best, least = shares, own
    return best


def combinations(whole: Mask) -> Iterator[Vector]:
    """Yield every choice of all or nothing, (indicators,), where whole ones may be taken."""
    places = np.flatnonzero(whole)
    for choice in product((0.0, 1.0), repeat=len(places)):
        taken = np.zeros(len(whole))
        taken[places] = choice
        yield taken


def _squares(gains: Vector, costs: Vector, needed: float) -> Vector | None:
    """Return the shares of the least weighted sum of squares, (indicators,)."""
    if needed <= 0:
        return np.zeros(len(gains))
    if gains.sum() <= needed:
        return _all(gains, needed)
    price = costs / gains  # at which each gap is closed
    order = np.argsort(price, kind="stable")
    slope = gains**2 / costs
    closed = np.r_[0.0, np.cumsum(gains[order])[:-1]]  # by those that are closed before
    rising = np.cumsum(slope[order][::-1])[::-1]
    reached = closed + rising * price[order]
    place = min(int(np.searchsorted(reached, needed)), len(gains) - 1)
    level = (needed - closed[place]) / rising[place]
    return np.asarray(np.minimum(1.0, level / price))


def _knapsack(gains: Vector, costs: Vector, needed: float) -> Vector | None:
    """Return the shares of the least weighted sum, (indicators,)."""
    if needed <= 0:
        return np.zeros(len(gains))
    if gains.sum() <= needed:
        return _all(gains, needed)
    order = np.argsort(-gains / costs, kind="stable")
    before = np.cumsum(gains[order]) - gains[order]
    shares = np.zeros(len(gains))
    shares[order] = np.clip((needed - before) / gains[order], 0.0, 1.0)
    return shares


def _all(gains: Vector, needed: float) -> Vector | None:
    """Return all gaps closed, (indicators,), if that is just enough."""
    return np.ones(len(gains)) if gains.sum() >= needed * (1 - SLACK) else None
