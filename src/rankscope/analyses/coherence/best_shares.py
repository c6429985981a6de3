"""The shares of parts in a unit's best score: the most balanced of its best weights."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from rankscope.shapes import Matrix, Vector

_NOTHING = 1e-9
"""A value of at most this share of the best is zero, as for the best score."""

_SLACK = 1e-9
"""How far a score may fall below the best one for the sake of balance, as a share of it."""

_NO_SHARE = 1e-6
"""A smaller share is what the slack leaves."""


def best_shares(values: Matrix, bounds: tuple[float, float], scores: Vector) -> Matrix:
    """Return the share of each part in each unit's best score, (rows, parts); they sum to 1.

    ``values`` (rows, parts) are zero or more, NaN where missing; ``scores`` (rows,) are the
    units' best, of at most 1, as `BenefitOfTheDoubt` finds them.  Many weights may give the
    best score: of these the ones are taken whose smallest share, of parts that are there and
    not zero, is largest.  NaN for a unit whose score is 0 or missing.
    """
    found = np.full(values.shape, np.nan)
    known = np.nan_to_num(values)
    tops = known.max(axis=0, initial=0.0)
    scaled = known / np.where(tops > 0, tops, 1.0)
    scaled[scaled <= _NOTHING] = 0.0
    peers = np.unique(scaled[~np.isnan(scores)], axis=0)
    for row in np.flatnonzero(scores > 0).tolist():
        part = scaled[row] > 0
        there = int((~np.isnan(values[row])).sum())
        low, high = min(bounds[0], 1 / there), max(bounds[1], 1 / there)
        shares = _balanced(peers[:, part] / scaled[row, part], (low, high), float(scores[row]))
        found[row] = 0.0
        found[row, part] = shares
    return found


def _balanced(ratios: Matrix, bounds: tuple[float, float], score: float) -> Vector:
    """Return the shares (parts,) of the best score whose smallest one is largest.

    With shares s of a unit's score, peers score s times ``ratios``, (peers, parts), times the
    unit's; the best score keeps all of them at 1 or below.
    """
    from scipy.optimize import linprog

    parts = ratios.shape[1]
    smallest = np.hstack([-np.eye(parts), np.ones((parts, 1))])
    below = np.hstack([ratios * score, np.zeros((len(ratios), 1))])
    solved = linprog(
        np.append(np.zeros(parts), -1.0),
        A_ub=np.vstack([below, smallest]),
        b_ub=np.append(np.full(len(ratios), 1 + _SLACK), np.zeros(parts)),
        A_eq=np.append(np.ones(parts), 0.0)[None],
        b_eq=[1.0],
        bounds=[*[bounds] * parts, (0.0, 1.0)],
        method="highs",
    )
    if solved.x is None:
        return np.full(parts, np.nan)
    shares: Vector = np.where(solved.x[:parts] > _NO_SHARE, solved.x[:parts], 0.0)
    return np.asarray(shares / shares.sum())
