"""From leaves to scores, for one or many weight vectors at once.

Two ways lead from the leaves to a node:

- the climb goes node by node, children before parents, for any tree and any gaps;
- the product takes effective weights times leaves in one go, where the subtree is
  linear on one chart and the row misses nothing in it.

Both give the same numbers up to rounding, which a property test asserts.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from rankscope.methods.aggregation import Identity
from rankscope.pipeline.branch import Branch, branches_of, with_steps

if TYPE_CHECKING:
    from rankscope.methods.aggregation import Chart
    from rankscope.pipeline.leaves import Leaves
    from rankscope.pipeline.plan import Plan, PlanNode
    from rankscope.shapes import Batch, Mask, Matrix, Vector, Whole


def evaluate(plan: Plan, leaves: Leaves, weights: Batch | None = None) -> Batch:
    """Return the scores of all nodes, of shape (*draws, rows, nodes); NaN where there is none.

    ``weights`` holds one number an edge, of shape (*draws, edges), relative among
    siblings; None takes those the leaves were prepared with.  A node whose children all have
    weight 0 takes no part and has no score in that draw.
    """
    given = leaves.weights if weights is None else np.asarray(weights, dtype=float)
    branches = branches_of(plan, leaves, np.arange(len(leaves.values)), plan.root)
    edges = _edge_weights(branches, given.reshape(-1, given.shape[-1]))
    stacked = np.empty((edges.by_edge.shape[1], len(leaves.values), len(plan.nodes)))
    stacked[..., [leaf.node for leaf in plan.leaves]] = leaves.values
    scores = _climb(branches, edges)
    for branch, idle in zip(branches, edges.idle, strict=True):
        stacked[..., branch.number] = branch.shown(scores[branch.number])
        stacked[idle, :, branch.number] = np.nan
    stacked[..., plan.root] = with_steps(plan.nodes[plan.root].steps, stacked[..., plan.root])
    stacked[:, ~leaves.present[:, plan.root], plan.root] = np.nan  # no step fills what is unranked
    return stacked.reshape(*given.shape[:-1], *stacked.shape[1:])


def evaluate_node(plan: Plan, leaves: Leaves, weights: Batch, node: int | None = None) -> Batch:
    """Return the scores of one node only, of shape (draws, rows).

    ``weights`` is of shape (draws, edges); the default node is the root.  Who has
    many batches of weights calls `compile_node` once.
    """
    return compile_node(plan, leaves, node).scores(weights)


def common_chart(plan: Plan, node: int) -> Chart | None:
    """Return the chart on which a node's subtree is one product, or None where it is not.

    All its aggregates are linear on that chart, and only the top one may have steps.
    """
    aggregates = [
        plan.nodes[number] for number in plan.subtree(node) if plan.nodes[number].children
    ]
    charts = {one.aggregation.chart() for one in aggregates} or {Identity()}
    stepped = any(one.steps for one in aggregates[:-1])
    return None if stepped or len(charts) > 1 else charts.pop()


def compile_node(plan: Plan, leaves: Leaves, node: int | None = None) -> Compiled:
    """Return a node made ready for many draws; the default is the root."""
    top = plan.root if node is None else node
    chart = common_chart(plan, top)
    absent = ~leaves.present[:, top]
    whole = leaves.present[:, plan.subtree(top)].all(axis=1)
    edges = [edge for edge in plan.subtree(top) if edge != plan.root]
    whole &= (plan.factor(edges) == 1).all(axis=1)
    full = (whole | absent) & (chart is not None)
    climbing = np.flatnonzero(~full)
    columns = [plan.nodes[leaf].leaf for leaf in plan.below(top)]
    values = np.where(absent[full, None], 1.0, leaves.values[full][:, columns]).T
    chart = chart or Identity()
    return Compiled(
        node=plan.nodes[top],
        branches=branches_of(plan, leaves, climbing, top),
        column=columns[0],
        chart=chart,
        values=np.ascontiguousarray(chart.forward(values)),
        order=np.argsort(np.concatenate([np.flatnonzero(full), climbing])),
        absent=absent,
    )


@dataclass(frozen=True, slots=True)
class Compiled:
    """A node of an index, ready for many draws.

    Rows that miss nothing go by the product, if the subtree has one: ``values``, of
    shape (leaves, full rows), from the leaf ``column`` on, are on its ``chart``.  The
    other rows climb the ``branches``.  ``order`` (rows,) says where each row is once
    the full ones stand first; ``absent`` (rows,) which have no score.
    """

    node: PlanNode
    branches: tuple[Branch, ...]
    column: int
    chart: Chart
    values: Matrix
    order: Whole
    absent: Mask

    def scores(self, weights: Batch) -> Batch:
        """Return the node's scores, of shape (draws, rows), for weights (draws, edges)."""
        return self.scores_of(self.edge_weights(weights))

    def edge_weights(self, weights: Batch) -> EdgeWeights:
        """Return weights, (draws, edges), as this node needs them.

        Nodes that add up weights alike (`adds_up_like`) need them alike.
        """
        return _edge_weights(self.branches, weights)

    def adds_up_like(self) -> tuple[tuple[int, bool], ...]:
        """Return what the weights of a tree are added up by: its branches, who has shares."""
        return tuple((branch.number, branch.aggregation.shares) for branch in self.branches)

    def scores_of(self, edges: EdgeWeights) -> Batch:
        """Return the node's scores, of shape (draws, rows)."""
        scores = self._unmasked(edges)
        if self.absent.any():
            scores[:, self.absent] = np.nan
        if self.branches:
            scores[edges.idle[-1]] = np.nan
        if not self.node.steps:
            return scores
        return np.where(self.absent, np.nan, with_steps(self.node.steps, scores))

    def shares(self, edges: EdgeWeights) -> Batch:
        """Return effective weights of the leaves below, of shape (leaves, draws).

        The products of normalised weights down each path.
        """
        draws = edges.by_edge.shape[1]
        if not self.branches:  # the node is a leaf itself
            return np.ones((1, draws))
        shares = np.empty((self.column + len(self.values), draws))
        reach = {self.branches[-1].number: np.ones(draws)}
        for branch, total in zip(self.branches[::-1], edges.totals[::-1], strict=True):
            factor = reach[branch.number] / total
            shares[branch.columns] = edges.by_edge[branch.leaves] * factor
            for child in branch.inner:
                reach[child] = edges.by_edge[child] * factor
        return shares[self.column :]

    def _unmasked(self, edges: EdgeWeights) -> Batch:
        """Return scores of shape (draws, rows) with a filler where a row or a draw has none."""
        full = self.values.shape[1]
        if full == len(self.order):
            return self._product(edges)
        climbed = _climb(self.branches, edges)[self.branches[-1].number]
        if full == 0:
            return climbed
        return np.hstack([self._product(edges), climbed]).take(self.order, axis=1)

    def _product(self, edges: EdgeWeights) -> Batch:
        """Return the scores of the full rows, of shape (draws, full rows)."""
        return self.chart.back(self.shares(edges).T @ self.values)


