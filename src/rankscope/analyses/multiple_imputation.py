"""Multiple imputation: how much of a rank is guessed, from many completed tables."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from rankscope.analyses.completed_table import completed_table
from rankscope.analyses.gaps import plan_of, unscreened
from rankscope.errors import MethodError
from rankscope.findings import note, warning
from rankscope.pipeline.evaluate import evaluate
from rankscope.pipeline.prepare import Choice, prepare
from rankscope.pipeline.ranks import ranks_of

if TYPE_CHECKING:
    import pandas as pd

    from rankscope.data.table import DataTable
    from rankscope.findings import Finding
    from rankscope.methods.imputation import Imputation
    from rankscope.pipeline.leaves import Leaves
    from rankscope.pipeline.plan import Plan
    from rankscope.pipeline.result import Result
    from rankscope.shapes import Batch, Mask, Matrix, Random, Vector, Whole

ENOUGH = 20
"""How many tables are asked for (Graham, Olchowski & Gilreath 2007)."""

_PURPOSE = 1


@dataclass(frozen=True, slots=True)
class MultipleImputation:
    """An index over ``m`` completed tables that differ in what was filled in alone.

    ``tables`` are the plan's table with gaps filled, their status `Status.IMPUTED`;
    ``leaves`` what the plan made of each; ``scores`` (m, rows, nodes) and ``ranks``
    (m, rows) of the index, 0 where unranked; ``filled`` (rows, columns) which cells of the
    table were filled; ``imputed`` (rows,) the share of each unit's weight that was;
    ``findings`` what must be known before the numbers are quoted.
    """

    plan: Plan
    imputation: Imputation
    tables: tuple[DataTable, ...]
    leaves: tuple[Leaves, ...]
    scores: Batch
    ranks: Whole
    filled: Mask
    imputed: Vector
    findings: tuple[Finding, ...]

    @property
    def mean(self) -> Matrix:
        """Return the mean score of each node over the tables, of shape (rows, nodes)."""
        return np.asarray(self.scores.mean(axis=0))

    @property
    def between(self) -> Matrix:
        """Return the variance of scores between the tables, of shape (rows, nodes)."""
        return np.asarray(self.scores.var(axis=0, ddof=1))

    @property
    def variance(self) -> Matrix:
        """Return Rubin's total variance of the mean scores, of shape (rows, nodes).

        The between variance times 1 + 1/m; a score of a completed table has no variance
        within, for it is computed and not estimated.
        """
        return self.between * (1 + 1 / len(self.tables))

    def rank_interval(self, probability: float = 0.9) -> Matrix:
        """Return the ends of the central interval of each unit's ranks, of shape (2, rows).

        Quantiles are interpolated; tables in which a unit has no rank are left out, and a
        unit that never has one has NaN.
        """
        ends = np.full((2, self.ranks.shape[1]), np.nan)
        tail = (1 - probability) / 2
        for row in np.flatnonzero((self.ranks > 0).any(axis=0)):
            own = self.ranks[:, row]
            ends[:, row] = np.quantile(own[own > 0], [tail, 1 - tail])
        return ends

    def frame(self) -> pd.DataFrame:
        """Return a data frame: score, its deviation, median rank, interval, share imputed."""
        import pandas as pd

        root, (low, high) = self.plan.root, self.rank_interval()
        table = self.plan.table
        return pd.DataFrame(
            {
                "name": table.names,
                "score": self.mean[:, root],
                "deviation": np.sqrt(self.variance[:, root]),
                "rank": self.rank_interval(0.0)[0],
                "rank_low": low,
                "rank_high": high,
                "imputed": self.imputed,
            },
            index=pd.Index(table.units, name="unit"),
        )


def multiple_imputation(
    index: Result | Plan, imputation: Imputation, *, m: int = ENOUGH, seed: int = 0
) -> MultipleImputation:
    """Fill the gaps ``m`` times by draws and build the index on each completed table.

    The spread of scores and ranks over the tables is what the gaps leave open, if the
    imputation's model holds; what weights and methods leave open comes on top.  Gaps are
    filled for all indicators by the one imputation, in place of what the definition says,
    for the units that passed screening; all other units and cells stay as they are.
    Everything after imputation is fitted anew on each table.  A cell whose denominator is
    missing can not be told in the units of the table and stays a gap.

    Rubin (1987) Multiple Imputation for Nonresponse in Surveys, chapter 3,
    https://doi.org/10.1002/9780470316696; on the number of tables Graham, Olchowski &
    Gilreath (2007) Prevention Science 8(3), 206-213,
    https://doi.org/10.1007/s11121-007-0070-9

    Raises
    ------
    MethodError
        When ``m`` is below 2: one table has no spread.
    """
    if m < 2:
        raise MethodError(f"m must be a whole number of at least 2, got {m}. Take {ENOUGH}.")
    plan = plan_of(index)
    base = prepare(plan, Choice(imputation=imputation))
    free = unscreened(plan)
    tables = tuple(completed_table(plan, base, _random(seed, number)) for number in range(m))
    leaves = tuple(prepare(free, table=table, rows=base.ranked) for table in tables)
    scores = np.stack([evaluate(free, one) for one in leaves])
    eligible = np.where(plan.rankable(), scores[..., plan.root], np.nan)
    filled = tables[0].status != plan.table.status
    return MultipleImputation(
        plan=plan,
        imputation=imputation,
        tables=tables,
        leaves=leaves,
        scores=scores,
        ranks=ranks_of(plan, eligible),
        filled=filled,
        imputed=_share(plan, filled),
        findings=_findings(plan, imputation, m, base, filled),
    )


def _random(seed: int, number: int) -> Random:
    """Return the source of random numbers of one table: the same however many there are."""
    return np.random.default_rng(np.random.SeedSequence(seed, spawn_key=(_PURPOSE, number)))


def _share(plan: Plan, filled: Mask) -> Vector:
    """Return the share of each unit's weight that was filled, (rows,)."""
    effective = plan.effective_weights()
    weights = np.array([effective[leaf.node] for leaf in plan.leaves])
    columns = [leaf.column for leaf in plan.leaves]
    total = weights.sum()
    return filled[:, columns] @ weights / total if total > 0 else np.zeros(len(filled))


def _findings(
    plan: Plan, imputation: Imputation, m: int, base: Leaves, filled: Mask
) -> tuple[Finding, ...]:
    """Say what takes meaning from the numbers."""
    name, found = imputation.name, []
    if not imputation.knows_distribution():
        sentence = f"{name} fills a gap with the same number each time: nothing varies."
        remedy = "Take regression, iterative, nearest_neighbours or another that can draw."
        found.append(warning("imputation-without-draws", "imputation", sentence, remedy))
    if m < ENOUGH:
        sentence = f"{m} completed tables are few to tell an interval from."
        found.append(warning("imputation-few-tables", "m", sentence, f"Take {ENOUGH} or more."))
    columns = [leaf.column for leaf in plan.leaves]
    gaps = np.isnan(plan.table.values)
    left = (gaps & ~filled)[:, sorted(set(columns))][base.ranked]
    if left.any():
        count = int(left.sum())
        gaps_stay = "1 gap of a ranked unit stays a gap"
        if count > 1:
            gaps_stay = f"{count:,} gaps of ranked units stay gaps"
        sentence = f"{gaps_stay}: {name} has no value there, or a denominator is missing."
        remedy = (
            "Where a denominator is missing, add it; where an indicator is empty, leave it out."
        )
        found.append(note("imputation-gaps-left", "imputation", sentence, remedy))
    return tuple(found)
