"""Small indices to try methods on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from rankscope.data.table import DataTable, plain_table
from rankscope.definition.model import DataSpec, IndexDefinition, MethodSpec, Node, UnitsSpec
from rankscope.methods.normalisation import MinMax

if TYPE_CHECKING:
    from hypothesis.strategies import SearchStrategy

    from rankscope.methods.aggregation import Aggregation


def make_index(
    framework: Node, table: DataTable, **method: Any
) -> tuple[IndexDefinition, DataTable]:
    """Return an index of the file's own units around a framework and a table.

    ``method`` are the fields of `MethodSpec`.
    """
    definition = IndexDefinition(
        name="trial",
        title="Trial",
        data=DataSpec(file="trial.csv"),
        units=UnitsSpec(register="own"),
        framework=framework,
        method=MethodSpec(**method),
    )
    return definition, table


def indices(
    *, aggregations: tuple[Aggregation | None, ...] = (None,), gaps: bool = True, **method: Any
) -> SearchStrategy[tuple[IndexDefinition, DataTable]]:
    """Return a strategy of small indices: trees of uneven depth, uneven weights, gaps.

    Each aggregate takes one of ``aggregations``; scores lie between 1 and 100
    unless ``method`` says otherwise.
    """
    from hypothesis import strategies as st

    numbers = st.sampled_from([0.5, 1.0, 2.0, 3.7])
    chosen = {"normalisation": MinMax((1.0, 100.0)), **method}

    @st.composite
    def node(draw: Any, code: str, depth: int) -> Node:
        count = draw(st.integers(0 if 0 < depth < 3 else 2 * (depth == 0), 3 * (depth < 3)))
        children = tuple(draw(node(f"{code}.{i}", depth + 1)) for i in range(count))
        own: dict[str, Any] = {"kind": "share", "polarity": draw(st.sampled_from([1, -1]))}
        if children:
            own = {"children": children, "aggregation": draw(st.sampled_from(aggregations))}
        return Node(code=code, name=code, weight=draw(numbers), **own)

    @st.composite
    def index(draw: Any) -> tuple[IndexDefinition, DataTable]:
        framework = draw(node("i", 0))
        codes = tuple(leaf.code for leaf in framework.indicators())
        rng = np.random.default_rng(draw(st.integers(0, 2**32)))
        values = np.exp(rng.normal(0, 1, (draw(st.integers(3, 9)), len(codes))))
        values[rng.random(values.shape) < (draw(st.sampled_from([0.0, 0.2])) if gaps else 0)] = (
            np.nan
        )
        units = tuple(f"u{row}" for row in range(len(values)))
        return make_index(framework, plain_table(units, codes, values), **chosen)

    return index()
