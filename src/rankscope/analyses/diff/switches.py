"""The switches between two editions: which parts of a definition belong to which player."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rankscope.analyses.diff.side import Side
    from rankscope.definition.model import IndexDefinition, Node

DATA, UNITS, FRAMEWORK = "data", "units", "framework"
METHODS, WEIGHTS, AGGREGATION = "methods", "weights", "aggregation"

PLAYERS = {
    DATA: "Data",
    UNITS: "Units that entered or left",
    FRAMEWORK: "Indicators and tree",
    METHODS: "Treatment and normalisation",
    WEIGHTS: "Weights",
    AGGREGATION: "Aggregation",
}
"""All players, by their codes, with their names in print."""

FRAMEWORK_OF_NODE = ("polarity", "kind", "denominator", "per")
METHODS_OF_NODE = (
    "imputation", "treatment", "normalisation", "goalposts", "target", "min_available",
    "required", "steps",
)  # fmt: skip
WEIGHTS_OF_NODE = ("weight", "weights_by", "group_weights")
"""What a node says of its weight among its siblings."""

METHODS_OF_INDEX = (
    "screening", "min_available", "imputation", "treatment", "normalisation", "base_units",
    "indicator_steps", "aggregate_steps", "ranking",
)  # fmt: skip
AGGREGATION_OF_INDEX = ("aggregation", "aggregation_by_level")
WEIGHTS_OF_VIEWS = ("scale", "intensity")
METHODS_OF_VIEWS = ("scale_treatment", "rank_intensity_from")


@dataclass(frozen=True, slots=True, eq=False)
class Matched:
    """What two editions have in common.

    ``nodes`` are the codes in both, of aggregates or of indicators in both; ``groups`` those
    of aggregates with the same children in both; ``units`` the codes in both tables.
    """

    nodes: frozenset[str]
    groups: frozenset[str]
    units: frozenset[str]


def matched(old: Side, new: Side) -> Matched:
    """Return what two editions have in common; nodes, columns and units go by their codes."""
    before, after = old.nodes, new.nodes
    nodes = frozenset(
        code
        for code, node in before.items()
        if code in after and node.is_indicator == after[code].is_indicator
    )
    groups = frozenset(
        code
        for code in nodes
        if before[code].children
        and {*children_of(before[code])} == {*children_of(after[code])} <= nodes
    )
    return Matched(nodes, groups, frozenset(old.table.units) & frozenset(new.table.units))


def children_of(node: Node) -> tuple[str, ...]:
    """Return the codes of a node's children, in their order."""
    return tuple(child.code for child in node.children)


def variables_of(definition: IndexDefinition) -> set[str]:
    """Return the codes of the columns that a definition can use."""
    indicators = {one.code for one in definition.indicators()}
    return indicators | {one.code for one in definition.context}
