"""Gaps and the cells of the table behind them: where a filled value belongs, in which unit."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from rankscope.pipeline.result import Result

if TYPE_CHECKING:
    from rankscope.data.table import DataTable
    from rankscope.pipeline.leaves import Leaves
    from rankscope.pipeline.plan import Plan, PlanLeaf
    from rankscope.shapes import Vector


def plan_of(given: Result | Plan) -> Plan:
    """Return the plan of a result, or the plan itself."""
    return given.plan if isinstance(given, Result) else given


def filled_leaves(plan: Plan) -> tuple[int, ...]:
    """Return the leaf of each indicator in which its gaps are filled.

    Where a value has two sides, the one divided by its denominator: what a country has per
    inhabitant can be guessed from others, what it has in all can not.
    """
    chosen: dict[int, int] = {}
    for number, leaf in enumerate(plan.leaves):
        before = plan.leaves[chosen.setdefault(leaf.column, number)]
        if leaf.divisor >= 0 or before.multiplier >= 0:
            chosen[leaf.column] = number
    return tuple(chosen.values())


def own_units(leaf: PlanLeaf, table: DataTable, values: Vector) -> Vector:
    """Return denominated values of a leaf, (rows,), in the units of the table.

    NaN where the denominator that would be needed is missing or not positive.
    """
    per = leaf.spec.per
    if leaf.divisor >= 0:
        values = values * _positive(table.values[:, leaf.divisor]) / per
    if leaf.multiplier >= 0:
        values = values / _positive(table.values[:, leaf.multiplier]) * per
    return values


def unscreened(plan: Plan) -> Plan:
    """Return the plan without screening, for tables with other gaps than the plan's own.

    Who ranks is judged once, on the data as published, and passed on as ``rows``.
    """
    method = plan.definition.method
    screening = method.screening.model_copy(
        update={"at_least": 0.0, "nonzero_at_least": 0.0, "keep": (), "drop": ()}
    )
    free = method.model_copy(update={"screening": screening})
    return replace(plan, definition=plan.definition.model_copy(update={"method": free}))


def denominated(leaves: Leaves, leaf: int) -> Vector:
    """Return the values of a leaf before imputation, of shape (rows,)."""
    return leaves.record("denomination").matrix[:, leaf]


def _positive(denominator: Vector) -> Vector:
    return np.where(denominator > 0, denominator, np.nan)
