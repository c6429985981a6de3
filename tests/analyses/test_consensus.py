"""The consensus of pairs, by hand and against brute force."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import kendalltau

from rankscope.analyses.consensus import consensus, consensus_of
from rankscope.analyses.multiverse import multiverse
from rankscope.analyses.uncertainty import design_of, uncertainty
from rankscope.definition.assumptions import Assumptions
from rankscope.errors import MethodError
from tests.support.indices import make_index

ROUND = np.array([[0, 0.6, 0.4, 0.9], [0.4, 0, 0.6, 0.9], [0.6, 0.4, 0, 0.9], [0.1, 0.1, 0.1, 0]])


def shares(rankings):
    """Return how often each stands above each, from whole rankings."""
    ranks = np.array(rankings)
    return (ranks[:, :, None] < ranks[:, None, :]).mean(axis=0)


def test_pairs_won_less_pairs_lost_by_hand():
    above = np.array([[0, 0.3, 0.9], [0.7, 0, 0.5], [0.1, 0.5, 0]])
    found = consensus_of(above, np.array([1, 2, 3]), units=("a", "b", "c"))

    assert found.wins.tolist() == [0, 1, -1]
    assert found.ranks.tolist() == [2, 1, 3]
    assert (found.reversed, found.pairs, found.distance) == (1, 3, 1 / 3)
    assert found.moves.tolist() == [-1, 1, 0]
    assert found.winner is None
    assert found.cycles == ()


def test_a_circle_of_three_shares_the_first_place():
    found = consensus_of(ROUND, np.array([1, 2, 3, 4]), units=tuple("abcd"))

    assert found.ranks.tolist() == [1, 1, 1, 4]
    assert found.cycles == (("a", "b", "c"),)
    assert found.winner is None
    assert found.reversed == 0


def test_three_voters_make_condorcets_circle():
    found = consensus_of(shares([[1, 2, 3], [3, 1, 2], [2, 3, 1]]), np.array([1, 2, 3]))

    assert found.ranks.tolist() == [1, 1, 1]
    assert found.cycles == (("1", "2", "3"),)


def test_who_beats_all_is_first_whatever_the_mean_rank():
    # twice 1, 2, 3, 4 and once 4, 1, 2, 3: the second's mean rank is the better one
    found = consensus_of(shares([[1, 2, 3, 4], [1, 2, 3, 4], [4, 1, 2, 3]]), np.array([2, 1, 3, 4]))

    assert found.winner == "1"
    assert found.ranks.tolist() == [1, 2, 3, 4]
    assert found.reversed == 1
    assert found.movers() == [1, 0]


def test_units_without_a_published_rank_take_no_part():
    found = consensus_of(shares([[3, 1, 2]]), np.array([1, 0, 2]), units=tuple("abc"))

    assert found.ranks.tolist() == [2, 0, 1]
    assert found.pairs == 1
    assert np.isnan(found.moves[1])
    assert found.frame().index.tolist() == ["c", "a"]


def test_pairs_that_never_met_are_a_draw():
    above = np.full((2, 2), np.nan)
    found = consensus_of(above, np.array([1, 2]))

    assert found.ranks.tolist() == [1, 1]


def test_groups_meet_among_themselves():
    above = shares([[4, 3, 2, 1]])
    found = consensus_of(above, np.array([1, 2, 1, 2]), groups=np.array([0, 0, 1, 1]))

    assert found.ranks.tolist() == [2, 1, 2, 1]
    assert (found.reversed, found.pairs) == (2, 2)


@pytest.mark.parametrize("size", [0, 1])
def test_nobody_and_one_unit_alone(size):
    found = consensus_of(np.zeros((size, size)), np.ones(size, dtype=np.int64))

    assert found.ranks.tolist() == [1] * size
    assert np.isnan(found.distance)
    assert found.cycles == ()


@given(st.integers(2, 9), st.integers(1, 9), st.integers(0, 2**32 - 1))
def test_wins_and_distance_are_those_of_brute_force(units, draws, seed):
    random = np.random.default_rng(seed)
    rankings = np.array([random.permutation(units) + 1 for _ in range(draws)])
    published = random.permutation(units) + 1
    above = shares(rankings)
    found = consensus_of(above, published)

    wins = [sum(np.sign(above[i, j] - above[j, i]) for j in range(units)) for i in range(units)]
    assert found.wins.tolist() == wins
    assert found.ranks.tolist() == [1 + sum(other > own for other in wins) for own in wins]
    turned = sum(
        (published[i] - published[j]) * (found.ranks[i] - found.ranks[j]) < 0
        for i in range(units)
        for j in range(i)
    )
    assert found.reversed == turned
    if len(set(wins)) == units:
        tau = kendalltau(published, found.ranks).statistic
        assert found.distance == pytest.approx((1 - tau) / 2)


@given(st.integers(2, 8), st.integers(0, 2**32 - 1))
def test_of_one_ranking_the_consensus_is_itself(units, seed):
    ranking = np.random.default_rng(seed).permutation(units) + 1
    found = consensus_of(shares([ranking]), ranking)

    assert found.ranks.tolist() == ranking.tolist()
    assert (found.reversed, found.cycles) == (0, ())


def test_analyses_give_their_pairs():
    assumed = {"aggregation": ["arithmetic", {"method": "geometric", "zeros": "zero"}]}
    design = design_of(make_index().build(), assumptions=Assumptions.model_validate(assumed))
    drawn = consensus(uncertainty(design, draws=2000, pairs=True))
    built = consensus(multiverse(design))

    assert drawn.units == design.result.units
    assert built.published.tolist() == design.result.rank().tolist()
    for found in (drawn, built):
        frame = found.frame()
        assert frame["consensus"].is_monotonic_increasing
        assert (frame["rank"] - frame["consensus"]).tolist() == pytest.approx(
            frame["move"].tolist(), abs=1
        )


def test_without_pairs_it_says_how_to_count_them():
    design = design_of(make_index().build())

    with pytest.raises(MethodError, match="pairs=True"):
        consensus(uncertainty(design, draws=10, pairs=False))
