"""Moments against SciPy and pandas, order statistics against NumPy."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.testing import assert_allclose, assert_array_equal
from scipy import stats

from rankscope.methods import statistics as ours


def columns(seed: int = 0, rows: int = 30) -> np.ndarray:
    matrix = np.random.default_rng(seed).lognormal(size=(rows, 5))
    matrix[::3, 1] = np.nan
    matrix[2:, 2] = np.nan
    matrix[3:, 3] = np.nan
    return matrix


def test_skewness_is_that_of_scipy_and_pandas() -> None:
    matrix = columns()
    theirs = stats.skew(matrix[:, [0, 1, 3]], bias=False, nan_policy="omit")

    assert_allclose(ours.skewness(matrix)[[0, 1, 3]], theirs, rtol=1e-12)
    assert_allclose(ours.skewness(matrix), pd.DataFrame(matrix).skew(), rtol=1e-12)


def test_kurtosis_is_that_of_scipy_and_pandas() -> None:
    matrix = columns()
    theirs = stats.kurtosis(matrix[:, [0, 1]], bias=False, nan_policy="omit")

    assert_allclose(ours.excess_kurtosis(matrix)[[0, 1]], theirs, rtol=1e-11)
    assert_allclose(ours.excess_kurtosis(matrix), pd.DataFrame(matrix).kurt(), rtol=1e-11)


def test_mean_and_deviation_are_those_of_pandas() -> None:
    mean, deviation = ours.mean_and_deviation(columns())

    assert_allclose(mean, pd.DataFrame(columns()).mean(), rtol=1e-14)
    assert_allclose(deviation, pd.DataFrame(columns()).std(), rtol=1e-12)


@pytest.mark.parametrize("value", [0.0, 0.1, 1 / 3, -1e9, 1e300])
@pytest.mark.parametrize("rows", [1, 2, 51, 2000])
def test_a_constant_column_has_no_spread_and_no_shape(value: float, rows: int) -> None:
    matrix = np.full((rows, 1), value if rows * abs(value) < 1e300 else 1e200)

    assert np.isnan(ours.skewness(matrix)[0])
    assert np.isnan(ours.excess_kurtosis(matrix)[0])
    if rows > 1:
        assert ours.mean_and_deviation(matrix)[1][0] == 0


@given(st.integers(-200, 200))
def test_shape_does_not_depend_on_the_unit_of_measurement(exponent: int) -> None:
    matrix, other = columns(), columns() * 2.0**exponent

    assert_array_equal(ours.skewness(other), ours.skewness(matrix))
    assert_array_equal(ours.excess_kurtosis(other), ours.excess_kurtosis(matrix))
    assert_allclose(ours.mean_and_deviation(other)[1] / 2.0**exponent,
                    ours.mean_and_deviation(matrix)[1])  # fmt: skip


@given(st.integers(0, 2**32), st.integers(0, 9))
def test_medians_and_ends_are_those_of_numpy(seed: int, rows: int) -> None:
    matrix = np.random.default_rng(seed).choice([1.0, 2.0, 7.0, np.nan], (rows, 4))
    frame = pd.DataFrame(matrix, dtype=float)
    low, high = ours.smallest_and_largest(matrix)

    assert_array_equal(ours.medians(matrix), frame.median())
    assert_array_equal(low, frame.min())
    assert_array_equal(high, frame.max())
