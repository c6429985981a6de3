"""What could be left out, what the overall rank adds, and weights against importance."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.testing import assert_allclose
from sklearn.linear_model import LinearRegression

from rankscope.analyses.coherence import added_value, redundancy, weights_and_importance
from rankscope.analyses.importance import importance
from rankscope.analyses.influence import influence
from rankscope.errors import MethodError
from tests.analyses.coherence.making import built, two_factors, two_pillars
from tests.support.indices import indicator, make_index, pillar


def test_pairs_that_say_the_same_are_found_within_and_across_pillars():
    values = two_factors(noise=0.6)
    random = np.random.default_rng(2)
    values[:, 1] = values[:, 0] + random.normal(0, 1, 80)
    values[:, 5] = -values[:, 0] + random.normal(0, 1, 80)
    found = redundancy(built(values, two_pillars()))

    pairs = {(one.one, one.other): one.correlation for one in found.pairs}
    assert set(pairs) == {("a", "b"), ("a", "f"), ("b", "f")}
    assert pairs["a", "b"] == pytest.approx(np.corrcoef(values[:, 0], values[:, 1])[0, 1])
    assert pairs["a", "f"] < -0.9
    assert len([one for one in found.findings if one.id == "coherence-redundant"]) == 3
    assert list(found.frame()["units"]) == [80] * 3


def test_inflation_is_what_regressions_leave():
    values = two_factors(noise=0.25)
    values[:5, 1] = np.nan
    found = redundancy(built(values, two_pillars())).inflation_frame()

    rows = values[5:, :3]
    for at, code in enumerate("abc"):
        others = np.delete(rows, at, axis=1)
        explained = LinearRegression().fit(others, rows[:, at]).score(others, rows[:, at])
        assert found.loc[("one", code), "factor"] == pytest.approx(1 / (1 - explained), rel=1e-9)
        assert found.loc[("one", code), "units"] == 75


def test_an_indicator_that_its_siblings_tell_is_inflated():
    values = two_factors()
    values[:, 2] = (values[:, 0] + values[:, 1]) / 2 + np.random.default_rng(0).normal(0, 1, 80)
    found = redundancy(built(values, two_pillars()))

    assert "c" in {one.place for one in found.findings if one.id == "coherence-inflated"}


def test_silent_indicators_are_those_of_influence():
    result = built(two_factors(), two_pillars(weight=0.001))
    found, truth = redundancy(result), influence(result, of=["indicators"])

    assert found.silent == ("c",)
    assert {one.code: one.mean_shift for one in found.left_out} == {
        one.code: one.mean_shift for one in truth.left_out
    }
    assert set(truth.findings) <= {
        type(one)(one.id, one.severity, one.place, one.sentence, one.remedy)
        for one in found.findings
    }


def test_of_a_node_only_its_own_indicators_are_asked_about():
    found = redundancy(built(two_factors(), two_pillars()), node="two")

    assert {one.code for one in found.left_out} == {"d", "e", "f"}
    assert {one.node for one in found.inflation} == {"two"}


def test_added_value_is_a_count_of_places():
    result = make_index(units=60, seed=4).build()
    found = added_value(result, places=5)
    ranks = {code: result.rank(result.plan.node(code)) for code in ("whole", *found.codes)}

    moved = np.array([np.abs(ranks["whole"] - ranks[code]) for code in found.codes]).T
    assert_allclose(found.shares, (moved >= 5).mean(axis=0))
    assert found.from_any == pytest.approx((moved >= 5).any(axis=1).mean())
    assert found.from_all == pytest.approx((moved >= 5).all(axis=1).mean())
    assert_allclose(found.frame()["mean_shift"], moved.mean(axis=0))
    with pytest.raises(MethodError, match="places must be"):
        added_value(result, places=0)


def test_units_without_a_part_are_counted_among_those_that_have_it():
    values = two_factors(units=60)
    values[:20, 3:] = np.nan
    framework = {**two_pillars(), "min_available": {"by": "weight", "at_least": 0.4}}
    result = built(values, framework, method={"screening": {"at_least": 0.0}})
    found = added_value(result)
    has = np.arange(20, 60)
    whole, two = (result.score(result.plan.node(code))[has] for code in ("whole", "two"))
    places = [(one[:, None] < one).sum(axis=1) for one in (whole, two)]

    far = np.abs(found.shifts) >= 10  # NaN is not far
    assert found.from_any == pytest.approx(far.any(axis=1).mean())
    assert found.from_all == pytest.approx((far | np.isnan(found.shifts)).all(axis=1).mean())
    assert found.counts.tolist() == [60, 40]
    assert found.shares[1] == pytest.approx((np.abs(places[0] - places[1]) >= 10).mean())


def test_a_part_that_is_the_whole_adds_nothing():
    framework = pillar(
        "whole", pillar("one", indicator("a"), weight=1000), pillar("two", indicator("b"))
    )
    values = np.random.default_rng(0).uniform(1, 100, (50, 2))
    found = added_value(built(values, framework))

    assert [one.place for one in found.findings] == ["one"]
    assert found.from_all == 0.0


def test_importance_is_that_of_the_analysis_and_imbalance_is_found():
    values = two_factors(noise=1.0)
    values[:, :3] = np.random.default_rng(3).permutation(values[:, :3])
    squeezed = 50 + (values[:, 5] - 50) / 500
    values[:, 5] = np.where(np.arange(80) == 0, 100, np.where(np.arange(80) == 1, 0, squeezed))
    result = built(values, two_pillars())
    found = weights_and_importance(result, permutations=20)

    for one in found.nodes:
        truth = importance(result, node=one.node, permutations=20)
        assert_allclose(one.covariance_shares, truth.covariance_shares)
        assert_allclose(one.noise_floors, truth.noise_floors)
    told = {one.place: one.id for one in found.findings}
    assert told["f"] in {"coherence-unbalanced", "importance-silent"}
    assert len(found.frame()) == 2 + 3 + 3
