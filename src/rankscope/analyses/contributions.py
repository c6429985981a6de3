"""Contributions: how the score of a unit adds up from its children and its leaves.

On the chart of the root (points for arithmetic means, logarithms for geometric
ones) the contributions of the leaves add up to the score before the root's own
steps (rescaling, rounding).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from rankscope._words import join_words
from rankscope.methods.aggregation import Identity, Logarithm
from rankscope.pipeline.plan import HEADLINE

if TYPE_CHECKING:
    from rankscope.methods.aggregation import Chart
    from rankscope.pipeline.plan import Plan
    from rankscope.pipeline.result import Result
    from rankscope.shapes import Matrix, Vector


_CANCELLED = 1e-6
"""A sum below this share of its parts' sizes says nothing about proportions."""


@dataclass(frozen=True, slots=True)
class Contributions:
    """What each node adds to the score of the root.

    ``values`` is of shape (rows, nodes): the contribution of the root is its score on its
    chart before steps, that of any node the sum over its children; NaN where a
    unit has no score, 0 where a node is missing.  ``shares`` (rows, nodes) are
    weights among the siblings that are present.  ``measure`` says what is added.
    """

    values: Matrix
    shares: Matrix
    measure: str


def contributions(result: Result, view: str = HEADLINE) -> Contributions:
    """Return the contributions of all nodes in a view, of shape (rows, nodes).

    Below a node whose chart differs from the root's, or that has steps of its
    own, its contribution is split in proportion to the contributions on its own
    chart.  OECD/JRC Handbook 2008, section 9 (decomposition), https://doi.org/10.1787/9789264043466-en
    """
    plan = result.plan
    scores = result.scores[plan.views.index(view)]
    shares = _shares(result, view)
    chart = _chart(plan, plan.root)
    values = np.zeros(scores.shape)
    values[:, plan.root] = _sum_on_chart(plan, plan.root, scores, shares)
    factors: dict[int, Vector] = {plan.root: np.ones(len(scores))}  # of what is linear in the root
    for number in range(plan.root, -1, -1):
        node, children = plan.nodes[number], list(plan.nodes[number].children)
        if not children:
            continue
        own = _on_chart(plan, number, scores, shares)
        charted = node.aggregation.chart() is not None
        bare = number == plan.root or not node.steps
        alike = charted and bare and _chart(plan, number) == chart
        if alike and number in factors:
            values[:, children] = own * factors[number][:, None]
            factors.update((child, factors[number] * shares[:, child]) for child in children)
        else:
            values[:, children] = _in_proportion(own, values[:, number], shares[:, children])
    values[np.isnan(values[:, plan.root])] = np.nan
    return Contributions(values=values, shares=shares, measure=_measure(plan, chart))


def _shares(result: Result, view: str) -> Matrix:
    """Return each node's weight among its siblings that are present, of shape (rows, nodes)."""
    plan, present = result.plan, result.leaves.present
    weights = plan.weights(view)
    shares = np.zeros(present.shape)
    shares[:, plan.root] = present[:, plan.root]
    for node in plan.nodes:
        children = list(node.children)
        if children:
            counted = present[:, children] * weights[children] * plan.factor(children)
            total = counted.sum(axis=1, keepdims=True)
            if not node.aggregation.shares:
                total = np.where(total > 0, 1.0, 0.0)
            shares[:, children] = np.divide(
                counted, total, out=np.zeros(counted.shape), where=total > 0
            )
    return shares


def _chart(plan: Plan, number: int) -> Chart:
    return plan.nodes[number].aggregation.chart() or Identity()


def _on_chart(plan: Plan, number: int, scores: Matrix, shares: Matrix) -> Matrix:
    """Return share times value on the node's chart for each child, of shape (rows, children)."""
    children = list(plan.nodes[number].children)
    charted = _chart(plan, number).forward(scores[:, children])
    return np.where(shares[:, children] > 0, shares[:, children] * charted, 0.0)


def _sum_on_chart(plan: Plan, number: int, scores: Matrix, shares: Matrix) -> Vector:
    if not plan.nodes[number].children or plan.nodes[number].aggregation.chart() is None:
        return scores[:, number]
    total = _on_chart(plan, number, scores, shares).sum(axis=1)
    return np.where(np.isnan(scores[:, number]), np.nan, total)


def _in_proportion(own: Matrix, whole: Vector, shares: Matrix) -> Matrix:
    """Split ``whole`` of shape (rows,) in proportion to ``own`` (rows, children).

    Where those cancel each other out, a split by ``shares`` (rows, children) is left.
    """
    total, size = own.sum(axis=1), np.abs(own).sum(axis=1)
    usable = np.abs(total) > _CANCELLED * size
    factor = np.divide(whole, total, out=np.zeros(len(total)), where=usable)
    by_share: Matrix = shares * whole[:, None]
    return np.where(usable[:, None], own * factor[:, None], by_share)


def _measure(plan: Plan, chart: Chart) -> str:
    """Say what is added up: on which chart, and that the root's own steps come after it."""
    said = f"points on {chart}"
    if isinstance(chart, Identity | Logarithm):
        said = "points" if isinstance(chart, Identity) else "logarithms of points"
    steps = plan.nodes[plan.root].steps
    names = join_words((one.method.name for one in steps), "and")
    return f"{said} before {names}" if steps else said
