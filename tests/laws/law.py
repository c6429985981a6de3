"""How a law is stated: a question that holds for every case, and that a broken twin fails."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, Any, TypeAlias

import numpy as np
from hypothesis import Phase, find, settings

from rankscope.data.table import DataTable
from rankscope.definition.model import IndexDefinition, Node
from rankscope.pipeline import build

if TYPE_CHECKING:
    from hypothesis.strategies import SearchStrategy

Index: TypeAlias = tuple[IndexDefinition, DataTable]
Score: TypeAlias = Callable[[Index], np.ndarray]
"""Whatever gives the scores of the units of an index, (rows,)."""


def score(index: Index) -> np.ndarray:
    return build(*index).score()


def broken_by(law: Callable[[Any], bool], cases: SearchStrategy[Any]) -> bool:
    """Whether some case fails the law, as it must when a broken twin is put into it."""
    quick = settings(database=None, deadline=None, max_examples=300, phases=[Phase.generate])
    find(cases, lambda case: not law(case), settings=quick)
    return True


def same(one: np.ndarray, other: np.ndarray, tolerance: float = 1e-8) -> bool:
    return np.allclose(one, other, rtol=tolerance, atol=tolerance, equal_nan=True)


def with_values(index: Index, values: np.ndarray) -> Index:
    return index[0], replace(index[1], values=values)


def with_method(index: Index, **method: Any) -> Index:
    changed = index[0].method.model_copy(update=method)
    return index[0].model_copy(update={"method": changed}), index[1]


def with_framework(index: Index, change: Callable[[Node], Node]) -> Index:
    """Change every node of the framework, children first."""

    def changed(node: Node) -> Node:
        children = tuple(changed(child) for child in node.children)
        return change(node.model_copy(update={"children": children}))

    return index[0].model_copy(update={"framework": changed(index[0].framework)}), index[1]


def reweighted(node: Node, weight: float) -> Node:
    return node.model_copy(update={"weight": weight})
