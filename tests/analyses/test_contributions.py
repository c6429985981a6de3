"""Contributions by hand; that they always add up is a law."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.testing import assert_allclose

from rankscope.analyses.contributions import contributions
from rankscope.definition.model import Node
from rankscope.methods.aggregation import Geometric
from rankscope.methods.normalisation import Goalposts, MinMax
from rankscope.methods.steps import Round
from rankscope.pipeline import Result, build
from tests.pipeline.test_bind import defined, indicator
from tests.pipeline.test_prepare import plain

NAN = np.nan


def posted(code: str, **own: float) -> Node:
    """An indicator whose normalised value is its value."""
    return indicator(code, normalisation=Goalposts((0.5, 100)), goalposts=(0.5, 100), **own)


def of(result: Result, code: str) -> np.ndarray:
    return contributions(result).values[:, result.plan.node(code)]


def test_in_an_arithmetic_mean_a_contribution_is_share_times_score() -> None:
    result = build(defined(posted("a", weight=3), posted("b")), plain(a=[40, 8], b=[20, 60]))

    assert_allclose(of(result, "a"), [30, 6])
    assert_allclose(of(result, "b"), [5, 15])
    assert contributions(result).measure == "points"


def test_what_adds_up_is_measured_before_the_steps_of_the_whole() -> None:
    definition = defined(posted("a"), posted("b"))
    root = definition.framework.model_copy(update={"steps": (MinMax(), Round())})
    definition = definition.model_copy(update={"framework": root})
    result = build(definition, plain(a=[40, 8], b=[20, 60]))

    assert contributions(result).measure == "points before min_max and round"


def test_in_a_geometric_mean_logarithms_add_up() -> None:
    definition = defined(posted("a"), posted("b"), aggregation=Geometric())
    result = build(definition, plain(a=[4, 10], b=[9, 10]))

    assert_allclose(of(result, "a"), np.log([2, np.sqrt(10)]))
    assert_allclose(of(result, "root"), np.log([6, 10]))
    assert contributions(result).measure == "logarithms of points"


def test_who_is_missing_gives_its_share_to_those_present() -> None:
    definition = defined(posted("a"), posted("b"), posted("c"))
    result = build(definition, plain(a=[30, 9], b=[NAN, 9], c=[60, 9]))

    assert_allclose(contributions(result).shares[0], [1 / 2, 0, 1 / 2, 1])
    assert_allclose([of(result, code)[0] for code in "abc"], [15, 0, 30])


def test_a_unit_without_a_score_has_no_contributions() -> None:
    definition = defined(posted("a"), posted("b"))
    result = build(definition, plain(a=[30, 9], b=[NAN, 9]))

    assert np.isnan(contributions(result).values[0]).all()


def test_below_a_mean_of_another_kind_a_contribution_is_split_in_proportion() -> None:
    group = Node(code="g", name="g", children=(posted("a"), posted("b")), aggregation=Geometric())
    result = build(defined(group, posted("c")), plain(a=[10, 2], b=[100, 2], c=[50, 2]))
    whole = np.sqrt(1000) / 2

    assert_allclose(of(result, "g")[0], whole)
    assert_allclose([of(result, "a")[0], of(result, "b")[0]], [whole / 3, whole * 2 / 3])


@pytest.mark.parametrize(("a", "b"), [(1, 1), (0.5, 8), (0.5, 8 + 1e-8)])
def test_where_logarithms_cancel_out_the_split_is_by_shares(a: float, b: float) -> None:
    children = (posted("a", weight=3), posted("b"))
    group = Node(code="g", name="g", children=children, aggregation=Geometric())
    result = build(defined(group, posted("c")), plain(a=[a, 2], b=[b, 2], c=[50, 2]))

    assert_allclose([of(result, "a")[0], of(result, "b")[0]], [3 / 8, 1 / 8])


def test_steps_of_the_root_come_after_what_adds_up() -> None:
    root = Node(code="root", name="Root", children=(posted("a"), posted("b")), steps=(MinMax(),))
    definition = defined(posted("a"), posted("b")).model_copy(update={"framework": root})
    result = build(definition, plain(a=[40, 8], b=[20, 60]))

    assert_allclose(of(result, "root"), [30, 34])
    assert_allclose(result.score(), [0, 100])
