from __future__ import annotations

from typing import Any

import pytest

from rankscope.definition.read import examine_text
from rankscope.explorer.saved import template_of
from rankscope.explorer.tree import tree_of
from tests.support.indices import TWO_LEVELS, indicator, make_index, pillar


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"aggregation": "median"}, "is not a weighted mean"),
        ({"steps": [{"method": "round", "decimals": 0}]}, "further steps (round)"),
    ],
)
def test_nodes_without_live_weights_say_why(change: dict[str, Any], why: str) -> None:
    framework = pillar(
        "whole",
        pillar("p", pillar("inner", indicator("a"), indicator("b")), indicator("c"), **change),
        indicator("d"),
    )
    result = make_index(framework=framework).build()
    tree = tree_of(result)
    by_code = {node["code"]: node for node in tree["nodes"]}
    assert why in by_code["p"]["held"]
    assert "Name of p above it is held" in by_code["inner"]["held"]
    assert by_code["whole"]["held"] == ""
    number = result.plan.node("p")
    assert tree["fixed"][str(number)][0] == pytest.approx(result.score(number).tolist())


def test_template_with_the_published_weights_is_the_definition() -> None:
    index = make_index(framework=TWO_LEVELS, views=True)
    plan = index.build().plan
    pieces = template_of(index.definition, plan)
    weights = plan.weights()
    text = "".join(
        piece if isinstance(piece, str) else str(float(weights[piece])) for piece in pieces
    )
    assert examine_text(text)[0] == index.definition
