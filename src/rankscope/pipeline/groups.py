"""Groupings of units: from a label column of the table, else from the register of countries."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rankscope.units import GROUPINGS, iso3166

if TYPE_CHECKING:
    from rankscope.data.table import DataTable
    from rankscope.definition.model import IndexDefinition


def group_names(
    definition: IndexDefinition, table: DataTable, grouping: str
) -> tuple[str, ...] | None:
    """Return the group of each row by name, or None where the index has no such grouping."""
    own = table.label(grouping)
    if own is not None:
        return own
    if definition.units.register_ != "iso3166" or grouping not in GROUPINGS:
        return None
    register = iso3166()
    return tuple(str(getattr(register.get(unit), grouping)) for unit in table.units)
