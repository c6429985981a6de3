"""Correlations of columns with gaps, each over the rows that both have, with their p-values."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple, TypeAlias

import numpy as np

from rankscope.methods.ranking import rank

if TYPE_CHECKING:
    from rankscope.shapes import Mask, Matrix, Vector, Whole

Method: TypeAlias = Literal["pearson", "spearman"]

LEAST = 3
"""Over two rows every correlation is 1 or -1."""

_SPREAD = 1e-12
"""Values that differ by less, as a share of their size, are all the same but for rounding."""


class Related(NamedTuple):
    """Correlations, the rows they are over, and their p-values, all (columns, others).

    NaN where fewer than three rows have both, or where one of the two is constant on them.
    """

    values: Matrix
    counts: Whole
    p_values: Matrix


def relate(
    ones: Matrix, others: Matrix, *, method: Method = "pearson", groups: Whole | None = None
) -> Related:
    """Correlate columns, (rows, columns), with others, (rows, others).

    Spearman's is Pearson's of the ranks among the shared rows, ties at their mean place.
    ``groups`` (rows,) makes it partial: what lies between the groups is taken out, and rows
    of a group below 0 are left out.  p-values are two-sided, of Student's t with the rows
    less the groups less one degrees of freedom.

    >>> relate(np.array([[1.0], [2.0], [4.0]]), np.array([[3.0], [5.0], [9.0]])).values.tolist()
    [[1.0]]
    """
    within = np.zeros(len(ones), dtype=np.int64) if groups is None else groups
    member = within[:, None] == np.unique(within[within >= 0])
    pairs = [_against(ones, other, member.astype(float), method) for other in others.T]
    shape = (ones.shape[1], others.shape[1])
    values = np.array([one[0] for one in pairs]).reshape(shape[::-1]).T
    counts = np.array([one[1] for one in pairs], dtype=np.int64).reshape(shape[::-1]).T
    freedom = np.array([one[2] for one in pairs]).reshape(shape[::-1]).T
    return Related(values, counts, p_values(values, freedom))


def p_values(correlations: Matrix, freedom: Matrix) -> Matrix:
    """Return two-sided p-values of correlations, of the same shape; NaN without freedom.

    The tail of Student's t at r sqrt(df / (1 - r^2)), as an incomplete beta function.
    """
    from scipy.special import betainc

    usable = (freedom > 0) & ~np.isnan(correlations)
    rest = np.where(usable, 1 - correlations**2, 1.0)
    found = betainc(np.where(usable, freedom, 1.0) / 2, 0.5, rest)
    return np.where(usable, found, np.nan)


def _against(
    ones: Matrix, other: Vector, member: Matrix, method: Method
) -> tuple[Vector, Whole, Vector]:
    """Return correlations with one column, the rows and the degrees of freedom, all (columns,)."""
    both = ~np.isnan(ones) & ~np.isnan(other)[:, None] & (member.sum(axis=1) > 0)[:, None]
    x, x_varies = _centred(ones, both, member, method)
    y, y_varies = _centred(np.broadcast_to(other[:, None], ones.shape), both, member, method)
    n = both.sum(axis=0)
    groups = ((member.T @ both) > 0).sum(axis=0)
    usable = (n >= LEAST) & (n - groups >= 2) & x_varies & y_varies
    size = np.sqrt((x**2).sum(axis=0) * (y**2).sum(axis=0))
    found = np.divide((x * y).sum(axis=0), size, out=np.full(len(n), np.nan), where=usable)
    return np.clip(found, -1.0, 1.0), n, (n - groups - 1).astype(float)


def _centred(matrix: Matrix, both: Mask, member: Matrix, method: Method) -> tuple[Matrix, Mask]:
    """Return columns about the means of their groups, 0 elsewhere, and which of them vary.

    Each is divided by its largest distance from the mean, so that nothing overflows.
    """
    values = np.where(both, matrix, np.nan)
    if method == "spearman":
        values = mean_ranks(values)
    size = np.abs(np.where(both, values, 0.0)).max(axis=0, initial=0.0)
    n = np.maximum(both.sum(axis=0), 1)
    values = np.where(both, values, 0.0)
    values = np.where(both, values - values.sum(axis=0) / n, 0.0)
    of_group = (member.T @ values) / np.maximum(member.T @ both, 1)
    values = np.where(both, values - member @ of_group, 0.0)
    largest = np.abs(values).max(axis=0, initial=0.0)
    varies = largest > _SPREAD * size
    return values / np.where(varies, largest, 1.0), varies


def mean_ranks(matrix: Matrix) -> Matrix:
    """Return the rank of each value in its column, (rows, columns), the largest first.

    Ties, as in `rankscope.methods.ranking`, are at their mean place; gaps have 0.
    """
    best = rank(matrix.T, ties="best")
    return np.asarray((best + rank(matrix.T, ties="worst")).T / 2)
