"""Ranks with ties, for one or many draws at once.

One sort a draw: the unit's number is packed into the lowest bits of its distance
from the best score, so that sorting the distances sorts the units along.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from rankscope.shapes import Batch, Mask, Whole

TOLERANCE = 1e-9
"""Largest gap between tied scores, as a share of the range of scores (conventions §3)."""

_INFINITY_BITS = np.int64(0x7FF0000000000000)


def rank(scores: Batch, *, tolerance: float = TOLERANCE) -> Whole:
    """Return ranks of shape (*draws, rows): 1 is best, ties share the best rank, 0 is unranked.

    A tie goes on while the gap to the next score is at most ``tolerance`` of the
    range of scores in that draw; missing scores have no rank.
    """
    units, ranks, _ = _ordered(scores, tolerance)
    placed = np.empty_like(ranks)
    np.put_along_axis(placed, units, ranks, axis=-1)
    return placed


def rank_counts(scores: Batch, *, tolerance: float = TOLERANCE) -> Whole:
    """Return how often each unit takes each rank, (rows, rows + 1), over (draws, rows).

    Column 0 counts the draws in which a unit has no rank.
    """
    rows = scores.shape[-1]
    units, ranks, distinct = _ordered(scores, tolerance)
    cells = units * (rows + 1)
    cells += ranks if not distinct else np.arange(1, rows + 1)
    return np.bincount(cells.ravel(), minlength=rows * (rows + 1)).reshape(rows, rows + 1)


def _ordered(scores: Batch, tolerance: float) -> tuple[Whole, Whole, bool]:
    """Return units best first, their ranks, and whether all are present and distinct.

    Both arrays have the shape of ``scores``.
    """
    rows = scores.shape[-1]
    bits = np.int64((1 << max(rows - 1, 1).bit_length()) - 1)
    best = scores.max(axis=-1, keepdims=True, initial=-np.inf)
    gaps = bool(np.isnan(best).any())
    if gaps:
        best = np.where(np.isnan(scores), -np.inf, scores).max(axis=-1, keepdims=True)
    distance = np.subtract(best, scores, dtype=np.float64)
    packed = distance.view(np.int64)
    if gaps:
        packed[np.isnan(distance)] = _INFINITY_BITS
    packed &= ~bits
    packed |= np.arange(rows, dtype=np.int64)
    packed.sort(axis=-1)
    units = packed & bits
    packed &= ~bits
    ranks, distinct = _ranks_of_sorted(packed.view(np.float64), tolerance, gaps=gaps)
    return units, ranks, distinct


def _ranks_of_sorted(distance: Batch, tolerance: float, *, gaps: bool) -> tuple[Whole, bool]:
    """Return the ranks of sorted distances (inf: missing), and whether they are 1, 2, 3, ..."""
    finite = np.isfinite(distance) if gaps else None
    last = distance[..., -1:] if finite is None else _largest(distance, finite)
    with np.errstate(invalid="ignore"):
        apart = np.diff(distance, axis=-1) > tolerance * last
    positions = np.arange(1, distance.shape[-1] + 1)
    if finite is None and apart.all():
        return np.broadcast_to(positions, distance.shape).copy(), True
    starts = np.ones(distance.shape, dtype=np.int64)
    starts[..., 1:] = np.where(apart, positions[1:], 1)
    ranks = np.maximum.accumulate(starts, axis=-1)
    if finite is not None:
        ranks[~finite] = 0
    return ranks, False


def _largest(distance: Batch, finite: Mask) -> Batch:
    largest: Batch = np.where(finite, distance, 0.0).max(axis=-1, keepdims=True)
    return largest
