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
    from rankscope.shapes import Mask, Vector, Whole


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
    both = (one > 0) & (other > 0)
    before, after = (counted_among(ranks, both, ties=ties, groups=groups) for ranks in (one, other))
    return np.where(both, before - after, np.nan)


def counted_among(
    ranks: Whole, some: Mask, *, ties: str = "best", groups: Whole | None = None
) -> Whole:
    """Return the ranks that some ranked units, (rows,), have among themselves; others have 0.

    >>> counted_among(np.array([1, 2, 2, 4]), np.array([False, True, True, True]))
    array([0, 1, 1, 3])
    """
    found, within = np.zeros(len(ranks), dtype=np.int64), _places(ranks, groups)
    for group in np.unique(within):
        own = some & (within == group)
        found[own] = rank(-ranks[own].astype(float), tolerance=0.0, ties=ties)
    return found


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
    _, tie, size = np.unique(_within(ranks, groups), return_inverse=True, return_counts=True)
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
    a, b = (_within(ranks, within) for ranks in (one, other))
    together = _within(b, _places(a, a))
    own, its = _pairs(within) - _pairs(a), _pairs(within) - _pairs(b)
    agree = own + its - _pairs(within) + _pairs(together) - 2 * _turned(a, b)
    return float(agree / np.sqrt(own * its)) if own and its else np.nan


def reversals(one: Whole, other: Whole, *, groups: Whole | None = None) -> int:
    """Return how many pairs stand one way round in a ranking and the other way in the other.

    Pairs that are tied in either are none; within groups, only pairs of one group count.

    >>> reversals(np.array([1, 2, 3]), np.array([3, 1, 2]))
    2
    """
    both = (one > 0) & (other > 0)
    within = _places(one[both], None if groups is None else groups[both])
    return _turned(_within(one[both], within), _within(other[both], within))


def _turned(a: Whole, b: Whole) -> int:
    """Return how many pairs are in another order in ``b`` than in ``a``, both as `_within`."""
    return _inversions(b[np.lexsort((b, a))])


def _within(ranks: Whole, groups: Whole) -> Whole:
    """Return numbers that are alike for ties of a group, and ordered by group and rank, (rows,)."""
    return groups * (int(ranks.max(initial=0)) + 1) + ranks


def _pairs(keys: Whole) -> int:
    """Return how many pairs have the same key."""
    size = np.unique(keys, return_counts=True)[1]
    return int((size * (size - 1) // 2).sum())


def _inversions(values: Whole) -> int:
    """Return how many pairs are in falling order: merge sort, of which each level is one search.

    >>> _inversions(np.array([3, 1, 2, 2]))
    3
    """
    count, width, span = 0, 1, int(values.max(initial=0)) + 1
    places = np.arange(len(values))
    while width < len(values):
        block, right = places // (2 * width), (places // width) % 2 == 1
        left = np.sort((block * span + values)[~right])
        ends = np.searchsorted(left, (block[right] + 1) * span)
        above = ends - np.searchsorted(left, (block * span + values)[right], side="right")
        count, width = count + int(above.sum()), 2 * width
    return count


def correlation_words(correlation: float) -> str:
    """Return a correlation with three decimals, of which only the perfect one is 1; NaN a dash.

    >>> correlation_words(0.99991), correlation_words(1.0)
    ('0.999', '1.000')
    """
    if np.isnan(correlation):
        return "–"
    known = correlation if abs(correlation) > 1 - 1e-12 else np.clip(correlation, -0.999, 0.999)
    return f"{known:.3f}"
