"""Correlations with gaps against SciPy, their laws, and implementations that break them."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.testing import assert_allclose
from scipy import stats

from rankscope.analyses.coherence.pairs import relate


def table(seed: int, rows: int = 40, columns: int = 5, gaps: float = 0.2) -> np.ndarray:
    random = np.random.default_rng(seed)
    values = random.normal(size=(rows, columns)) @ random.normal(size=(columns, columns))
    values[random.random(values.shape) < gaps] = np.nan
    return values


def ties(values: np.ndarray) -> np.ndarray:
    return np.round(values, 0)


@pytest.mark.parametrize("change", [np.asarray, ties])
@pytest.mark.parametrize(
    ("method", "truth"), [("pearson", stats.pearsonr), ("spearman", stats.spearmanr)]
)
def test_correlations_and_p_values_are_those_of_scipy_over_the_shared_rows(method, truth, change):
    values = change(table(1))
    found = relate(values, values[:, 2:], method=method)

    for at, other in np.ndindex(5, 3):
        x, y = values[:, at], values[:, 2 + other]
        both = ~np.isnan(x) & ~np.isnan(y)
        r, p = truth(x[both], y[both])
        assert found.counts[at, other] == both.sum()
        assert found.values[at, other] == pytest.approx(r, abs=1e-12)
        if at != 2 + other:
            assert found.p_values[at, other] == pytest.approx(p, abs=1e-12)


@pytest.mark.parametrize("method", ["pearson", "spearman"])
def test_within_groups_it_is_the_correlation_of_residuals_on_dummies(method):
    values = table(2, rows=60, columns=2, gaps=0.1)
    groups = np.arange(60) % 4
    groups[:5] = -1
    kept = ~np.isnan(values).any(axis=1) & (groups >= 0)
    x, y = values[kept].T
    if method == "spearman":
        x, y = stats.rankdata(x), stats.rankdata(y)
    dummies = (groups[kept, None] == np.arange(4)).astype(float)
    residuals = [side - dummies @ np.linalg.lstsq(dummies, side)[0] for side in (x, y)]
    r = np.corrcoef(residuals)[0, 1]
    freedom = kept.sum() - 4 - 1
    p = 2 * stats.t.sf(abs(r) * np.sqrt(freedom / (1 - r**2)), freedom)

    found = relate(values[:, :1], values[:, 1:], method=method, groups=groups)

    assert found.values[0, 0] == pytest.approx(r, abs=1e-12)
    assert found.p_values[0, 0] == pytest.approx(p, abs=1e-12)


@pytest.mark.parametrize(
    "values",
    [
        np.full((10, 2), np.nan),
        np.ones((10, 2)),
        np.full((10, 2), 0.1 + 0.2),
        np.array([[1.0, 2.0], [3.0, 5.0]]),
        np.empty((0, 2)),
        np.array([[1.0, np.nan], [2.0, np.nan], [np.nan, 1.0], [np.nan, 2.0]]),
    ],
)
@pytest.mark.parametrize("method", ["pearson", "spearman"])
def test_where_nothing_can_be_correlated_it_is_missing(values, method):
    found = relate(values, values, method=method)

    assert np.isnan(found.values).all()
    assert np.isnan(found.p_values).all()


def test_huge_and_tiny_values_do_not_overflow():
    x = np.array([[1e200], [2e200], [4e200]])

    assert relate(x, x * 1e-300).values[0, 0] == pytest.approx(1.0)


def with_means(ones: np.ndarray, others: np.ndarray) -> float:
    """Correlate as if gaps were the mean of their column: this breaks the law below."""
    filled = [np.where(np.isnan(one), np.nanmean(one), one) for one in (ones[:, 0], others[:, 0])]
    return float(np.corrcoef(filled)[0, 1])


def shared_only(correlate) -> bool:
    """Whether a correlation looks at the rows that both have and at no others."""
    values = table(3, columns=2)
    both = ~np.isnan(values).any(axis=1)
    one, other = (correlate(some[:, :1], some[:, 1:]) for some in (values, values[both]))
    return one == pytest.approx(other, abs=1e-12)


def test_only_shared_rows_count_and_filling_with_means_breaks_that():
    assert shared_only(lambda one, other: relate(one, other).values[0, 0])
    assert not shared_only(with_means)


@given(
    seed=st.integers(0, 1000),
    scale=st.floats(1e-3, 1e3),
    shift=st.floats(-1e3, 1e3),
    turned=st.booleans(),
)
def test_units_of_measurement_do_not_matter(seed, scale, shift, turned):
    values = table(seed, rows=12, columns=2)
    sign = -1 if turned else 1
    for method in ("pearson", "spearman"):
        one = relate(values[:, :1], values[:, 1:], method=method).values
        other = relate(sign * scale * values[:, :1] + shift, values[:, 1:], method=method).values
        assert_allclose(other, sign * one, atol=1e-9)
