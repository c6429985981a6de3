"""What COINr's two tables have no place for, so that nobody takes them for the whole index."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from rankscope._words import join_words
from rankscope.data.table import Status
from rankscope.definition.fields import EXTENSIVE
from rankscope.exchange.coinr_levels import placed_nodes
from rankscope.exchange.coinr_parameters import parameters
from rankscope.findings import Finding, warning

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rankscope.data.table import DataTable
    from rankscope.definition.model import IndexDefinition

_CARRIED = frozenset({"rankscope", "name", "title", "units", "data", "context", "framework"})
_CARRIED_OF_NODES = frozenset(
    {
        *("code", "name", "weight", "polarity", "children", "column", "kind", "unit"),
        *("denominator", "per", "goalposts", "target", "year", "normalisation"),
    }
)
_STAY = "It stays in the definition alone."


def losses(definition: IndexDefinition, table: DataTable) -> tuple[Finding, ...]:
    """Return a warning for each sort of thing that is lost."""
    return tuple(
        warning("export-lost", definition.name, said, mend)
        for said, mend in (
            *_of_definition(definition),
            *_of_nodes(definition),
            *_of_values(table),
        )
    )


def _of_definition(definition: IndexDefinition) -> Iterator[tuple[str, str]]:
    given = definition.model_dump(by_alias=True, exclude_defaults=True)
    left = [key for key in given if key not in _CARRIED and key != "method"]
    if left:
        yield f"iData and iMeta have no place for {join_words(left, 'and')}.", _STAY
    preset = type(definition.method).model_validate("coinr")
    changed = [
        key
        for key in type(preset).model_fields
        if key != "normalisation" and getattr(definition.method, key) != getattr(preset, key)
    ]
    if changed:
        named = join_words((f"method.{key}" for key in changed), "and")
        said = f"{named} {'is' if len(changed) == 1 else 'are'} not COINr's default."
        yield said, "Write the steps in the R script; iData and iMeta have no place for them."
    if not parameters(definition)[1]:
        said = "No one function of COINr's normalises all indicators as the definition does."
        yield said, "Write the normalisation in the R script."
    inserted = [one.code for one in placed_nodes(definition.framework) if one.inserted]
    if inserted:
        said = f"COINr wants every parent one level up: {len(inserted)} aggregates of one child "
        yield f"{said}are put in, such as {inserted[0]}.", "They do not change a score."


def _of_nodes(definition: IndexDefinition) -> Iterator[tuple[str, str]]:
    nodes = [*definition.framework.walk()]
    given = {key for node in nodes for key in node.model_dump(exclude_defaults=True)}
    left = sorted(given - _CARRIED_OF_NODES)
    if left:
        yield f"Nodes have {join_words(left, 'and')}, for which iMeta has no column.", _STAY
    turned = [node.code for node in nodes if not node.is_indicator and node.polarity < 0]
    if turned:
        yield f"COINr ignores the Direction of aggregates: {join_words(turned, 'and')}.", ""
    leaves = definition.indicators()
    told = [one.code for one in leaves if one.denominator and one.kind not in EXTENSIVE]
    if told:
        said = f"The denominators of ratios and shares are left out: {join_words(told, 'and')}."
        yield said, "COINr would divide by them once more."
    aimed = [one for one in leaves if one.target is not None]
    if 0 < len(aimed) < len(leaves):
        yield "Targets are left out: COINr wants one for each indicator, or none.", _STAY
    years = {one.year for one in leaves}
    if years != {""} and not _is_time(years):
        yield "The years of indicators are left out: iData has one Time a row.", _STAY


def _is_time(years: set[str]) -> bool:
    """Whether all indicators are of one year, which then stands in every row."""
    return len(years) == 1 and next(iter(years)).replace(".", "", 1).isdecimal()


def _of_values(table: DataTable) -> Iterator[tuple[str, str]]:
    if table.years.any():
        yield "The years of single values are left out.", _STAY
    if (table.sources >= 0).any():
        yield "The sources of single values are left out.", _STAY
    special = {
        Status.CENSORED: "too small to be published: missing in iData.",
        Status.ABSENT: "zero because a census does not name the unit: 0 in iData.",
        Status.IMPUTED: "imputed by the source: as if observed in iData.",
    }
    for status, words in special.items():
        count = int(np.sum(table.status == status))
        if count:
            yield f"{count:,} {'value is' if count == 1 else 'values are'} {words}", ""
    wordy = [one for one in dict.fromkeys(table.periods) if not one.replace(".", "", 1).isdecimal()]
    if wordy:
        yield f"COINr wants Time to be a number, and there is {wordy[0]}.", "Number the periods."
