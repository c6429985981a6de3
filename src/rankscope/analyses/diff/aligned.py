"""The old edition in the order of the new one, where order says nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from rankscope.analyses.diff.side import Side
from rankscope.analyses.diff.switches import children_of, matched
from rankscope.pipeline.plan import HEADLINE
from rankscope.pipeline.result import Result, build

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from rankscope.data.table import DataTable
    from rankscope.definition.model import Node
    from rankscope.shapes import Vector

CLOSE = 1e-9
"""Scores that differ by no more than this part of their range differ by rounding alone."""


def aligned(old: Side, new: Side) -> Side:
    """Return the old side with rows and children in the order of the new one.

    Otherwise the mere order of a file would count as a change.  Where order does say
    something, as for ties and differences, the side stays as it is.
    """
    table = _table_like(old.table, new.table)
    order = {code: children_of(node) for code, node in new.nodes.items()}
    framework = _tree_like(old.definition.framework, order, matched(old, new).groups)
    if table is old.table and framework is old.definition.framework:
        return old
    side = Side(old.definition.model_copy(update={"framework": framework}), table)
    before, after = (build(one.definition, one.table) for one in (old, side))
    return side if all(agree(before, after, view) for view in before.plan.views) else old


def agree(one: Result, other: Result, view: str = HEADLINE) -> bool:
    """Whether two results give the same units the same ranks, and scores but for rounding."""
    rows = {unit: at for at, unit in enumerate(other.units)}
    if {*one.units} != {*rows}:
        return False
    order = [rows[unit] for unit in one.units]
    same_ranks = np.array_equal(one.rank(view=view), other.rank(view=view)[order])
    return same_ranks and _close(one.score(view=view), other.score(view=view)[order])


def _close(one: Vector, other: Vector) -> bool:
    missing = np.isnan(one)
    if not np.array_equal(missing, np.isnan(other)):
        return False
    a, b = one[~missing], other[~missing]
    span = np.ptp(a[np.isfinite(a)]) if np.isfinite(a).any() else 0.0
    size = np.abs(a[np.isfinite(a)]).max(initial=0.0)
    return bool(np.allclose(a, b, rtol=0.0, atol=max(CLOSE * span, 1e-14 * size)))


def _table_like(table: DataTable, other: DataTable) -> DataTable:
    """Return a table with the rows of both in the other's order, then its own."""
    row = {unit: at for at, unit in enumerate(table.units)}
    there = {*other.units}
    shared = [unit for unit in other.units if unit in row]
    if shared == [unit for unit in table.units if unit in there]:
        return table
    own = [unit for unit in table.units if unit not in there]
    return table.of_rows(np.array([row[unit] for unit in (*shared, *own)]))


def _tree_like(node: Node, order: Mapping[str, tuple[str, ...]], groups: Collection[str]) -> Node:
    """Return a node with the children of unchanged groups in another order, itself if in that."""
    children = tuple(_tree_like(child, order, groups) for child in node.children)
    if node.code in groups:
        children = tuple(sorted(children, key=lambda one: order[node.code].index(one.code)))
    unmoved = all(a is b for a, b in zip(children, node.children, strict=True))
    return node if unmoved else node.model_copy(update={"children": children})
