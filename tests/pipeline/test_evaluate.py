"""Scores of any tree, for any weights, against a loop that knows only the definition of a mean."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.testing import assert_allclose, assert_array_equal

from rankscope.data.table import plain_table
from rankscope.definition.model import Availability, Node, Screening
from rankscope.methods.aggregation import (
    Arithmetic,
    Copeland,
    Generalised,
    Geometric,
    Identity,
    Ratio,
)
from rankscope.methods.normalisation import MinMax, NoNormalisation, Normalisation
from rankscope.methods.steps import Fill, Round
from rankscope.pipeline import Leaves, Plan, bind, build, evaluate, prepare
from rankscope.pipeline.evaluate import common_chart, evaluate_node
from rankscope.testing import indices, make_index

MEANS = (Arithmetic(), Geometric(), Generalised(-2.0), Generalised(0.5), None)
TREES = indices(aggregations=MEANS)
ONE_CHART = indices(aggregations=(Geometric(),))
AS_THEY_ARE = NoNormalisation()
ANY = Availability(at_least=0)
SEEDS = st.integers(0, 2**32)


def compiled(index: Any) -> tuple[Plan, Leaves]:
    plan = bind(*index)
    return plan, prepare(plan)


def some_weights(plan: Plan, seed: int, draws: int = 3) -> np.ndarray:
    return np.random.default_rng(seed).uniform(0.1, 3, (draws, len(plan.nodes) - 1))


def mean_of(power: float, values: list[float], weights: list[float]) -> float:
    total = math.fsum(weights)
    if power == 0:
        logs = [w * math.log(v) for v, w in zip(values, weights, strict=True)]
        return math.exp(math.fsum(logs) / total)
    powers = [w * v**power for v, w in zip(values, weights, strict=True)]
    return float((math.fsum(powers) / total) ** (1 / power))


def by_loop(plan: Plan, leaves: Leaves, weights: np.ndarray, row: int) -> list[float]:
    """Return the scores of all nodes of a row, one mean after another."""
    scores: list[float] = []
    published = [node.weight for node in plan.nodes[:-1]]
    for node in plan.nodes:
        there = [c for c in node.children if not math.isnan(scores[c])]
        whole = sum(published[c] for c in node.children if leaves.present[:, c].any())
        if not node.children:
            scores.append(leaves.values[row, node.leaf])
        elif not there or sum(published[c] for c in there) / whole < 2 / 3 - 1e-9:
            scores.append(math.nan)
        else:
            power = {"arithmetic": 1.0, "geometric": 0.0}.get(node.aggregation.name)
            power = getattr(node.aggregation, "power", power)
            scores.append(mean_of(power, [scores[c] for c in there], [weights[c] for c in there]))
    return scores


@given(TREES, SEEDS)
def test_scores_are_those_of_a_loop(index: Any, seed: int) -> None:
    plan, leaves = compiled(index)
    weights = some_weights(plan, seed)
    rows = range(len(leaves.values))
    expected = [[by_loop(plan, leaves, draw, row) for row in rows] for draw in weights]

    assert_allclose(evaluate(plan, leaves, weights), expected, rtol=1e-10)


@given(st.one_of(TREES, ONE_CHART), SEEDS)
def test_the_fast_way_gives_the_same_scores_at_every_node(index: Any, seed: int) -> None:
    plan, leaves = compiled(index)
    weights = some_weights(plan, seed)
    whole = evaluate(plan, leaves, weights)

    for node in range(len(plan.nodes)):
        assert_allclose(evaluate_node(plan, leaves, weights, node), whole[..., node], rtol=1e-10)


@given(indices(), SEEDS)
def test_weights_of_zero_leave_a_child_out_in_both_ways(index: Any, seed: int) -> None:
    plan, leaves = compiled(index)
    weights = some_weights(plan, seed)
    weights[np.random.default_rng(seed).random(weights.shape) < 0.3] = 0.0
    whole = evaluate(plan, leaves, weights)

    assert_allclose(evaluate_node(plan, leaves, weights), whole[..., plan.root], rtol=1e-10)


@given(TREES)
def test_draws_have_any_number_of_axes(index: Any) -> None:
    plan, leaves = compiled(index)
    weights = some_weights(plan, 0, 6)
    deep = evaluate(plan, leaves, weights.reshape(2, 3, -1))

    assert_array_equal(deep.reshape(6, *deep.shape[2:]), evaluate(plan, leaves, weights))
    assert evaluate(plan, leaves).shape == deep.shape[2:]


def indicator(code: str, **own: Any) -> Node:
    return Node(code=code, name=code, kind="share", **own)


def flat(
    values: list[list[float]], normalisation: Normalisation = AS_THEY_ARE, **root: Any
) -> tuple[Plan, Leaves]:
    """Compile an index of indicators a, b, c, ... under one root, as they are by default."""
    codes = tuple("abcdef"[: len(values[0])])
    children = tuple(indicator(code) for code in codes)
    units = tuple(f"u{i}" for i in range(len(values)))
    tree = Node(code="root", name="Root", **({"children": children} | root))
    table = plain_table(units, codes, np.array(values))
    return compiled(make_index(tree, table, normalisation=normalisation))


@pytest.mark.parametrize("by", ["weight", "count"])
def test_two_of_three_children_are_enough_for_two_thirds(by: str) -> None:
    gap = math.nan
    plan, leaves = flat(
        [[1, 5, gap], [gap, gap, 4], [3, 6, 9]], min_available=Availability(by=by, at_least="2/3")
    )

    assert_array_equal(evaluate(plan, leaves)[:, plan.root], [3, gap, 6])


@pytest.mark.parametrize(("by", "scores"), [("weight", [2, math.nan]), ("count", [2, 2])])
def test_presence_is_a_share_of_weight_or_of_number(by: str, scores: list[float]) -> None:
    children = (indicator("a", weight=8), indicator("b"), indicator("c"))
    rule = Availability(by=by, at_least="2/3")
    gap = math.nan
    plan, leaves = flat([[2, 2, gap], [gap, 2, 2]], children=children, min_available=rule)

    assert_array_equal(evaluate(plan, leaves)[:, plan.root], scores)


def test_without_any_child_there_is_no_score_however_little_is_asked() -> None:
    plan, leaves = flat([[math.nan, math.nan], [1, 2]], min_available=ANY)

    assert_array_equal(evaluate(plan, leaves)[:, plan.root], [math.nan, 1.5])


def test_presence_is_judged_on_the_published_weights_in_every_draw() -> None:
    plan, leaves = flat([[1, 5, math.nan], [3, 6, 9]])
    scores = evaluate(plan, leaves, np.array([[1.0, 1, 1], [1, 0, 99]]))

    assert_array_equal(scores[:, 0, plan.root], [3, 1])


def test_rescaling_at_the_root_is_taken_among_the_units_of_a_draw() -> None:
    plan, leaves = flat([[1, 5], [3, 0], [2, 2]], steps=(MinMax(),))
    scores = evaluate_node(plan, leaves, np.array([[1.0, 0], [0, 1]]))

    assert_array_equal(scores, [[0, 100, 50], [100, 0, 40]])


def test_steps_inside_the_tree_are_taken_over_all_rows_and_stop_the_collapse() -> None:
    inner = Node(code="p", name="P", children=(indicator("a"),), steps=(Round(), MinMax((0, 10))))
    plan, leaves = flat([[1.2, 0], [2.9, 0], [math.nan, 7]],
                        children=(inner, indicator("b")), min_available=ANY)  # fmt: skip

    assert common_chart(plan, plan.root) is None
    assert_array_equal(evaluate_node(plan, leaves, plan.weights()[None])[0], [0, 5, 7])


def test_a_mixed_tree_does_not_collapse_and_a_tree_of_one_chart_does() -> None:
    inner = Node(code="p", name="P", children=(indicator("a"),), aggregation=Generalised(1.0))
    other = inner.model_copy(update={"aggregation": Generalised(2.0)})

    alike = flat([[1, 2], [3, 4]], children=(inner, indicator("b")))[0]
    mixed = flat([[1, 2], [3, 4]], MinMax(), children=(other, indicator("b")))[0]

    assert common_chart(alike, alike.root) == Identity()
    assert common_chart(mixed, mixed.root) is None


@pytest.mark.parametrize("gap", [5, math.nan])
def test_a_group_whose_children_all_have_weight_zero_takes_no_part(gap: float) -> None:
    inner = Node(code="p", name="P", children=(indicator("a"), indicator("b")),
                 min_available=ANY)  # fmt: skip
    plan, leaves = flat([[1, 2, 3], [4, gap, 6]], children=(inner, indicator("c")))
    weights = np.array([[0.0, 0, 1, 1], [0, 0, 0, 1], [0, 0, 1, 0]])
    none = [math.nan, math.nan]

    assert_array_equal(evaluate_node(plan, leaves, weights), [[3, 6], [3, 6], none])
    assert_array_equal(evaluate(plan, leaves, weights)[..., plan.node("p")], [none, none, none])


def test_a_row_that_is_left_with_weight_zero_only_has_no_score_in_that_draw() -> None:
    plan, leaves = flat([[1, math.nan, 3], [4, 5, 6]])
    scores = evaluate_node(plan, leaves, np.array([[0.0, 1, 0], [1, 1, 0]]))

    assert_array_equal(scores, [[math.nan, 5], [1, 4.5]])


def test_a_method_that_minds_the_order_gets_the_children_as_the_definition_lists_them() -> None:
    inner = Node(code="g", name="G", children=(indicator("a"),))
    root = Node(code="r", name="R", children=(inner, indicator("b")), aggregation=Ratio())
    data = plain_table(("u", "v"), ("a", "b"), np.array([[10.0, 2], [8, 4]]))
    definition, data = make_index(root, data, normalisation=NoNormalisation())

    assert build(definition, data).score().tolist() == [5, 2]


def test_where_a_node_that_compares_rows_is_absent_its_parent_is_not() -> None:
    inner = Node(code="g", name="G", children=(indicator("a"),), aggregation=Copeland())
    root = Node(code="r", name="R", children=(inner, indicator("b")), min_available=ANY)
    data = plain_table(("u", "v", "w"), ("a", "b"), np.array([[1.0, 2], [2, 4], [math.nan, 6]]))
    definition, data = make_index(root, data, normalisation=NoNormalisation())

    assert build(definition, data).score().tolist() == [0.5, 2.5, 6]


def test_a_step_that_fills_gives_no_score_to_who_is_not_ranked() -> None:
    root = Node(code="r", name="R", children=(indicator("a"),), steps=(Fill(value=0.0),))
    data = plain_table(("u", "v"), ("a",), np.array([[1.0], [math.nan]]))
    definition, data = make_index(root, data, normalisation=NoNormalisation())
    screened, _ = make_index(root, data, normalisation=NoNormalisation(),
                             screening=Screening(at_least=0.5))  # fmt: skip

    assert build(definition, data).score().tolist() == [1, 0]
    assert build(screened, data).rank().tolist() == [1, 0]
