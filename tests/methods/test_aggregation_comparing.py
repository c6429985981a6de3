"""Aggregations that compare the rows with each other: Copeland's rule and distances."""

from __future__ import annotations

import itertools
import time

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.testing import assert_allclose

from rankscope.methods.aggregation import Copeland, Topsis, WroclawTaxonomic
from rankscope.methods.aggregation import copeland as module

SEEDS = st.integers(0, 2**32)


def tied_with_gaps(seed: int) -> tuple[np.ndarray, np.ndarray]:
    """Return values (rows, children) with ties and gaps, and weights (children,)."""
    rng = np.random.default_rng(seed)
    values = rng.integers(1, 5, (rng.integers(1, 8), rng.integers(1, 5))).astype(float)
    values[rng.random(values.shape) < 0.25] = np.nan
    return values, rng.choice([0.5, 1.0, 2.0, 3.7], values.shape[1])


def shares_of(values: np.ndarray, weights: np.ndarray) -> np.ndarray:
    """Return each row's weights over those of the children that it has."""
    there: np.ndarray = ~np.isnan(values) * weights
    total = there.sum(axis=1, keepdims=True)
    return np.asarray(np.divide(there, total, out=np.zeros(there.shape), where=total > 0))


def copeland(values: np.ndarray, weights: np.ndarray, scores: str = "net") -> np.ndarray:
    found = Copeland(scores).combine(  # type: ignore[arg-type]
        np.nan_to_num(values, nan=1.0), shares_of(values, weights)
    )
    return np.asarray(found)


def net_wins_by_loop(values: np.ndarray, weights: np.ndarray) -> list[float]:
    """Return Copeland's net count as its definition reads, pair by pair."""
    taking_part = ~np.isnan(values).all(axis=1)
    net = np.where(taking_part, 0.0, np.nan)
    for one, other in itertools.combinations(np.flatnonzero(taking_part), 2):
        common = ~np.isnan(values[one]) & ~np.isnan(values[other])
        ahead = weights[common & (values[one] > values[other])].sum()
        ahead += weights[common & (values[one] == values[other])].sum() / 2
        if common.any():
            outcome = np.sign(round(ahead / weights[common].sum() - 0.5, 9))
            net[[one, other]] += [outcome, -outcome]
    return [float(one) for one in net]


@given(SEEDS)
def test_net_wins_are_those_of_a_loop_over_pairs(seed: int) -> None:
    values, weights = tied_with_gaps(seed)

    assert_allclose(copeland(values, weights), net_wins_by_loop(values, weights))


@given(SEEDS)
def test_swapping_rows_with_gaps_swaps_their_scores(seed: int) -> None:
    values, weights = tied_with_gaps(seed)

    assert_allclose(copeland(values[::-1], weights), copeland(values, weights)[::-1])
    assert np.nansum(copeland(values, weights)) == 0


def test_a_missing_value_gives_its_weight_to_nobody() -> None:
    values = np.array([[1.0, np.nan], [2.0, 5.0]])
    even = np.array([1.0, 9.0])

    assert copeland(values, even).tolist() == [-1, 1]
    assert copeland(values[::-1], even).tolist() == [1, -1]
    assert copeland(np.array([[1.0, np.nan], [np.nan, 5.0]]), even).tolist() == [0, 0]


def test_the_majority_of_the_weight_wins_however_narrow_the_lead() -> None:
    values = np.array([[10.0, 10.0, 1.0], [9.9, 9.9, 100.0], [1.0, 1.0, 50.0]])

    assert copeland(values, np.ones(3)).tolist() == [2, 0, -2]
    assert copeland(values, np.array([1.0, 1.0, 2.0])).tolist() == [0, 1, -1]
    assert copeland(values, np.array([1.0, 1.0, 3.0])).tolist() == [-2, 2, 0]


def test_values_that_only_rounding_tells_apart_tie() -> None:
    values = np.array([[0.1 + 0.2], [0.3], [7.0]])

    assert copeland(values, np.ones(1)).tolist() == [-1, -1, 2]


def test_shares_of_pairs_lie_between_none_and_all() -> None:
    values = np.array([[3.0], [2.0], [2.0], [1.0]])

    assert copeland(values, np.ones(1), "share").tolist() == [1, 0.5, 0.5, 0]
    assert np.isnan(copeland(np.array([[3.0]]), np.ones(1), "share")).all()


def test_rows_with_other_weights_share_them_in_a_pair() -> None:
    values = np.array([[2.0, 1.0], [1.0, 2.0]])
    weights = np.array([[0.7, 0.3], [0.4, 0.6]])

    assert Copeland().combine(values, weights).tolist() == [1, -1]
    assert Copeland().combine(values[::-1], weights[::-1]).tolist() == [-1, 1]


@settings(max_examples=20)
@given(SEEDS)
def test_blocks_of_rows_change_nothing(seed: int) -> None:
    values, weights = tied_with_gaps(seed)
    whole = copeland(values, weights)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, "_CELLS", 3)
        assert_allclose(copeland(values, weights), whole)


def test_a_hundred_draws_take_a_moment() -> None:
    rng = np.random.default_rng(0)
    values = np.repeat(rng.uniform(0, 100, (1, 200, 20)), 100, axis=0)
    weights = np.repeat(rng.dirichlet(np.ones(20), (100, 1)), 200, axis=1)
    started = time.process_time()
    scores = Copeland().combine(values, weights)

    assert time.process_time() - started < 2
    assert (scores.sum(axis=1) == 0).all()


def test_closeness_by_hand() -> None:
    values = np.array([[1.0, 0.0], [0.0, 1.0], [1.0, 1.0], [0.0, 0.0]])
    weights = np.tile([0.6, 0.4], (4, 1))

    assert_allclose(Topsis().combine(values, weights), [0.6, 0.4, 1, 0])


def test_closeness_of_equal_rows_is_not_known() -> None:
    assert np.isnan(Topsis().combine(np.ones((3, 2)), np.full((3, 2), 0.5))).all()
    assert np.isnan(WroclawTaxonomic().combine(np.ones((3, 2)), np.full((3, 2), 0.5))).all()


def test_the_taxonomic_method_by_hand() -> None:
    # distances from (4, 3): 5, 0, 3 and 4, over the square root of two for equal shares
    values = np.array([[0.0, 0.0], [4.0, 3.0], [1.0, 3.0], [4.0, -1.0]])
    apart = np.array([5.0, 0.0, 3.0, 4.0])
    critical = apart.mean() + 2 * apart.std()

    found = WroclawTaxonomic().combine(values, np.full((4, 2), 0.5))
    assert_allclose(found, 1 - apart / critical)
