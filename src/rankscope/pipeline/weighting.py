"""Weights that are derived from data: fitted from the leaves up, then frozen (conventions §4.7)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rankscope.errors import MethodError
from rankscope.pipeline.evaluate import evaluate

if TYPE_CHECKING:
    from rankscope.pipeline.leaves import Leaves
    from rankscope.pipeline.plan import Plan
    from rankscope.shapes import Vector


def fitted_weights(plan: Plan, leaves: Leaves) -> Vector:
    """Return the weights of all edges, of shape (edges,), with those derived from data filled in.

    Children come before parents: what a node's children score depends on the weights
    below them.

    Raises
    ------
    MethodError
        When a node's scores allow no weights, naming the node.
    """
    weights = plan.given_weights()
    for node in plan.nodes:
        if not (node.children and node.weighting.needs_data):
            continue
        children = list(node.children)
        counting = [child for child in children if weights[child] > 0]
        scores = evaluate(plan, leaves, weights)[:, counting]
        try:
            weights[counting] = node.weighting.fit(scores, weights[counting])
        except MethodError as refused:
            names = ", ".join(plan.nodes[child].code for child in counting)
            raise MethodError(f"{node.code} ({names}): {refused}") from None
    return weights
