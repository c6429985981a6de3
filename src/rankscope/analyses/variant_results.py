"""The result of a variant: its changes, and the rows of the table that it keeps."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from rankscope._words import did_you_mean, visible
from rankscope.definition.variants import apply_variant
from rankscope.errors import BindError, DataError, DefinitionError, RankscopeError
from rankscope.methods.base import EVERYTHING
from rankscope.pipeline.groups import group_names
from rankscope.pipeline.result import Result, build

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rankscope.data.table import DataTable
    from rankscope.definition.model import IndexDefinition, Variant
    from rankscope.shapes import Whole

EXAMPLE = """\
variants:
  - name: geometric
    title: Geometric means
    method: {aggregation: geometric}
  - name: equal
    title: Equal weights
    method: {weights: equal}"""
"""What a definition says to have variants."""


def chosen_variants(
    definition: IndexDefinition, names: Sequence[str] | None = None
) -> tuple[Variant, ...]:
    """Return the variants of these names in that order, by default all.

    Raises
    ------
    DefinitionError
        When there are none, or none of a name; the message says how to declare them.
    """
    if not definition.variants:
        raise DefinitionError(
            f"{definition.title} has no variants. Name some in its definition, "
            f"each with what it changes:\n\n{EXAMPLE}"
        )
    known = {one.name: one for one in definition.variants}
    for name in names or ():
        if name not in known:
            said = f"{definition.title} has no variant {visible(name)!r}."
            raise DefinitionError(f"{said} {did_you_mean(name, list(known))}".rstrip())
    return tuple(known[name] for name in dict.fromkeys(known if names is None else names))


def build_variant(definition: IndexDefinition, table: DataTable, variant: Variant) -> Result:
    """Build one variant from the table of the published index.

    Raises
    ------
    RankscopeError
        When it can not be built; the message names the variant.
    """
    changed = apply_variant(definition, variant.name)
    kept = rows_of(definition, table, variant)
    try:
        return build(changed, kept)
    except RankscopeError as problem:
        said = f"The variant {variant.name} can not be built. {problem}"
        raise type(problem)(said, problem.findings) from problem


def rows_of(definition: IndexDefinition, table: DataTable, variant: Variant) -> DataTable:
    """Return the table without the units and periods that a variant leaves out.

    Raises
    ------
    BindError
        When the table does not have one of them, or no row is left.
    """
    known = {*table.units, *table.names, *definition.units.exclude}
    for unit in variant.exclude:
        _must_know(variant, "unit", unit, known)
    for period in variant.periods:
        _must_know(variant, "period", period, set(table.periods))
    keep = ~np.isin(table.units, variant.exclude) & ~np.isin(table.names, variant.exclude)
    if variant.periods:
        keep &= np.isin(table.periods, variant.periods)
    if keep.all():
        return table
    if not keep.any():
        raise BindError(f"The variant {variant.name} leaves out all rows. Keep some.")
    return table.of_rows(np.flatnonzero(keep))


def _must_know(variant: Variant, what: str, said: str, known: set[str]) -> None:
    if said not in known:
        hint = did_you_mean(said, sorted(known))
        found = f"The variant {variant.name} names the {what} {visible(said)!r}, and there is none."
        raise BindError(f"{found} {hint}".rstrip())


def chosen_period(published: Result, title: str, period: str | None) -> str | None:
    """Return the period to compare in, None for what is no panel.

    Raises
    ------
    DataError
        When there is no such period.
    """
    if not published.periods:
        if period is not None:
            raise DataError(f"{title} has no periods. Leave {visible(period)!r} out.")
        return None
    if period is not None and period not in published.periods:
        hint = did_you_mean(period, published.periods)
        raise DataError(f"{title} has no period {visible(period)!r}. {hint}".rstrip())
    return period or published.periods[-1]


def at_period(whole: Result, label: str, period: str | None) -> Result:
    """Return one period of a panel, and what is no panel as it is; errors begin with ``label``.

    Raises
    ------
    DataError
        When the panel does not have the period.
    """
    if period is None:
        return whole
    if period not in whole.periods:
        hint = did_you_mean(period, whole.periods)
        raise DataError(f"{label} has no period {visible(period)!r}. {hint}".rstrip())
    return whole.of_period(period)


def rivals_of(result: Result, rows: Whole) -> Whole:
    """Return the group that each unit is ranked in, (units,), as a number; ``rows`` may be -1."""
    plan = result.plan
    grouping = plan.definition.method.ranking.within or EVERYTHING
    names = group_names(plan.definition, plan.table, grouping) or result.units
    known = {name: number for number, name in enumerate(sorted(set(names)))}
    numbers = np.array([*(known[name] for name in names), -1])
    return numbers[rows]
