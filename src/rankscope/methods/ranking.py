"""Ranks with ties, for one or many draws at once.

One sort a draw: the unit's number is packed into the lowest bits of its distance
from the best score, so that sorting the distances sorts the units along.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from rankscope.shapes import Batch, Whole

TOLERANCE = 1e-9
"""Largest gap between tied scores, as a share of the range of scores (conventions §3)."""

_RESOLUTION = 1e-15
"""Precision lost to each unit's number, as a share of the distance, with room to spare."""


def rank(scores: Batch, *, tolerance: float = TOLERANCE, ties: str = "best") -> Whole:
    """Return ranks of shape (*draws, rows): 1 is best, ties share the best rank, 0 is unranked.

    A tie goes on while the gap to the next score is at most ``tolerance`` of the
    range of scores in that draw; scores that are missing or infinite have no rank.
    Gaps are seen to about 1e-12 of the range (1e-11 with 30,000 units); with a
    ``tolerance`` of 0 equal scores tie and no others.  With ``ties`` tied units share the
    ``worst`` of their places instead, or leave no place out (``dense``), or stand in the
    order of the rows (``order``).

    >>> rank(np.array([7.0, 9.0, np.nan, 7.0])).tolist()
    [2, 1, 0, 2]
    """
    units, ranks = _ordered(scores, tolerance)
    placed = np.empty_like(units)
    ranks = _with_ties(np.broadcast_to(ranks, units.shape), ties)
    np.put_along_axis(placed, units, ranks, axis=-1)
    return placed


def rank_counts(scores: Batch, *, tolerance: float = TOLERANCE) -> Whole:
    """Return how often each unit takes each rank, of shape (rows, rows + 1), over (draws, rows).

    Column 0 counts the draws in which a unit has no rank.
    """
    rows = scores.shape[-1]
    units, ranks = _ordered(scores, tolerance)
    cells = units * (rows + 1)
    cells += ranks
    return np.bincount(cells.ravel(), minlength=rows * (rows + 1)).reshape(rows, rows + 1)


def ranks_among(others: Batch, scores: Batch, *, tolerance: float = TOLERANCE) -> Whole:
    """Return the rank that each of some scores would have among others, ties sharing the best.

    ``others`` is of shape (draws, rivals) and ``scores`` of shape (draws, candidates), each of
    which is alone among the others; 0 for a score that is missing.  That is what `rank` says
    of each, one candidate at a time, at the cost of one sort a draw.
    """
    found = np.zeros(scores.shape, dtype=np.int64)
    rivals = np.sort(np.where(np.isfinite(others), -others, np.inf), axis=-1)
    for draw, keys in enumerate(rivals):
        there = keys[np.isfinite(keys)]
        own = -scores[draw]
        if not there.size:
            found[draw] = 1
            continue
        span = np.maximum(there[-1], own) - np.minimum(there[0], own)
        slack = tolerance * span
        ahead = np.searchsorted(there, own, side="left")
        near = own - there[np.maximum(ahead - 1, 0)] <= slack
        starts = _ranks_of_sorted(there, tolerance)
        found[draw] = np.where((ahead > 0) & near, starts[np.maximum(ahead - 1, 0)], ahead + 1)
    return np.where(np.isfinite(scores), found, 0)


def _with_ties(ranks: Whole, ties: str) -> Whole:
    """Return ranks in the order of places, (*draws, rows), by another rule for ties."""
    if ties == "best":
        return ranks
    places = np.where(ranks > 0, np.arange(1, ranks.shape[-1] + 1), 0)
    if ties == "order":
        return places
    first = ranks == places
    if ties == "dense":
        return np.where(ranks > 0, np.cumsum(first & (ranks > 0), axis=-1), 0)
    last = np.ones(ranks.shape, dtype=bool)
    last[..., :-1] = ranks[..., 1:] != ranks[..., :-1]
    ends = np.where(last & (ranks > 0), places, ranks.shape[-1])[..., ::-1]
    return np.where(ranks > 0, np.minimum.accumulate(ends, axis=-1)[..., ::-1], 0)


def _ordered(scores: Batch, tolerance: float) -> tuple[Whole, Whole]:
    """Return units best first and their ranks, both of shape (*draws, rows)."""
    best = scores.max(axis=-1, keepdims=True, initial=-np.inf)
    if not np.isfinite(best).all():
        scores = np.where(np.isfinite(scores), scores, -np.inf)
        best = scores.max(axis=-1, keepdims=True, initial=np.finfo(float).min)
    if tolerance < _RESOLUTION * scores.shape[-1]:
        units = np.argsort(-scores, axis=-1, kind="stable")
        return units, _ranks_of_sorted(np.take_along_axis(-scores, units, axis=-1), tolerance)
    return _ordered_by_packing(np.subtract(best, scores, dtype=np.float64), tolerance)


def _ordered_by_packing(distance: Batch, tolerance: float) -> tuple[Whole, Whole]:
    """Return units nearest first and their ranks; uses up ``distance``, inf where missing."""
    rows = distance.shape[-1]
    bits = np.int64((1 << max(rows - 1, 1).bit_length()) - 1)
    packed = distance.view(np.int64)
    packed &= ~bits
    packed |= np.arange(rows, dtype=np.int64)
    packed.sort(axis=-1)
    units = packed & bits
    packed &= ~bits
    return units, _ranks_of_sorted(packed.view(np.float64), tolerance)


def _ranks_of_sorted(keys: Batch, tolerance: float) -> Whole:
    """Return the ranks of keys sorted upwards, inf where missing, (*draws, rows) or (rows,)."""
    positions = np.arange(1, keys.shape[-1] + 1)
    last, missing = keys[..., -1:], None
    if np.isinf(last).any():
        missing = np.isinf(keys)
        last = np.where(missing, keys[..., :1], keys).max(axis=-1, keepdims=True)
    with np.errstate(invalid="ignore"):
        together = np.diff(keys, axis=-1) <= tolerance * (last - keys[..., :1])
    ranks = positions
    if together.any():
        starts = np.ones(keys.shape, dtype=np.int64)
        np.multiply(positions[1:], ~together, out=starts[..., 1:])
        ranks = np.maximum.accumulate(starts, axis=-1)
    return ranks if missing is None else np.where(missing, 0, ranks)
