"""Imputation over time, by hand and as pandas does it."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.testing import assert_allclose, assert_array_equal

from rankscope._registry import build
from rankscope.errors import MethodError
from rankscope.methods.base import Traits, plain_traits
from rankscope.methods.imputation import Imputation, Latest, Linear

NAN = np.nan


def over_time(
    method: Imputation, values: list[float], years: list[float] | None = None
) -> np.ndarray:
    """Return one unit's series after imputation."""
    times = np.array(years or range(2000, 2000 + len(values)), dtype=float)
    traits = panel(np.zeros(len(values), dtype=np.int64), times)
    return method.transform(np.array(values)[:, None], None, traits)[:, 0]


def panel(series: np.ndarray, times: np.ndarray) -> Traits:
    return replace(plain_traits(len(series), 1), series=series, times=times)


@pytest.mark.parametrize(
    ("method", "expected"),
    [
        (Latest(), [NAN, 1, 1, 1, 4, 4]),
        (Latest(limit=1), [NAN, 1, 1, NAN, 4, 4]),
        (Latest(backward=True), [1, 1, 1, 1, 4, 4]),
        (Latest(backward=True, limit=1), [1, 1, 1, 4, 4, 4]),
        (Linear(), [NAN, 1, 2, 3, 4, NAN]),
        (Linear("nearest"), [1, 1, 2, 3, 4, 4]),
        (Linear("extrapolate"), [0, 1, 2, 3, 4, 5]),
        (Linear("extrapolate", limit=0), [NAN, 1, NAN, NAN, 4, NAN]),
    ],
)
def test_a_series_by_hand(method: Imputation, expected: list[float]) -> None:
    assert_allclose(over_time(method, [NAN, 1, NAN, NAN, 4, NAN]), expected)


@pytest.mark.parametrize(
    ("method", "expected"),
    [
        (Latest(), [NAN, 7, 7]),
        (Latest(backward=True), [7, 7, 7]),
        (Linear(), [NAN, 7, NAN]),
        (Linear("nearest"), [7, 7, 7]),
        (Linear("extrapolate"), [7, 7, 7]),
    ],
)
def test_a_series_of_one_value(method: Imputation, expected: list[float]) -> None:
    assert_array_equal(over_time(method, [NAN, 7, NAN]), expected)


def test_a_limit_counts_years_and_not_rows() -> None:
    years = [2000.0, 2010.0, 2011.0]

    assert_array_equal(over_time(Latest(limit=1), [5, NAN, NAN], years), [5, NAN, NAN])
    assert_array_equal(over_time(Latest(limit=10), [5, NAN, NAN], years), [5, 5, NAN])
    assert_allclose(over_time(Linear(), [0, NAN, 11], years), [0, 10, 11])


def test_the_limit_of_a_line_is_the_time_to_the_nearest_value() -> None:
    values = [0.0, NAN, NAN, NAN, 4.0]

    assert_allclose(over_time(Linear(limit=1), values), [0, 1, NAN, 3, 4])


def test_extrapolation_goes_on_from_the_two_nearest_values() -> None:
    years = [2000.0, 2001.0, 2003.0, 2005.0]

    assert_allclose(over_time(Linear("extrapolate"), [9, 1, 2, NAN], years), [9, 1, 2, 3])


def test_units_do_not_borrow_from_each_other_and_rows_come_in_any_order() -> None:
    series = np.array([1, 0, 1, 0, 2, 1])
    times = np.array([2002.0, 2001.0, 2000.0, 2000.0, 2000.0, 2001.0])
    column = np.array([[8.0], [NAN], [4.0], [1.0], [NAN], [NAN]])
    traits = panel(series, times)

    assert_array_equal(
        Latest(backward=True).transform(column, None, traits)[:, 0], [8, 1, 4, 1, NAN, 4]
    )
    assert_array_equal(
        Linear("nearest").transform(column, None, traits)[:, 0], [8, 1, 4, 1, NAN, 6]
    )


@given(
    st.lists(st.one_of(st.none(), st.integers(-9, 9)), min_size=1, max_size=12),
    st.integers(0, 2**32 - 1),
)
def test_as_pandas_does_it(values: list[int | None], seed: int) -> None:
    rng = np.random.default_rng(seed)
    times = 1990.0 + np.cumsum(rng.integers(1, 5, len(values)))
    given_values = [NAN if one is None else float(one) for one in values]
    frame = pd.Series(given_values, index=times, dtype=float)

    assert_array_equal(over_time(Latest(), given_values, list(times)), frame.ffill())
    assert_array_equal(
        over_time(Latest(backward=True), given_values, list(times)), frame.ffill().bfill()
    )
    inside = frame.interpolate("index", limit_area="inside")
    assert_allclose(over_time(Linear(), given_values, list(times)), inside, atol=1e-12)
    assert_allclose(
        over_time(Linear("nearest"), given_values, list(times)), inside.ffill().bfill(), atol=1e-12
    )


def test_without_a_panel_gaps_stay_gaps() -> None:
    matrix = np.array([[1.0], [NAN], [3.0]])
    for method in (Latest(backward=True), Linear("extrapolate")):
        assert_array_equal(method.transform(matrix, None, plain_traits(3, 1)), matrix)


@pytest.mark.parametrize("name", ["latest", "linear"])
def test_periods_are_not_filled_each_by_itself(name: str) -> None:
    _, faults = build("imputation", {"method": name, "within": "period"})

    sentence = f"{name}.within must not be period: it looks at other periods of a unit."

    assert [fault.sentence for fault in faults] == [f"{sentence} Leave the line out."]


def test_a_definition_file_may_write_them() -> None:
    given_text = {"method": "linear", "ends": "nearest", "limit": 3}

    assert build("imputation", given_text) == (Linear("nearest", limit=3.0), [])
    with pytest.raises(MethodError, match="limit must be a number of at least 0"):
        Latest(limit=-1)
