"""Presence: which units have enough data, and which nodes have a score (conventions §1).

Judged once, on the definition's own weights, and never per draw: every draw and
every program sees the same units.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from rankscope.data.table import Status

if TYPE_CHECKING:
    from rankscope.data.table import DataTable
    from rankscope.definition.model import Availability
    from rankscope.pipeline.plan import Plan
    from rankscope.shapes import Mask, Matrix, Vector

_SLACK = 1e-12
"""So that two thirds of three equal weights count as at least 2/3."""


def covered(plan: Plan, data: DataTable, denominated: Matrix) -> tuple[Vector, Mask]:
    """Return each unit's share of data present, of shape (rows,), and whether it is enough.

    Zeros read from a complete census count neither way: that nobody looked at a
    unit must not look like knowledge about it.
    """
    screening = plan.definition.method.screening
    effective = plan.effective_weights()
    weights = np.array([effective[leaf.node] for leaf in plan.leaves])
    if screening.by == "count":
        weights = (weights > 0).astype(float)
    columns = [leaf.column for leaf in plan.leaves]
    counted = data.status[:, columns] != Status.ABSENT
    present = ~np.isnan(denominated) & counted
    total = counted @ weights
    coverage = np.divide(present @ weights, total, out=np.zeros(len(total)), where=total > 0)
    return coverage, coverage >= screening.at_least - _SLACK


def node_presence(plan: Plan, values: Matrix) -> Mask:
    """Return which nodes have a score, (rows, nodes), from leaves of shape (rows, leaves)."""
    weights = plan.weights()
    present = np.zeros((len(values), len(plan.nodes)), dtype=bool)
    for number, node in enumerate(plan.nodes):
        if node.children:
            children = list(node.children)
            own = weights[children]
            present[:, number] = _enough(present[:, children], own, node.min_available)
        else:
            present[:, number] = ~np.isnan(values[:, node.leaf])
    return present


def _enough(present: Mask, weights: Vector, rule: Availability) -> Mask:
    """Whether enough children are present, of shape (rows,), of (rows, children)."""
    counted = (weights > 0).astype(float) if rule.by == "count" else weights
    total = counted.sum()
    share = present @ counted / total if total > 0 else np.zeros(len(present))
    return (share >= rule.at_least - _SLACK) & (share > 0)
