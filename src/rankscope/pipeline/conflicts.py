"""Where a definition and a table do not go together: every conflict, with its way out."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from rankscope._words import did_you_mean, join_words
from rankscope.definition.check_method import refusal, refused_means
from rankscope.definition.cite import methods_in_use
from rankscope.definition.fields import EXTENSIVE
from rankscope.definition.ranges import steps_of
from rankscope.findings import Finding, error, warning
from rankscope.methods.base import Stage
from rankscope.methods.normalisation import Normalisation
from rankscope.methods.treatment import NoTreatment
from rankscope.methods.treatment.shift import offsets_that_take
from rankscope.pipeline.conflicts_over_time import conflicts_over_time
from rankscope.pipeline.groups import group_names

if TYPE_CHECKING:
    from rankscope.data.table import DataTable
    from rankscope.definition.model import IndexDefinition, Node


def conflicts(definition: IndexDefinition, table: DataTable) -> tuple[Finding, ...]:
    """Return an error for each column, grouping or value that the definition can not work with."""
    return (
        *_missing_columns(definition, table),
        *_missing_groupings(definition, table),
        *_missing_base(definition, table),
        *_refused_values(definition, table),
        *_steps_without_ends(definition),
        *_missing_references(definition, table),
        *_refused_by_scale(definition, table),
        *_refused_means(definition, table),
        *_screened(definition, table),
        *conflicts_over_time(definition, table, screened_out(definition, table)),
    )


def _missing_columns(definition: IndexDefinition, table: DataTable) -> list[Finding]:
    """Return an error for each indicator or variable in use without a column in the table."""
    wanted = {node.code for node in definition.indicators()}
    wanted |= {node.denominator for node in definition.indicators() if node.denominator}
    stages = [one for one in methods_in_use(definition) if isinstance(one, Stage)]
    wanted |= {variable for one in stages if (variable := one.sized_by()) is not None}
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
    """Return an error for each grouping that a method works within and the units do not have."""
    used = [one for one in methods_in_use(definition) if isinstance(one, Stage)]
    groups = {group for stage in used for group in stage.groupings()}
    if definition.method.ranking.within is not None:
        groups.add(definition.method.ranking.within)
    groups |= {node.weights_by for node in definition.framework.walk() if node.weights_by}
    return [
        error(
            "grouping-without-data",
            group,
            f"The table has no column {group!r} to work within.",
            "Add the column with the group of each unit, or work over all units.",
        )
        for group in sorted(groups)
        if group_names(definition, table, group) is None
    ]


def _missing_base(definition: IndexDefinition, table: DataTable) -> list[Finding]:
    """Return an error for each base unit or base period that the table does not have."""
    method = definition.method
    wanted = [("base_units", one, table.units) for one in method.base_units]
    wanted += [("base_periods", one, table.periods) for one in method.base_periods]
    found = [
        error(
            "base-without-data",
            f"method.{key}",
            f"method.{key} names {one!r}, which the table does not have.",
            did_you_mean(one, sorted(set(known))) or "Correct it, or remove it.",
        )
        for key, one, known in wanted
        if known and one not in known
    ]
    if method.base_periods and method.scales == "per_period":
        said = "Scales are to be learnt from base periods, and in each period by itself."
        mend = "Remove one of `base_periods` and `scales: per_period`."
        found.append(error("base-conflict", "method.base_periods", said, mend))
    return found


def screened_out(definition: IndexDefinition, table: DataTable) -> list[str]:
    """Return the codes of indicators with values for too few units to take part."""
    needed = definition.method.screening.indicators_at_least
    return [
        node.code
        for node in definition.indicators()
        if np.mean(~np.isnan(table.column(node.code))) < needed - 1e-12
    ]


def _screened(definition: IndexDefinition, table: DataTable) -> list[Finding]:
    """Return a warning for each indicator that screening leaves out."""
    return [
        warning(
            "indicator-screened-out",
            code,
            f"{code} has values for too few units and does not count.",
            "Find more data, or lower method.screening.indicators_at_least.",
        )
        for code in screened_out(definition, table)
    ]


def _steps_without_ends(definition: IndexDefinition) -> list[Finding]:
    """Return an error for each step that wants what only an indicator has, such as goalposts."""
    steps = {
        step.name: node.code
        for node in definition.framework.walk()
        for step in steps_of(definition, node)
        if isinstance(step, Normalisation) and (step.needs_goalposts or step.needs_target)
    }
    return [
        error(
            "step-without-ends",
            code,
            f"{name} can not be a step: scores have no goalposts or targets.",
            "Write the step `goalposts` with its ends, `linear`, or `min_max`.",
        )
        for name, code in steps.items()
    ]


def _missing_references(definition: IndexDefinition, table: DataTable) -> list[Finding]:
    """Return an error for each unit that others are measured by and that the table lacks."""
    named = {
        one.reference(): one.name
        for one in methods_in_use(definition)
        if isinstance(one, Normalisation)
    }
    return [
        error(
            "reference-without-data",
            name,
            f"{name} measures by the unit {unit!r}, which the table does not have.",
            did_you_mean(unit, sorted(set(table.units))) or "Name a unit of the table.",
        )
        for unit, name in named.items()
        if unit is not None and unit not in table.units
    ]


def _refused_by_scale(definition: IndexDefinition, table: DataTable) -> list[Finding]:
    """Return an error for each indicator with values or a target that its scale can not place.

    What treatment or a denominator changes first is judged when it is computed.
    """
    method, found = definition.method, []
    for node in definition.indicators():
        scale = node.normalisation or method.normalisation
        if node.target is not None and scale.needs_target and scale.refuses_target(node.target):
            said = f"{node.code}.target is {node.target:g}, which {scale.name} can not work with."
            mend = "Give another target, or choose distance_to_target."
            found.append(error("target-refused", node.code, said, mend))
        untreated = isinstance(node.treatment or method.treatment, NoTreatment)
        if not untreated or (node.denominator and node.kind in EXTENSIVE):
            continue
        values = table.column(node.code)
        refused = scale.refused_values(values[~np.isnan(values)], float(node.polarity))
        if refused:
            listed = join_words([f"{value:g}" for value in refused[:5]], "and")
            said = f"{node.code} has values that {scale.name} can not place: {listed}."
            mend = "Treat or correct them, or choose another normalisation."
            found.append(error("normalisation-refuses", node.code, said, mend))
    return found


def _refused_means(definition: IndexDefinition, table: DataTable) -> list[Finding]:
    """Return an error for each mean that can not take what the table's values become."""

    def observed(node: Node) -> tuple[float, float]:
        values = table.column(node.code)
        present = values[~np.isnan(values)]
        return (float(present.min(initial=np.inf)), float(present.max(initial=-np.inf)))

    known = {own and own.code for own, *_ in refused_means(definition)}
    return [
        error("mean-needs-positive", codes[0], *refusal(definition, codes, lows, aggregation))
        for own, codes, lows, aggregation in refused_means(definition, observed)
        if (own and own.code) not in known
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
                first, *others = offsets_that_take(low) or ("range",)
                more = f", or the offset {join_words(others)}" if others else ""
                mend = f"Take `{key}: {{method: log, offset: {first}}}`{more}."
                found.append(error("treatment-refuses", node.code, said, mend))
    return found
