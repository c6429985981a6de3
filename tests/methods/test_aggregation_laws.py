"""What holds for every aggregation, whatever its formula."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.testing import assert_allclose

from rankscope._registry import methods_of
from rankscope.methods.aggregation import (
    Aggregation,
    BenefitOfTheDoubt,
    Copeland,
    Difference,
    MazziottaPareto,
    MeanOfBest,
    PenalisedMean,
    Ratio,
    Topsis,
    WroclawTaxonomic,
)
from rankscope.testing import examples_of

METHODS = [
    method
    for cls in methods_of("aggregation").values()
    for method in dict.fromkeys(examples_of(cls))
    if isinstance(method, Aggregation)
]
LOWERED_BY_A_BETTER_CHILD = (
    Difference,
    MazziottaPareto,
    MeanOfBest,
    PenalisedMean,
    Ratio,
    WroclawTaxonomic,
)
SEEDS = st.integers(0, 2**32)

every_method = pytest.mark.parametrize("method", METHODS, ids=str)
few = settings(max_examples=6)


def draw_batch(
    seed: int, method: Aggregation, *, gaps: bool = False
) -> tuple[np.random.Generator, Any, Any]:
    """Return values between 1 and 100 and weights, (2, 6, children), shares where it takes them."""
    rng = np.random.default_rng(seed)
    children = int(rng.integers(2, 3 if method.ordered else 6))
    values = rng.choice(
        [rng.uniform(1, 100, (2, 6, children)), rng.integers(1, 4, (2, 6, children))]
    )
    weights = np.repeat(rng.uniform(0.1, 2, (2, 1, children)), 6, axis=1)
    if gaps:
        there = rng.random(weights.shape) < 0.7
        there[..., :2] |= ~there.any(axis=-1, keepdims=True) | method.ordered
        weights = np.where(there, weights, 0.0)
    if method.shares:
        weights /= weights.sum(axis=-1, keepdims=True)
    return rng, values, weights


@every_method
@few
@given(seed=SEEDS)
def test_a_child_without_weight_changes_nothing(method: Aggregation, seed: int) -> None:
    rng, values, weights = draw_batch(seed, method)
    idle = rng.choice([-5.0, 0.0, 1.0, 1e6], (2, 6, 1))
    with_idle = method.combine(
        np.concatenate([values, idle], axis=-1),
        np.concatenate([weights, np.zeros((2, 6, 1))], axis=-1),
    )

    assert_allclose(with_idle, method.combine(values, weights), rtol=1e-9, atol=1e-12)


@every_method
@few
@given(seed=SEEDS)
def test_scores_stay_inside_the_image(method: Aggregation, seed: int) -> None:
    _, values, weights = draw_batch(seed, method, gaps=True)
    _, _, declared = draw_batch(seed, method)
    found = method.combine(values, weights)

    lows, highs = values.min(axis=(0, 1)), values.max(axis=(0, 1))
    ends = np.array([method.image(lows, highs, declared[draw, 0]) for draw in range(2)])
    low, high = ends[:, 0].min(), ends[:, 1].max()
    known = found[~np.isnan(found)]
    assert known.min(initial=high) >= low - 1e-9 * min(abs(low), 1e9)
    assert known.max(initial=low) <= high + 1e-9 * min(abs(high), 1e9)


@every_method
@few
@given(seed=SEEDS)
def test_draws_are_combined_each_by_itself(method: Aggregation, seed: int) -> None:
    _, values, weights = draw_batch(seed, method, gaps=True)
    together = method.combine(values, weights)

    for draw in range(2):
        assert_allclose(together[draw], method.combine(values[draw], weights[draw]), rtol=1e-12)
    assert np.array_equal(together, method.combine(values, weights), equal_nan=True)


@every_method
@few
@given(seed=SEEDS)
def test_rows_may_stand_in_any_order(method: Aggregation, seed: int) -> None:
    rng, values, weights = draw_batch(seed, method, gaps=True)
    order = rng.permutation(6)
    turned = method.combine(values[:, order], weights[:, order])

    assert_allclose(turned, method.combine(values, weights)[:, order], rtol=1e-8, atol=1e-9)


@every_method
@few
@given(seed=SEEDS)
def test_children_may_stand_in_any_order(method: Aggregation, seed: int) -> None:
    if method.ordered:
        return
    rng, values, weights = draw_batch(seed, method, gaps=True)
    order = rng.permutation(values.shape[-1])
    turned = method.combine(values[..., order], weights[..., order])

    assert_allclose(turned, method.combine(values, weights), rtol=1e-8, atol=1e-9)


@every_method
@few
@given(seed=SEEDS)
def test_a_better_child_never_lowers_its_own_row(method: Aggregation, seed: int) -> None:
    bounded = isinstance(method, BenefitOfTheDoubt) and (method.lower > 0 or method.upper < 1)
    if isinstance(method, LOWERED_BY_A_BETTER_CHILD) or bounded:
        assert not method.monotone
        return
    rng, values, weights = draw_batch(seed, method, gaps=True)
    values = np.minimum(values, 90.0)
    better = values.copy()
    better[:, 0, rng.integers(values.shape[-1])] += rng.uniform(0, 10)

    before, after = method.combine(values, weights)[:, 0], method.combine(better, weights)[:, 0]
    assert ((after >= before - 1e-8) | np.isnan(before)).all()


@every_method
def test_a_row_without_weights_has_no_score(method: Aggregation) -> None:
    values, weights = np.full((3, 2), 5.0), np.full((3, 2), 0.5)
    weights[1] = 0.0

    assert np.isnan(method.combine(values, weights)).tolist()[1]


@every_method
@pytest.mark.parametrize("rows", [0, 1, 2])
def test_few_and_equal_rows_give_numbers_or_nothing(method: Aggregation, rows: int) -> None:
    for values in (np.full((rows, 2), 5.0), np.ones((rows, 2)), np.full((rows, 2), 99.0)):
        found = method.combine(values, np.full((rows, 2), 0.5))

        assert found.shape == (rows,)
        assert not np.isinf(found).any()


@every_method
def test_each_method_says_in_words_what_it_does(method: Aggregation) -> None:
    sentence = method.in_words("country")

    assert sentence[0].isupper()
    assert sentence[-1] not in ". "
    assert "  " not in sentence
    assert len(sentence) < 260


@pytest.mark.parametrize("method", [one for one in METHODS if one.chart()], ids=str)
def test_charts_are_finite_on_what_a_mean_accepts(method: Aggregation) -> None:
    chart = method.chart()
    assert chart is not None
    points = np.array([0.0, 1e-4, 1.0, 50.0, 100.0])
    accepted = np.array([point for point in points if method.accepts(point, point)])
    charted = chart.forward(accepted)

    assert np.isfinite(charted).all()
    assert np.isfinite(0.0 * charted).all()
    assert_allclose(chart.back(charted), accepted, rtol=1e-9, atol=1e-9)


def test_methods_that_compare_rows_say_so() -> None:
    known = {type(method) for method in METHODS if not method.row_wise}

    assert known == {BenefitOfTheDoubt, Copeland, Topsis, WroclawTaxonomic}
