"""The compiled index: definition and table bound together, before a number is computed.

``bind`` flattens the framework into nodes, children before parents, so that a
node's number is also the number of the edge to its parent and one vector of
weights says everything about a view, a draw or a dropped indicator.
"""

from __future__ import annotations

import itertools
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from rankscope.definition.check import check_definition
from rankscope.definition.model import EXTENSIVE, RELATIVE, Availability
from rankscope.errors import BindError
from rankscope.findings import Finding, raise_errors
from rankscope.pipeline.conflicts import conflicts

if TYPE_CHECKING:
    from rankscope.data.table import DataTable
    from rankscope.definition.model import IndexDefinition, Node
    from rankscope.methods.aggregation import Aggregation
    from rankscope.methods.imputation import Imputation
    from rankscope.methods.normalisation import Normalisation
    from rankscope.methods.steps import Step
    from rankscope.methods.treatment import Treatment
    from rankscope.shapes import Mask, Vector

HEADLINE = "headline"
SCALE = "scale"
INTENSITY = "intensity"

_BOTH_SIDES = Availability(by="count", at_least=1.0)
"""All views then see the same figures: what has no denominator counts in none of them."""


@dataclass(frozen=True, slots=True)
class PlanNode:
    """A node of the compiled tree.

    ``side`` tells the two faces of one count or amount apart; ``leaf`` is its
    column in the leaves, -1 for aggregates; ``parent`` is -1 for the root.
    """

    code: str
    spec: Node
    parent: int
    children: tuple[int, ...]
    weight: float
    aggregation: Aggregation
    min_available: Availability
    steps: tuple[Step, ...]
    side: str = ""
    leaf: int = -1

    @property
    def name(self) -> str:
        """Return what the node is called in print."""
        return f"{self.spec.name} ({self.side})" if self.side else self.spec.name


@dataclass(frozen=True, slots=True)
class PlanLeaf:
    """A column of the leaves: where its raw values are and which methods hold for it.

    ``divisor`` and ``multiplier`` are columns of the table, -1 for none.
    """

    node: int
    spec: Node
    column: int
    divisor: int
    multiplier: int
    imputation: Imputation
    treatment: Treatment
    normalisation: Normalisation


@dataclass(frozen=True, slots=True)
class Plan:
    """Definition and table, compiled; every analysis is a loop over prepare and evaluate."""

    definition: IndexDefinition
    table: DataTable
    nodes: tuple[PlanNode, ...]
    leaves: tuple[PlanLeaf, ...]
    findings: tuple[Finding, ...]

    @property
    def root(self) -> int:
        """Return the number of the root: the last node."""
        return len(self.nodes) - 1

    @property
    def views(self) -> tuple[str, ...]:
        """Return the names of the views; only the headline where the index has no views."""
        return (HEADLINE, SCALE, INTENSITY) if self.definition.views else (HEADLINE,)

    def node(self, code: str) -> int:
        """Return the number of a node by its code.

        Raises
        ------
        KeyError
            When no node has this code.
        """
        for number, node in enumerate(self.nodes):
            if node.code == code:
                return number
        raise KeyError(code)

    def weights(self, view: str = HEADLINE) -> Vector:
        """Return the weights of a view, one an edge, of shape (edges,); the other side has 0."""
        published = np.array([node.weight for node in self.nodes[:-1]])
        if view == HEADLINE:
            return published
        own = np.array([node.side in ("", view) for node in self.nodes[:-1]])
        sided = np.array([node.side != "" for node in self.nodes[:-1]])
        return np.where(sided, np.where(own, 1.0, 0.0), published)

    def rankable(self, view: str = HEADLINE) -> Mask:
        """Return which rows take part in the ranks of a view, of shape (rows,)."""
        views = self.definition.views
        threshold = views.rank_intensity_from if views and view == INTENSITY else None
        if threshold is None:
            return np.ones(len(self.table.units), dtype=bool)
        return self.table.column(threshold.variable) >= threshold.at_least

    def below(self, node: int) -> tuple[int, ...]:
        """Return the numbers of a node's leaves, from left to right."""
        if not self.nodes[node].children:
            return (node,)
        return tuple(leaf for child in self.nodes[node].children for leaf in self.below(child))

    def subtree(self, node: int) -> range:
        """Return the numbers of a node and all below it, itself last: they follow each other."""
        return range(self.below(node)[0], node + 1)

    def effective_weights(self, view: str = HEADLINE) -> Vector:
        """Return the product of normalised weights down to each node, of shape (nodes,)."""
        weights = self.weights(view)
        effective = np.ones(len(self.nodes))
        for number in range(self.root, -1, -1):
            children = list(self.nodes[number].children)
            if children:
                total = weights[children].sum()
                shares = weights[children] / total if total > 0 else np.zeros(len(children))
                effective[children] = effective[number] * shares
        return effective


