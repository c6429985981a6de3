"""A scenario on scales that are learnt anew from the changed data: an index of its own."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from rankscope.analyses.scenario.after import named, origins
from rankscope.analyses.scenario.extension import after_columns, with_values
from rankscope.pipeline.result import Result, build

if TYPE_CHECKING:
    from rankscope.analyses.scenario.play import Played
    from rankscope.analyses.uncertainty.design import Design
    from rankscope.data.table import DataTable
    from rankscope.shapes import Whole


def refitted(index: Result, rows: Whole, played: Played, version: int = 0) -> Result:
    """Return the whole index built anew on the table that a scenario leaves.

    ``rows`` are those of the period that the scenario is about.

    Raises
    ------
    BindError, MethodError
        When the changed data no longer go with the index's methods.
    """
    if not played.units and not played.removed.size:
        return index
    plan = index.plan
    return build(plan.definition, table_after(index, rows, played, version))


def table_after(index: Result, rows: Whole, played: Played, version: int) -> DataTable:
    """Return the whole table after a scenario; other periods keep their values and units."""
    table, definition = index.plan.table, index.plan.definition
    places = after_columns(played, len(rows))[version]
    here = rows[origins(played, len(rows), places)]
    own = table.of_rows(here)
    values = np.vstack([table.values[rows], played.values.reshape(-1, table.values.shape[1])])
    own = named(definition, with_values(own, values[places]), played, places)
    others = np.delete(np.arange(len(table.units)), rows)
    return own if not others.size else _stacked(table.of_rows(others), own)


def refitted_design(design: Design, whole: Result, shown: str | None) -> Design:
    """Return a design of the same assumptions on an index that was built anew."""
    periods = np.array(whole.plan.table.periods)
    rows = np.flatnonzero(periods == shown) if shown else np.arange(len(whole.units))
    return replace(design, result=whole.of_period(shown), whole=whole, rows=rows, memo={})


def _stacked(one: DataTable, other: DataTable) -> DataTable:
    """Return the rows of two tables of the same columns, the first ones first."""
    labels = dict(one.labels)
    blank = ("",) * len(one.units)
    return replace(
        one,
        units=one.units + other.units,
        names=one.names + other.names,
        values=np.vstack([one.values, other.values]),
        years=np.vstack([one.years, other.years]),
        sources=np.vstack([one.sources, other.sources]),
        status=np.vstack([one.status, other.status]),
        labels=tuple((name, labels.get(name, blank) + own) for name, own in other.labels),
        periods=one.periods + other.periods,
    )
