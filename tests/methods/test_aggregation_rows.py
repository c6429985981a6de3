"""Aggregations that look at one row at a time, against hand-worked cases and SciPy."""

from __future__ import annotations

import math
import statistics

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.testing import assert_allclose
from scipy import stats

from rankscope.errors import MethodError
from rankscope.methods.aggregation import (
    AdjustedMazziottaPareto,
    Aggregation,
    Difference,
    FirstAvailable,
    Generalised,
    Geometric,
    Harmonic,
    Maximum,
    MazziottaPareto,
    MeanMin,
    MedianOfChildren,
    Minimum,
    OrderedWeighted,
    PenalisedMean,
    Product,
    Ratio,
    ScaledGeometric,
    Sum,
)
from rankscope.methods.normalisation import ZScore

VALUES = st.lists(st.floats(0.5, 100), min_size=2, max_size=6)


def score(method: Aggregation, values: list[float], weights: list[float] | None = None) -> float:
    """Return the score of one row; weights are made shares where the method takes shares."""
    given = np.ones(len(values)) if weights is None else np.array(weights, dtype=float)
    if method.shares:
        given = given / given.sum()
    return float(method.combine(np.array([values], dtype=float), given[None])[0])


# ── means and zeros ──────────────────────────────────────────────────────────


@given(VALUES, st.data())
def test_weighted_means_are_those_of_scipy(values: list[float], data: st.DataObject) -> None:
    weight = st.floats(0.1, 5)
    weights = data.draw(st.lists(weight, min_size=len(values), max_size=len(values)))

    assert math.isclose(
        score(Geometric(), values, weights), stats.gmean(values, weights=weights), rel_tol=1e-9
    )
    assert math.isclose(
        score(Harmonic(), values, weights), stats.hmean(values, weights=weights), rel_tol=1e-9
    )
    for power in (-3.0, 0.5, 4.0):
        expected = stats.pmean(values, power, weights=weights)
        assert math.isclose(score(Generalised(power), values, weights), expected, rel_tol=1e-9)


TAKE_ZEROS = [
    Geometric(zeros="zero"),
    Harmonic(zeros="zero"),
    Generalised(-2, "zero"),
    Generalised(-50, "zero"),
    Generalised(0, "zero"),
]


@pytest.mark.parametrize("method", TAKE_ZEROS, ids=str)
@pytest.mark.parametrize("weight", [1e-5, 0.01, 1.0, 1e5])
def test_a_zero_makes_the_whole_zero_where_that_is_asked_for(
    method: Aggregation, weight: float
) -> None:
    assert method.accepts(0.0)
    assert score(method, [0, 50, 100], [weight, 1, 1]) == 0
    assert score(method, [0, 0, 100], [weight, 1, 1]) == 0
    assert score(method, [0, 50, 50], [0, 1, 1]) == pytest.approx(50)
    assert math.isnan(score(method, [-1, 50, 50]))


@pytest.mark.parametrize("method", TAKE_ZEROS, ids=str)
def test_a_zero_goes_through_a_product_of_matrices(method: Aggregation) -> None:
    chart = method.chart()
    assert chart is not None
    values = np.array([[0.0, 4.0, 9.0], [2.0, 4.0, 9.0]])
    weights = np.array([[0.2, 0.3, 0.5], [0.0, 0.5, 0.5], [1 / 3, 1 / 3, 1 / 3]])
    scores = chart.back(weights @ chart.forward(values).T)

    assert scores[[0, 2], 0].tolist() == [0, 0]
    assert scores[1, 0] == pytest.approx(scores[1, 1])
    assert np.isfinite(scores).all()


@pytest.mark.parametrize("method", [Geometric(), Harmonic(), Generalised(-2), Generalised(0)])
def test_a_zero_is_refused_by_default(method: Aggregation) -> None:
    assert not method.accepts(0.0)
    assert math.isnan(score(method, [0, 50]))


def test_powers_beyond_all_numbers_give_no_score_and_no_warning() -> None:
    assert math.isnan(score(Generalised(50), [1e10, 1]))
    assert math.isnan(score(Generalised(-50), [1e10, 1e10]))


def test_the_scaled_geometric_mean_is_that_of_inform() -> None:
    inform = ScaledGeometric(ends=(0, 10))
    by_hand = 10 - (((10 - 9.7) / 10 * 9 + 1) * ((10 - 4) / 10 * 9 + 1)) ** 0.5 / 9 * 10 + 10 / 9

    assert score(inform, [9.7, 4.0]) == pytest.approx(by_hand, rel=1e-14)
    assert score(inform, [0, 0]) == 0
    assert score(inform, [10, 10]) == 10
    # a great risk counts more than in the plain mean
    assert score(inform, [10, 0]) == pytest.approx(10 - (math.sqrt(10) - 1) / 9 * 10)
    assert score(inform, [10, 0]) > 5


