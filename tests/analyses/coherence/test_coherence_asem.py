"""COINr's ASEM example: 51 units, 49 indicators; what COINr's own stages give by pandas."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from numpy.testing import assert_allclose
from sklearn.decomposition import PCA

from rankscope.analyses.coherence import (
    added_value,
    benefit_of_the_doubt,
    coherence,
    correlations,
    cronbach_alpha,
    descriptive_statistics,
    dimensions,
    own_and_others,
    reliability,
)
from rankscope.pipeline import build
from tests.pipeline.asem import FOLDER, chain, stage

pytestmark = [pytest.mark.shared, pytest.mark.usefixtures("shared")]


@pytest.fixture(scope="module")
def result(shared):
    return build(*chain())


@pytest.fixture(scope="module")
def meta(shared):
    return pd.read_csv(FOLDER / "ASEM_iMeta.csv").set_index("iCode")


def children(meta, code):
    return list(meta.index[meta["Parent"] == code])


def test_alpha_of_the_raw_indicators_between_people_is_that_of_coinr(meta):
    found = cronbach_alpha(stage("Raw")[children(meta, "P2P")].to_numpy())

    assert round(found.raw, 4) == 0.0513


def test_alpha_of_each_aggregate_is_that_of_the_scores_of_coinr(result, meta):
    scores = stage("Aggregated")
    for one in reliability(result).nodes:
        frame = scores[children(meta, one.node)]
        k, covariances = frame.shape[1], frame.cov().to_numpy()
        truth = k / (k - 1) * (1 - np.trace(covariances) / covariances.sum())
        assert one.alpha.raw == pytest.approx(truth, abs=1e-9)


def test_raw_and_treated_statistics_are_those_of_the_stages_of_coinr(result):
    found = descriptive_statistics(result)
    frame = found.frame()

    for name, ours in (("Raw", "raw"), ("Treated", "treated"), ("Denominated", "denominated")):
        data = stage(name)[list(found.codes)]
        assert_allclose(frame.loc[ours, "skewness"], data.skew(), atol=1e-9)
        assert_allclose(frame.loc[ours, "kurtosis"], data.kurt(), atol=1e-9)
        assert_allclose(frame.loc[ours, "mean"], data.mean(), rtol=1e-9)
        assert_allclose(frame.loc[ours, "deviation"], data.std(), rtol=1e-9)
    flights = frame.loc[("denominated", "Flights")]
    assert (round(flights["skewness"], 5), round(flights["kurtosis"], 5)) == (2.24356, 6.29820)


def test_correlations_are_those_of_the_scores_of_coinr(result):
    scores = stage("Aggregated")
    table = correlations(result).aggregates
    truth = scores.corr().loc[list(table.codes), list(table.others)]

    assert_allclose(table.values, truth, atol=1e-9)
    assert table.values.shape == (49 + 8 + 2, 11)


def test_components_are_those_of_scikit_learn(result, meta):
    scores = stage("Aggregated")
    for one in dimensions(result).nodes:
        rows = scores[children(meta, one.node)]
        truth = PCA().fit((rows - rows.mean()) / rows.std(ddof=0))
        assert_allclose(one.shares, truth.explained_variance_ratio_, atol=1e-9)


def test_each_indicator_is_held_against_all_pillars(result, meta):
    scores = stage("Aggregated")
    pillars = children(meta, "Conn") + children(meta, "Sust")
    found = {one.code: one for one in own_and_others(result).places}

    for code in meta.index[meta["Parent"].isin(pillars)]:
        own, others = meta.loc[code, "Parent"], scores[pillars].corrwith(scores[code])
        best = others.drop(own)
        assert found[code].own == pytest.approx(others[own], abs=1e-9)
        assert (found[code].other_code, found[code].other) == (
            best.idxmax(),
            pytest.approx(best.max(), abs=1e-9),
        )
        rest = scores[[one for one in children(meta, own) if one != code]].mean(axis=1)
        assert found[code].rest == pytest.approx(scores[code].corr(rest), abs=1e-9)


def test_what_the_overall_rank_adds(result):
    scores = stage("Aggregated")
    ranks = scores[["Index", "Conn", "Sust"]].rank(ascending=False, method="min")
    moved = ranks[["Conn", "Sust"]].sub(ranks["Index"], axis=0).abs() >= 10
    found = added_value(result)

    assert_allclose(found.shares, moved[list(found.codes)].mean(), atol=1e-12)
    assert found.from_any == pytest.approx(moved.any(axis=1).mean())


def test_the_whole_audit_of_asem(result):
    found = coherence(result)
    told = {(one.id, one.place) for one in found.findings}

    assert ("coherence-weak", "Ship") in told  # sea transport: no common story with the rest
    assert ("influence-uncorrelated", "Ship") in told
    assert found.links.variables == ("Area", "Energy", "GDP", "Population")
    assert benefit_of_the_doubt(result).best.max() == 1.0
