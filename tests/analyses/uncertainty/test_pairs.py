"""Pairs and tiers, against counting by hand."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.testing import assert_allclose, assert_array_equal

from rankscope.analyses.uncertainty.pairs import PairCounts, Pairs, tiers
from rankscope.definition.method import Ranking as Rule
from rankscope.pipeline.ranks import Ranking

NAN = float("nan")


def ranking(rivals=None, **rule):
    return Ranking(Rule(**rule), rivals)


def pairs_of(scores, **said):
    return Pairs(*PairCounts(ranking(**said)).part(np.array(scores, dtype=float)))


def by_hand(scores, better):
    """Return how often the row's unit is ahead of the column's, of the draws with both."""
    scores = np.array(scores, dtype=float)
    rows = scores.shape[1]
    found = np.full((rows, rows), NAN)
    for one in range(rows):
        for other in range(rows):
            own = scores[:, [one, other]]
            own = own[np.isfinite(own).all(axis=1)]
            if len(own):
                found[one, other] = np.mean([better(a, b) for a, b in own])
    return found


def drawn(seed=0, gaps=0.2):
    random = np.random.default_rng(seed)
    scores = random.integers(0, 5, (200, 6)).astype(float)
    scores[random.random(scores.shape) < gaps] = NAN
    scores[:, 5] = NAN
    return scores


@pytest.mark.parametrize("ties", ["best", "worst", "dense", "order"])
def test_pairs_are_counted_by_hand_under_any_rule_for_ties(ties):
    scores = drawn()
    found = pairs_of(scores, ties=ties)

    assert_allclose(found.probability, by_hand(scores, lambda a, b: a > b))
    assert_allclose(found.ties, by_hand(scores, lambda a, b: a == b))


def test_the_lowest_may_be_best():
    scores = drawn(1)

    assert_allclose(
        pairs_of(scores, best="lowest").probability, by_hand(scores, lambda a, b: a < b)
    )


def test_printed_decimals_make_ties():
    assert pairs_of([[1.04, 1.0], [1.06, 1.0]], decimals=1).ties[0, 1] == 0.5


def sums_to_one(probability, ties):
    """Whether both ways and ties make up all draws in which both have a rank."""
    total = probability + probability.T + ties
    return bool(np.allclose(total[np.isfinite(total)], 1))


def test_both_ways_and_ties_sum_to_one():
    scores = drawn()
    found = pairs_of(scores)
    at_least = by_hand(scores, lambda a, b: a >= b)  # the broken twin takes a tie for a win

    assert (found.both > 0).any()
    assert sums_to_one(found.probability, found.ties)
    assert not sums_to_one(at_least, found.ties)


def test_units_of_different_groups_never_meet():
    rivals = (np.array([0, 2]), np.array([1, 3]))  # unit 4 stands in no group
    scores = np.tile([5.0, 4.0, 3.0, 2.0, 9.0], (10, 1))
    found = Pairs(*PairCounts(ranking(rivals)).part(scores)).probability

    assert found[0, 2] == found[1, 3] == 1
    assert np.isnan(found[[0, 1, 4, 0], [1, 2, 0, 4]]).all()


ABOVE = np.array(
    [
        [0.0, 0.60, 0.94, 0.95, 1.0],
        [0.40, 0.0, 0.97, 0.90, 1.0],
        [0.06, 0.03, 0.0, 0.50, 0.94],
        [0.05, 0.10, 0.50, 0.0, 0.60],
        [0.0, 0.0, 0.06, 0.40, 0.0],
    ]
)


def test_a_tier_opens_with_who_its_head_is_surely_above():
    """Head 0 holds 1 and 2 (0.94), though 1 is above 2 in 97 %; 3 opens the next with 4."""
    assert_array_equal(tiers(ABOVE, [0, 1, 2, 3, 4]), [1, 1, 1, 2, 2])
    assert_array_equal(tiers(ABOVE, [0, 1, 2, 3, 4], sure=0.9), [1, 1, 2, 2, 3])
    assert_array_equal(tiers(ABOVE, [0, 1, 2, 3, 4], sure=1.01), [1, 1, 1, 1, 1])
    assert_array_equal(tiers(ABOVE, [1, 2, 4]), [0, 1, 2, 0, 2])


def test_tiers_of_groups_are_their_own():
    assert_array_equal(
        tiers(ABOVE, [0, 1, 3, 4], groups=np.array([0, 1, 1, 0, 1])), [1, 1, 0, 2, 2]
    )


def test_who_never_meets_the_head_is_not_told_apart():
    above = np.array([[0, NAN], [NAN, 0]])

    assert_array_equal(tiers(above, [0, 1]), [1, 1])
