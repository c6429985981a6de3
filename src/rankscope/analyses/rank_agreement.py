"""How far two rankings agree: correlations of ranks with ties, and shifts in places.

Ranks are whole numbers, 1 for the best and 0 for what has none.  Only units that both
rankings rank are compared.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from rankscope.methods.ranking import rank

if TYPE_CHECKING:
    from rankscope.shapes import Mask, Vector, Whole

_BLOCK = 1024
"""How many rows of the table of pairs are held at once."""


@dataclass(frozen=True, slots=True)
class RankAgreement:
    """How far one ranking agrees with another, over the units that both rank.

    ``mean_shift`` and ``largest_shift`` are absolute, in places.  All but ``compared`` are
    NaN where there is nothing to compare, correlations also where one ranking ties all.
    """

    compared: int
    spearman: float
    kendall: float
    mean_shift: float
    largest_shift: float


def rank_agreement(one: Whole, other: Whole, *, ties: str = "best") -> RankAgreement:
    """Return how far two rankings agree, both of shape (rows,).

    >>> rank_agreement(np.array([1, 2, 3, 0]), np.array([2, 1, 3, 4])).spearman
    0.5
    """
    both = (one > 0) & (other > 0)
    shift = np.abs(rank_shifts(one, other, ties=ties)[both])
    return RankAgreement(
        compared=int(both.sum()),
        spearman=spearman(one[both], other[both]),
        kendall=kendall(one[both], other[both]),
        mean_shift=float(shift.mean()) if shift.size else np.nan,
        largest_shift=float(shift.max()) if shift.size else np.nan,
    )


def rank_shifts(one: Whole, other: Whole, *, ties: str = "best") -> Vector:
    """Return the places that units gain from one ranking to the other, of shape (rows,).

    Positive is a rise, NaN what only one of both ranks.  Units that both rank are counted among themselves first, so that
    nobody rises because others have left.
    """
    both = (one > 0) & (other > 0)
    return np.where(both, _among(one, both, ties) - _among(other, both, ties), np.nan)


def _among(ranks: Whole, those: Mask, ties: str) -> Vector:
    """Return the ranks of some units among themselves, (rows,)."""
    scores = np.where(those, -ranks.astype(float), np.nan)
    return rank(scores, tolerance=0.0, ties=ties).astype(float)


def spearman(one: Whole, other: Whole) -> float:
    """Return Spearman's rank correlation: Pearson's of the ranks, ties at their mean place."""
    if len(one) < 2:
        return np.nan
    a, b = (_middle(ranks) - (len(ranks) + 1) / 2 for ranks in (one, other))
    size = float(np.sqrt((a @ a) * (b @ b)))
    return float(np.clip(a @ b / size, -1.0, 1.0)) if size > 0 else np.nan


def _middle(ranks: Whole) -> Vector:
    """Return the mean of the places that tied units share, (rows,)."""
    _, group, size = np.unique(ranks, return_inverse=True, return_counts=True)
    last: Vector = np.cumsum(size).astype(float)
    return (last - (size - 1) / 2)[group]


def kendall(one: Whole, other: Whole) -> float:
    """Return Kendall's tau-b: the surplus of pairs in the same order, corrected for ties.

    Kendall (1945), "The treatment of ties in ranking problems", Biometrika 33(3),
    https://doi.org/10.1093/biomet/33.3.239.
    """
    agree = own = its = 0
    for first in range(0, len(one), _BLOCK):
        rows = slice(first, first + _BLOCK)
        a = np.sign(one[rows, None] - one[None, :]).astype(np.int8)
        b = np.sign(other[rows, None] - other[None, :]).astype(np.int8)
        agree += int((a * b).sum(dtype=np.int64))
        own += int(np.count_nonzero(a))
        its += int(np.count_nonzero(b))
    return float(agree / np.sqrt(own * its)) if own and its else np.nan
