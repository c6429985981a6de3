"""The world before a scenario: raw values of the units it names, and how they are compared."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from rankscope.definition.possible import possible_range
from rankscope.methods.change import Column, World
from rankscope.pipeline.prepare import denominate, traits_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from rankscope.data.table import DataTable
    from rankscope.methods.change import Ties
    from rankscope.pipeline.leaves import Leaves
    from rankscope.pipeline.plan import Plan
    from rankscope.shapes import Batch, Vector, Whole


def world_of(
    plan: Plan,
    leaves: Leaves,
    units: Sequence[str],
    versions: int,
    *,
    table: DataTable | None = None,
    ties: Mapping[str, Ties] | None = None,
) -> World:
    """Return the units' values as they are, ``versions`` times.

    ``leaves`` are those of the index as published, which say how it treats values; ``table``
    holds the values, if they are not those of the plan.
    """
    table = plan.table if table is None else table
    rows = np.array([table.units.index(unit) for unit in units], dtype=np.int64)
    values = np.broadcast_to(table.values[rows], (versions, len(rows), len(table.columns)))
    columns = columns_of(plan)
    return World(
        units=tuple(units),
        names=tuple(table.names[row] for row in rows),
        rows=rows,
        values=values.copy(),
        columns=columns,
        best=_best(plan, leaves, columns),
        gauge=Gauge(plan, leaves),
        ties=dict(ties or {}),
    )


def columns_of(plan: Plan) -> tuple[Column, ...]:
    """Return the variables of an index as acts see them, in the order of its table."""
    place = {code: number for number, code in enumerate(plan.table.columns)}
    specs = {leaf.column: leaf for leaf in plan.leaves}
    own = own_leaves(plan)
    found = []
    for number, code in enumerate(plan.table.columns):
        if number not in specs:
            kind, named = _variable(plan, code)
            found.append(Column(code, named, kind, 1, low=0.0 if kind == "count" else -np.inf))
            continue
        spec = specs[number].spec
        low, high = possible_range(spec)
        found.append(
            Column(
                code=spec.code,
                name=spec.name,
                kind=spec.kind or "interval",
                polarity=spec.polarity,
                within=_lineage(plan, specs[number].node),
                denominator=place.get(spec.denominator or "", -1),
                per=spec.per,
                low=low,
                high=high,
                exposed_to=spec.exposed_to,
                divided=plan.leaves[own[number]].divisor >= 0,
            )
        )
    return tuple(found)


@dataclass(frozen=True, slots=True, eq=False)
class Gauge:
    """The scale on which an index compares raw values: denominated and treated, as published.

    Of an indicator with two sides that is the scale of its own units: totals of counts and
    amounts, ratios as they are.
    """

    plan: Plan
    leaves: Leaves

    def __call__(self, values: Batch, rows: Whole) -> Batch:
        """Return values of shape (versions, units, columns) on that scale, of the same shape.

        ``rows`` (units,) are those of the table in which the units stand.
        """
        flat = values.reshape(-1, values.shape[-1])
        where = np.tile(rows, len(values))
        matrix = denominate(self.plan, flat)
        traits = traits_of(self.plan, self.plan.table).of_rows(where)
        for part in self.leaves.record("treatment").fitted:
            own = replace(part, strata=part.strata[where])
            matrix[:, part.leaves] = own.transform(matrix, traits)
        found = flat.copy()
        for column, leaf in own_leaves(self.plan).items():
            found[:, column] = matrix[:, leaf]
        return found.reshape(values.shape)


def own_leaves(plan: Plan) -> dict[int, int]:
    """Return the leaf of each indicator's column that is nearest to its own units."""
    chosen: dict[int, int] = {}
    for number, leaf in enumerate(plan.leaves):
        plain = leaf.divisor < 0 and leaf.multiplier < 0
        if leaf.column not in chosen or plain:
            chosen[leaf.column] = number
    return chosen


def _best(plan: Plan, leaves: Leaves, columns: tuple[Column, ...]) -> Vector:
    """Return the best value of each column among ranked units, NaN where there is none.

    Where a column is divided that is the best value over the denominator.
    """
    polarity = np.array([column.polarity for column in columns])
    table = plan.table.values[leaves.ranked]
    values = table * polarity
    for number, column in enumerate(columns):
        if column.divided:
            by = table[:, column.denominator]
            values[:, number] /= np.where(by > 0, by, np.nan)
    there = ~np.isnan(values)
    best = np.where(there, values, -np.inf).max(axis=0, initial=-np.inf)
    return np.where(np.isfinite(best), best * polarity, np.nan)


def _variable(plan: Plan, code: str) -> tuple[str, str]:
    """Return the kind and the name of a variable that is no indicator."""
    for one in plan.definition.context:
        if code == one.code:
            return one.kind, one.name
    return "amount", code


def _lineage(plan: Plan, node: int) -> tuple[str, ...]:
    found = []
    while node >= 0:
        found.append(plan.nodes[node].spec.code)
        node = plan.nodes[node].parent
    return tuple(dict.fromkeys(found))
