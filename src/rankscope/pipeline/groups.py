"""Groups of rows: within which a stage is fitted, and within which ranks are taken."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from rankscope.data.periods import moments
from rankscope.methods.base import EVERYTHING, PERIOD
from rankscope.methods.imputation import Imputation
from rankscope.units import GROUPINGS, iso3166

if TYPE_CHECKING:
    from rankscope.data.table import DataTable
    from rankscope.definition.model import IndexDefinition
    from rankscope.methods.base import Stage
    from rankscope.shapes import Mask, Vector, Whole


def group_names(
    definition: IndexDefinition, table: DataTable, grouping: str
) -> tuple[str, ...] | None:
    """Return the group of each row by name, or None where the index has no such grouping."""
    if grouping == EVERYTHING:
        return ("all",) * len(table.units)
    own = table.label(grouping)
    if own is not None:
        return own
    if grouping == PERIOD and definition.data.period_column:
        return table.periods or ("all",) * len(table.units)
    if definition.units.register_ != "iso3166" or grouping not in GROUPINGS:
        return None
    register = iso3166()
    return tuple(str(getattr(register.get(unit), grouping)) for unit in table.units)


def strata_of(definition: IndexDefinition, table: DataTable, method: Stage) -> Whole:
    """Return the number of each row's group for a stage, of shape (rows,); -1 without a group.

    What looks from one period at another is never confined to one of them by ``scales``.
    """
    groupings = method.groupings()
    over_time = isinstance(method, Imputation) and method.needs_panel
    by_period = bool(table.periods) and definition.method.scales == "per_period"
    if by_period and not over_time and not {PERIOD, EVERYTHING} & {*groupings}:
        groupings = (*groupings, PERIOD)
    named = [group_names(definition, table, grouping) for grouping in groupings]
    known = [names for names in named if names is not None]
    crossed = ["\x1f".join(one) if all(one) else "" for one in zip(*known, strict=True)]
    return _numbered(tuple(crossed)) if known else np.zeros(len(table.units), dtype=np.int64)


def periods_of(table: DataTable) -> Whole:
    """Return the number of each row's period, of shape (rows,); 0 where there is no panel."""
    if not table.periods:
        return np.zeros(len(table.units), dtype=np.int64)
    return _numbered(table.periods)


def series_of(table: DataTable) -> Whole:
    """Return the number of each row's unit, of shape (rows,)."""
    return _numbered(table.units)


def times_of(table: DataTable) -> Vector:
    """Return each row's period as a number, of shape (rows,): the year, else its place."""
    if not table.periods:
        return np.zeros(len(table.units))
    times = moments(table.periods)
    return np.array([times[period] for period in table.periods])


def _numbered(names: tuple[str, ...]) -> Whole:
    """Return the place of each name in the alphabet of names, (rows,); -1 for the empty one."""
    numbers = {name: number for number, name in enumerate(sorted(set(names) - {""}))}
    numbers[""] = -1
    return np.array([numbers[name] for name in names], dtype=np.int64)


def base_of(definition: IndexDefinition, table: DataTable, screened: Mask | None = None) -> Mask:
    """Return the rows that scales are learnt from, of shape (rows,).

    Those that passed screening, (rows,), where the definition names no others.
    """
    method, units = definition.method, np.array(table.units)
    base = ~np.isin(units, definition.units.unranked)
    if method.base_units:
        base = np.isin(units, method.base_units)
    elif screened is not None:
        base = base & screened
    if method.base_periods and table.periods:
        base = base & np.isin(np.array(table.periods), method.base_periods)
    return base


def sizes_of(table: DataTable, method: Stage) -> Vector:
    """Return how much each row counts for a stage, of shape (rows,); 0 where nobody knows."""
    variable = method.sized_by()
    if variable is None:
        return np.ones(len(table.units))
    sizes = table.column(variable)
    return np.where(sizes > 0, sizes, 0.0)
