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
from rankscope.definition.fields import EXTENSIVE, RELATIVE
from rankscope.definition.model import Availability
from rankscope.definition.ranges import aggregation_of, score_range, steps_of
from rankscope.errors import BindError
from rankscope.findings import Finding, raise_errors
from rankscope.methods.base import PERIOD
from rankscope.methods.steps import Linear, Mirror
from rankscope.methods.weighting import Given
from rankscope.pipeline.conflicts import conflicts, screened_out
from rankscope.pipeline.fitting import PlacedStep, placed_step
from rankscope.pipeline.groups import group_names

if TYPE_CHECKING:
    from rankscope.data.table import DataTable
    from rankscope.definition.fields import Weights
    from rankscope.definition.model import IndexDefinition, MethodSpec, Node
    from rankscope.methods.aggregation import Aggregation
    from rankscope.methods.base import Stage
    from rankscope.methods.imputation import Imputation
    from rankscope.methods.normalisation import Normalisation
    from rankscope.methods.treatment import Treatment
    from rankscope.methods.weighting import Weighting
    from rankscope.shapes import Mask, Matrix, Vector, Whole

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
    weighting: Weighting
    aggregation: Aggregation
    min_available: Availability
    steps: tuple[PlacedStep, ...]
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
    steps: tuple[Stage, ...]


@dataclass(frozen=True, slots=True)
class Plan:
    """Definition and table, compiled; every analysis is a loop over prepare and evaluate.

    ``fitted_weights`` are those derived from data, one an edge, once they are known;
    ``factors`` (rows, edges) say how weights differ between periods and groups of units,
    None if they do not.
    """

    definition: IndexDefinition
    table: DataTable
    nodes: tuple[PlanNode, ...]
    leaves: tuple[PlanLeaf, ...]
    findings: tuple[Finding, ...]
    fitted_weights: tuple[float, ...] | None = None
    factors: Matrix | None = None

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
        published = self.given_weights()
        if self.fitted_weights is not None:
            published = np.array(self.fitted_weights)
        if view == HEADLINE:
            return published
        own = np.array([node.side in ("", view) for node in self.nodes[:-1]])
        sided = np.array([node.side != "" for node in self.nodes[:-1]])
        return np.where(sided, np.where(own, 1.0, 0.0), published)

    def of_rows(self, rows: Whole) -> Plan:
        """Return the plan of some rows; steps keep the groups that they were placed in."""
        return replace(
            self,
            table=replace(self.table.of_rows(rows), periods=()),
            nodes=tuple(
                replace(node, steps=tuple(step.of_rows(rows) for step in node.steps))
                for node in self.nodes
            ),
            factors=None if self.factors is None else self.factors[rows],
        )

    def given_weights(self) -> Vector:
        """Return the weights before any are derived from data, one an edge, (edges,)."""
        return np.array([node.weight for node in self.nodes[:-1]])

    def factor(self, edges: list[int]) -> Matrix:
        """Return by how much the weights of some edges differ in each row, (rows, these edges)."""
        if self.factors is None:
            return np.ones((len(self.table.units), len(edges)))
        return self.factors[:, edges]

    def rankable(self, view: str = HEADLINE) -> Mask:
        """Return which rows take part in the ranks of a view, of shape (rows,)."""
        views = self.definition.views
        threshold = views.rank_intensity_from if views and view == INTENSITY else None
        unranked = np.isin(np.array(self.table.units), self.definition.units.unranked)
        if threshold is None:
            return ~unranked
        return ~unranked & (self.table.column(threshold.variable) >= threshold.at_least)

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
                total = weights[children].sum() if self.nodes[number].aggregation.shares else 1.0
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
    scope = Scope(definition, table, frozenset(screened_out(definition, table)))
    nodes = _linked(_flatten(definition.framework, scope, 0))
    leaves = tuple(
        _leaf(number, node, definition, table)
        for number, node in enumerate(nodes)
        if not node.children
    )
    return Plan(definition, table, nodes, leaves, findings, factors=_factors(nodes, scope))


@dataclass(frozen=True, slots=True)
class Scope:
    """What nodes are compiled from; ``out`` are the codes of indicators that do not count."""

    definition: IndexDefinition
    table: DataTable
    out: frozenset[str]

    def placed(self, steps: tuple[Stage, ...]) -> tuple[PlacedStep, ...]:
        """Return steps with the groups of rows that each is fitted in."""
        return tuple(placed_step(self.definition, self.table, one) for one in steps)


