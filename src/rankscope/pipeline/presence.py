"""Presence: which units have enough data, and which nodes have a score (conventions §1).

Judged once, on the definition's own weights, and never per draw: every draw and
every program sees the same units.
"""

from __future__ import annotations

from dataclasses import replace
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
    weights = _leaf_weights(plan)
    if screening.by == "count":
        weights = (weights > 0).astype(float)
    columns = [leaf.column for leaf in plan.leaves]
    counted = data.status[:, columns] != Status.ABSENT
    present = ~np.isnan(denominated) & counted
    total = (counted * weights).sum(axis=1)
    there = (present * weights).sum(axis=1)
    coverage = np.divide(there, total, out=np.zeros(len(total)), where=total > 0)
    known = (~np.isnan(denominated)).sum(axis=1)
    nonzero = np.divide(
        (present & (denominated != 0)).sum(axis=1), known, out=np.ones(len(total)), where=known > 0
    )
    enough = (coverage >= screening.at_least - _SLACK) & (
        nonzero >= screening.nonzero_at_least - _SLACK
    )
    units = np.array(data.units)
    kept = (enough | np.isin(units, screening.keep)) & ~np.isin(units, screening.drop)
    return coverage, kept


def _leaf_weights(plan: Plan) -> Matrix:
    """Return the definition's own effective weights of the leaves, (rows, leaves) or (1, leaves).

    They differ between rows where weights differ between periods.
    """
    given, leaves = plan.given_weights(), [leaf.node for leaf in plan.leaves]
    factors = np.ones((1, len(given))) if plan.factors is None else plan.factors
    distinct, place = np.unique(factors, axis=0, return_inverse=True)
    own = [replace(plan, fitted_weights=tuple(given * factor)) for factor in distinct]
    effective = np.array([one.effective_weights()[leaves] for one in own])
    return effective[place.ravel()]


def node_presence(
    plan: Plan, values: Matrix, ranked: Mask, idle: Mask | None = None
) -> tuple[Mask, Mask]:
    """Return which nodes have a score, (rows, nodes), and which nobody has, (nodes,).

    ``values`` are leaves of shape (rows, leaves); ``ranked`` (rows,) are the units for which a
    step may fill what is missing.  ``idle`` (nodes,) are those that nobody had on a frozen
    scale; what nobody has is missing for nobody.
    """
    weights = plan.given_weights()
    present = np.zeros((len(values), len(plan.nodes)), dtype=bool)
    nobody = np.zeros(len(plan.nodes), dtype=bool) if idle is None else idle
    for number, node in enumerate(plan.nodes):
        if not node.children:
            present[:, number] = ~np.isnan(values[:, node.leaf])
        elif any(step.method.fills for step in node.steps):
            present[:, number] = ranked
        else:
            below = _counted(plan, number)
            own = np.where(nobody[below], 0.0, weights[below] * plan.factor(below))
            present[:, number] = _enough(present[:, below], own, node.min_available)
            present[:, number] &= present[:, list(node.children)].any(axis=1)
            needed = [child for child in node.children if plan.nodes[child].spec.required]
            present[:, number] &= present[:, needed].all(axis=1)
            for step in node.steps:  # a unit without a group has no place in its scale
                present[:, number] &= step.rows.strata >= 0
        if idle is None:
            nobody[number] = not present[:, number].any()
    return present, nobody


def _counted(plan: Plan, number: int) -> list[int]:
    """Return the nodes that a node's rule counts: its children, or the indicators below it."""
    node = plan.nodes[number]
    if node.min_available.by != "indicators":
        return list(node.children)
    return [leaf for leaf in plan.below(number) if plan.nodes[leaf].weight > 0]


def _enough(present: Mask, weights: Matrix, rule: Availability) -> Mask:
    """Whether enough is present, of shape (rows,), of weights (rows, children)."""
    counting = rule.by != "weight" or rule.number is not None
    counted = (weights > 0).astype(float) if counting else weights
    total = counted.sum(axis=1)
    share = np.divide(
        (present * counted).sum(axis=1), total, out=np.zeros(len(present)), where=total > 0
    )
    if rule.number is not None:
        enough: Mask = (present * counted).sum(axis=1) >= rule.number
    else:
        enough = share >= rule.at_least - _SLACK
    return np.asarray(enough & (share > 0))
