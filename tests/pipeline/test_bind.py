"""Binding: all conflicts between definition and table together, and the order of the nodes."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from rankscope.data.table import plain_table
from rankscope.definition.model import (
    DataSpec,
    IndexDefinition,
    MethodSpec,
    Node,
    Threshold,
    UnitsSpec,
    Variable,
    Views,
)
from rankscope.errors import BindError
from rankscope.methods.aggregation import Geometric
from rankscope.methods.imputation import Median
from rankscope.methods.treatment import Log
from rankscope.methods.weighting import Equal
from rankscope.pipeline import bind

POPULATION = Variable(code="pop", name="Population")
REGION = Variable(code="region", name="Region", kind="group")


def indicator(code: str, kind: str = "share", **own: Any) -> Node:
    return Node(code=code, name=code, kind=kind, **own)


def defined(*children: Node, views: Views | None = None, **method: Any) -> IndexDefinition:
    return IndexDefinition(
        name="t",
        title="T",
        data=DataSpec(file="t.csv"),
        units=UnitsSpec(register="own"),
        context=(POPULATION, REGION),
        framework=Node(code="root", name="Root", children=children),
        views=views,
        method=MethodSpec(**method),
    )


def table(**columns: list[float]) -> Any:
    units = tuple("uvw")
    return plain_table(units, tuple(columns), np.array(list(columns.values())).T)


def ids(definition: IndexDefinition, data: Any) -> list[str]:
    with pytest.raises(BindError) as caught:
        bind(definition, data)
    return [finding.id for finding in caught.value.findings]


def test_all_conflicts_are_told_at_once() -> None:
    definition = defined(
        indicator("a"),
        indicator("b", "count", denominator="pop", treatment=Log("smallest")),
        indicator("c", imputation=Median(within="region")),
        aggregation=Geometric(),
        views=Views(rank_intensity_from=Threshold(variable="pop", at_least=1)),
    )

    assert ids(definition, table(b=[-1, 2, 3], c=[1, 2, 3])) == [
        "mean-needs-positive",
        "indicator-without-data",
        "indicator-without-data",
        "grouping-without-data",
        "treatment-refuses",
    ]


def test_a_threshold_needs_its_variable() -> None:
    views = Views(rank_intensity_from=Threshold(variable="pop", at_least=1))
    definition = defined(indicator("a"), indicator("b"), views=views)

    assert ids(definition, table(a=[1, 2, 3], b=[1, 2, 3])) == ["indicator-without-data"]


def test_a_grouping_may_be_a_label_of_the_table() -> None:
    definition = defined(indicator("a", imputation=Median(within="region")), indicator("b"))
    data = table(a=[1, 2, 3], b=[1, 2, 3])

    assert ids(definition, data) == ["grouping-without-data"]
    bind(definition, replace(data, labels=(("region", ("x", "y", "y")),)))


@pytest.mark.parametrize(
    ("offset", "low", "taken"),
    [("none", 0, False), ("none", 0.1, True), ("smallest", 0, True), ("smallest", -1, False),
     ("range", -1, True)],
)  # fmt: skip
def test_logarithms_of_what_has_none_are_refused(offset: str, low: float, *, taken: bool) -> None:
    definition = defined(indicator("a", treatment=Log(offset)), indicator("b"))
    data = table(a=[low, 2, np.nan], b=[1, 2, 3])

    if taken:
        bind(definition, data)
    else:
        assert ids(definition, data) == ["treatment-refuses"]


def test_the_mend_names_the_treatment_that_refuses() -> None:
    definition = defined(indicator("a", "count", denominator="pop"), indicator("b"), views=Views())
    with pytest.raises(BindError, match=r"Take `views\.scale_treatment: \{method: log"):
        bind(definition, table(a=[-1, 2, 3], b=[1, 2, 3], pop=[1, 2, 3]))


def test_children_come_before_parents_and_leaves_know_their_columns() -> None:
    group = Node(code="g", name="g", children=(indicator("b"), indicator("c")))
    plan = bind(
        defined(indicator("a"), group, indicator("d")),
        table(d=[1] * 3, c=[1] * 3, b=[1] * 3, a=[1] * 3),
    )

    assert [node.code for node in plan.nodes] == ["a", "b", "c", "g", "d", "root"]
    assert [node.parent for node in plan.nodes] == [5, 3, 3, 5, 5, -1]
    assert [plan.table.columns[leaf.column] for leaf in plan.leaves] == ["a", "b", "c", "d"]
    assert plan.nodes[plan.root].children == (0, 3, 4)
    assert plan.below(plan.root) == (0, 1, 2, 4)


def test_equal_weights_override_those_of_the_framework() -> None:
    definition = defined(indicator("a", weight=5), indicator("b"), weights=Equal())

    assert bind(definition, table(a=[1, 2, 3], b=[1, 2, 3])).weights().tolist() == [1, 1]


def test_a_node_that_is_not_there_is_a_key_error() -> None:
    with pytest.raises(KeyError, match="nowhere"):
        bind(defined(indicator("a"), indicator("b")), table(a=[1, 2, 3], b=[1, 2, 3])).node(
            "nowhere"
        )
