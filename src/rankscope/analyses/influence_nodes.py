"""Scores without a node: indicators and pillars left out, each by weight 0 (conventions §4.3)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from rankscope.pipeline.evaluate import compile_node

if TYPE_CHECKING:
    from rankscope.pipeline.plan import Plan
    from rankscope.pipeline.result import Result
    from rankscope.shapes import Batch, Vector, Whole

_AT_ONCE = 2**22
"""Scores computed at a time, so that 30,000 units stay within memory."""


def counting_nodes(plan: Plan, view: str, rows: Whole, *, indicators: bool) -> tuple[int, ...]:
    """Return the indicators, or the aggregates below the root, that count in any of some rows.

    The two sides of one indicator are not told apart.
    """
    counts = plan.effective_weights(view) > 0
    there = np.ones((len(rows), len(plan.nodes)), dtype=bool)
    for number in range(plan.root - 1, -1, -1):  # parents before children
        own = plan.factor([number])[rows, 0] > 0
        there[:, number] = there[:, plan.nodes[number].parent] & own
    return tuple(
        number
        for number, node in enumerate(plan.nodes[:-1])
        if not node.side
        and node.spec.is_indicator == indicators
        and counts[number]
        and there[:, number].any()
    )


def scores_without_nodes(result: Result, view: str, nodes: tuple[int, ...]) -> Batch:
    """Return the scores of the index without each node, of shape (nodes, rows).

    All on the leaves as they are: scales stay, and so does who has a score; a unit of which
    nothing is left in some aggregate has no score.
    """
    compiled = compile_node(result.plan, result.leaves)
    weights = np.repeat(result.plan.weights(view)[None], len(nodes), axis=0)
    weights[np.arange(len(nodes)), list(nodes)] = 0.0
    some = max(1, _AT_ONCE // len(result.units))
    parts = [compiled.scores(weights[at : at + some]) for at in range(0, len(nodes), some)]
    return np.concatenate([np.empty((0, len(result.units))), *parts])


def correlation(one: Vector, other: Vector) -> float:
    """Return Pearson's correlation over the rows that have both, NaN where one does not vary.

    >>> correlation(np.array([1.0, 2.0, 3.0, np.nan]), np.array([6.0, 4.0, 2.0, 9.0]))
    -1.0
    """
    both = np.isfinite(one) & np.isfinite(other)
    if both.sum() < 2 or np.ptp(one[both]) == 0 or np.ptp(other[both]) == 0:
        return np.nan
    a, b = (side[both] - side[both].mean() for side in (one, other))
    size = float(np.sqrt((a @ a) * (b @ b)))
    return float(np.clip(a @ b / size, -1.0, 1.0)) if size > 0 else np.nan
