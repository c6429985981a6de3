"""From leaves to scores, for one or many weight vectors at once.

Where a subtree is linear on one chart and a row misses none of its leaves, the
subtree is one matrix product; the rest goes node by node.  Both give the same
numbers up to rounding, which a property test asserts.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from rankscope.methods.aggregation import Chart
    from rankscope.pipeline.plan import Plan, PlanNode
    from rankscope.pipeline.prepare import Leaves
    from rankscope.shapes import Batch, Mask, Vector, Whole


def evaluate(plan: Plan, leaves: Leaves, weights: Batch | None = None) -> Batch:
    """Return the scores of all nodes, (*draws, rows, nodes); NaN where there is none.

    ``weights`` holds one number an edge, (*draws, edges), relative among
    siblings; None takes those of the definition.
    """
    given = plan.weights() if weights is None else np.asarray(weights, dtype=float)
    draws = given.reshape(-1, given.shape[-1])
    rows = np.arange(len(leaves.values))
    stacked = np.empty((len(draws), len(rows), len(plan.nodes)))
    for number, scores in enumerate(node_by_node(plan, leaves, draws, rows)):
        stacked[..., number] = scores
    return stacked.reshape(*given.shape[:-1], *stacked.shape[1:])


def evaluate_node(plan: Plan, leaves: Leaves, weights: Batch, node: int | None = None) -> Batch:
    """Return the scores of one node only, (draws, rows): the fast way for many draws.

    ``weights`` is (draws, edges); the default node is the root.
    """
    wanted = plan.root if node is None else node
    under = list(plan.below(wanted))
    complete: Mask = np.all(leaves.present[:, under], axis=1) & collapses(plan, wanted)
    full, partial = np.flatnonzero(complete), np.flatnonzero(~complete)
    parts = []
    if full.size:
        columns = [plan.nodes[leaf].leaf for leaf in under]
        parts.append(_one_product(plan, leaves, weights, wanted, full, columns))
    if partial.size:
        parts.append(node_by_node(plan, leaves, weights, partial, wanted)[wanted])
    scores = parts[0]
    if len(parts) > 1:
        scores = np.empty((len(weights), len(complete)))
        scores[:, full], scores[:, partial] = parts
    return _with_steps(plan.nodes[wanted], scores)


def collapses(plan: Plan, node: int) -> bool:
    """Whether a node's subtree has one chart and no steps below its top."""
    tops = _aggregates(plan, node)
    charts = {plan.nodes[n].aggregation.chart() for n in tops}
    inner_steps = any(plan.nodes[n].steps for n in tops if n != node)
    return len(charts) == 1 and None not in charts and not inner_steps


def leaf_shares(plan: Plan, weights: Batch, node: int) -> Batch:
    """Return effective weights of a node's leaves below it, (leaves below, draws).

    The products of normalised weights down each path; a group whose weights are
    all zero gives NaN, unless its own weight is zero too.
    """
    by_edge = np.ascontiguousarray(weights.T)  # whole edges lie together: twice as fast
    below = plan.below(node)
    place = {leaf: i for i, leaf in enumerate(below)}
    shares = np.ones((len(below), len(weights)))
    reach: dict[int, Vector] = {node: np.ones(len(weights))}
    for number in range(node, -1, -1):
        children = plan.nodes[number].children
        if number not in reach or not children:
            continue
        factor = _share_of_unit(by_edge, children, reach[number])
        for child in children:
            if child in place:
                np.multiply(by_edge[child], factor, out=shares[place[child]])
            else:
                reach[child] = by_edge[child] * factor
    return shares


def _share_of_unit(by_edge: Batch, children: tuple[int, ...], reach: Vector) -> Vector:
    """Return what one unit of weight among siblings is worth at the top, (draws,)."""
    total: Vector = by_edge[list(children)].sum(axis=0)
    with np.errstate(invalid="ignore", divide="ignore"):
        factor = reach / total
    if not total.all():
        factor[(total == 0) & (reach == 0)] = 0.0
    return factor


