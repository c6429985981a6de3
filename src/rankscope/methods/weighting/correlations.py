"""Correlations of the children of a node, with their gaps."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from rankscope._domains import OneOf
from rankscope.errors import MethodError
from rankscope.methods.statistics import mean_and_deviation
from rankscope.methods.weighting.learnt import child_of, complete_rows, varying

if TYPE_CHECKING:
    from rankscope.shapes import Mask, Matrix, Vector

LEAST = 3
"""Of two rows all correlations are 1 or -1."""

MISSING = OneOf(("drop", "pairwise"))
MISSING_DOC = (
    "which rows a correlation uses: those without any gap, or those where both children have scores"
)


class Related(NamedTuple):
    """Children that vary, and how they go together.

    ``rows`` are the scores used, of shape (rows, varying); ``varies`` is (children,);
    ``correlations`` and ``deviation`` are (varying, varying) and (varying,).
    """

    rows: Matrix
    varies: Mask
    correlations: Matrix
    deviation: Vector

    def spread(self, weights: Vector) -> Vector:
        """Return weights of shape (varying,) as (children,), 0 for those that do not vary."""
        whole = np.zeros(len(self.varies))
        whole[self.varies] = weights
        return whole

    def child(self, position: int) -> str:
        """Return how messages name one of those that vary."""
        return child_of(int(np.flatnonzero(self.varies)[position]), len(self.varies))


def relate(name: str, scores: Matrix, missing: str) -> Related:
    """Correlate the children of a node; ``scores`` are of shape (rows, children).

    Raises
    ------
    MethodError
        In the name of the method, when the rows are too few.
    """
    rows = complete_rows(scores) if missing == "drop" else scores
    if len(rows) < LEAST:
        raise MethodError(_too_few(name, len(rows), len(scores), missing))
    varies = varying(rows)
    rows = rows[:, varies]
    related = Related(rows, varies, correlation_matrix(rows), mean_and_deviation(rows)[1])
    lost = np.argwhere(np.isnan(related.correlations))
    if len(lost):
        one, other = lost[0]
        raise MethodError(
            f"{name} can not correlate {related.child(one)} with {related.child(other)}: fewer "
            f"than {LEAST} rows have both, or one of them is constant there. Fill their gaps "
            "(imputation) or take one of them out."
        )
    return related


def correlation_matrix(rows: Matrix) -> Matrix:
    """Return Pearson's correlations over the rows that both columns have, (columns, columns).

    NaN where fewer than three rows have both, or one of the two is constant on them.
    """
    mean, deviation = mean_and_deviation(rows)
    present = (~np.isnan(rows)).astype(float)
    z = np.where(present > 0, (rows - mean) / deviation, 0.0)
    n = present.T @ present
    with np.errstate(invalid="ignore", divide="ignore"):
        of_shared = z.T @ present / n
        variance = (z**2).T @ present / n - of_shared**2
        covariance = z.T @ z / n - of_shared * of_shared.T
        found = covariance / np.sqrt(variance * variance.T)
    usable = (n >= LEAST) & (variance > 1e-12) & (variance.T > 1e-12)
    found = np.where(usable, np.clip(found, -1.0, 1.0), np.nan)
    np.fill_diagonal(found, 1.0)
    return found


def _too_few(name: str, kept: int, rows: int, missing: str) -> str:
    if missing == "drop" and rows >= LEAST:
        return (
            f"{name} needs {LEAST} rows without a gap, and {kept} of {rows} have none. "
            f"Fill gaps (imputation), or say {name}: missing: pairwise."
        )
    return f"{name} needs {LEAST} rows, and there are {rows}. Use the weighting given or equal."
