"""Value functions and bands: given points, limits and lists, and what they refuse."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.testing import assert_allclose, assert_array_equal

from rankscope._registry import build, describe, methods_of
from rankscope.errors import MethodError
from rankscope.methods.base import plain_traits
from rankscope.methods.normalisation import (
    AboveOrBelowMean,
    Categorical,
    Logistic,
    PiecewiseLinear,
    QuantileBands,
    StandardDeviationBands,
    Thresholds,
)
from tests.methods.test_normalisation import normalised

NAN = np.nan


def test_lines_lead_from_point_to_point_and_are_flat_beyond() -> None:
    peak = PiecewiseLinear(((0, 10), (10, 100), (20, 40)))
    values = (-5.0, 0.0, 5.0, NAN, 10.0, 15.0, 99.0)

    assert_allclose(normalised(peak, values), [10, 10, 55, NAN, 100, 70, 40])
    assert peak.image(-5, 99) == (10, 100)
    assert (
        peak.explain(None, 0)
        == "straight lines through 0 becomes 10, 10 becomes 100, 20 becomes 40"
    )


def test_the_logistic_curve() -> None:
    from scipy.special import expit

    values = (-1e6, 1.0, 3.0, NAN, 4.5, 1e6)
    curve = Logistic(3, 0.7, (1, 5))

    assert_allclose(normalised(curve, values), 1 + 4 * expit(0.7 * (np.array(values) - 3)))
    falling = normalised(Logistic(3, -0.7, (1, 5)), values)
    assert_allclose(np.array(normalised(curve, values)) + falling, [6, 6, 6, NAN, 6, 6])
    assert normalised(Logistic(0, 1e100), (-1e100, 1e100)) == [0, 100]


def test_a_flat_logistic_curve_is_refused() -> None:
    with pytest.raises(MethodError, match=r"logistic\.steepness must be a number other than 0"):
        Logistic(1, 0)


def test_categories_have_their_scores_and_others_are_refused() -> None:
    stars = Categorical(((0, 0), (1, 60), (2, 100)))
    values = np.array([2.0, 0.0, 1.5, 1.0, 3.0, 3.0])

    assert_array_equal(normalised(stars, tuple(values)), [100, 0, NAN, 60, NAN, NAN])
    assert stars.refused_values(values, 1) == (1.5, 3.0)
    assert stars.refused_values(values[:2], -1) == ()


@pytest.mark.parametrize(
    ("at_limit", "expected"), [("above", [5, 3, 3, 1, 1, NAN]), ("below", [5, 5, 3, 3, 1, NAN])]
)
def test_a_value_on_a_limit_is_above_or_below_it(at_limit: str, expected: list[float]) -> None:
    method = Thresholds((10, 20), (5, 3, 1), at_limit)

    assert_array_equal(normalised(method, (9.9, 10.0, 15.0, 20.0, 20.1, NAN)), expected)


def test_thresholds_number_their_classes_by_default() -> None:
    assert normalised(Thresholds((10, 20)), (0.0, 10.0, 99.0)) == [1, 2, 3]
    assert normalised(Thresholds((0.3,)), (0.7 - 0.4, 0.3 - 1e-9, 0.3)) == [2, 1, 2]
    assert normalised(Thresholds((0.3,), at_limit="below"), (0.1 + 0.2, 0.3 + 1e-9)) == [1, 2]
    assert normalised(Thresholds((-0.3,)), (0.4 - 0.7, -0.3 - 1e-9)) == [2, 1]
    assert "1 below 10, 2 from 10, 3 from 20" in Thresholds((10, 20)).in_words()


@pytest.mark.parametrize(
    ("method", "limits"),
    [(Thresholds, "limits"), (StandardDeviationBands, "limits"), (QuantileBands, "quantiles")],
)
def test_there_is_one_more_score_than_limits(method: type, limits: str) -> None:
    words = (
        rf"{method.name}\.scores must have one number more than {method.name}\.{limits}, 3: .+ 2"
    )
    with pytest.raises(MethodError, match=words):
        method(**{limits: (0.1, 0.2), "scores": (1, 2)})


def test_bands_of_standard_deviations_around_the_mean() -> None:
    values = (0.0, 4.0, 6.0, 10.0)  # mean 5, sample deviation 4.16
    method = StandardDeviationBands(scores=(0, 30, 70, 100))

    assert normalised(method, values) == [0, 30, 70, 100]
    assert normalised(method, values, polarity=-1) == [100, 70, 30, 0]
    assert np.isnan(normalised(method, (3.0, 3.0))).all()
    assert normalised(StandardDeviationBands((0,)), (1.0, 2.0, 3.0)) == [1, 2, 2]
    assert normalised(StandardDeviationBands((0,), at_limit="below"), (1.0, 2.0, 3.0)) == [1, 1, 2]


def test_limits_are_explained_in_the_columns_own_unit() -> None:
    matrix, traits = np.array([[0.0], [4.0], [6.0], [10.0]]), plain_traits(4, 1)
    traits.polarity[:] = -1
    method = StandardDeviationBands((0,))

    assert method.explain(method.fit(matrix, traits), 0) == "bands parted at 5"


def test_around_the_mean_lies_a_neutral_region() -> None:
    values = (80.0, 79.0, 120.0, 121.0, 100.0, NAN)

    assert_array_equal(normalised(AboveOrBelowMean(), values), [0, -1, 0, 1, 0, NAN])
    assert_array_equal(normalised(AboveOrBelowMean(), values, -1), [0, 1, 0, -1, 0, NAN])
    assert_array_equal(normalised(AboveOrBelowMean(0), (-3.0, -1.0, -2.0)), [-1, 1, 0])


VALUE_FUNCTIONS = {"piecewise_linear", "logistic", "categorical", "thresholds"}


def test_value_functions_set_the_direction_themselves() -> None:
    known = methods_of("normalisation")
    assert {name for name, cls in known.items() if cls.sets_direction} == VALUE_FUNCTIONS

    curve = Logistic(3, 0.7)
    assert normalised(curve, (1.0, 5.0)) == normalised(curve, (1.0, 5.0), polarity=-1)


@pytest.mark.parametrize(
    "given",
    [
        {"method": "piecewise_linear", "points": [[0, 0], [10, 50]]},
        {"method": "categorical", "scores": [[0, 0], [1, 100]]},
        {"method": "thresholds", "limits": [1, 2], "scores": [3, 2, 1], "at_limit": "below"},
        {"method": "quantile_bands", "quantiles": ["1/3", "2/3"], "scores": [0, 50, 100]},
        {"method": "distance_to_reference", "unit": "FIN", "form": "ratio", "to": [0, 100]},
        {"method": "percentile_rank", "ties": "highest", "count": "all", "zeros": "apart"},
    ],
)
def test_what_a_file_says(given: dict[str, object]) -> None:
    method, faults = build("normalisation", given)

    assert faults == []
    assert method is not None
    assert build("normalisation", describe(method))[0] == method


@pytest.mark.parametrize("name", ["piecewise_linear", "logistic", "categorical", "thresholds"])
def test_what_must_be_given_is_asked_for(name: str) -> None:
    method, faults = build("normalisation", name)

    assert method is None
    assert f"{name}." in faults[0].sentence
    assert "must be" in faults[0].sentence