def bind(definition: IndexDefinition, table: DataTable) -> Plan:
    """Compile an index, or report all conflicts between definition and table together.

    Raises
    ------
    BindError
        With one line for each conflict and its remedy.
    """
    findings = (*check_definition(definition), *conflicts(definition, table))
    raise_errors(findings, BindError)
    nodes = _linked(_flatten(definition.framework, definition))
    leaves = tuple(
        _leaf(number, node, definition, table)
        for number, node in enumerate(nodes)
        if not node.children
    )
    return Plan(definition, table, nodes, leaves, findings)


def _flatten(spec: Node, definition: IndexDefinition) -> list[PlanNode]:
    """Return a node and all below it, children first, children numbered from 0 in this list."""
    if spec.is_indicator:
        return _indicator(spec, definition)
    nodes: list[PlanNode] = []
    children = []
    for child in spec.children:
        before = len(nodes)
        nodes += [_shifted(node, before) for node in _flatten(child, definition)]
        children.append(len(nodes) - 1)
    return [*nodes, _node(spec, definition, children=tuple(children))]


def _indicator(spec: Node, definition: IndexDefinition) -> list[PlanNode]:
    """Return an indicator: one leaf, or two under a node where both views see it differently."""
    views = definition.views
    if views is None or not spec.has_two_sides:
        return [_node(spec, definition)]
    return [
        _node(spec, definition, side=SCALE, weight=views.scale),
        _node(spec, definition, side=INTENSITY, weight=views.intensity),
        _node(spec, definition, children=(0, 1), min_available=_BOTH_SIDES),
    ]


def _shifted(node: PlanNode, by: int) -> PlanNode:
    return replace(node, children=tuple(child + by for child in node.children))


def _linked(nodes: list[PlanNode]) -> tuple[PlanNode, ...]:
    """Fill in each node's parent and, for leaves, its column."""
    parents = {child: number for number, node in enumerate(nodes) for child in node.children}
    columns = itertools.count()
    return tuple(
        replace(
            node,
            parent=parents.get(number, -1),
            leaf=-1 if node.children else next(columns),
        )
        for number, node in enumerate(nodes)
    )


def _leaf(number: int, node: PlanNode, definition: IndexDefinition, table: DataTable) -> PlanLeaf:
    spec, method, views = node.spec, definition.method, definition.views
    treatment = spec.treatment or method.treatment
    if views and node.side == SCALE:
        treatment = views.scale_treatment
    other = table.columns.index(spec.denominator) if spec.denominator else -1
    return PlanLeaf(
        node=number,
        spec=spec,
        column=table.columns.index(spec.code),
        divisor=other if spec.kind in EXTENSIVE and node.side != SCALE else -1,
        multiplier=other if spec.kind in RELATIVE and node.side == SCALE else -1,
        imputation=spec.imputation or method.imputation,
        treatment=treatment,
        normalisation=spec.normalisation or method.normalisation,
    )


def _node(
    spec: Node,
    definition: IndexDefinition,
    *,
    children: tuple[int, ...] = (),
    side: str = "",
    weight: float | None = None,
    min_available: Availability | None = None,
) -> PlanNode:
    method = definition.method
    own = 1.0 if method.weights == "equal" else spec.weight
    return PlanNode(
        code=f"{spec.code}.{side}" if side else spec.code,
        spec=spec,
        parent=-1,
        children=children,
        weight=own if weight is None else weight,
        aggregation=spec.aggregation or method.aggregation,
        min_available=min_available or spec.min_available or method.min_available,
        steps=spec.steps,
        side=side,
    )
