"""Trends against closed forms, NumPy's least squares, and COINr's definitions."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.testing import assert_allclose, assert_array_equal

from rankscope.analyses.trend_lines import growth_rate, latest_only, line_through
from rankscope.analyses.trends import trends
from rankscope.errors import DataError
from rankscope.methods.imputation import Linear
from rankscope.methods.normalisation import MinMax, NoNormalisation
from rankscope.pipeline import build
from tests.support.panels import NAN, defined, indicator, panel_of

CELLS = {
    ("A", "2018"): [10.0, 60.0], ("A", "2019"): [20.0, 55.0], ("A", "2021"): [80.0, 30.0],
    ("B", "2018"): [30.0, 70.0], ("B", "2019"): [NAN, 70.0], ("B", "2021"): [20.0, 70.0],
    ("C", "2019"): [25.0, 50.0],
    ("D", "2018"): [NAN, NAN], ("D", "2021"): [NAN, NAN],
}  # fmt: skip
RAW: Any = {"normalisation": NoNormalisation()}


@pytest.fixture
def result():
    x, y = indicator("x"), indicator("y", polarity=-1, unit="dB")
    return build(defined(x, y, **RAW), panel_of(CELLS, ("x", "y")))


def test_raw_values_are_followed_from_first_to_last(result) -> None:
    found = trends(result, "x")

    assert (found.raw, found.adjusted, found.step) == (True, False, "year")
    assert found.units == ("A", "B", "C", "D")
    assert_array_equal(found.values[1], [30, NAN, 20])
    assert_array_equal(found.change, [70, -10, NAN, NAN])
    assert_allclose(found.growth_rate[:2], [2 - 1, (2 / 3) ** (1 / 3) - 1])
    assert_array_equal(found.present, [3, 2, 1, 0])
    assert_allclose(found.slope[0], np.polyfit([2018, 2019, 2021], [10, 20, 80], 1)[0])
    assert_allclose(found.slope[1], -10 / 3)
    assert_array_equal(np.isnan(found.slope), [False, False, True, True])
    assert_array_equal(np.isnan(found.slope_error), [False, True, True, True])


def test_where_less_is_better_the_signs_are_turned_if_wanted(result) -> None:
    turned, plain = trends(result, "y"), trends(result, "y", adjust_directions=False)

    assert (turned.adjusted, plain.adjusted, turned.measured_in) == (True, False, "dB")
    assert_array_equal(turned.values, plain.values)
    assert_array_equal(plain.change[:2], [-30, 0])
    for one in ("change", "growth_rate", "slope", "relative_slope"):
        assert_array_equal(getattr(turned, one), -getattr(plain, one))
    assert_array_equal(turned.slope_error, plain.slope_error)
    assert_array_equal(turned.rank_change, plain.rank_change)


def test_scores_and_ranks_are_those_of_the_index(result) -> None:
    found = trends(result)
    last = result.of_period("2021")

    assert (found.node, found.raw, found.adjusted) == ("root", False, False)
    assert_array_equal(found.values[:2, 2], last.score()[:2])
    assert_array_equal(found.ranks, [[2, 2, 1], [1, 0, 2], [0, 1, 0], [0, 0, 0]])
    assert_array_equal(found.rank_change, [1, -1, NAN, NAN])
    assert found.order() == [0, 1, 2, 3]


def test_the_frames_say_which_periods_are_compared(result) -> None:
    found = trends(result, "x")
    frame = found.to_frame()

    assert frame.loc["C", ["first_period", "last_period"]].tolist() == ["2019", "2019"]
    assert frame.loc["D", ["first_period", "last_period"]].isna().all()
    assert frame.loc["A", ["first_value", "last_value", "first_rank", "last_rank"]].tolist() == [
        10,
        80,
        3 - 1,
        1,
    ]
    assert list(found.rank_frame().columns) == ["2018", "2019", "2021"]
    assert found.value_frame().loc["B", "2021"] == 20


def test_the_latest_periods_are_counted_from_each_units_last_value(result) -> None:
    found = trends(result, "x", latest=2)

    assert_array_equal(found.first, [1, 2, 1, -1])
    assert_array_equal(found.change, [60, NAN, NAN, NAN])
    assert_array_equal(found.present, [2, 1, 1, 0])


def test_gaps_may_be_filled_before_scores_are_followed() -> None:
    definition = defined(indicator("x"), imputation=Linear(), **RAW)
    found = trends(build(definition, panel_of(CELLS, ("x", "y"))), "root")

    assert_allclose(found.values[1], [30, 30 - 10 / 3, 20])
    assert found.present[1] == 3


def test_no_panel_is_said_with_the_mend() -> None:
    table = panel_of({("A", "1"): [1.0], ("B", "1"): [2.0]}, ("x",))
    result = build(defined(indicator("x"), **RAW), replace(table, periods=()))

    with pytest.raises(DataError, match=r"T is no panel: .* `period_column: year` under `data:`"):
        trends(result)


def test_periods_without_years_are_one_apart() -> None:
    cells = {("A", "2020/21"): [4.0], ("A", "2018/19"): [1.0], ("A", "2019/20"): [2.0]}
    found = trends(build(defined(indicator("x"), **RAW), panel_of(cells, ("x",))), "x")

    assert found.step == "period"
    assert found.periods == ("2018/19", "2019/20", "2020/21")
    assert_allclose([found.growth_rate[0], found.slope[0]], [1, 1.5])


def test_an_index_with_views_is_followed_in_each(result) -> None:
    with pytest.raises(KeyError):
        trends(result, view="scale")
    with pytest.raises(KeyError):
        trends(result, "no-such-node")


def test_one_period_has_no_trend() -> None:
    table = panel_of({("A", "2020"): [1.0], ("B", "2020"): [2.0]}, ("x",))
    found = trends(build(defined(indicator("x"), normalisation=MinMax((0, 1))), table))

    assert np.isnan(found.change).all()
    assert np.isnan(found.slope).all()


@pytest.mark.parametrize("ends", [(0.0, 1.0), (1.0, 0.0), (-1.0, 2.0), (-1.0, -2.0)])
def test_growth_needs_positive_ends(ends) -> None:
    assert np.isnan(growth_rate(np.array([[ends[0], 5.0, ends[1]]]), np.arange(3.0))).all()


def test_a_line_that_begins_below_zero_has_no_share() -> None:
    line = line_through(np.array([[-1.0, 0.0, 1.0], [2.0, 2.0, 2.0]]), np.arange(3.0))

    assert_array_equal(line.slope, [1, 0])
    assert_array_equal(line.share, [NAN, 0])
    assert_array_equal(line.error, [0, 0])


def test_shares_and_growth_are_those_of_coinr() -> None:
    times = np.arange(2011.0, 2021.0)
    series = np.random.default_rng(0).uniform(0.1, 1, (1, 10))
    slope, begin = np.polyfit(times - 2011, series[0], 1)

    assert_allclose(line_through(series, times).share, slope / begin)
    assert_allclose(growth_rate(series, times), (series[0, -1] / series[0, 0]) ** (1 / 9) - 1)


@given(
    st.integers(0, 10_000),
    st.integers(3, 9),
    st.sampled_from([0.0, 1e3, -1e6]),
)
def test_lines_are_those_of_numpy_and_their_errors_of_the_textbook(seed, count, lift) -> None:
    random = np.random.default_rng(seed)
    times = np.sort(random.choice(np.arange(1990.0, 2030), count, replace=False))
    values = random.normal(lift, 1, (4, count))
    values[1:, 1:-1][random.random((3, count - 2)) < 0.3] = NAN
    line = line_through(values, times)
    for row, series in enumerate(values):
        here = ~np.isnan(series)
        t, v = times[here] - times.mean(), series[here]
        if here.sum() < 3:
            assert np.isnan(line.error[row])
            continue
        (slope, _), covariance = np.polyfit(t, v - lift, 1, cov="unscaled")
        left = v - lift - np.polyval(np.polyfit(t, v - lift, 1), t)
        error = np.sqrt(covariance[0, 0] * (left @ left) / (here.sum() - 2))

        assert_allclose(line.slope[row], slope, rtol=1e-6, atol=1e-9)
        assert_allclose(line.error[row], error, rtol=1e-5, atol=1e-8)


def test_the_latest_of_a_series_are_kept() -> None:
    series = np.array([[1.0, 2.0, 3.0, NAN], [1.0, NAN, NAN, 4.0], [NAN] * 4])

    assert_array_equal(latest_only(series, 2), [[NAN, 2, 3, NAN], [NAN, NAN, NAN, 4.0], [NAN] * 4])
    assert_array_equal(latest_only(series, 9), series)


def test_nothing_at_all_has_no_trend() -> None:
    assert line_through(np.empty((0, 3)), np.arange(3.0)).slope.shape == (0,)
