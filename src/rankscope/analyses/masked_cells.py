"""Masked cells: observed values that are hidden on purpose, and what is put in their place."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from rankscope.analyses.gaps import denominated, filled_leaves, unscreened
from rankscope.data.table import Status
from rankscope.methods.statistics import mean_and_deviation
from rankscope.pipeline.prepare import prepare

if TYPE_CHECKING:
    from rankscope.data.table import DataTable
    from rankscope.pipeline.plan import Plan
    from rankscope.shapes import Mask, Matrix, Random, Vector

ALL = "all"
"""What stands for all indicators together."""

_FEWEST = 3


@dataclass(frozen=True, slots=True)
class Trial:
    """What imputations are tried on.

    ``plan`` has no screening, ``ranked`` (rows,) is who passed it; ``leaves`` are one leaf
    an indicator and ``truth`` (rows, indicators) their values on a common scale, mean 0 and
    deviation 1 by ``mean`` and ``deviation`` (indicators,); ``eligible`` (rows, indicators)
    may be hidden.
    """

    plan: Plan
    ranked: Mask
    leaves: tuple[int, ...]
    truth: Matrix
    mean: Vector
    deviation: Vector
    eligible: Mask

    @property
    def codes(self) -> tuple[str, ...]:
        """Return the codes of the indicators."""
        return tuple(self.plan.leaves[leaf].spec.code for leaf in self.leaves)

    def mask(self, share: float, random: Random) -> Mask:
        """Return which cells to hide, of shape (rows, indicators): a share of each indicator."""
        hidden = np.zeros(self.eligible.shape, dtype=bool)
        for column in range(len(self.leaves)):
            rows = np.flatnonzero(self.eligible[:, column])
            if rows.size >= _FEWEST:
                count = int(np.clip(round(share * rows.size), 1, rows.size - 2))
                hidden[random.choice(rows, count, replace=False), column] = True
        return hidden

    def table(self, mask: Mask) -> DataTable:
        """Return the plan's table without the cells of a mask of shape (rows, indicators)."""
        table = self.plan.table
        values, status = table.values.copy(), table.status.copy()
        for number, leaf in enumerate(self.leaves):
            cells = mask[:, number], self.plan.leaves[leaf].column
            values[cells], status[cells] = np.nan, Status.MISSING
        return replace(table, values=values, status=status)

    def scaled(self, values: Matrix) -> Matrix:
        """Return values of the leaves, (rows, all leaves), as the truth has them."""
        return (values[:, list(self.leaves)] - self.mean) / self.deviation


def trial_of(plan: Plan) -> Trial:
    """Return what imputations of a plan's gaps are tried on."""
    base, leaves = prepare(plan), filled_leaves(plan)
    values = np.column_stack([denominated(base, leaf) for leaf in leaves])
    status = plan.table.status[:, [plan.leaves[leaf].column for leaf in leaves]]
    mean, deviation = mean_and_deviation(np.where(base.ranked[:, None], values, np.nan))
    deviation = np.where(deviation > 0, deviation, np.nan)
    truth = (values - mean) / deviation
    eligible = (status == Status.OBSERVED) & ~np.isnan(truth) & base.ranked[:, None]
    return Trial(unscreened(plan), base.ranked, leaves, truth, mean, deviation, eligible)


@dataclass(frozen=True, slots=True)
class Accuracy:
    """How near an imputation comes to values that are known.

    ``indicator`` is a code, or ``all`` for all cells together.  ``cells`` were hidden, the
    share ``filled`` of them got a value; over those, in standard deviations of the
    indicator: ``error`` the root of the mean squared error, ``absolute_error`` the mean
    absolute one, ``bias`` the mean of imputed minus true.  ``correlation`` is that of
    imputed with true values, ``explained`` (R²) the share of the squared distances of the
    true values from their mean that is gone; it is negative where the mean would do better.
    NaN where there is nothing to tell it from.  (The mean of what is left falls when a high
    value is hidden: its correlation with the truth is negative by construction.)
    """

    method: str
    indicator: str
    cells: int
    filled: float
    error: float
    absolute_error: float
    bias: float
    correlation: float
    explained: float


def accuracy(method: str, indicator: str, true: Vector, imputed: Vector) -> Accuracy:
    """Compare imputed with true values, both of shape (cells,) and on the common scale.

    What was not filled is NaN.
    """
    filled = ~np.isnan(imputed)
    error = (imputed - true)[filled]
    correlation, explained = _agreement(true[filled], imputed[filled])
    return Accuracy(
        method=method,
        indicator=indicator,
        cells=true.size,
        filled=float(filled.mean()) if true.size else np.nan,
        error=float(np.sqrt((error**2).mean())) if error.size else np.nan,
        absolute_error=float(np.abs(error).mean()) if error.size else np.nan,
        bias=float(error.mean()) if error.size else np.nan,
        correlation=correlation,
        explained=explained,
    )


def _agreement(true: Vector, imputed: Vector) -> tuple[float, float]:
    """Return correlation and explained share; NaN where there is no spread."""
    if true.size < 2 or np.ptp(true) == 0:
        return np.nan, np.nan
    around, beside = true - true.mean(), imputed - imputed.mean()
    explained = 1 - ((imputed - true) ** 2).sum() / (around**2).sum()
    size = np.sqrt((around**2).sum() * (beside**2).sum())
    correlation = (around @ beside) / size if np.ptp(imputed) > 0 else np.nan
    return float(correlation), float(explained)
