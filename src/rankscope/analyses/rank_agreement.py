"""How far two rankings agree: correlations of ranks with ties, and shifts in places.

Ranks are whole numbers, 1 for the best and 0 for what has none.  Only units that both
rankings rank are compared, and where ranks are within groups, only units of one group:
``groups`` holds a whole number for each row, None is one group of all.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from rankscope.methods.ranking import rank

if TYPE_CHECKING:
    from rankscope.shapes import Vector, Whole

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


def rank_agreement(
    one: Whole, other: Whole, *, ties: str = "best", groups: Whole | None = None
) -> RankAgreement:
    """Return how far two rankings agree, both of shape (rows,).

    >>> rank_agreement(np.array([1, 2, 3, 0]), np.array([2, 1, 3, 4])).spearman
    0.5
    """
    both = (one > 0) & (other > 0)
    shift = np.abs(rank_shifts(one, other, ties=ties, groups=groups)[both])
    within = None if groups is None else groups[both]
    return RankAgreement(
        compared=int(both.sum()),
        spearman=spearman(one[both], other[both], groups=within),
        kendall=kendall(one[both], other[both], groups=within),
        mean_shift=float(shift.mean()) if shift.size else np.nan,
        largest_shift=float(shift.max()) if shift.size else np.nan,
    )


def rank_shifts(
    one: Whole, other: Whole, *, ties: str = "best", groups: Whole | None = None
) -> Vector:
    """Return the places that units gain from one ranking to the other, of shape (rows,).

    Positive is a rise, NaN what only one of both ranks.  Units that both rank are counted
    among themselves first, so that nobody rises because others have left.
    """
    shifts = np.full(len(one), np.nan)
    within = _places(one, groups)
    for group in np.unique(within):
        both = (one > 0) & (other > 0) & (within == group)
        before, after = (
            rank(-ranks[both].astype(float), tolerance=0.0, ties=ties) for ranks in (one, other)
        )
        shifts[both] = before - after
    return shifts


def spearman(one: Whole, other: Whole, *, groups: Whole | None = None) -> float:
    """Return Spearman's rank correlation: Pearson's of the ranks, ties at their mean place.

    Within groups, ranks are taken from the mean of their group.
    """
    within = _places(one, groups)
    a, b = (_centred(ranks, within) for ranks in (one, other))
    size = float(np.sqrt((a @ a) * (b @ b)))
    return float(np.clip(a @ b / size, -1.0, 1.0)) if size > 0 else np.nan


def _places(ranks: Whole, groups: Whole | None) -> Whole:
    """Return the group of each row as a number from 0, (rows,)."""
    if groups is None:
        return np.zeros(len(ranks), dtype=np.int64)
    return np.unique(groups, return_inverse=True)[1]


def _centred(ranks: Whole, groups: Whole) -> Vector:
    """Return the mean of the places that tied units share, from the mean of the group, (rows,)."""
    keys = groups * (int(ranks.max(initial=0)) + 1) + ranks
    _, tie, size = np.unique(keys, return_inverse=True, return_counts=True)
    middle = (np.cumsum(size) - (size - 1) / 2)[tie]
    mean = np.bincount(groups, middle) / np.bincount(groups)
    centred: Vector = middle - mean[groups]
    return centred


def kendall(one: Whole, other: Whole, *, groups: Whole | None = None) -> float:
    """Return Kendall's tau-b: the surplus of pairs in the same order, corrected for ties.

    Within groups, only pairs of one group count.

    Kendall (1945), "The treatment of ties in ranking problems", Biometrika 33(3),
    https://doi.org/10.1093/biomet/33.3.239.
    """
    within = _places(one, groups)
    agree = own = its = 0
    for first in range(0, len(one), _BLOCK):
        rows = slice(first, first + _BLOCK)
        pairs = within[rows, None] == within[None, :]
        a = np.sign(one[rows, None] - one[None, :])[pairs].astype(np.int8)
        b = np.sign(other[rows, None] - other[None, :])[pairs].astype(np.int8)
        agree += int((a * b).sum(dtype=np.int64))
        own += int(np.count_nonzero(a))
        its += int(np.count_nonzero(b))
    return float(agree / np.sqrt(own * its)) if own and its else np.nan


def correlation_words(correlation: float) -> str:
    """Return a correlation with three decimals, of which only the perfect one is 1; NaN a dash.

    >>> correlation_words(0.99991), correlation_words(1.0)
    ('0.999', '1.000')
    """
    if np.isnan(correlation):
        return "–"
    known = correlation if abs(correlation) > 1 - 1e-12 else np.clip(correlation, -0.999, 0.999)
    return f"{known:.3f}"
