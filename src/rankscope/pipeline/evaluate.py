"""From leaves to scores, for one or many weight vectors at once.

Where a subtree is linear on one chart and a row misses none of its leaves, the
subtree is one matrix product; the rest goes node by node.  Both give the same
numbers up to rounding, which a property test asserts.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from rankscope.methods.aggregation import Identity
from rankscope.pipeline.branch import Branch, branches_of, with_steps

if TYPE_CHECKING:
    from rankscope.methods.aggregation import Chart
    from rankscope.pipeline.plan import Plan, PlanNode
    from rankscope.pipeline.prepare import Leaves
    from rankscope.shapes import Batch, Mask, Matrix, Vector, Whole


def evaluate(plan: Plan, leaves: Leaves, weights: Batch | None = None) -> Batch:
    """Return the scores of all nodes, (*draws, rows, nodes); NaN where there is none.

    ``weights`` holds one number an edge, (*draws, edges), relative among
    siblings; None takes those of the definition.  A node whose children all have
    weight 0 takes no part and has no score in that draw.
    """
    given = plan.weights() if weights is None else np.asarray(weights, dtype=float)
    rows = np.arange(len(leaves.values))
    branches = branches_of(plan, leaves, rows, plan.root)
    sums = _sums(branches, given.reshape(-1, given.shape[-1]))
    stacked = np.empty((sums.by_edge.shape[1], len(rows), len(plan.nodes)))
    stacked[..., [leaf.node for leaf in plan.leaves]] = leaves.values
    scores = _climb(branches, sums)
    for branch, idle in zip(branches, sums.idle, strict=True):
        stacked[..., branch.number] = branch.shown(scores[branch.number])
        stacked[idle, :, branch.number] = np.nan
    return stacked.reshape(*given.shape[:-1], *stacked.shape[1:])


def evaluate_node(plan: Plan, leaves: Leaves, weights: Batch, node: int | None = None) -> Batch:
    """Return the scores of one node only, (draws, rows).

    ``weights`` is (draws, edges); the default node is the root.  Who has many
    batches of weights calls `compile_node` once.
    """
    return compile_node(plan, leaves, node).scores(weights)


def collapses(plan: Plan, node: int) -> bool:
    """Whether a node's subtree has one chart and no steps below its top."""
    aggregates = _aggregates(plan, node)
    charts = {one.aggregation.chart() for one in aggregates}
    stepped = any(one.steps for one in aggregates[:-1])
    return len(charts) < 2 and None not in charts and not stepped


def compile_node(plan: Plan, leaves: Leaves, node: int | None = None) -> Compiled:
    """Return a node made ready for many draws; the default is the root."""
    top = plan.root if node is None else node
    under = plan.below(top)
    absent = ~leaves.present[:, top]
    whole = leaves.present[:, under[0] : top + 1].all(axis=1)
    full = (whole | absent) & collapses(plan, top)
    branches = branches_of(plan, leaves, np.flatnonzero(~full), top)
    chart = plan.nodes[top].aggregation.chart() if branches else Identity()
    values = leaves.values[full][:, [plan.nodes[leaf].leaf for leaf in under]]
    values = np.where(absent[full, None], 1.0, values).T
    return Compiled(
        node=plan.nodes[top],
        branches=(*branches[:-1], *(replace(branch, steps=()) for branch in branches[-1:])),
        column=plan.nodes[under[0]].leaf,
        chart=chart,
        values=np.ascontiguousarray(chart.forward(values) if chart else values),
        order=np.argsort(np.argsort(~full, kind="stable")),
        absent=absent,
    )


@dataclass(frozen=True, slots=True)
class Compiled:
    """A node of an index, ready for many draws.

    ``values`` (leaves, full rows), from the leaf ``column`` on, are on the node's
    ``chart``: of rows that miss nothing, in a subtree that collapses into one
    product.  The other rows go through the ``branches``.  ``order`` (rows,) brings
    both together, full rows first; ``absent`` (rows,) says who has no score.
    """

    node: PlanNode
    branches: tuple[Branch, ...]
    column: int
    chart: Chart | None
    values: Matrix
    order: Whole
    absent: Mask

    def scores(self, weights: Batch) -> Batch:
        """Return the node's scores, (draws, rows), for weights (draws, edges)."""
        sums = _sums(self.branches, weights)
        full = self.values.shape[1]
        if full == self.order.size:
            scores = self._product(sums)
        elif full == 0:
            scores = _climb(self.branches, sums)[self.branches[-1].number]
        else:
            climbed = _climb(self.branches, sums)[self.branches[-1].number]
            scores = np.hstack([self._product(sums), climbed]).take(self.order, axis=1)
        if self.absent.any():
            scores[:, self.absent] = np.nan
        for idle in sums.idle[-1:]:
            scores[idle] = np.nan
        return with_steps(self.node.steps, scores)

    def _product(self, sums: Sums) -> Batch:
        """Return the scores of the full rows, (draws, full rows)."""
        scores: Batch = self.shares(sums).T @ self.values
        return self.chart.back(scores) if self.chart else scores

    def shares(self, sums: Sums) -> Batch:
        """Return effective weights of the leaves below, (leaves, draws).

        The products of normalised weights down each path.
        """
        draws = sums.by_edge.shape[1]
        if not self.branches:
            return np.ones((1, draws))
        shares = np.empty((self.column + len(self.values), draws))
        reach = {self.branches[-1].number: np.ones(draws)}
        for branch, total in zip(self.branches[::-1], sums.totals[::-1], strict=True):
            factor = reach[branch.number] / total
            shares[branch.columns] = sums.by_edge[branch.leaves] * factor
            for child in branch.inner:
                reach[child] = sums.by_edge[child] * factor
        return shares[self.column :]


class Sums(NamedTuple):
    """Weights (edges, draws); for each branch their sum and the idle draws, both (draws,).

    In idle draws a branch has only children of weight 0: it has weight 0 itself,
    and its children have weight 1, so that nothing is divided by 0.
    """

    by_edge: Batch
    totals: list[Vector]
    idle: list[Mask]


def _sums(branches: tuple[Branch, ...], weights: Batch) -> Sums:
    """Turn weights, (draws, edges), round and add them up for each branch."""
    sums = Sums(np.array(weights.T, order="C"), [], [])  # a copy: whole edges lie together
    for branch in branches:
        total = sums.by_edge[branch.children].sum(axis=0)
        idle = total == 0
        if idle.any():
            children = np.arange(len(sums.by_edge))[branch.children]
            sums.by_edge[np.ix_(children, idle)] = 1.0
            sums.by_edge[branch.number : branch.number + 1, idle] = 0.0
            total[idle] = len(children)
        sums.totals.append(total)
        sums.idle.append(idle)
    return sums


def _climb(branches: tuple[Branch, ...], sums: Sums) -> dict[int, Batch]:
    """Return the scores of each branch by its number, children before parents."""
    scores: dict[int, Batch] = {}
    for branch, total in zip(branches, sums.totals, strict=True):
        scores[branch.number] = branch.stepped(branch.scores(sums.by_edge, total, scores))
    return scores


def _aggregates(plan: Plan, node: int) -> list[PlanNode]:
    """Return the aggregates of a node's subtree, itself last."""
    return [one for one in plan.nodes[plan.below(node)[0] : node + 1] if one.children]
