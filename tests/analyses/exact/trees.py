"""Small random trees with gaps and weights of zero, on which brute force is possible."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from rankscope.data.table import plain_table
from rankscope.definition.model import Availability, Node
from rankscope.methods.normalisation import NoNormalisation
from rankscope.pipeline import build
from rankscope.testing import make_index

if TYPE_CHECKING:
    from rankscope.methods.aggregation import Aggregation
    from rankscope.pipeline import Result


def result_of(root: Node, values: np.ndarray, **method: object) -> Result:
    """Build an index whose leaves a, b, ... have these values, (units, leaves), as they are."""
    codes = tuple(leaf.code for leaf in leaves_of(root))
    table = plain_table(tuple(f"u{row}" for row in range(len(values))), codes, values)
    definition, data = make_index(root, table, normalisation=NoNormalisation())
    anything = {"min_available": Availability(at_least=0.0), **method}
    changed = definition.method.model_copy(update=anything)
    return build(definition.model_copy(update={"method": changed}), data)


def leaves_of(node: Node) -> list[Node]:
    if not node.children:
        return [node]
    return [leaf for child in node.children for leaf in leaves_of(child)]


def leaf(code: str, weight: float = 1.0) -> Node:
    return Node(code=code, name=code, kind="share", weight=weight)


def branch(code: str, *children: Node, weight: float = 1.0, **more: object) -> Node:
    return Node.model_validate(
        {"code": code, "name": code, "children": children, "weight": weight, **more}
    )


def random_tree(random: np.random.Generator, zeros: float = 0.15) -> Node:
    """Return a tree of two levels with up to six leaves; some nodes have weight 0."""
    sizes = random.integers(1, 4, random.integers(2, 4))
    codes = iter("abcdefghijk")

    def weight() -> float:
        return 0.0 if random.random() < zeros else float(random.integers(1, 6))

    groups = []
    for place, size in enumerate(sizes):
        leaves = [leaf(next(codes), weight()) for _ in range(size)]
        if size == 1:
            groups.append(leaves[0])
        else:
            if not any(one.weight for one in leaves):
                leaves[0] = leaves[0].model_copy(update={"weight": 1.0})
            groups.append(branch(f"g{place}", *leaves, weight=weight()))
    if not any(one.weight for one in groups):
        groups[0] = groups[0].model_copy(update={"weight": 1.0})
    return branch("root", *groups)


def random_values(
    random: np.random.Generator, units: int, leaves: int, gaps: float = 0.0
) -> np.ndarray:
    values = np.round(random.uniform(1, 100, (units, leaves)), 2)
    values[random.random(values.shape) < gaps] = np.nan
    return values


def with_aggregation(node: Node, method: Aggregation) -> Node:
    return node.model_copy(update={"aggregation": method})
