"""Imputation from the other columns: as scikit-learn does it, and by closed forms."""

from __future__ import annotations

import subprocess
import sys
import warnings

import numpy as np
import pandas as pd
import pytest
from numpy.testing import assert_allclose, assert_array_equal
from sklearn.exceptions import ConvergenceWarning
from sklearn.experimental import enable_iterative_imputer  # noqa: F401
from sklearn.impute import IterativeImputer, KNNImputer
from sklearn.linear_model import BayesianRidge, LinearRegression

from rankscope.methods.base import plain_traits
from rankscope.methods.imputation import (
    ExpectationMaximisation,
    Imputation,
    Iterative,
    NearestNeighbours,
    Regression,
)
from rankscope.methods.imputation.least_squares import least_squares
from rankscope.methods.imputation.multivariate_normal import fit_normal
from rankscope.methods.imputation.standard import correlations
from tests.methods.test_imputation import filled, with_gaps

NAN = np.nan
MODELS = [
    Regression(within_range=False),
    Iterative(max_rounds=4, within_range=False),
    ExpectationMaximisation(ridge=0.0, within_range=False),
]


def related(rows: int = 60, seed: int = 0, gaps: float = 0.15) -> np.ndarray:
    """Return four columns that go together, on different scales, with gaps."""
    rng = np.random.default_rng(seed)
    common = rng.normal(size=(rows, 1))
    matrix = (common + 0.4 * rng.normal(size=(rows, 4))) * [1, 10, 100, 1e4] + [5, 0, -20, 1e5]
    matrix[rng.random(matrix.shape) < gaps] = NAN
    return matrix


