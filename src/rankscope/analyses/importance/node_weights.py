"""Weights of nodes over some rows: among siblings, and from any node down."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from rankscope.pipeline.plan import Plan
    from rankscope.shapes import Vector, Whole


def edge_factors(plan: Plan, rows: Whole) -> Vector:
    """Return by how much the weight of each edge differs in some rows, on average, (edges,)."""
    edges = list(range(plan.root))
    return plan.factor(edges)[rows].mean(axis=0) if rows.size else np.ones(plan.root)


def own_shares(plan: Plan, view: str, rows: Whole) -> Vector:
    """Return the weight of each node among its siblings, (nodes,); 1 for the root."""
    weights = np.append(plan.weights(view) * edge_factors(plan, rows), 1.0)
    shares = weights.copy()
    for node in plan.nodes:
        children = list(node.children)
        total = weights[children].sum()
        if children and node.aggregation.shares:
            shares[children] = weights[children] / total if total > 0 else 0.0
    return shares


def shares_below(plan: Plan, own: Vector, top: int) -> Vector:
    """Return the product of shares from a node down to each node below it, (nodes,)."""
    found = np.zeros(len(plan.nodes))
    found[top] = 1.0
    for number in range(top, -1, -1):
        children = list(plan.nodes[number].children)
        found[children] = found[number] * own[children]
    return found
