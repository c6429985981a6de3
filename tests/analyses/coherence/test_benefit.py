"""The benefit of the doubt: scores by the aggregation, shares proved to be best ones."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.testing import assert_allclose

from rankscope.analyses.coherence import benefit_of_the_doubt
from rankscope.analyses.coherence.best_shares import best_shares
from rankscope.methods.aggregation import BenefitOfTheDoubt
from tests.analyses.coherence.making import built, two_factors, two_pillars
from tests.support.indices import indicator, pillar

THREE = pillar("whole", *(indicator(code) for code in "abc"))


def proved(values: np.ndarray, scores: np.ndarray, shares: np.ndarray, row: int) -> bool:
    """Whether shares are weights that give a row its score, and nobody more than one."""
    own = values[row]
    weights = np.divide(shares[row] * scores[row], own, out=np.zeros(len(own)), where=own > 0)
    return bool(
        abs(weights @ own - scores[row]) < 1e-6
        and (np.nan_to_num(values) @ weights).max() < 1 + 1e-6
    )


@settings(max_examples=20)
@given(st.integers(0, 10_000), st.sampled_from([(0.0, 1.0), (0.1, 0.6), (0.0, 0.5)]))
def test_shares_prove_the_score(seed, bounds):
    random = np.random.default_rng(seed)
    values = random.uniform(0, 100, (15, 3)).round()
    method = BenefitOfTheDoubt(lower=bounds[0], upper=bounds[1])
    scores = method.combine(values, np.ones(3))
    shares = best_shares(values, bounds, scores)

    for row in np.flatnonzero(scores > 0):
        assert shares[row].sum() == pytest.approx(1)
        assert proved(values, scores, shares, row)
        assert (shares[row] >= bounds[0] - 1e-6).all()
        assert (shares[row] <= bounds[1] + 1e-6).all()


def test_that_proof_can_fail():
    values = np.array([[100.0, 10.0], [10.0, 100.0], [60.0, 20.0]])
    scores = BenefitOfTheDoubt().combine(values, np.ones(2))

    assert proved(values, scores, best_shares(values, (0.0, 1.0), scores), 2)
    assert not proved(values, scores, np.full((3, 2), 0.5), 2)  # equal shares


def test_of_two_parts_the_most_balanced_shares_are_found_by_hand():
    """Weights of the first: 1 = 100 w1 + 10 w2 or less, and 10 w1 + 100 w2 <= 1."""
    values = np.array([[100.0, 10.0], [10.0, 100.0]])
    scores = np.ones(2)
    found = best_shares(values, (0.0, 1.0), scores)

    # with share s of the small part: w2 = s/10, w1 = (1-s)/100, 10 w1 + 100 w2 = 0.1 + 9.9 s <= 1
    assert found[0] == pytest.approx([1 - 1 / 11, 1 / 11], abs=1e-6)
    assert found[1] == pytest.approx([1 / 11, 1 - 1 / 11], abs=1e-6)


def test_scores_are_those_of_the_aggregation_and_ranks_follow_them():
    result = built(two_factors(), two_pillars())
    found = benefit_of_the_doubt(result)
    values = result.scores[0][:, [result.plan.node(code) for code in ("one", "two")]]

    assert_allclose(found.best, BenefitOfTheDoubt().combine(values, np.ones(2)), atol=1e-12)
    ahead = (found.best[:, None] < found.best - 1e-9).sum(axis=1) + 1
    assert_allclose(found.best_ranks, ahead)
    assert_allclose(found.gains, result.rank() - ahead)
    assert found.frame()["gain"].is_monotonic_decreasing


def test_who_is_best_in_one_part_alone_gains_most():
    values = np.random.default_rng(0).uniform(40, 60, (30, 3))
    values[4] = [100.0, 0.0, 0.0]
    found = benefit_of_the_doubt(built(values, THREE))

    assert found.frame().index[0] == found.units[4]
    assert found.best[4] == 1.0
    assert found.shares[4] == pytest.approx([1, 0, 0])


def test_many_at_the_top_are_told():
    values = np.random.default_rng(0).uniform(0, 100, (12, 3))
    found = benefit_of_the_doubt(built(values, THREE))

    assert [one.id for one in found.findings] == ["coherence-benefit-many"]


@pytest.mark.parametrize(
    ("method", "said"),
    [
        ({"normalisation": "z_score"}, "below zero"),
        ({"ranking": {"best": "lowest"}}, "lowest score is the best"),
    ],
)
def test_where_it_makes_no_sense_it_says_so(method, said):
    found = benefit_of_the_doubt(built(two_factors(), two_pillars(), method=method))

    assert np.isnan(found.best).all()
    assert not found.best_ranks.any()
    assert [one.id for one in found.findings] == ["coherence-benefit-refused"]
    assert said in found.findings[0].sentence


def test_gaps_are_zero_and_get_no_share():
    values = two_factors()
    values[:5, 2:4] = np.nan
    result = built(
        values,
        pillar(
            "whole",
            *(indicator(code) for code in "abcdef"),
            min_available={"by": "weight", "at_least": 0.5},
        ),
    )
    found = benefit_of_the_doubt(result, method=BenefitOfTheDoubt(upper=0.5))

    assert (found.shares[:5, 2:4] == 0).all()
    assert_allclose(np.nansum(found.shares, axis=1), 1)
