"""Cronbach's alpha against its formula, closed forms, and what must not change it."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.testing import assert_allclose

from rankscope.analyses.coherence import cronbach_alpha, reliability
from tests.analyses.coherence.making import built, two_factors, two_pillars


def pandas_alpha(frame: pd.DataFrame) -> float:
    """k / (k - 1) (1 - sum of variances / variance of the sum), the variance by covariances."""
    k, covariances = frame.shape[1], frame.cov()
    return k / (k - 1) * (1 - np.trace(covariances) / covariances.to_numpy().sum())


@pytest.fixture
def frame() -> pd.DataFrame:
    values = two_factors(seed=4)
    values[np.random.default_rng(0).random(values.shape) < 0.15] = np.nan
    return pd.DataFrame(values, columns=list("abcdef"))


def test_alpha_is_that_of_pairwise_and_of_complete_covariances(frame):
    pairwise, complete = frame, frame.dropna()
    found = cronbach_alpha(frame.to_numpy())

    assert found.raw == pytest.approx(pandas_alpha(pairwise), abs=1e-9)
    assert found.rows == 80
    listwise = cronbach_alpha(frame.to_numpy(), missing="complete")
    assert listwise.raw == pytest.approx(pandas_alpha(complete), abs=1e-9)
    assert listwise.rows == len(complete)


def test_complete_alpha_is_one_less_the_variances_over_that_of_the_sum(frame):
    rows = frame.dropna()
    k = rows.shape[1]
    truth = k / (k - 1) * (1 - rows.var().sum() / rows.sum(axis=1).var())

    assert cronbach_alpha(rows.to_numpy()).raw == pytest.approx(truth, abs=1e-9)


def test_alpha_without_an_item_is_the_alpha_of_the_others(frame):
    found = cronbach_alpha(frame.to_numpy())

    for at, column in enumerate(frame):
        others = frame.drop(columns=column)
        assert found.dropped[at] == pytest.approx(pandas_alpha(others), abs=1e-9)
        rest = cronbach_alpha(others.to_numpy())
        assert found.standardised_dropped[at] == pytest.approx(rest.standardised, abs=1e-9)


def test_standardised_alpha_is_the_formula_of_spearman_and_brown(frame):
    rows = frame.dropna()
    r = (rows.corr().to_numpy().sum() - 6) / 30

    found = cronbach_alpha(rows.to_numpy()).standardised
    assert found == pytest.approx(6 * r / (1 + 5 * r), abs=1e-9)


@given(st.integers(0, 200), st.floats(0.01, 100))
def test_the_scale_of_one_item_changes_raw_alpha_and_never_the_standardised_one(seed, scale):
    values = two_factors(units=20, seed=seed)
    other = values * np.array([scale, 1, 1, 1, 1, 1])
    one, two = cronbach_alpha(values), cronbach_alpha(other)

    assert two.standardised == pytest.approx(one.standardised, abs=1e-9)


def test_that_law_can_fail():
    values = two_factors(units=20)
    other = values * np.array([50, 1, 1, 1, 1, 1])

    assert abs(cronbach_alpha(values).raw - cronbach_alpha(other).raw) > 0.1


@pytest.mark.parametrize(
    "values",
    [
        np.ones((5, 3)),
        np.full((5, 3), np.nan),
        np.empty((0, 3)),
        np.array([[1.0, 2.0, 3.0]]),
        np.array([[1.0], [2.0], [3.0]]),
        np.array([[1.0, np.nan], [2.0, np.nan], [np.nan, 3.0], [np.nan, 5.0]]),
    ],
)
@pytest.mark.parametrize("missing", ["pairwise", "complete"])
def test_where_alpha_is_not_defined_it_is_missing(values, missing):
    found = cronbach_alpha(values, missing=missing)

    assert np.isnan(found.raw)
    assert np.isnan(found.dropped).all()


def test_a_constant_item_is_left_out():
    values = two_factors()
    with_constant = np.column_stack([values, np.full(len(values), 3.0)])

    assert cronbach_alpha(with_constant).raw == pytest.approx(cronbach_alpha(values).raw)
    assert np.isnan(cronbach_alpha(with_constant).dropped[-1])


def test_loose_parts_and_the_one_that_does_not_fit_are_found():
    values = two_factors(noise=0.3)
    values[:, 2] = np.random.default_rng(8).normal(50, 10, len(values))
    result = built(values, two_pillars())
    found = reliability(result)
    told = {(one.id, one.place) for one in found.findings}

    assert ("coherence-alpha-dropped", "c") in told
    assert ("coherence-alpha", "whole") in told  # two independent pillars
    assert ("coherence-alpha", "two") not in told
    scores = result.ranking()[["a", "b", "c"]]
    assert found.of("one").alpha.raw == pytest.approx(pandas_alpha(scores), abs=1e-9)
    assert_allclose(
        found.frame().loc["one", "without"],
        [pandas_alpha(scores.drop(columns=one)) for one in scores],
        atol=1e-9,
    )
