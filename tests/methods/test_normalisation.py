"""Normalisations by hand: polarity, ties, gaps, constant columns, single rows, frozen scales."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from numpy.testing import assert_allclose, assert_array_equal

from rankscope._registry import methods_of
from rankscope.errors import MethodError
from rankscope.methods.base import plain_traits
from rankscope.methods.normalisation import (
    AboveOrBelowMean,
    DistanceToBest,
    DistanceToReference,
    DistanceToTarget,
    Goalposts,
    MinMax,
    NoNormalisation,
    Normalisation,
    PercentileRank,
    QuantileMinMax,
    QuantileRange,
    Rank,
    RatioToMean,
    RobustZScore,
    ShareOfBest,
    ShareOfTotal,
    ZScore,
)
from rankscope.testing import examples_of

NAN = np.nan
TO_AN_AIM = DistanceToTarget | DistanceToReference
VALUES = (2.0, 6.0, NAN, 10.0, 6.0)
ALL = list(methods_of("normalisation").values())

HANDBOOK_SCHOOLING = {
    "Finland": 10, "United States": 12, "Sweden": 11.4, "Japan": 9.5, "Korea": 10.8,
    "Netherlands": 9.4, "UK": 9.4, "Canada": 11.6, "Australia": 10.9, "Singapore": 7.1,
    "Germany": 10.2, "Norway": 11.9, "Ireland": 9.4, "Belgium": 9.3, "New Zealand": 11.7,
    "Austria": 8.4, "France": 7.9, "Israel": 9.6, "Spain": 7.3, "Italy": 7.2,
    "Czech Republic": 9.5, "Hungary": 9.1, "Slovenia": 7.1,
}  # fmt: skip
"""OECD/JRC Handbook 2008, table 15: mean years of school, age 15 and above."""


def normalised(
    method: Normalisation,
    values: tuple[float, ...],
    polarity: int = 1,
    then: tuple[float, ...] | None = None,
    target: float = NAN,
) -> list[float]:
    """Fit on values; transform them, or others then."""
    matrix, other = np.array(values)[:, None], np.array(then or values)[:, None]
    traits = replace(
        plain_traits(len(matrix), 1),
        polarity=np.array([float(polarity)]),
        goalposts=np.array([[4.0, 8.0]]),
        target=np.array([target]),
    )
    return list(method.transform(other, method.fit(matrix, traits), traits)[:, 0])


@pytest.mark.parametrize("cls", ALL, ids=lambda cls: cls.name)
def test_every_normalisation_says_in_a_sentence_what_it_does(cls: type[Normalisation]) -> None:
    for method in examples_of(cls):
        sentence = method.in_words("country")

        assert sentence[0].isupper()
        assert sentence[-1] != "."
        assert "\n" not in sentence


@pytest.mark.parametrize(
    ("method", "up", "down"),
    [
        (MinMax(), [0, 50, NAN, 100, 50], [100, 50, NAN, 0, 50]),
        (MinMax((1, 5)), [1, 3, NAN, 5, 3], [5, 3, NAN, 1, 3]),
        (Goalposts(), [0, 50, NAN, 100, 50], [100, 50, NAN, 0, 50]),
        (Goalposts(beyond="keep"), [-50, 50, NAN, 150, 50], [150, 50, NAN, -50, 50]),
        (PercentileRank(), [0, 100 / 3, NAN, 100, 100 / 3], [100, 100 / 3, NAN, 0, 100 / 3]),
        (NoNormalisation(), [2, 6, NAN, 10, 6], [-2, -6, NAN, -10, -6]),
        (DistanceToBest(), [0, 50, NAN, 100, 50], [100, 50, NAN, 0, 50]),
        (ShareOfBest(), [20, 60, NAN, 100, 60], [100, 100 / 3, NAN, 20, 100 / 3]),
        (ShareOfTotal(top=168), [14, 42, NAN, 70, 42], [90, 30, NAN, 18, 30]),
        (RatioToMean(), [100 / 3, 100, NAN, 500 / 3, 100], [300, 100, NAN, 60, 100]),
        (RatioToMean(base=3, form="difference"), [-2, 0, NAN, 2, 0], [2, 0, NAN, -2, 0]),
        (AboveOrBelowMean(), [-1, 0, NAN, 1, 0], [1, 0, NAN, -1, 0]),
    ],
    ids=str,
)
def test_values_by_hand(method: Normalisation, up: list[float], down: list[float]) -> None:
    assert_allclose(normalised(method, VALUES), up)
    assert_allclose(normalised(method, VALUES, polarity=-1), down)


def test_z_scores_take_the_deviation_of_a_sample_or_of_the_population() -> None:
    z = (np.array(VALUES) - 6) / np.std([2, 6, 10, 6], ddof=1)
    whole = (np.array(VALUES) - 6) / np.std([2, 6, 10, 6])

    assert_allclose(normalised(ZScore(), VALUES), z)
    assert_allclose(normalised(ZScore(10, 2), VALUES, polarity=-1), 10 - 2 * z)
    assert_allclose(normalised(ZScore(deviation_of="population"), VALUES), whole)


def test_z_scores_are_cut_at_the_cap() -> None:
    values = (0.0, *[10.0] * 30, 20.0, 21.0)
    free, capped = (np.array(normalised(ZScore(100, 10, cap=c), values)) for c in (None, 1.5))

    assert free[0] < 85
    assert free[-1] > 115
    assert_array_equal(capped, np.clip(free, 85, 115))
    assert ZScore(100, 10, cap=1.5).image(0, 1) == (85, 115)


def test_robust_scores_equal_scipy_and_scikit_learn() -> None:
    from scipy.stats import median_abs_deviation
    from sklearn.preprocessing import RobustScaler

    column = np.random.default_rng(1).lognormal(size=(41, 1))
    values = tuple(column[:, 0])
    deviation = median_abs_deviation(column[:, 0])
    z = (column[:, 0] - np.median(column)) / deviation
    ranged = RobustScaler(quantile_range=(10, 80)).fit_transform(column)[:, 0]

    assert_allclose(normalised(RobustZScore(), values), z / 1.4826)
    assert_allclose(normalised(RobustZScore(factor=1), values, polarity=-1), -z)
    assert_allclose(normalised(RobustZScore(factor=1, cap=1), values), np.clip(z, -1, 1))
    assert_allclose(normalised(QuantileRange(lower=0.1, upper=0.8), values), ranged)


def test_a_column_with_most_of_its_values_tied_has_no_robust_spread() -> None:
    assert np.isnan(normalised(RobustZScore(), (6.0, 6.0, 6.0, 9.0, 1.0))).all()


def test_quantile_min_max_cuts_what_lies_beyond() -> None:
    values = tuple(float(one) for one in range(101))

    cut = normalised(QuantileMinMax(lower=0.1, upper=0.9), values)
    kept = normalised(QuantileMinMax(lower=0.1, upper=0.9, beyond="keep"), values, polarity=-1)

    assert_allclose(cut, np.clip((np.arange(101) - 10) / 80, 0, 1) * 100, atol=1e-12)
    assert_allclose(kept, (90 - np.arange(101)) / 80 * 100, atol=1e-12)


@pytest.mark.parametrize("cls", [QuantileMinMax, QuantileRange])
def test_quantiles_stand_in_order(cls: type[Normalisation]) -> None:
    with pytest.raises(MethodError, match=rf"{cls.name}\.lower must be less than .+0\.8 and 0\.2"):
        cls(lower=0.8, upper=0.2)  # type: ignore[call-arg]


def test_the_examples_of_the_handbook() -> None:
    """OECD/JRC Handbook 2008, table 15."""
    chosen = ["Finland", "United States", "Sweden", "Japan", "Netherlands", "Italy"]
    at = [list(HANDBOOK_SCHOOLING).index(country) for country in chosen]
    values = tuple(HANDBOOK_SCHOOLING.values())

    def of(method: Normalisation) -> list[float]:
        return [normalised(method, values)[row] for row in at]

    assert of(Rank()) == [15, 23, 19, 12, 9, 3]
    assert_allclose(of(ZScore()), [0.26, 1.52, 1.14, -0.06, -0.12, -1.52], atol=0.0051)
    assert_allclose(of(MinMax((0, 1))), [0.59, 1.00, 0.88, 0.49, 0.47, 0.02], atol=0.005)
    assert_allclose(of(RatioToMean(1)), [1.04, 1.25, 1.19, 0.99, 0.98, 0.75], atol=0.0051)
    assert_allclose(of(ShareOfBest(1)), [0.83, 1.00, 0.95, 0.79, 0.78, 0.60], atol=0.005)
    differences = of(RatioToMean(1, form="difference"))
    assert_allclose(differences, [0.04, 0.25, 0.19, -0.01, -0.02, -0.25], atol=0.005)
    assert of(AboveOrBelowMean(threshold=0.2)) == [0, 1, 0, 0, 0, -1]
    percentiles = of(PercentileRank(count="all"))
    assert_allclose(percentiles, [65.2, 100, 82.6, 52.2, 39.1, 13.0], atol=0.05)


@pytest.mark.parametrize("method", [MinMax(), ZScore(), DistanceToBest(), QuantileRange()], ids=str)
def test_a_constant_column_separates_nobody(method: Normalisation) -> None:
    assert np.isnan(normalised(method, (0.1, 0.1, 0.1))).all()


def test_a_constant_column_is_one_tie_of_percentile_ranks() -> None:
    assert normalised(PercentileRank(), (0.1, 0.1, 0.1)) == [0, 0, 0]


@pytest.mark.parametrize("method", [MinMax(), ZScore(), PercentileRank()], ids=str)
@pytest.mark.parametrize("values", [(3.0,), (NAN,), (3.0, NAN), (NAN, NAN)])
def test_a_scale_needs_two_values(method: Normalisation, values: tuple[float, ...]) -> None:
    assert np.isnan(normalised(method, values)).all()


def test_goalposts_need_no_second_unit() -> None:
    assert normalised(Goalposts(), (5.0,)) == [25.0]


def test_on_a_frozen_scale_values_go_beyond_its_ends() -> None:
    assert normalised(MinMax(), VALUES, then=(14.0, -2.0)) == [150, -50]
    assert normalised(PercentileRank(), VALUES, then=(14.0, -2.0, 7.0)) == [100, 0, 100]


INTERVAL = [MinMax(), ZScore(), RobustZScore(), QuantileRange(), QuantileMinMax(), DistanceToBest()]
PLAIN = [next(examples_of(cls)) for cls in ALL]
NUMBERS = st.lists(st.integers(-1000, 1000).map(float), min_size=1, max_size=12)


@given(NUMBERS, st.sampled_from(PLAIN), st.sampled_from([1, -1]))
def test_what_is_fitted_lies_within_the_image(
    values: list[float], method: Normalisation, polarity: int
) -> None:
    assume(not method.refused_values(np.array(values), polarity))
    turned = polarity if isinstance(method, NoNormalisation) else 1
    low, high = method.image(*sorted((turned * min(values), turned * max(values))))

    found = np.array(normalised(method, tuple(values), polarity, target=50.0))

    assert not (found < low - 1e-9).any()
    assert not (found > high + 1e-9).any()


@given(NUMBERS, st.sampled_from(INTERVAL), st.sampled_from([0.125, 1.8, 1000]))
def test_the_unit_of_measurement_does_not_matter(
    values: list[float], method: Normalisation, factor: float
) -> None:
    other = tuple(32 + factor * value for value in values)

    assert_allclose(normalised(method, other), normalised(method, tuple(values)), atol=1e-9)


@given(
    st.lists(st.integers(-99, 99).map(float), min_size=3, max_size=12, unique=True),
    st.sampled_from([method for method in PLAIN if not isinstance(method, TO_AN_AIM)]),
    st.sampled_from([1, -1]),
)
def test_no_value_vanishes_unless_it_is_refused(
    values: list[float], method: Normalisation, polarity: int
) -> None:
    """With an aim it may: where nobody is short of it there is no way to measure."""
    assume(not method.refused_values(np.array(values), polarity))

    assert not np.isnan(normalised(method, tuple(values), polarity, target=50.0)).any()
