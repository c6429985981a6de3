"""The compiled index: definition and table bound together, before a number is computed.

Nodes stand in a row, children before parents, so that a node's number is also the
number of the edge to its parent and one vector of weights says everything about a
view, a draw or a dropped indicator.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from rankscope.data.table import DataTable
    from rankscope.definition.model import Availability, IndexDefinition, Node
    from rankscope.findings import Finding
    from rankscope.methods.aggregation import Aggregation
    from rankscope.methods.base import Stage
    from rankscope.methods.imputation import Imputation
    from rankscope.methods.normalisation import Normalisation
    from rankscope.methods.treatment import Treatment
    from rankscope.methods.weighting import Weighting
    from rankscope.pipeline.fitting import PlacedStep
    from rankscope.shapes import Mask, Matrix, Vector, Whole

HEADLINE = "headline"
SCALE = "scale"
INTENSITY = "intensity"


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
