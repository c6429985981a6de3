"""A definition with other weights: its text, cut where a weight stands."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from rankscope.definition.write import definition_text

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from rankscope.definition.model import IndexDefinition
    from rankscope.definition.node import Node
    from rankscope.pipeline.plan import Plan

_MARK = 7_301_000_000
"""A weight that nobody gives; the place of a node in the framework is added to it."""

_MARKED = re.compile(rf"\b{_MARK // 1_000_000}(\d{{6}})(?:\.0)?\b")


def with_weights(definition: IndexDefinition, weights: Mapping[str, float]) -> IndexDefinition:
    """Return the definition with other weights for the nodes that are named by their codes."""
    return _reweighted(definition, lambda node: weights.get(node.code, node.weight))


def alone(definition: IndexDefinition) -> IndexDefinition:
    """Return the definition without what lies in files of its own: facts, ties, published tables.

    Scenarios that act along ties go with them.
    """
    scenarios = tuple(
        scenario
        for scenario in definition.scenarios
        if not any(change.ties_used() for change in scenario.changes)
    )
    data = definition.data.model_copy(update={"facts": None})
    changed = {"data": data, "ties": (), "scenarios": scenarios, "published": None}
    return definition.model_copy(update=changed)


def template_of(definition: IndexDefinition, plan: Plan) -> list[str | int]:
    """Return the text of the definition file in pieces; a number stands for that edge's weight.

    The pieces joined, with the weights of the plan between them, are the definition.
    """
    edges = {
        node.code: number
        for number, node in reversed(list(enumerate(plan.nodes[:-1])))
        if not node.side and not plan.nodes[node.parent].weighting.needs_data
    }
    marked = _reweighted(
        definition,
        lambda node: float(_MARK + edges[node.code]) if node.code in edges else node.weight,
    )
    pieces = _MARKED.split(definition_text(marked))
    return [int(piece) if at % 2 else piece for at, piece in enumerate(pieces)]


def _reweighted(definition: IndexDefinition, weight: Callable[[Node], float]) -> IndexDefinition:
    def changed(node: Node, root: bool = False) -> Node:
        own = {} if root else {"weight": weight(node)}
        children = tuple(changed(child) for child in node.children)
        return node.model_copy(update={**own, "children": children})

    return definition.model_copy(update={"framework": changed(definition.framework, root=True)})
