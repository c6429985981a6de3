"""Methods that social indices brought: normal scores, means of extremes, centres, cut-offs."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.testing import assert_allclose, assert_array_equal
from scipy.stats import norm

from rankscope._registry import build
from rankscope.errors import MethodError
from rankscope.methods.aggregation import Ratio
from rankscope.methods.base import plain_traits
from rankscope.methods.normalisation import (
    Centred,
    ExtremeMeans,
    FixedZScore,
    NormalScores,
    QuantileGroups,
    QuantileGroupsFromTop,
    ZScore,
)
from rankscope.methods.steps import Absolute, ScoreGoalposts
from rankscope.methods.treatment import ZeroBelow
from rankscope.methods.weighting.standard_deviation import StandardDeviation
from tests.methods.test_normalisation import normalised

NAN = np.nan
COLUMNS = st.lists(
    st.one_of(st.just(NAN), st.integers(-3, 3).map(float)), min_size=1, max_size=12
).map(tuple)


@given(COLUMNS, st.sampled_from([0.0, 3 / 8, 1 / 3, 0.5]), st.sampled_from([1, -1]))
def test_normal_scores_are_normal_quantiles_of_the_ranks_of_pandas(
    values: tuple[float, ...], c: float, polarity: int
) -> None:
    turned = pd.Series(values) * polarity
    expected = norm.ppf((turned.rank() - c) / (turned.count() + 1 - 2 * c))

    assert_allclose(normalised(NormalScores(c=c), values, polarity), expected, atol=1e-12)


def test_the_middle_of_normal_scores_is_zero_and_both_ends_are_alike() -> None:
    found = normalised(NormalScores(), (10.0, 0.0, 1e6, NAN, 3.0, 4.0), 1)

    assert_allclose(found, [norm.ppf(4 / 6), norm.ppf(1 / 6), norm.ppf(5 / 6), NAN,
                            norm.ppf(2 / 6), 0], atol=1e-12)  # fmt: skip


@pytest.mark.parametrize(
    ("polarity", "expected"), [(1, [0, 125, 75, 50, NAN]), (-1, [125, 0, 50, 75, NAN])]
)
def test_the_upper_end_is_the_mean_of_the_best_two(polarity: int, expected: list[float]) -> None:
    values = (0.0, 10.0, 6.0, 4.0, NAN)  # the best two have the mean 8, or 2 where less is better

    kept = normalised(ExtremeMeans(best=2, beyond="keep"), values, polarity)

    assert_allclose(kept, expected)
    assert_allclose(normalised(ExtremeMeans(best=2), values, polarity), np.clip(expected, 0, 100))


def test_means_of_more_values_than_there_are_separate_nobody() -> None:
    assert_array_equal(normalised(ExtremeMeans(best=9, worst=9), (1.0, 2.0, 3.0), 1), [NAN] * 3)


@given(COLUMNS)
def test_means_of_one_value_are_min_max(values: tuple[float, ...]) -> None:
    column = pd.Series(values)
    span = column.max() - column.min()

    found = normalised(ExtremeMeans(best=1, worst=1, to=(0, 1)), values, 1)

    assert_allclose(found, (column - column.min()) / (span if span > 0 else NAN))


@pytest.mark.parametrize(
    ("at", "polarity", "expected"),
    [("worst", 1, [0, 4, NAN, 8]), ("worst", -1, [8, 4, NAN, 0]), ("best", 1, [-8, -4, NAN, 0]),
     ("best", -1, [0, -4, NAN, -8]), ("mean", 1, [-4, 0, NAN, 4]), ("median", -1, [4, 0, NAN, -4])],
)  # fmt: skip
def test_differences_stay_in_the_units_of_the_indicator(
    at: str, polarity: int, expected: list[float]
) -> None:
    assert_allclose(normalised(Centred(at=at), (1.0, 5.0, NAN, 9.0), polarity), expected)


def test_distance_from_parity_is_the_same_on_both_sides() -> None:
    assert_allclose(Absolute(around=1).of(np.array([0.9, 1.1, NAN])), [0.1, 0.1, NAN])
    assert Absolute(around=1).image(0, 3) == (0.0, 2.0)
    assert Absolute(around=-1).image(0, 3) == (1.0, 4.0)
    assert Absolute().image(-np.inf, 3) == (0.0, np.inf)


def test_a_third_of_sixths_and_eighteenths_is_a_third() -> None:
    third = sum([1 / 18] * 6)
    scores = np.array([[third], [1 / 3], [0.3333], [0.9], [NAN]])
    method = ZeroBelow(threshold=1 / 3)

    found = method.transform(scores, None, plain_traits(5, 1))

    assert_allclose(found[:, 0], [third, 1 / 3, 0, 0.9, NAN])
    assert_array_equal(method.touched(scores, None)[:, 0], [False, False, True, False, False])
    assert method.image(0.2, 1.0) == (0.0, 1.0)


def test_a_threshold_must_be_given() -> None:
    with pytest.raises(MethodError, match="threshold must be a number of at least 0"):
        ZeroBelow()


def test_inverse_deviations_make_a_deviation_of_each_child_count_the_same() -> None:
    rng = np.random.default_rng(3)
    scores = rng.normal(0, [1, 2, 4], (40, 3))
    scores = np.column_stack([scores, np.full(40, 7.0)])  # a constant child says nothing

    weights = StandardDeviation(inverse=True).fit(scores, np.ones(4))

    deviations = pd.DataFrame(scores).std()[:3]
    assert_allclose(weights[:3] * deviations, (weights[:3] * deviations).mean())
    assert weights[3] == 0
    assert weights.sum() == pytest.approx(1)


def test_inverse_coefficients_of_variation() -> None:
    scores = np.abs(np.random.default_rng(4).normal(10, [1, 3], (30, 2)))
    found = StandardDeviation(relative=True, inverse=True).fit(scores, np.ones(2))
    spread = pd.DataFrame(scores).mean() / pd.DataFrame(scores).std()

    assert_allclose(found, spread / spread.sum())


def test_a_score_between_its_goalposts() -> None:
    scores = np.array([20.0, 52.5, 85.0, 100.0, NAN])

    assert_allclose(ScoreGoalposts(goalposts=(20, 85), to=(0, 1)).of(scores), [0, 0.5, 1, 1, NAN])
    kept = ScoreGoalposts(goalposts=(20, 85), beyond="keep").of(scores)
    assert_allclose(kept, [0, 50, 100, 8000 / 65, NAN])


def test_goalposts_of_a_score_are_given_to_the_step_itself() -> None:
    given, faults = build("step", {"method": "goalposts", "goalposts": [0, 60], "to": [0, 1]})

    assert (given, faults) == (ScoreGoalposts(goalposts=(0, 60), to=(0, 1)), [])
    assert ScoreGoalposts(goalposts=(0, 60)).image(-10, 30) == (0.0, 50.0)
    _, [fault] = build("step", "goalposts")
    assert fault.sentence.startswith("goalposts.goalposts must be two numbers, the lower one first")


@given(COLUMNS, st.sampled_from([1, -1]))
def test_a_z_score_of_the_own_mean_and_deviation_is_the_z_score(
    values: tuple[float, ...], polarity: int
) -> None:
    column = pd.Series(values)
    if not column.std() > 0:
        return
    fixed = FixedZScore(centre=column.mean(), spread=column.std(), mean=45, deviation=20, cap=1)
    own = ZScore(mean=45, deviation=20, cap=1)

    assert_allclose(normalised(fixed, values, polarity), normalised(own, values, polarity))


def test_given_means_do_not_move_with_the_data() -> None:
    fixed = FixedZScore(centre=3, spread=2, mean=50, deviation=10)

    assert_allclose(normalised(fixed, (3.0, 5.0, NAN), 1), [50, 60, NAN])
    assert_allclose(normalised(fixed, (3.0, 5.0, 1e6), -1)[:2], [50, 40])
    assert_allclose(normalised(fixed, (7.0, 7.0), 1), [70, 70])


def test_a_ratio_of_which_one_part_has_no_weight_has_no_known_ends() -> None:
    assert Ratio().image(np.array([1.0]), np.array([2.0]), np.ones(1)) == (-np.inf, np.inf)


def test_where_groups_can_not_be_equal_each_rule_parts_values_in_its_own_way() -> None:
    ten = tuple(float(one) for one in range(10))

    def sizes(rule: str) -> list[int]:
        found = normalised(QuantileGroups(4, rule=rule), ten)
        assert found == sorted(found)
        return [found.count(group) for group in (1, 2, 3, 4)]

    assert sizes("share") == [2, 3, 2, 3]  # r / 10 up to 1/4: 0.1 and 0.2
    assert sizes("below") == [3, 2, 3, 2]
    assert sizes("open") == [2, 3, 3, 2]
    assert sizes("larger_first") == [3, 3, 2, 2]
    assert sizes("quantiles") == [3, 2, 2, 3]  # quartiles 2.25, 4.5 and 6.75


@given(
    st.lists(st.integers(-50, 50).map(float), min_size=8, max_size=30, unique=True),
    st.sampled_from([2, 4, 5]),
)
def test_groups_by_quantiles_are_those_of_pandas(values: list[float], groups: int) -> None:
    column = (*values, NAN)

    found = normalised(QuantileGroups(groups, rule="quantiles"), column)
    from_top = normalised(QuantileGroupsFromTop(groups, rule="quantiles"), column)

    assert_array_equal(found, [*(pd.qcut(values, groups, labels=False) + 1.0), NAN])
    turned = [-value for value in values]
    assert_array_equal(from_top, [*(pd.qcut(turned, groups, labels=False) + 1.0), NAN])


@given(st.integers(1, 40), st.integers(2, 9))
def test_larger_groups_come_first_as_numpy_splits(count: int, groups: int) -> None:
    parts = np.array_split(np.arange(count), groups)
    expected = [number for number, part in enumerate(parts, start=1) for _ in part]

    found = normalised(QuantileGroups(groups, rule="larger_first"), tuple(range(count)))

    assert found == expected
