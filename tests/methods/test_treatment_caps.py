"""Caps: quantiles, counts, fixed numbers and fences, against hand-worked columns."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.testing import assert_allclose, assert_array_equal
from scipy import stats

from rankscope.errors import MethodError
from rankscope.methods.base import plain_traits
from rankscope.methods.treatment import (
    Cap,
    InterquartileFences,
    MedianDeviation,
    Treatment,
    Winsorise,
    WinsorisePoints,
    ZScoreCap,
)
from tests.methods.test_treatment import SPREAD, explained, treated

NAN = np.nan


def test_winsorising_caps_at_quantiles_of_what_is_present() -> None:
    values = [*SPREAD, 9.0, NAN]

    assert_array_equal(treated(Winsorise(0.25, 0.75), *values), np.clip(values, 3.0, 7.0))


@given(
    st.lists(st.integers(-50, 50), min_size=5, max_size=40), st.integers(0, 2), st.integers(0, 2)
)
def test_winsorising_points_is_that_of_scipy(values: list[int], low: int, high: int) -> None:
    if low + high == 0:
        return
    n = len(values)
    expected = stats.mstats.winsorize(
        np.array(values, dtype=float), limits=((low + 0.5) / n, (high + 0.5) / n)
    )

    assert_array_equal(treated(WinsorisePoints(low, high), *values), np.asarray(expected))


def test_a_column_that_can_not_spare_the_points_is_left_as_it_is() -> None:
    assert_array_equal(treated(WinsorisePoints(2, 1), 1.0, NAN, 5.0, 9.0), [1.0, NAN, 5.0, 9.0])
    assert "nothing to cap" in explained(WinsorisePoints(2, 1), 1.0, 5.0, 9.0)


def test_no_points_at_either_end_are_a_mistake() -> None:
    with pytest.raises(MethodError, match="nothing would be drawn in"):
        WinsorisePoints(0, 0)


def test_fixed_caps_need_no_data_and_one_may_be_left_out() -> None:
    assert_array_equal(treated(Cap(0.0, 10.0), -5.0, 3.0, 12.0, NAN), [0.0, 3.0, 10.0, NAN])
    assert treated(Cap(low=0.0), -5.0, 3.0, 12.0) == [0.0, 3.0, 12.0]
    assert treated(Cap(high=10.0), -5.0, 3.0, 12.0) == [-5.0, 3.0, 10.0]
    assert explained(Cap(0.0, 10.0), 1.0) == "capped at 0 and 10"
    assert explained(Cap(low=0.0), 1.0) == "raised to 0 where it is below"
    assert explained(Cap(high=9.0), 1.0) == "lowered to 9 where it is above"


@pytest.mark.parametrize(
    ("cap", "ends", "image"),
    [
        (Cap(0.0, 10.0), (-5, 20), (0, 10)),
        (Cap(low=0.0), (-np.inf, np.inf), (0, np.inf)),
        (Cap(low=0.0), (-9, -5), (0, 0)),
        (Cap(high=10.0), (20, 30), (10, 10)),
    ],
)
def test_fixed_caps_know_where_scores_can_lie(
    cap: Cap, ends: tuple[float, float], image: tuple[float, float]
) -> None:
    assert cap.image(*ends) == image


def test_caps_that_say_nothing_or_the_wrong_way_round_are_mistakes() -> None:
    with pytest.raises(MethodError, match=r"Give cap\.low, cap\.high or both"):
        Cap()
    with pytest.raises(MethodError, match=r"cap\.low must be less than cap\.high, got 5 and 2"):
        Cap(5, 2)


def test_tukeys_fences_stand_one_and_a_half_ranges_outside_the_quartiles() -> None:
    values = [*np.arange(1.0, 10.0), 100.0, NAN]  # quartiles 3.25 and 7.75

    assert treated(InterquartileFences(), *values)[9] == 7.75 + 1.5 * 4.5
    assert treated(InterquartileFences(to="value"), *values)[9] == 9.0
    assert treated(InterquartileFences(factor=100), *values)[9] == 100.0


def test_median_deviations_are_scaled_to_a_normal_distribution() -> None:
    values = [1.0, 2.0, 3.0, 4.0, 100.0]
    fence = 3 + 2 * stats.median_abs_deviation(values, scale="normal")

    assert_allclose(treated(MedianDeviation(factor=2), *values), [1, 2, 3, 4, fence])
    assert treated(MedianDeviation(factor=2, to="value"), *values) == [1, 2, 3, 4, 4]


def test_z_scores_cap_at_deviations_from_the_mean() -> None:
    values = [*np.zeros(5), *np.ones(5), 30.0]
    fence = np.mean(values) + 2 * np.std(values, ddof=1)

    assert treated(ZScoreCap(factor=2), *values)[-1] == pytest.approx(fence)
    assert treated(ZScoreCap(factor=2, to="value"), *values)[-1] == 1.0
    assert treated(ZScoreCap(factor=3.1), *values) == values  # none is further than 10 / sqrt(11)


@pytest.mark.parametrize("method", [InterquartileFences(), MedianDeviation(), ZScoreCap()])
def test_a_column_without_spread_is_not_made_constant(method: Treatment) -> None:
    mostly_tied = [0.0] * 9 + [1.0]

    assert treated(method, *[4.0] * 6) == [4.0] * 6
    if not isinstance(method, ZScoreCap):
        assert treated(method, *mostly_tied) == mostly_tied
        assert explained(method, *mostly_tied) == "left as it is: there is nothing to cap"


@pytest.mark.parametrize(
    "method",
    [
        InterquartileFences(),
        MedianDeviation(to="value"),
        ZScoreCap(),
        WinsorisePoints(),
        Winsorise(),
    ],
)
@given(values=st.lists(st.floats(-1e6, 1e6), min_size=1, max_size=25))
def test_what_is_touched_is_what_changes_and_an_empty_column_takes_new_values(
    method: Treatment, values: list[float]
) -> None:
    matrix = np.array([values, [NAN] * len(values)]).T
    traits = plain_traits(*matrix.shape)
    state = method.fit(matrix, traits)
    after = method.transform(matrix, state, traits)

    assert_array_equal(method.touched(matrix, state), (after != matrix) & ~np.isnan(matrix))
    assert_array_equal(method.transform(np.ones((1, 2)), state, traits)[:, 1], [1.0])


@pytest.mark.parametrize(
    ("method", "words"),
    [
        (
            Winsorise(0.1, 0.8),
            (
                "The lowest 10% of the values are raised, and the highest 20% "
                "lowered, to the value at that border"
            ),
        ),
        (
            WinsorisePoints(1, 3),
            ("The lowest value is raised and the highest 3 values are lowered to the next value"),
        ),
        (WinsorisePoints(0, 1), "The highest value is lowered to the next value"),
        (Cap(low=0), "What is below 0 counts as 0"),
        (Cap(high=9), "What is above 9 counts as 9"),
        (Cap(0, 9), "What is below 0 counts as 0, and what is above 9 as 9"),
        (
            MedianDeviation(to="value"),
            (
                "A value further than 3 typical distances from the median "
                "is drawn in to the outermost value within that border"
            ),
        ),
        (
            ZScoreCap(),
            ("A value further than 3 standard deviations from the mean is drawn in to that border"),
        ),
        (
            InterquartileFences(),
            (
                "A value further than 1.5 times the width of the middle half of "
                "all values from that half is drawn in to that border"
            ),
        ),
    ],
)
def test_caps_in_words(method: Treatment, words: str) -> None:
    assert method.in_words() == words
