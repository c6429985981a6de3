"""Tables that are drawn: values off by their errors, gaps filled by draws."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from rankscope.analyses.completed_table import completed_table
from rankscope.analyses.gaps import unscreened
from rankscope.data.table import Status
from rankscope.pipeline.prepare import prepare

if TYPE_CHECKING:
    from rankscope.data.table import DataTable
    from rankscope.definition.assumptions import Assumptions, MeasurementError
    from rankscope.pipeline.leaves import Leaves
    from rankscope.pipeline.plan import Plan
    from rankscope.shapes import Mask, Random, Vector

_PURPOSE = 3


def drawn_leaves(
    plan: Plan, assumptions: Assumptions, seed: int, number: int, *, ranked: Mask
) -> Leaves:
    """Return the leaves that a plan makes of one drawn table.

    Each number of a table is a function of seed and number: the errors are the same under
    any method, and so is, under one imputation, what fills the gaps.  Who is ``ranked``,
    (rows,), was judged on the data as published, where a nought is still a nought.
    """
    erring, filling = (
        np.random.default_rng(np.random.SeedSequence(seed, spawn_key=(_PURPOSE, number, part)))
        for part in range(2)
    )
    table = with_errors(plan.table, assumptions.errors, indicator_columns(plan), erring)
    free = unscreened(plan)
    leaves = prepare(free, table=table, rows=ranked)
    if not assumptions.multiple_imputation:
        return leaves
    filled = completed_table(replace(free, table=table), leaves, filling)
    return prepare(free, table=filled, rows=ranked)


def indicator_columns(plan: Plan) -> dict[str, int]:
    """Return the columns of the table that hold indicators, by code."""
    return {leaf.spec.code: leaf.column for leaf in plan.leaves}


def with_errors(
    table: DataTable, errors: tuple[MeasurementError, ...], columns: dict[str, int], random: Random
) -> DataTable:
    """Return a table whose observed values are off by a draw of their errors.

    Relative errors are log-normal with mean 1, so that signs stay and zeros too; absolute
    ones are normal.  All columns are drawn, so that one error more changes no other.
    """
    named = {one.indicator: one for one in errors if one.indicator}
    general = next((one for one in errors if one.indicator is None), None)
    values = table.values.copy()
    for code, column in columns.items():
        own = named.get(code, general)
        factor, shift = random.standard_normal((2, len(values)))
        observed = ~np.isin(table.status[:, column], (Status.IMPUTED, Status.ABSENT))
        if own is not None:
            erring = _off(values[:, column], own, factor, shift)
            values[:, column] = np.where(observed, erring, values[:, column])
    return replace(table, values=values)


def _off(values: Vector, error: MeasurementError, factor: Vector, shift: Vector) -> Vector:
    spread = np.sqrt(np.log1p(error.relative**2))
    return np.asarray(values * np.exp(spread * factor - spread**2 / 2) + error.absolute * shift)
