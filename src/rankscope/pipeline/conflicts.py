"""Where a definition and a table do not go together: every conflict, with its way out."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from rankscope.findings import Finding, error
from rankscope.pipeline.groups import group_names

if TYPE_CHECKING:
    from rankscope.data.table import DataTable
    from rankscope.definition.model import IndexDefinition


def conflicts(definition: IndexDefinition, table: DataTable) -> tuple[Finding, ...]:
    """Return an error for each column, grouping or value that the definition can not work with."""
    return (
        *_missing_columns(definition, table),
        *_missing_groupings(definition, table),
        *_refused_values(definition, table),
    )


def _missing_columns(definition: IndexDefinition, table: DataTable) -> list[Finding]:
    """Return an error for each indicator or variable in use without a column in the table."""
    wanted = {node.code for node in definition.indicators()}
    wanted |= {node.denominator for node in definition.indicators() if node.denominator}
    if definition.views and definition.views.rank_intensity_from:
        wanted.add(definition.views.rank_intensity_from.variable)
    return [
        error(
            "indicator-without-data",
            code,
            f"The table has no column {code!r}.",
            "Add it to the data or take it out of the definition.",
        )
        for code in sorted(wanted - set(table.columns))
    ]


def _missing_groupings(definition: IndexDefinition, table: DataTable) -> list[Finding]:
    """Return an error for each grouping of an imputation that the units do not have."""
    used = [definition.method.imputation, *(node.imputation for node in definition.indicators())]
    groups = {method.grouping() for method in used if method is not None} - {""}
    return [
        error(
            "grouping-without-data",
            group,
            f"The table has no column {group!r} to take medians in.",
            "Add the column with the group of each unit, or impute otherwise.",
        )
        for group in sorted(groups)
        if group_names(definition, table, group) is None
    ]


def _refused_values(definition: IndexDefinition, table: DataTable) -> list[Finding]:
    """Return an error for each indicator with values that its treatment can not take."""
    views, found = definition.views, []
    for node in definition.indicators():
        values = table.column(node.code)
        low = values[~np.isnan(values)].min(initial=np.inf)
        treatments = {node.treatment or definition.method.treatment: "treatment"}
        if views and node.has_two_sides:
            treatments[views.scale_treatment] = "views.scale_treatment"
        for treatment, key in treatments.items():
            if not treatment.accepts(low):
                said = f"{node.code} reaches down to {low:g}: no value for {treatment.name}."
                mend = f"Take `{key}: {{method: log, offset: range}}`, or none."
                found.append(error("treatment-refuses", node.code, said, mend))
    return found
