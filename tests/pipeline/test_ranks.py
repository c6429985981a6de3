"""Ranks as a definition wants them."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from rankscope.data.table import plain_table
from rankscope.definition.model import Node, Ranking, Variable
from rankscope.errors import BindError
from rankscope.methods.normalisation import NoNormalisation
from rankscope.pipeline import Result, build
from rankscope.testing import make_index

SCORES = [70.04, 60, 70.01, 50, 60, np.nan, 10]


def ranked(scores: list[float] = SCORES, group: tuple[str, ...] = (), **rule: Any) -> Result:
    root = Node(code="r", name="R", children=(Node(code="a", name="A", kind="interval"),))
    units = tuple(f"u{row}" for row in range(len(scores)))
    data = replace(
        plain_table(units, ("a",), np.array([scores]).T), labels=(("g", group),) if group else ()
    )
    method = {"normalisation": NoNormalisation(), "ranking": Ranking(**rule)}
    definition, data = make_index(root, data, **method)
    context = (Variable(code="g", name="Group", kind="group"),)
    return build(definition.model_copy(update={"context": context}), data)


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        ({}, [1, 3, 2, 5, 3, 0, 6]),
        ({"ties": "worst"}, [1, 4, 2, 5, 4, 0, 6]),
        ({"ties": "dense"}, [1, 3, 2, 4, 3, 0, 5]),
        ({"ties": "order"}, [1, 3, 2, 5, 4, 0, 6]),
        ({"best": "lowest"}, [6, 3, 5, 2, 3, 0, 1]),
        ({"decimals": 1}, [1, 3, 1, 5, 3, 0, 6]),
        ({"decimals": 0, "ties": "worst"}, [2, 4, 2, 5, 4, 0, 6]),
        ({"tolerance": 0.2}, [1, 1, 1, 1, 1, 0, 6]),
    ],
)
def test_the_rule_is_followed(rule: dict[str, Any], expected: list[int]) -> None:
    assert ranked(**rule).rank().tolist() == expected


def test_units_are_ranked_in_their_groups_and_without_a_group_not_at_all() -> None:
    groups = ("x", "x", "y", "y", "", "x", "x")

    assert ranked(group=groups, within="g").rank().tolist() == [1, 2, 1, 2, 0, 0, 3]


def test_a_grouping_that_nobody_has_is_refused() -> None:
    with pytest.raises(BindError, match="no grouping 'h'"):
        ranked(within="h")
