"""Weights are relative to siblings: sums, scales, zeros, views."""

from __future__ import annotations

from functools import partial
from typing import Any

import numpy as np
from hypothesis import assume, given
from hypothesis import strategies as st

from rankscope.data.table import plain_table
from rankscope.definition.model import Node, Variable, Views
from rankscope.methods.aggregation import Arithmetic, Generalised, Geometric
from rankscope.methods.normalisation import MinMax
from rankscope.pipeline import INTENSITY, SCALE, Plan, bind, build, evaluate, prepare
from rankscope.testing import indices, make_index
from tests.laws.law import (
    Index,
    Score,
    broken_by,
    reweighted,
    same,
    score,
    with_framework,
)

SEEDS = st.integers(0, 2**32)
MIXED = indices(aggregations=(Arithmetic(), Geometric(), Generalised(2.0)))
CASES = st.tuples(MIXED, SEEDS)


def sums_to_one(index: Index, weights: Any = Plan.effective_weights) -> bool:
    """Effective weights of the leaves sum to one, and those of children to their parent's."""
    plan = bind(*index)
    effective = weights(plan)
    whole = sum(effective[leaf.node] for leaf in plan.leaves)
    return bool(np.isclose(whole, 1)) and all(
        np.isclose(effective[list(node.children)].sum(), effective[number])
        for number, node in enumerate(plan.nodes)
        if node.children
    )


@given(MIXED)
def test_effective_weights_sum_to_one(index: Index) -> None:
    assert sums_to_one(index)


def test_that_law_catches_weights_that_are_not_normalised() -> None:
    assert broken_by(partial(sums_to_one, weights=lambda plan: np.append(plan.weights(), 1)), MIXED)


def siblings_scaled(case: tuple[Index, int], scored: Score = score) -> bool:
    """Multiplying the weights of all siblings by a constant changes nothing."""
    index, seed = case
    rng = np.random.default_rng(seed)

    def scaled(node: Node) -> Node:
        factor = rng.uniform(0.01, 100)
        children = tuple(reweighted(child, child.weight * factor) for child in node.children)
        return node.model_copy(update={"children": children})

    return same(scored(with_framework(index, scaled)), scored(index))


@given(CASES)
def test_only_the_proportions_of_weights_matter(case: tuple[Index, int]) -> None:
    assert siblings_scaled(case)


def test_that_law_catches_weights_used_as_given() -> None:
    def as_given(index: Index) -> np.ndarray:
        plan = bind(*index)
        return np.nansum(
            prepare(plan).values * plan.weights()[[leaf.node for leaf in plan.leaves]], axis=1
        )

    assert broken_by(partial(siblings_scaled, scored=as_given), CASES)


def dropped_is_zero(case: tuple[Index, int], given_zero: float = 0.0) -> bool:
    """An index without an indicator is the index in which it has weight zero."""
    index, seed = case
    plan = bind(*index)
    many = [
        leaf for leaf in plan.leaves if len(plan.nodes[plan.nodes[leaf.node].parent].children) > 2
    ]
    assume(many)
    code = many[seed % len(many)].spec.code

    def without(node: Node) -> Node:
        kept = tuple(child for child in node.children if child.code != code)
        return node.model_copy(update={"children": kept})

    def zeroed(node: Node) -> Node:
        return reweighted(node, given_zero) if node.code == code else node

    return same(score(with_framework(index, without)), score(with_framework(index, zeroed)))


@given(CASES)
def test_dropping_an_indicator_is_weight_zero(case: tuple[Index, int]) -> None:
    assert dropped_is_zero(case)


def test_that_law_catches_a_zero_that_counts_a_little() -> None:
    assert broken_by(partial(dropped_is_zero, given_zero=0.001), CASES)


def zero_in_a_draw(case: tuple[Index, int], rest: float = 0.0) -> bool:
    """Weight zero in a draw is weight zero in the definition, where nothing is missing."""
    index, seed = case
    plan = bind(*index)
    weights = plan.weights()
    weights[np.random.default_rng(seed).random(len(weights)) < 0.3] = rest
    by_code = dict(zip([node.code for node in plan.nodes[:-1]], weights, strict=True))
    assume(all(weights[list(node.children)].any() for node in plan.nodes if node.children))

    def zeroed(node: Node) -> Node:
        return reweighted(node, by_code.get(node.code, 1.0))

    drawn = evaluate(plan, prepare(plan), np.where(weights == rest, 0.0, weights))
    return same(drawn[:, plan.root], score(with_framework(index, zeroed)))


COMPLETE = st.tuples(indices(aggregations=(Arithmetic(), Geometric()), gaps=False), SEEDS)


@given(COMPLETE)
def test_zero_in_a_draw_is_zero_in_the_definition(case: tuple[Index, int]) -> None:
    assert zero_in_a_draw(case)


def test_that_law_catches_a_zero_that_is_not_one() -> None:
    assert broken_by(partial(zero_in_a_draw, rest=0.01), COMPLETE)


def viewed(seed: int, scale: float, intensity: float) -> Index:
    """Return two counts and a share, with views."""
    rng = np.random.default_rng(seed)
    two = {"kind": "count", "denominator": "pop"}
    children = (
        Node(code="a", name="a", weight=rng.uniform(1, 3), **two),
        Node(code="b", name="b", **two),
        Node(code="c", name="c", kind="share"),
    )
    table = plain_table(tuple("uvwxyz"), ("a", "b", "c", "pop"), rng.lognormal(size=(6, 4)))
    index = make_index(Node(code="r", name="r", children=children), table, normalisation=MinMax())
    views = Views(scale=scale, intensity=intensity)
    context = (Variable(code="pop", name="Population"),)
    return index[0].model_copy(update={"views": views, "context": context}), index[1]


def equal_sides(seed: int, scale: float = 1.0) -> bool:
    """With equal sides the headline is the average of both views."""
    result = build(*viewed(seed, scale, 1.0))
    return same(result.score(), (result.score(view=SCALE) + result.score(view=INTENSITY)) / 2)


@given(SEEDS)
def test_a_headline_of_equal_sides_is_the_average_of_the_views(seed: int) -> None:
    assert equal_sides(seed)


def test_that_law_catches_unequal_sides() -> None:
    assert broken_by(partial(equal_sides, scale=1.1), SEEDS)
