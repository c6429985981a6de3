"""Importance in COINr's ASEM example: 51 units, 49 indicators, arithmetic means without gaps."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from numpy.testing import assert_allclose
from sklearn.linear_model import LinearRegression

from rankscope.analyses.importance import importance, weights_for
from rankscope.pipeline import build
from rankscope.pipeline.evaluate import evaluate
from tests.pipeline.asem import chain, stage

pytestmark = [pytest.mark.shared, pytest.mark.usefixtures("shared")]

PILLARS = ["Physical", "ConEcFin", "Political", "Instit", "P2P"]


@pytest.fixture(scope="module")
def result(shared):
    return build(*chain())


def test_correlations_are_those_of_the_scores_that_coinr_computed(result):
    scores = stage("Aggregated")
    found = importance(result, node="Conn", permutations=5).frame()

    assert list(found.index) == PILLARS
    assert_allclose(found["correlation"], scores[PILLARS].corrwith(scores["Conn"]), atol=1e-9)
    assert_allclose(
        found["spearman"], scores[PILLARS].corrwith(scores["Conn"], method="spearman"), atol=1e-9
    )
    shares = 0.2 * scores[PILLARS].apply(scores["Conn"].cov) / scores["Conn"].var()
    assert_allclose(found["covariance_share"], shares, atol=1e-9)


def test_of_49_indicators_covariance_shares_sum_to_one(result):
    found = importance(result, of="indicators", permutations=20)

    assert len(found.codes) == 49
    assert found.weights.sum() == pytest.approx(1)
    assert found.covariance_shares.sum() == pytest.approx(1, abs=1e-12)
    assert np.isnan(found.shapley).all()
    silent = {one.place for one in found.findings if one.id == "importance-silent"}
    assert "Ship" in silent  # a correlation of 0.00 with the index


def test_shapley_shares_of_five_pillars_are_those_of_scikit_learn(result):
    scores = stage("Aggregated")
    x, y = scores[PILLARS].to_numpy(), scores["Conn"].to_numpy()
    found = importance(result, node="Conn", permutations=1)

    def explained(chosen):
        return LinearRegression().fit(x[:, chosen], y).score(x[:, chosen], y) if chosen else 0.0

    rng = np.random.default_rng(0)
    assert found.shapley.sum() == pytest.approx(1, abs=1e-9)
    orders = pd.DataFrame(
        [
            {
                part: explained([*order[:at], part]) - explained(list(order[:at]))
                for at, part in enumerate(order)
            }
            for order in (rng.permutation(5).tolist() for _ in range(80))
        ]
    ).sort_index(axis=1)
    assert_allclose(found.shapley, orders.mean(), atol=4 * orders.std().max() / np.sqrt(80))


def test_at_every_node_weights_make_the_importance_equal_to_the_stated_weights(result):
    for number, node in enumerate(result.plan.nodes):
        if not node.children:
            continue
        found = weights_for(result, node=node.code)
        children = list(node.children)
        weights = result.plan.weights()
        weights[children] = found.weights
        scores = evaluate(result.plan, result.leaves, weights)
        covariance = np.cov(scores[:, children].T, scores[:, number])[:-1, -1]
        attained = found.weights * covariance / scores[:, number].var(ddof=1)

        assert found.verdict.value == "exact"
        assert_allclose(attained, found.nominal, atol=1e-9)
        assert (found.weights > 0).all()


def test_equal_correlations_of_the_pillars_would_need_a_negative_weight(result):
    """As the inverse of the correlations of the pillars that COINr computed has it."""
    pillars = stage("Aggregated")[PILLARS]
    needed = np.linalg.solve(pillars.corr(), np.ones(5)) / pillars.std().to_numpy()
    found = weights_for(result, node="Conn", measure="correlation")

    assert found.verdict.value == "impossible"
    assert_allclose(found.needed, needed / np.abs(needed).sum(), atol=1e-7)
    assert "give Physical a negative weight, -0.116" in found.reason


def test_correlation_ratios_are_searched_for_and_come_as_near_as_they_say(result):
    found = weights_for(result, "equal", node="Sust", measure="correlation_ratio")
    weights = result.plan.weights()
    weights[[result.plan.node(code) for code in found.codes]] = found.weights
    again = importance(
        replace(result, scores=evaluate(result.plan, result.leaves, weights[None])),
        node="Sust",
        permutations=1,
    )

    assert_allclose(again.ratios / again.ratios.sum(), found.attained, atol=1e-9)
    assert np.abs(found.attained - 1 / 3).max() == found.distance < 1e-3