def test_the_scaled_geometric_mean_without_reversal_draws_to_the_low() -> None:
    plain = ScaledGeometric(ends=(0, 10), reverse=False)

    assert score(plain, [10, 0]) == pytest.approx((math.sqrt(10) - 1) / 9 * 10)
    assert score(plain, [10, 0]) == pytest.approx(
        10 - score(ScaledGeometric(ends=(0, 10)), [10, 0])
    )
    assert score(ScaledGeometric(ends=(0, 99), onto=(1, 100), reverse=False), [8, 1]) == (
        pytest.approx(math.sqrt(9 * 2) - 1)
    )


def test_the_scaled_geometric_mean_knows_which_values_it_takes() -> None:
    inform = ScaledGeometric(ends=(0, 10))

    assert inform.accepts(-100, 11.1)
    assert not inform.accepts(0, 11.2)
    assert inform.accepts(-100)
    assert not ScaledGeometric(ends=(0, 10), reverse=False).accepts(-1.2, 5)
    assert math.isnan(score(inform, [12, 1]))
    with pytest.raises(MethodError, match=r"scaled_geometric\.onto must be two positive numbers"):
        ScaledGeometric(onto=(0, 10))


# ── sums, products, ratios, differences ──────────────────────────────────────


def test_a_sum_takes_weights_as_they_are() -> None:
    assert not Sum.shares
    assert score(Sum(), [10, 20, 30], [0.225, 0.5, 0.25]) == pytest.approx(19.75)
    assert score(Sum(), [10, 20]) == 30
    assert Sum().image(np.array([0.0, -1]), np.array([1.0, 2]), np.array([1.0, 3])) == (-3, 7)
    assert Sum().image(np.array([2.0, 1]), np.array([3.0, 2]), np.array([1.0, 3])) == (2, 9)


def test_a_product_is_exact_and_takes_weights_as_exponents() -> None:
    assert score(Product(), [3, 4]) == 12
    assert score(Product(), [7.3, 0.1]) == 7.3 * 0.1
    assert score(Product(), [9, 2], [0.5, 3]) == 24
    assert score(Product(), [0, 2]) == 0
    assert score(Product(), [0, 2], [0, 1]) == 2
    assert math.isnan(score(Product(), [-1, 2]))
    assert not Product().accepts(-1)
    assert Product().image(np.array([0.5, 2]), np.array([3.0, 4]), np.ones(2)) == (0.5, 12)


def test_a_ratio_is_the_first_over_the_second() -> None:
    assert score(Ratio(), [10, 4]) == 2.5
    assert math.isnan(score(Ratio(), [10, 0]))
    assert math.isnan(score(Ratio(), [10, 4], [1, 0]))
    assert math.isnan(score(Ratio(), [1e300, 1e-300]))
    assert Ratio().image(np.array([1.0, 2]), np.array([3.0, 4]), np.ones(2)) == (0.25, 1.5)
    assert Ratio().image(np.array([1.0, 0]), np.array([3.0, 4]), np.ones(2)) == (-np.inf, np.inf)
    assert Ratio().image(np.array([1.0, -4]), np.array([3.0, -2]), np.ones(2)) == (-1.5, -0.25)


def test_a_difference_is_the_first_less_the_others() -> None:
    assert score(Difference(), [10, 4, 3]) == 3
    assert score(Difference(), [10, 4, 3], [2, 0.5, 1]) == 15
    assert score(Difference(), [10, 4, 3], [1, 1, 0]) == 6
    assert math.isnan(score(Difference(), [10, 4], [0, 1]))
    assert math.isnan(score(Difference(), [10, 4], [1, 0]))


def test_the_first_available_stands_in_for_the_missing() -> None:
    assert score(FirstAvailable(), [10, 4, 3]) == 10
    assert score(FirstAvailable(), [1, 4, 3], [0, 1, 1]) == 4
    assert score(FirstAvailable(), [1, 1, 3], [0, 0, 0.1]) == 3


# ── order statistics ─────────────────────────────────────────────────────────


@given(VALUES)
def test_extremes_and_the_median_by_python(values: list[float]) -> None:
    assert score(Minimum(), values) == min(values)
    assert score(Maximum(), values) == max(values)
    assert score(MedianOfChildren(), values) == statistics.median(values)
    assert score(MedianOfChildren(weighted=True), values) == statistics.median(values)


@given(st.lists(st.tuples(st.integers(1, 9), st.integers(1, 4)), min_size=1, max_size=6))
def test_the_weighted_median_repeats_each_child_as_often_as_its_weight(
    pairs: list[tuple[int, int]],
) -> None:
    values, weights = zip(*pairs, strict=True)
    repeated = [value for value, count in pairs for _ in range(count)]

    found = score(MedianOfChildren(weighted=True), list(values), list(weights))
    assert found == statistics.median(repeated)


def test_only_children_with_weight_have_an_extreme_or_a_median() -> None:
    assert score(Minimum(), [1, 5, 7], [0, 1, 1]) == 5
    assert score(Maximum(), [1, 5, 7], [1, 1, 0]) == 5
    assert score(MedianOfChildren(), [1, 5, 7], [0, 1, 9]) == 6
    assert score(MedianOfChildren(weighted=True), [1, 5, 7], [0, 1, 9]) == 7


