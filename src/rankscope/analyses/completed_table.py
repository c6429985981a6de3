"""A completed table: the gaps of an index filled by one draw of an imputation."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from rankscope.analyses.gaps import filled_leaves, own_units
from rankscope.data.table import Status
from rankscope.methods.base import Traits
from rankscope.pipeline.groups import series_of, times_of

if TYPE_CHECKING:
    from rankscope.data.table import DataTable
    from rankscope.methods.imputation import Imputation
    from rankscope.pipeline.fitting import FittedStage
    from rankscope.pipeline.leaves import Leaves
    from rankscope.pipeline.plan import Plan
    from rankscope.shapes import Matrix, Random


def completed_table(plan: Plan, base: Leaves, random: Random) -> DataTable:
    """Return the plan's table with the gaps of ranked units filled by one draw.

    ``base`` are the leaves that were prepared with the imputation.  What is filled in has
    the status `Status.IMPUTED`.
    """
    table, traits = plan.table, _traits(plan)
    matrix = base.record("denomination").matrix
    for part in base.record("imputation").fitted:
        matrix = _drawn(part, matrix, traits, random)
    values, status = table.values.copy(), table.status.copy()
    for number in filled_leaves(plan):
        leaf = plan.leaves[number]
        own = own_units(leaf, table, matrix[:, number])
        gaps = np.isnan(table.values[:, leaf.column]) & base.ranked & ~np.isnan(own)
        values[gaps, leaf.column] = own[gaps]
        status[gaps, leaf.column] = Status.IMPUTED
    return replace(table, values=values, status=status)


def _drawn(part: FittedStage, matrix: Matrix, traits: Traits, random: Random) -> Matrix:
    """Return a matrix of all leaves with the gaps of one fitted imputation's leaves drawn."""
    after, own = matrix.copy(), traits.of_columns(part.leaves)
    for stratum, state in part.states.items():
        rows = np.flatnonzero(part.strata == stratum)
        cells = np.ix_(rows, part.leaves)
        method: Imputation = part.method  # type: ignore[assignment]  # of the stage of that name
        after[cells] = method.draw(matrix[cells], state, own.of_rows(rows), random)
    return after


def _traits(plan: Plan) -> Traits:
    """Return what an imputation may know of leaves and rows; goalposts tell it nothing."""
    count = len(plan.leaves)
    return Traits(
        polarity=np.array([float(leaf.spec.polarity) for leaf in plan.leaves]),
        goalposts=np.full((count, 2), np.nan),
        target=np.full(count, np.nan),
        series=series_of(plan.table),
        times=times_of(plan.table),
        sizes=np.ones(len(plan.table.units)),
    )
