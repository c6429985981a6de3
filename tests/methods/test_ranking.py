"""Ranks against their definition, read off every pair of units."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import array_shapes, arrays
from numpy.testing import assert_array_equal

from rankscope.methods.ranking import rank, rank_counts, ranks_among

STEPS = st.sampled_from([np.nan, np.inf, -np.inf, 0.0, -0.0, 1.0, -1.0, 1 + 1e-6, 7.5, -3e5])


def brute_force(scores: np.ndarray, tolerance: float = 1e-9) -> np.ndarray:
    """One plus the number of units ahead that no chain of ties leads to."""
    finite = np.isfinite(scores)
    reach = tolerance * np.ptp(scores[finite]) if finite.any() else 0.0
    ranks = np.zeros(len(scores), dtype=int)
    for unit in np.flatnonzero(finite):
        ahead = sorted(scores[finite & (scores >= scores[unit])])
        breaks = [i for i, gap in enumerate(np.diff(ahead)) if gap > reach]
        ranks[unit] = 1 + (len(ahead) - breaks[0] - 1 if breaks else 0)
    return ranks


@given(arrays(float, array_shapes(min_dims=1, max_dims=1, max_side=9), elements=STEPS))
def test_ranks_count_the_units_ahead(scores: np.ndarray) -> None:
    assert_array_equal(rank(scores), brute_force(scores))


@given(arrays(float, (3, 5, 6), elements=STEPS))
def test_each_draw_is_ranked_by_itself(scores: np.ndarray) -> None:
    alone = [brute_force(draw) for draw in scores.reshape(15, 6)]

    assert_array_equal(rank(scores), np.reshape(alone, scores.shape))


@given(arrays(float, (7, 5), elements=STEPS), st.sampled_from([0.0, 1e-9, 0.3]))
def test_counts_of_ranks_are_the_ranks_counted(scores: np.ndarray, tolerance: float) -> None:
    counts = rank_counts(scores, tolerance=tolerance)
    ranks = rank(scores, tolerance=tolerance)

    assert_array_equal(counts.sum(axis=1), 7)
    for taken in range(6):
        assert_array_equal(counts[:, taken], (ranks == taken).sum(axis=0))


@pytest.mark.parametrize("size", [1e-300, 1e-12, 1.0, 1e12, 1e300])
def test_the_size_of_scores_does_not_matter(size: float) -> None:
    scores = np.random.default_rng(0).normal(size=200) * size
    scores[50:60] = scores[50]

    assert_array_equal(rank(scores), brute_force(scores))


def test_a_tie_goes_on_along_a_chain() -> None:
    scores = np.array([0.0, 1.0, 1.0 - 8e-10, 1.0 - 16e-10, 1.0 - 30e-10, np.nan])

    assert_array_equal(rank(scores), [5, 1, 1, 1, 4, 0])


def test_two_thousand_units_are_ranked_as_by_sorting() -> None:
    scores = np.random.default_rng(1).normal(size=2000)

    assert_array_equal(rank(scores), np.argsort(np.argsort(-scores)) + 1)


def test_ties_among_two_thousand_units() -> None:
    scores = np.random.default_rng(1).integers(0, 300, 2000).astype(float)

    assert_array_equal(rank(scores), 1 + (scores[:, None] < scores).sum(axis=1))


@pytest.mark.parametrize("score", [0.0, -4.0, 1e-320, 1e300])
def test_units_with_one_score_share_the_first_rank(score: float) -> None:
    assert_array_equal(rank(np.full(4, score)), [1, 1, 1, 1])


def test_one_unit_is_first() -> None:
    assert_array_equal(rank(np.array([-3.0])), [1])


def test_of_no_unit_there_is_no_rank() -> None:
    assert rank(np.empty((4, 0))).shape == (4, 0)


def test_missing_and_infinite_scores_have_no_rank() -> None:
    assert_array_equal(rank(np.array([np.inf, 2.0, np.nan, 5.0, -np.inf])), [0, 2, 0, 1, 0])
    assert_array_equal(rank(np.full((2, 3), np.nan)), np.zeros((2, 3)))


def test_without_tolerance_the_last_bit_decides() -> None:
    scores = np.array([1e6, 0.1 + 0.2, 0.3, 0.3])

    assert_array_equal(rank(scores, tolerance=0.0), [1, 2, 3, 3])
    assert_array_equal(rank(scores), [1, 2, 2, 2])


def test_scores_are_left_alone() -> None:
    scores = np.array([[2.0, np.nan, 1.0]])
    rank(scores)
    rank_counts(scores)

    assert_array_equal(scores, [[2.0, np.nan, 1.0]])


@given(
    arrays(float, (3, 7), elements=st.sampled_from([0.0, 1.0, 1 + 4e-10, 2.0, np.nan, 5.0])),
    arrays(float, (3, 4), elements=st.sampled_from([0.0, 1.0, 1 + 8e-10, 2.0, np.nan, 6.0])),
)
def test_a_rank_among_others_is_that_of_the_candidate_put_in(
    others: np.ndarray, candidates: np.ndarray
) -> None:
    """Near ties too, and chains that the candidate itself links."""
    found = ranks_among(others, candidates)

    for draw in range(3):
        for number, candidate in enumerate(candidates[draw]):
            alone = np.append(others[draw], candidate)
            assert found[draw, number] == rank(alone)[-1]