@given(VALUES)
def test_weights_by_place_lead_from_the_maximum_over_the_mean_to_the_minimum(
    values: list[float],
) -> None:
    count = len(values)
    first, last = np.eye(count)[[0, -1]]

    assert score(OrderedWeighted(tuple(first)), values) == pytest.approx(max(values))
    assert score(OrderedWeighted(tuple(last)), values) == pytest.approx(min(values))
    assert score(OrderedWeighted((2.0,) * count), values) == pytest.approx(statistics.fmean(values))
    by_hand = sum((i + 1) * v for i, v in enumerate(sorted(values, reverse=True)))
    rising = OrderedWeighted(tuple(float(i + 1) for i in range(count)))
    assert score(rising, values) == pytest.approx(by_hand / (count * (count + 1) / 2))


def test_weights_by_place_go_with_weights_of_the_children() -> None:
    equal, lower = OrderedWeighted((1, 1)), OrderedWeighted((0, 1))

    assert score(equal, [10, 40], [2, 1]) == pytest.approx(20)
    # the lower half of the weight: 40 has a third, so the rest of the first half is of 10
    assert score(lower, [10, 40], [2, 1]) == pytest.approx(10)
    assert score(lower, [10, 40], [1, 2]) == pytest.approx((10 / 3 + 40 / 6) / 0.5)
    assert score(OrderedWeighted((3, 2, 1)), [10, 40], [1, 1]) == pytest.approx(
        (40 * (3 + 1) + 10 * (1 + 1)) / 6
    )
    with pytest.raises(MethodError, match="not all be 0"):
        OrderedWeighted((0, 0))


# ── penalties for unbalance ──────────────────────────────────────────────────


@given(VALUES)
def test_penalties_by_python(values: list[float]) -> None:
    mean = statistics.fmean(values)
    spread, sample = statistics.pvariance(values), statistics.variance(values)

    assert score(PenalisedMean(), values) == pytest.approx(mean * (1 - math.sqrt(spread) / mean))
    assert score(MazziottaPareto(), values) == pytest.approx(mean - spread / mean)
    assert score(MazziottaPareto("plus"), values) == pytest.approx(mean + spread / mean)
    assert score(MazziottaPareto("minus", "sample"), values) == pytest.approx(mean - sample / mean)
    assert score(MeanMin(1), values) == pytest.approx(min(values))
    assert score(MeanMin(0), values) == pytest.approx(mean)
    assert score(MeanMin(0.5), values) == pytest.approx((mean + min(values)) / 2)


def test_the_mean_min_function_by_hand() -> None:
    # mean 20, minimum 17: sqrt(3^2 + 4^2) - 4 = 1
    assert score(MeanMin(0.5, 4), [17, 23]) == pytest.approx(19.5)


def test_the_mazziotta_pareto_index_by_hand() -> None:
    """Three units, two indicators, each with mean 100 and deviation 10 over the units."""
    raw = np.array([[1.0, 4.0], [2.0, 6.0], [3.0, 2.0]])
    z = 100 + 10 * (raw - raw.mean(axis=0)) / raw.std(axis=0)
    step = 10 * math.sqrt(1.5)
    assert_allclose(z, [[100 - step, 100], [100, 100 + step], [100 + step, 100 - step]])

    found = MazziottaPareto().combine(z, np.full(z.shape, 0.5))
    low, high = 100 - step / 2, 100 + step / 2
    expected = [low - (step / 2) ** 2 / low, high - (step / 2) ** 2 / high, 100 - step**2 / 100]
    assert_allclose(found, expected, rtol=1e-14)


def test_the_mazziotta_pareto_index_is_written_with_standard_scores() -> None:
    normalisation = ZScore(mean=100, deviation=10)

    assert MazziottaPareto().accepts(*normalisation.image(0, 1))
    assert not AdjustedMazziottaPareto().accepts(*normalisation.image(0, 1))
    assert AdjustedMazziottaPareto().accepts(70, 130)


def test_the_adjusted_index_by_hand() -> None:
    adjusted = AdjustedMazziottaPareto()

    assert score(adjusted, [100, 100, 100]) == pytest.approx(100, rel=1e-14)
    assert score(adjusted, [70, 130]) == pytest.approx(100 - 30**2 / 100)
    assert score(AdjustedMazziottaPareto("plus"), [70, 130]) == pytest.approx(109)
    assert score(AdjustedMazziottaPareto("minus", "sample"), [70, 130]) == pytest.approx(82)


def test_penalties_count_weights() -> None:
    assert score(MazziottaPareto(), [100, 100, 130], [1, 1, 1]) == pytest.approx(
        score(MazziottaPareto(), [100, 130], [2, 1])
    )
    assert score(PenalisedMean(0.5), [100, 100, 130]) == pytest.approx(
        score(PenalisedMean(0.5), [100, 130], [2, 1])
    )


def test_one_child_has_no_unbalance_and_a_mean_below_zero_no_penalty_to_scale() -> None:
    assert score(MazziottaPareto("minus", "sample"), [90, 5], [1, 0]) == 90
    assert math.isnan(score(MazziottaPareto(), [-10, 5]))
    assert score(PenalisedMean(), [-10, 10]) == -10