class EdgeWeights(NamedTuple):
    """Weights of shape (edges, draws); for each branch their sum and the idle draws, (draws,).

    In idle draws a branch has only children of weight 0: it has weight 0 itself,
    and its children have weight 1, so that nothing is divided by 0.
    """

    by_edge: Batch
    totals: list[Vector]
    idle: list[Mask]

    def of(self, draws: slice) -> EdgeWeights:
        """Return the weights of some draws."""
        totals = [one[draws] for one in self.totals]
        return EdgeWeights(self.by_edge[:, draws], totals, [one[draws] for one in self.idle])


def _edge_weights(branches: tuple[Branch, ...], weights: Batch) -> EdgeWeights:
    """Turn weights, of shape (draws, edges), round and add them up for each branch."""
    by_edge = np.array(weights.T, order="C")  # a copy: whole edges lie together
    edges = EdgeWeights(by_edge, [], [])
    for branch in branches:
        total = by_edge[branch.children].sum(axis=0)
        idle = total == 0
        if idle.any():
            children = np.arange(len(by_edge))[branch.children]
            by_edge[np.ix_(children, idle)] = 1.0
            by_edge[branch.number : branch.number + 1, idle] = 0.0  # no edge leaves the root
            total[idle] = len(children)
        if not branch.aggregation.shares:
            total = np.ones(len(total))
        edges.totals.append(total)
        edges.idle.append(idle)
    return edges


def _climb(branches: tuple[Branch, ...], edges: EdgeWeights) -> dict[int, Batch]:
    """Return the scores of each branch, of shape (draws, rows), by its number."""
    scores: dict[int, Batch] = {}
    for branch, total in zip(branches, edges.totals, strict=True):
        scores[branch.number] = branch.stepped(branch.scores(edges.by_edge, total, scores))
    return scores