def _flatten(spec: Node, scope: Scope, level: int) -> list[PlanNode]:
    """Return a node and all below it, children first, children numbered from 0 in this list."""
    if spec.is_indicator:
        return _indicator(spec, scope)
    nodes: list[PlanNode] = []
    children = []
    for child, weight in zip(spec.children, _weights(spec, scope), strict=True):
        before = len(nodes)
        below = [_shifted(node, before) for node in _flatten(child, scope, level + 1)]
        nodes += [*below[:-1], replace(below[-1], weight=weight)]
        children.append(len(nodes) - 1)
    steps = steps_of(scope.definition, spec) + _mirror(spec, scope, level)
    return [*nodes, _node(spec, scope, level=level, children=tuple(children), steps=steps)]


def _weights(spec: Node, scope: Scope) -> list[float]:
    """Return the weights of a node's children, as far as they need no data."""
    weighting = spec.weighting or scope.definition.method.weights
    name = weighting.set if isinstance(weighting, Given) else None
    sets = {one.name: dict(one.weights) for one in scope.definition.weight_sets}
    chosen = sets.get(name or "", {})
    given = np.array([chosen.get(child.code, child.weight) for child in spec.children])
    if not weighting.needs_data:
        given = weighting.fit(np.empty((0, len(given))), given)
    counts = [child.code not in scope.out for child in spec.children]
    return [float(weight) for weight in np.where(counts, given, 0.0)]


def _mirror(spec: Node, scope: Scope, level: int) -> tuple[Stage, ...]:
    """Return what turns an aggregate of polarity -1 round on its scale."""
    if spec.polarity > 0:
        return ()
    low, high = score_range(scope.definition, spec, level)
    return (Mirror(around=(low, high)) if np.isfinite(low + high) else Linear(factor=-1.0),)


def _indicator(spec: Node, scope: Scope) -> list[PlanNode]:
    """Return an indicator: one leaf, or two under a node where both views see it differently."""
    views = scope.definition.views
    if views is None or not spec.has_two_sides:
        return [_node(spec, scope)]
    return [
        _node(spec, scope, side=SCALE, weight=views.scale),
        _node(spec, scope, side=INTENSITY, weight=views.intensity),
        replace(_node(spec, scope, children=(0, 1)), min_available=_BOTH_SIDES),
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


def _factors(nodes: tuple[PlanNode, ...], scope: Scope) -> Matrix | None:
    """Return how weights differ between rows, of shape (rows, edges); None if they do not."""
    factors = np.ones((len(scope.table.units), len(nodes) - 1))
    for edge, node in enumerate(nodes[:-1]):
        for grouping, weights in _differing(node):
            names = group_names(scope.definition, scope.table, grouping)
            own = dict(weights)
            factors[:, edge] *= [
                own.get(name, node.spec.weight) / node.spec.weight for name in names or ()
            ] or 1.0
    return None if (factors == 1).all() else factors


def _differing(node: PlanNode) -> list[tuple[str, Weights]]:
    """Return the groupings in which a node's weight differs, with the weights."""
    if node.side:
        return []
    spec = node.spec
    groupings = ((PERIOD, spec.period_weights), (spec.weights_by, spec.group_weights))
    return [(grouping, weights) for grouping, weights in groupings if grouping and weights]


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
        steps=steps_of(definition, spec),
    )


def _general_rule(method: MethodSpec, aggregation: Aggregation) -> Availability:
    """Return how much must be present where a node does not say.

    All of it, unless the method says otherwise, where weights are no shares: what is
    missing in a sum has no weight to hand over, and would count as zero.
    """
    rule = method.min_available
    return rule if aggregation.shares or rule != Availability() else Availability(at_least=1.0)


def _node(
    spec: Node,
    scope: Scope,
    *,
    level: int = 0,
    children: tuple[int, ...] = (),
    side: str = "",
    weight: float = 1.0,
    steps: tuple[Stage, ...] = (),
) -> PlanNode:
    """Return a node; an indicator's own steps are part of its leaf."""
    method = scope.definition.method
    two_sides = bool(children) and spec.is_indicator
    aggregation = method.aggregation
    if not two_sides:
        aggregation = aggregation_of(scope.definition, spec, level)
    return PlanNode(
        code=f"{spec.code}.{side}" if side else spec.code,
        spec=spec,
        parent=-1,
        children=children,
        weight=weight,
        weighting=Given() if two_sides else spec.weighting or method.weights,
        aggregation=aggregation,
        min_available=spec.min_available or _general_rule(method, aggregation),
        steps=scope.placed(steps),
        side=side,
    )
