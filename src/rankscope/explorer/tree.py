"""The tree as a page evaluates it: which nodes take live weights, and why the others do not."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from rankscope.methods.aggregation import Identity, Logarithm, Power
from rankscope.pipeline.plan import HEADLINE
from rankscope.pipeline.ranks import ranking_of

if TYPE_CHECKING:
    from typing import Any

    from rankscope.methods.aggregation import Chart
    from rankscope.pipeline.plan import Plan, PlanNode
    from rankscope.pipeline.result import Result
    from rankscope.shapes import Vector


def tree_of(result: Result) -> dict[str, Any]:
    """Return what ``evaluate.js`` needs: nodes, leaves, presence, weights and the rule of ranks.

    A node that takes no live weights brings its scores in each view (``fixed``), and all below
    it keep their weights.  ``present`` holds a text of 0 and 1 for each node, one a row.
    """
    plan, leaves = result.plan, result.leaves
    held = _held(plan)
    return {
        "nodes": [_node(plan, number, held[number]) for number in range(len(plan.nodes))],
        "values": [numbers(column) for column in leaves.values.T],
        "present": ["".join("01"[one] for one in column) for column in leaves.present.T * 1],
        "fixed": {
            str(number): [numbers(result.scores[at, :, number]) for at in range(len(plan.views))]
            for number, why in enumerate(held)
            if why and plan.nodes[number].children
        },
        "weights": [numbers(plan.weights(view)) for view in plan.views],
        "rule": _rule(plan),
    }


def why_held(plan: Plan, number: int) -> str:
    """Say why the children of a node take no live weights; empty where they do."""
    node = plan.nodes[number]
    if _written(node.aggregation.chart()) is None:
        return f"its method ({node.aggregation.name}) is not a weighted mean"
    if node.steps:
        names = ", ".join(step.method.name for step in node.steps)
        return f"its score goes through further steps ({names})"
    if node.weighting.needs_data:
        return f"its weights are derived from the data ({node.weighting.name})"
    if (plan.factor(list(node.children)) != 1).any():
        return "its weights differ between groups of units"
    return ""


def numbers(values: Vector) -> list[float | None]:
    """Return numbers for JSON, with None for what is missing; -0 and 0 are one."""
    return [float(one) + 0.0 if np.isfinite(one) else None for one in values]


def _held(plan: Plan) -> list[str]:
    """Return for each node why its children take no live weights, from itself or from above."""
    held = [why_held(plan, number) if node.children else "" for number, node in _numbered(plan)]
    for number, node in reversed(list(_numbered(plan))):
        for child in node.children:
            if held[number] and plan.nodes[child].children:
                held[child] = held[child] or f"{node.name} above it is held: {held[number]}"
    return held


def _numbered(plan: Plan) -> enumerate[PlanNode]:
    return enumerate(plan.nodes)


def _node(plan: Plan, number: int, held: str) -> dict[str, Any]:
    node = plan.nodes[number]
    return {
        "code": node.code,
        "name": node.name,
        "parent": node.parent,
        "children": list(node.children),
        "leaf": node.leaf,
        "side": node.side,
        "chart": _written(node.aggregation.chart()) if node.children else None,
        "method": node.aggregation.name if node.children else "",
        "shares": node.aggregation.shares,
        "held": held,
    }


def _written(chart: Chart | None) -> dict[str, Any] | None:
    """Return a chart as the page knows it; None for one that it does not know."""
    match chart:
        case Identity():
            return {"kind": "identity"}
        case Logarithm(zeros=zeros):
            return {"kind": "log", "zeros": zeros}
        case Power(power=power, zeros=zeros):
            return {"kind": "power", "power": power, "zeros": zeros}
        case _:
            return None


def _rule(plan: Plan) -> dict[str, Any]:
    """Return how ranks are taken; ``rivals`` has, for each view, the number of a row's group."""
    rule = plan.definition.method.ranking
    return {
        "best": rule.best,
        "ties": rule.ties,
        "decimals": rule.decimals,
        "tolerance": rule.tolerance,
        "rivals": [_rivals(plan, view) for view in plan.views],
        "headline": plan.views.index(HEADLINE),
    }


def _rivals(plan: Plan, view: str) -> list[int]:
    rows = len(plan.table.units)
    groups = ranking_of(plan, view).rivals
    if groups is None:
        return [0] * rows
    found = np.full(rows, -1)
    for number, group in enumerate(groups):
        found[group] = number
    return [int(one) for one in found]
