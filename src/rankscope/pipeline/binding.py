"""Binding: an index compiled from definition and table, or all conflicts between them told.

The framework is flattened into nodes, children before parents.
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
from rankscope.findings import raise_errors
from rankscope.methods.base import PERIOD
from rankscope.methods.steps import Linear, Mirror
from rankscope.methods.weighting import Given
from rankscope.pipeline.conflicts import conflicts, screened_out
from rankscope.pipeline.fitting import PlacedStep, placed_step
from rankscope.pipeline.groups import group_names
from rankscope.pipeline.plan import INTENSITY, SCALE, Plan, PlanLeaf, PlanNode

if TYPE_CHECKING:
    from rankscope.data.table import DataTable
    from rankscope.definition.fields import Weights
    from rankscope.definition.model import IndexDefinition, MethodSpec, Node
    from rankscope.methods.aggregation import Aggregation
    from rankscope.methods.base import Stage
    from rankscope.shapes import Matrix

_BOTH_SIDES = Availability(by="count", at_least=1.0)
"""All views then see the same figures: what has no denominator counts in none of them."""


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
