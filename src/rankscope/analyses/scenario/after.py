"""The index after a scenario: all its units, scores and ranks at every node."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from rankscope.analyses.scenario.extension import after_columns, extended, with_values
from rankscope.pipeline.evaluate import evaluate
from rankscope.pipeline.groups import group_names
from rankscope.pipeline.prepare import prepare
from rankscope.pipeline.result import Result, node_ranks
from rankscope.units import GROUPINGS

if TYPE_CHECKING:
    from rankscope.analyses.scenario.play import Played
    from rankscope.data.table import DataTable
    from rankscope.definition.model import IndexDefinition
    from rankscope.shapes import Whole


def result_after(result: Result, played: Played, version: int = 0) -> Result:
    """Return an index of one period after a scenario, on the scales that it had before.

    Where the scenario changed nothing that is the result itself, to the last bit.
    """
    if not played.units and not played.removed.size:
        return result
    plan, leaves = extended(result.plan, result.leaves, played)
    places = after_columns(played, len(result.units))[version]
    weights = np.stack([plan.weights(view) for view in plan.views])
    scores = evaluate(plan, leaves, weights)[:, places]
    rows = origins(played, len(result.units), places)
    own = result.plan.of_rows(rows)
    table = with_values(own.table, plan.table.values[places])
    table = named(result.plan.definition, table, played, places)
    own = replace(own, table=table)
    return Result(
        plan=own,
        leaves=prepare(own, fitted=result.leaves.of_rows(rows)),
        scores=scores,
        ranks=node_ranks(own, scores),
    )


def origins(played: Played, own: int, places: Whole) -> Whole:
    """Return the row of the index that each place among extended rows is of, (units,)."""
    m = max(len(played.units), 1)
    rows = np.append(played.rows, 0)
    return np.where(places < own, places, rows[(places - own) % m])


def named(
    definition: IndexDefinition, table: DataTable, played: Played, places: Whole
) -> DataTable:
    """Return a table in which units that were made have their own codes and names.

    They stay in the groups of the unit in whose row they stand.
    """
    made = [number for number, unit in enumerate(played.units) if unit in played.merged]
    if not made:
        return table
    known = dict(table.labels)
    for grouping in GROUPINGS:
        names = group_names(definition, table, grouping)
        if names is not None:
            known.setdefault(grouping, names)
    kept = len(places) - len(made)
    units = (*table.units[:kept], *(played.units[number] for number in made))
    names = (*table.names[:kept], *(played.names[number] for number in made))
    return replace(table, units=units, names=names, labels=tuple(known.items()))
