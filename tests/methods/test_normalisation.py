"""Normalisations by hand: polarity, ties, gaps, constant columns, single rows, frozen scales."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.testing import assert_allclose, assert_array_equal

from rankscope.methods.base import Traits
from rankscope.methods.normalisation import (
    Goalposts,
    MinMax,
    NoNormalisation,
    Normalisation,
    PercentileRank,
    ZScore,
)

NAN = np.nan
VALUES = (2.0, 6.0, NAN, 10.0, 6.0)


def normalised(method: Normalisation, values: tuple[float, ...], polarity: int = 1,
               then: tuple[float, ...] | None = None) -> list[float]:  # fmt: skip
    """Fit on values; transform them, or others then."""
    matrix, other = np.array(values)[:, None], np.array(then or values)[:, None]
    traits = Traits(np.array([float(polarity)]), np.array([[4.0, 8.0]]), np.zeros(len(matrix), int))
    return list(method.transform(other, method.fit(matrix, traits), traits)[:, 0])


@pytest.mark.parametrize(
    ("method", "up", "down"),
    [
        (MinMax(), [0, 50, NAN, 100, 50], [100, 50, NAN, 0, 50]),
        (MinMax((1, 5)), [1, 3, NAN, 5, 3], [5, 3, NAN, 1, 3]),
        (Goalposts(), [0, 50, NAN, 100, 50], [100, 50, NAN, 0, 50]),
        (Goalposts(beyond="keep"), [-50, 50, NAN, 150, 50], [150, 50, NAN, -50, 50]),
        (PercentileRank(), [0, 100 / 3, NAN, 100, 100 / 3], [100, 100 / 3, NAN, 0, 100 / 3]),
        (NoNormalisation(), [2, 6, NAN, 10, 6], [-2, -6, NAN, -10, -6]),
    ],
    ids=str,
)
def test_values_by_hand(method: Normalisation, up: list[float], down: list[float]) -> None:
    assert_allclose(normalised(method, VALUES), up)
    assert_allclose(normalised(method, VALUES, polarity=-1), down)


def test_z_scores_take_the_sample_deviation() -> None:
    deviation = np.std([2, 6, 10, 6], ddof=1)
    z = (np.array(VALUES) - 6) / deviation

    assert_allclose(normalised(ZScore(), VALUES), z)
    assert_allclose(normalised(ZScore(10, 2), VALUES, polarity=-1), 10 - 2 * z)


@pytest.mark.parametrize("method", [MinMax(), ZScore()], ids=str)
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


def test_nothing_lies_outside_the_output_range() -> None:
    for method in (MinMax((1, 5)), Goalposts(), PercentileRank((-1, 1)), ZScore()):
        low, high = method.output_range()
        found = np.array(normalised(method, VALUES))

        assert_array_equal((found < low) | (found > high), [False] * 5)
