"""Rows of a scenario beside those of the index, on the scales of the index.

What a unit would be is one row more: every stage transforms row by row, and steps at nodes
go on being fitted on the rows of the index alone.  So thousands of versions are evaluated at
once, with the same weights and methods as the index itself.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from rankscope.data.table import Status
from rankscope.pipeline.prepare import prepare

if TYPE_CHECKING:
    from collections.abc import Callable

    from rankscope.analyses.scenario.play import Played
    from rankscope.data.table import DataTable
    from rankscope.pipeline.leaves import Leaves
    from rankscope.pipeline.plan import Plan
    from rankscope.shapes import Matrix, Whole


def played_rows(plan: Plan, leaves: Leaves, played: Played) -> tuple[Plan, Leaves]:
    """Return the played rows alone, version by version, on the scales of an index."""
    rows = np.tile(played.rows, played.versions)
    own = plan.of_rows(rows)
    table = with_values(own.table, played.values.reshape(len(rows), -1))
    placed = replace(own, table=table)
    return placed, prepare(placed, fitted=leaves.of_rows(rows))


def extended(plan: Plan, leaves: Leaves, played: Played) -> tuple[Plan, Leaves]:
    """Return an index of one period with the played rows after its own, version by version.

    The leaves have no records of stages.
    """
    there, more = played_rows(plan, leaves, played)
    rows = np.concatenate([np.arange(len(plan.table.units)), np.tile(played.rows, played.versions)])
    own = len(plan.table.units)
    whole = plan.of_rows(rows)
    values = np.vstack([plan.table.values, there.table.values])
    return (
        replace(
            whole,
            table=with_values(whole.table, values),
            nodes=tuple(
                replace(node, steps=tuple(step.fitted_on(own) for step in node.steps))
                for node in whole.nodes
            ),
        ),
        joined(leaves, more),
    )


def joined(leaves: Leaves, more: Leaves) -> Leaves:
    """Return the leaves of two sets of rows, without the records of their stages."""
    return replace(
        leaves,
        values=np.vstack([leaves.values, more.values]),
        imputed=np.vstack([leaves.imputed, more.imputed]),
        present=np.vstack([leaves.present, more.present]),
        ranked=np.concatenate([leaves.ranked, more.ranked]),
        coverage=np.concatenate([leaves.coverage, more.coverage]),
        records=(),
    )


def with_values(table: DataTable, values: Matrix) -> DataTable:
    """Return a table with other values; what was filled in counts as observed."""
    changed = (values != table.values) & ~(np.isnan(values) & np.isnan(table.values))
    status = np.where(np.isnan(values), Status.MISSING, Status.OBSERVED)
    return replace(table, values=values, status=np.where(changed, status, table.status))


@dataclass(frozen=True, slots=True, eq=False)
class Extension:
    """How an index of any methods, or of a drawn table, gets the rows of a scenario.

    ``replay`` plays the scenario on another table; ``columns`` (leaves,) are those of its
    leaves.
    """

    played: Played
    replay: Callable[[DataTable], Played]

    def __call__(self, plan: Plan, leaves: Leaves) -> tuple[Plan, Leaves]:
        """Return the index of one period with the played rows after its own."""
        columns = [leaf.column for leaf in plan.leaves]
        raw = leaves.record("raw").matrix
        drawn = plan.table.values.copy()
        drawn[:, columns] = raw
        if np.array_equal(drawn, plan.table.values, equal_nan=True):
            return extended(plan, leaves, self.played)
        return extended(plan, leaves, self.replay(replace(plan.table, values=drawn)))


def after_columns(played: Played, own: int) -> Whole:
    """Return where each unit stands after the scenario among extended rows, (versions, units).

    ``own`` is the number of rows of the index.  Units that stay keep their order; units that
    were made come last.
    """
    made = [unit for unit in played.units if unit in played.merged]
    places = np.tile(np.arange(own), (played.versions, 1))
    m = len(played.units)
    rows = own + np.arange(played.versions)[:, None] * m + np.arange(m)
    for number, unit in enumerate(played.units):
        if unit not in made:
            places[:, played.rows[number]] = rows[:, number]
    kept = np.delete(places, played.removed, axis=1)
    new = [number for number, unit in enumerate(played.units) if unit in made]
    return np.hstack([kept, rows[:, new]])