def node_by_node(
    plan: Plan, leaves: Leaves, weights: Batch, rows: Whole, top: int | None = None
) -> list[Batch]:
    """Return the scores of each node up to ``top`` for some rows, each (draws, rows).

    Steps of ``top`` itself are left to the caller, who knows all rows; None runs
    to the root and takes its steps too.
    """
    wanted = plan.root if top is None else top
    scores: list[Batch] = []
    for number, node in enumerate(plan.nodes[: wanted + 1]):
        if not node.children:
            scores.append(leaves.values[rows, node.leaf][None, :])
            continue
        children = np.array(node.children)
        present = leaves.present[np.ix_(rows, children)]
        own = weights[:, children]
        chart = node.aggregation.chart()
        values = [scores[child] for child in node.children]
        if chart is None:
            combined = _combine(node, values, own, present)
        else:
            combined = _charted_mean(chart, values, own, present)
        absent = ~leaves.present[rows, number]
        if absent.any():
            combined[:, absent] = np.nan
        scores.append(_with_steps(node, combined) if number != top else combined)
    return scores


def _charted_mean(chart: Chart, values: list[Batch], weights: Batch, present: Mask) -> Batch:
    """Return the weighted mean on a chart of children, each (1 or draws, rows).

    Leaves are the same in all draws, so they go together as one product; weights
    (draws, children) are normalised over the children present (rows, children).
    """
    fixed = [i for i, value in enumerate(values) if len(value) == 1]
    above, below = _sum_of_fixed(chart, values, weights, present, fixed)
    for i in sorted(set(range(len(values))) - set(fixed)):
        share = weights[:, [i]] if present[:, i].all() else weights[:, [i]] * present[:, i]
        below = below + share
        weighted = chart.forward(values[i]) * share
        if not share.all():  # a child without weight takes no part, whatever its value
            weighted[np.broadcast_to(share == 0, weighted.shape)] = 0.0
        above += weighted
    with np.errstate(invalid="ignore", divide="ignore"):
        return chart.back(np.divide(above, below, out=above))


def _sum_of_fixed(
    chart: Chart, values: list[Batch], weights: Batch, present: Mask, fixed: list[int]
) -> tuple[Batch, Batch]:
    """Return the weighted sum (draws, rows) of the children that no draw changes, and its weight.

    The weight is (draws, 1) where all are present.
    """
    if not fixed:
        return np.zeros((len(weights), len(present))), np.zeros((len(weights), 1))
    own, there = weights[:, fixed], present[:, fixed].T
    charted = chart.forward(np.concatenate([values[i] for i in fixed]))
    if there.all():
        return own @ charted, own.sum(axis=1, keepdims=True)
    return own @ np.where(there, charted, 0.0), own @ there.astype(float)


def _combine(node: PlanNode, values: list[Batch], weights: Batch, present: Mask) -> Batch:
    """Combine children, each (1 or draws, rows), by a method that has no chart."""
    stacked = np.stack(np.broadcast_arrays(*values, np.empty((len(weights), 1))), axis=-1)
    stacked = stacked[..., :-1]
    counted = weights[:, None, :] * present
    with np.errstate(invalid="ignore", divide="ignore"):
        shares = counted / counted.sum(axis=-1, keepdims=True)
    idle = shares == 0  # a child without weight takes no part, whatever its value
    return node.aggregation.combine(np.where(idle, 1.0, stacked), shares)


def _with_steps(node: PlanNode, scores: Batch) -> Batch:
    for step in node.steps:
        scores = step.transform(scores, step.fit(scores))
    return scores


def _one_product(
    plan: Plan, leaves: Leaves, weights: Batch, node: int, rows: Whole, columns: list[int]
) -> Batch:
    """Return a collapsed node's scores before its steps, (draws, rows)."""
    chart = plan.nodes[node].aggregation.chart()
    if chart is None:
        raise ValueError(plan.nodes[node].code)
    charted = chart.forward(leaves.values[np.ix_(rows, np.array(columns))])
    scores: Batch = leaf_shares(plan, weights, node).T @ charted.T
    return chart.back(scores)


def _aggregates(plan: Plan, node: int) -> list[int]:
    children = plan.nodes[node].children
    if not children:
        return []
    return [node, *(n for child in children for n in _aggregates(plan, child))]