def standardised(matrix: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    frame = pd.DataFrame(matrix)
    mean, deviation = frame.mean().to_numpy(), frame.std().to_numpy()
    return (matrix - mean) / deviation, mean, deviation


@pytest.mark.parametrize("weights", ["uniform", "distance"])
def test_neighbours_are_those_of_scikit_learn(weights: str) -> None:
    scaled, mean, deviation = standardised(with_gaps())
    theirs = KNNImputer(n_neighbors=3, weights=weights).fit_transform(scaled)

    ours = filled(NearestNeighbours(3, weights), with_gaps())

    assert_allclose(ours, theirs * deviation + mean, rtol=1e-9)


@pytest.mark.parametrize("weights", ["uniform", "distance"])
def test_draws_of_neighbours_have_the_imputed_value_as_their_mean(weights: str) -> None:
    matrix, traits = with_gaps()[:8], plain_traits(8, 6)
    method = NearestNeighbours(3, weights)
    state, rng = method.fit(matrix, traits), np.random.default_rng(0)
    draws = np.stack([method.draw(matrix, state, traits, rng) for _ in range(200)])
    gaps = np.isnan(matrix)
    error = (draws.mean(axis=0) - method.transform(matrix, state, traits))[gaps]
    scatter = draws.std(axis=0)[gaps] / np.sqrt(200)

    assert (np.abs(error) <= 4.5 * scatter + 1e-9).all()
    assert all(np.isin(draws[:, :, column], matrix[:, column]).all() for column in range(6))


def test_the_chain_is_that_of_scikit_learn() -> None:
    matrix = related()
    scaled, mean, deviation = standardised(matrix)
    theirs = IterativeImputer(BayesianRidge(), max_iter=20, random_state=0).fit_transform(scaled)

    ours = filled(Iterative(within_range=False), matrix)

    assert_allclose(ours, theirs * deviation + mean, rtol=1e-9)


def test_a_chain_that_does_not_settle_says_so_and_does_not_warn() -> None:
    matrix, traits = related(), plain_traits(60, 4)
    scaled, _, _ = standardised(matrix)
    with pytest.warns(ConvergenceWarning):
        IterativeImputer(BayesianRidge(), max_iter=1, random_state=0).fit(scaled)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        hasty = Iterative(max_rounds=1).fit(matrix, traits)
        patient = Iterative(max_rounds=50).fit(matrix, traits)

    assert Iterative(max_rounds=1).explain(hasty, 0).endswith("not settled in 1 round")
    assert "; settled after" in Iterative(max_rounds=50).explain(patient, 0)


def test_regression_is_that_of_scikit_learn_on_the_most_correlated_columns() -> None:
    matrix = related(gaps=0.0)
    matrix[7, 2] = NAN
    others = pd.DataFrame(matrix).corr()[2].abs().drop(2).nlargest(2).index
    rest = np.delete(matrix, 7, axis=0)
    line = LinearRegression().fit(rest[:, others], rest[:, 2])

    ours = filled(Regression(predictors=2, within_range=False), matrix)[7, 2]

    assert ours == pytest.approx(line.predict(matrix[[7]][:, others])[0], rel=1e-10)


def test_regression_passes_over_predictors_that_the_unit_lacks() -> None:
    matrix = related(gaps=0.0)
    best = pd.DataFrame(matrix).corr()[2].abs().drop(2).idxmax()
    matrix[7, [2, best]] = NAN
    others = pd.DataFrame(matrix).corr()[2].abs().drop([2, best]).nlargest(1).index
    rest = np.delete(matrix, 7, axis=0)
    line = LinearRegression().fit(rest[:, others], rest[:, 2])

    ours = filled(Regression(predictors=1, within_range=False), matrix)[7, 2]

    assert ours == pytest.approx(line.predict(matrix[[7]][:, others])[0], rel=1e-10)


def test_regression_takes_the_mean_where_nothing_predicts() -> None:
    matrix = np.array([[1.0, 2.0], [3.0, 2.0], [NAN, 2.0], [8.0, NAN]])

    assert_allclose(filled(Regression(), matrix)[[2, 3], [0, 1]], [4.0, 2.0])


@pytest.mark.parametrize("within_range", [True, False])
def test_nothing_is_filled_in_beyond_what_was_observed_unless_wanted(within_range: bool) -> None:
    x = np.arange(10.0)
    matrix = np.column_stack([x, 3 * x + np.tile([0.01, -0.01], 5)])
    matrix[9, 1] = NAN
    after = filled(Regression(within_range=within_range), matrix)[9, 1]

    assert after == pytest.approx(np.nanmax(matrix[:, 1]) if within_range else 27.0, abs=0.05)


def test_correlations_are_those_of_pandas() -> None:
    scaled, _, _ = standardised(related(gaps=0.3))

    assert_allclose(correlations(scaled), pd.DataFrame(scaled).corr(min_periods=3), atol=1e-12)


def test_drawn_lines_have_the_covariance_of_least_squares() -> None:
    rng = np.random.default_rng(1)
    x = rng.normal(size=(30, 2))
    line = least_squares(x, x @ [1.0, -2.0] + rng.normal(size=30))
    drawn = np.stack([line.drawn(rng).coefficients for _ in range(20_000)])
    design = np.column_stack([np.ones(30), x])
    expected = line.deviation**2 * np.linalg.inv(design.T @ design) * 27 / 25  # of Student's t

    assert line.freedom == 27
    assert_allclose(drawn.mean(axis=0), line.coefficients, atol=0.01)
    assert_allclose(np.cov(drawn.T), expected, atol=0.05 * expected.max())


def test_expectation_maximisation_is_the_factored_likelihood_of_two_columns() -> None:
    """With gaps in the second column only, the likeliest values are known (Anderson 1957)."""
    matrix = related(gaps=0.0)[:, :2]
    matrix[40:, 1] = NAN
    complete = matrix[:40]
    slope = np.cov(complete.T)[0, 1] / complete[:, 0].var(ddof=1)
    mean = complete[:, 1].mean() + slope * (matrix[:, 0].mean() - complete[:, 0].mean())
    centred = complete - complete.mean(axis=0)
    left = centred[:, 1] - slope * centred[:, 0]

    normal, _, settled = fit_normal(matrix, ridge=0.0, most=5000, settled=1e-10)

    assert settled
    assert_allclose(normal.mean, [matrix[:, 0].mean(), mean], rtol=1e-9)
    assert normal.covariance[0, 0] == pytest.approx(matrix[:, 0].var(), rel=1e-9)
    assert normal.covariance[0, 1] == pytest.approx(slope * matrix[:, 0].var(), rel=1e-9)
    assert normal.covariance[1, 1] == pytest.approx(
        (left**2).mean() + slope**2 * matrix[:, 0].var(), rel=1e-9
    )
    after = filled(ExpectationMaximisation(ridge=0.0, within_range=False), matrix)
    predicted = complete[:, 1].mean() + slope * (matrix[40:, 0] - complete[:, 0].mean())
    assert_allclose(after[40:, 1], predicted, rtol=1e-4)


def test_expectation_maximisation_with_all_the_ridge_is_the_mean() -> None:
    matrix = related()
    means = np.broadcast_to(np.nanmean(matrix, axis=0), matrix.shape)
    after = filled(ExpectationMaximisation(ridge=1.0), matrix)

    assert_allclose(after[np.isnan(matrix)], means[np.isnan(matrix)], rtol=1e-9)


def test_expectation_maximisation_bears_more_columns_than_rows() -> None:
    matrix = np.hstack([related(12, seed) for seed in range(5)])
    after = filled(ExpectationMaximisation(), matrix)

    assert not np.isnan(after).any()


@pytest.mark.parametrize("method", MODELS, ids=lambda one: one.name)
def test_models_recover_gaps_better_than_the_mean_does(method: Imputation) -> None:
    truth = related(200, gaps=0.0)
    hidden = np.random.default_rng(1).random(truth.shape) < 0.1
    matrix = np.where(hidden, NAN, truth)
    deviation = np.nanstd(matrix, axis=0)
    error = ((filled(method, matrix) - truth) / deviation)[hidden]

    assert np.sqrt((error**2).mean()) < 0.55  # 0.44 is what can not be known; the mean has 1


@pytest.mark.slow
@pytest.mark.parametrize("method", MODELS, ids=lambda one: one.name)
def test_draws_scatter_around_the_prediction_as_the_truth_does(method: Imputation) -> None:
    truth = related(150, gaps=0.0)
    hidden = np.random.default_rng(2).random(truth.shape) < 0.1
    matrix, traits = np.where(hidden, NAN, truth), plain_traits(*truth.shape)
    state, rng = method.fit(matrix, traits), np.random.default_rng(0)
    draws = np.stack([method.draw(matrix, state, traits, rng)[hidden] for _ in range(30)])
    low, high = np.quantile(draws, [0.05, 0.95], axis=0)
    covered = np.mean((low <= truth[hidden]) & (truth[hidden] <= high))

    assert 0.8 <= covered <= 0.97


def test_a_draw_needs_no_gaps() -> None:
    matrix, traits = related(gaps=0.0), plain_traits(60, 4)
    for method in MODELS:
        state = method.fit(matrix, traits)
        assert_array_equal(method.draw(matrix, state, traits, np.random.default_rng(0)), matrix)


def test_scikit_learn_is_loaded_only_where_it_is_used() -> None:
    code = (
        "import sys, rankscope.methods; "
        "assert not {'sklearn', 'scipy.stats', 'scipy.optimize'} & set(sys.modules)"
    )

    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
