"""Treatment of outliers: known columns, ASEM cell by cell, and what happens at the thresholds."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.testing import assert_allclose, assert_array_equal

from rankscope.methods.base import plain_traits
from rankscope.methods.treatment import Log, SkewKurtosis, Treatment, Winsorise
from tests.pipeline.asem import stage

SPREAD = [1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0]


def treated(method: Treatment, *values: float) -> list[float]:
    matrix = np.array(values)[:, None]
    traits = plain_traits(len(matrix), 1)
    return list(method.transform(matrix, method.fit(matrix, traits), traits)[:, 0])


def explained(method: Treatment, *values: float) -> str:
    matrix = np.array(values)[:, None]
    return method.explain(method.fit(matrix, plain_traits(len(matrix), 1)), 0)


@pytest.mark.shared
@pytest.mark.usefixtures("shared")
def test_skew_and_kurtosis_on_asem_cell_by_cell() -> None:
    before, after = stage("Screened").to_numpy(), stage("Treated").to_numpy()
    method, traits = SkewKurtosis(), plain_traits(*before.shape)
    state = method.fit(before, traits)

    assert_array_equal(method.transform(before, state, traits), after)
    assert_array_equal(method.touched(before, state), before != after)
    assert np.count_nonzero(state.points) == 15
    assert not state.side.any()


def test_a_column_with_an_outlier_is_drawn_in_to_the_next_value() -> None:
    assert treated(SkewKurtosis(), *SPREAD, 100.0) == [*SPREAD, 8.0]
    assert treated(SkewKurtosis(), *SPREAD, -100.0) == [*SPREAD, 1.0]
    assert explained(SkewKurtosis(), *SPREAD, 100.0) == "1 value drawn in from above 8"


def test_an_even_column_a_constant_one_and_a_gap_are_left_alone() -> None:
    assert treated(SkewKurtosis(), *SPREAD) == SPREAD
    assert treated(SkewKurtosis(), 3.0, 3.0, 3.0, 3.0, 3.0) == [3.0] * 5
    assert_array_equal(treated(SkewKurtosis(), np.nan, 1.0, np.nan), [np.nan, 1.0, np.nan])


def test_too_many_outliers_lead_to_a_logarithm_of_the_original_values() -> None:
    values = np.r_[np.arange(1.0, 31.0), 1e3 * 2.0 ** np.arange(4)]
    logged = treated(SkewKurtosis(max_points=2), *values)

    assert_allclose(logged, np.log(values - 1.0 + 0.01 * np.ptp(values)))


def test_the_logarithm_of_a_long_lower_tail_draws_in_that_tail() -> None:
    values = -np.r_[np.arange(1.0, 31.0), 1e3 * 2.0 ** np.arange(4)]
    logged = treated(SkewKurtosis(max_points=2), *values)
    mirrored = treated(SkewKurtosis(max_points=2), *-values)

    assert_allclose(logged, -np.array(mirrored))
    assert "highest value" in explained(SkewKurtosis(max_points=2), *values)


def test_no_points_means_a_logarithm_at_once() -> None:
    assert "logarithm" in explained(SkewKurtosis(max_points=0), *SPREAD, 100.0)


@pytest.mark.parametrize(
    ("sign", "words"),
    [
        (1, "logarithm of the distance from the lowest value, 1, plus 0.99: "),
        (-1, "minus the logarithm of the distance from the highest value, -1, plus 0.99: "),
    ],
)
def test_a_logarithm_can_be_taken_again_from_its_words(sign: int, words: str) -> None:
    method, values = SkewKurtosis(max_points=0), [sign * one for one in [*SPREAD, 100.0]]

    assert explained(method, *values) == f"{words}too skewed to winsorise"
    expected = [sign * np.log(sign * (one - sign) + 0.99) for one in values]
    assert_allclose(treated(method, *values), expected)


def test_a_column_fails_only_where_both_moments_are_large() -> None:
    assert treated(SkewKurtosis(kurtosis=50), *SPREAD, 100.0) == [*SPREAD, 100.0]
    assert treated(SkewKurtosis(skewness=50), *SPREAD, 100.0) == [*SPREAD, 100.0]


def test_winsorising_caps_at_quantiles_of_what_is_present() -> None:
    values = [*SPREAD, 9.0, np.nan]

    assert_array_equal(treated(Winsorise(0.25, 0.75), *values), np.clip(values, 3.0, 7.0))


@pytest.mark.parametrize(
    ("offset", "added"), [("none", 0.0), ("smallest", 2.0), ("range", 0.01 * 98 - 2)]
)
def test_logarithms_add_the_offset_that_is_asked_for(offset: str, added: float) -> None:
    values = [2.0, 5.0, 100.0]

    assert_allclose(treated(Log(offset), *values), np.log(np.add(values, added)))


def test_zeros_lie_one_doubling_below_the_smallest_positive_value() -> None:
    zero, smallest, _ = treated(Log(), 0.0, 3.0, 50.0)

    assert smallest - zero == pytest.approx(np.log(2))


def test_each_offset_says_which_values_it_takes() -> None:
    takes = {offset: [Log(offset).accepts(low) for low in (-1, 0, 1)]
             for offset in ("none", "smallest", "range")}  # fmt: skip

    assert takes == {"none": [False, False, True], "smallest": [False, True, True],
                     "range": [True, True, True]}  # fmt: skip
