"""Sampling adequacy and sphericity against their formulas, residuals and closed forms."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.testing import assert_allclose
from scipy import stats

from rankscope.analyses.coherence import bartlett, kaiser_meyer_olkin, sampling_adequacy
from rankscope.analyses.coherence.adequacy import adequacy_of
from rankscope.analyses.coherence.items import items_from
from tests.analyses.coherence.making import built, two_factors, two_pillars
from tests.support.indices import indicator, pillar


def equal(k: int, r: float) -> np.ndarray:
    return np.full((k, k), r) + (1 - r) * np.eye(k)


def partial(values: np.ndarray, one: int, other: int) -> float:
    """Correlate what the other columns leave of two: residuals of least squares."""
    rest = np.delete(values, [one, other], axis=1)
    design = np.column_stack([np.ones(len(values)), rest])
    left = [
        values[:, at] - design @ np.linalg.lstsq(design, values[:, at])[0] for at in (one, other)
    ]
    return float(np.corrcoef(left)[0, 1])


def test_it_is_made_of_correlations_and_of_correlations_of_residuals():
    values = two_factors(seed=2)
    correlations = np.corrcoef(values.T)
    r = correlations - np.eye(6)
    q = np.array([[0 if i == j else partial(values, i, j) for j in range(6)] for i in range(6)])
    overall, by_item = kaiser_meyer_olkin(correlations)

    assert overall == pytest.approx((r**2).sum() / ((r**2).sum() + (q**2).sum()), abs=1e-9)
    assert_allclose(by_item, (r**2).sum(0) / ((r**2).sum(0) + (q**2).sum(0)), atol=1e-9)


@given(st.integers(3, 8), st.floats(0.05, 0.9))
def test_of_equal_correlations_it_is_a_closed_form(k, r):
    """The partial correlation of two of k equally correlated items is r / (1 + (k - 2) r)."""
    q = r / (1 + (k - 2) * r)
    overall, by_item = kaiser_meyer_olkin(equal(k, r))

    assert overall == pytest.approx(r**2 / (r**2 + q**2), abs=1e-9)
    assert_allclose(by_item, overall, atol=1e-9)


def test_of_two_items_it_is_one_half_whatever_they_are():
    for r in (-0.9, 0.1, 0.5):
        assert kaiser_meyer_olkin(equal(2, r))[0] == pytest.approx(0.5)


def with_plain_correlations(correlations: np.ndarray) -> float:
    """Take correlations for partial ones: a broken measure that is one half for everything."""
    r = correlations - np.eye(len(correlations))
    return float((r**2).sum() / ((r**2).sum() + (r**2).sum()))


def common_factor_is_adequate(measure) -> bool:
    return bool(measure(equal(6, 0.6)) > 0.8)


def test_a_common_factor_is_adequate_and_a_broken_measure_does_not_see_it():
    assert common_factor_is_adequate(lambda matrix: kaiser_meyer_olkin(matrix)[0])
    assert not common_factor_is_adequate(with_plain_correlations)


def test_bartletts_test_is_its_formula():
    values = two_factors(units=30, seed=3)
    correlations = np.corrcoef(values.T)
    chi_squared = -(29 - 17 / 6) * np.log(np.linalg.det(correlations))
    found = bartlett(correlations, 30)

    assert found.freedom == 15
    assert found.chi_squared == pytest.approx(chi_squared, abs=1e-9)
    assert found.p_value == pytest.approx(stats.chi2.sf(chi_squared, 15), abs=1e-12)


def test_bartletts_test_rejects_noise_as_often_as_it_says():
    random = np.random.default_rng(0)
    p = [bartlett(np.corrcoef(random.normal(size=(5, 40))), 40).p_value for _ in range(2000)]

    assert stats.kstest(p, "uniform").pvalue > 0.01


def test_dependent_parts_are_named_and_give_no_number():
    values = two_factors()
    values[:, 2] = (values[:, 0] + values[:, 1]) / 2
    framework = pillar("whole", *(indicator(code) for code in "abcdef"))
    found = sampling_adequacy(built(values, framework))
    whole = found.of("whole")

    assert np.isnan(whole.overall)
    assert np.isnan(whole.by_part).all()
    assert np.isnan(whole.sphericity.p_value)
    assert whole.dependent == ("Name of a", "Name of b", "Name of c")
    assert [one.id for one in found.findings] == ["coherence-dependent"]
    assert "Name of a, Name of b and Name of c" in found.findings[0].sentence


@pytest.mark.parametrize(
    "values",
    [np.ones((9, 3)), np.full((9, 3), np.nan), np.empty((0, 2)), np.eye(2), two_factors(4)],
)
def test_degenerate_tables_have_no_adequacy(values):
    found = adequacy_of(items_from(values, tuple("abcdef")[: values.shape[1]]))

    assert np.isnan(found.overall)
    assert np.isnan(found.sphericity.chi_squared)


def test_noise_is_told():
    noise = np.random.default_rng(6).normal(50, 10, (60, 6))
    told = {(one.id, one.place) for one in sampling_adequacy(built(noise, two_pillars())).findings}

    assert ("coherence-spherical", "one") in told
    assert ("coherence-adequacy", "two") in told
    frame = sampling_adequacy(built(noise, two_pillars())).frame()
    assert list(frame.loc["whole"].index) == ["one", "two"]
