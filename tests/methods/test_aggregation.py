"""Means against a plain loop, and the limits of the generalised mean."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.testing import assert_allclose

from rankscope.methods.aggregation import (
    Aggregation,
    Arithmetic,
    Generalised,
    Geometric,
    Identity,
    Logarithm,
)

VALUES = st.lists(st.floats(0.5, 100), min_size=1, max_size=5)
POWERS = st.floats(-50, 50).filter(lambda power: power == 0 or abs(power) > 1e-3)


def mean(method: Aggregation, values: list[float], weights: list[float] | None = None) -> float:
    given = np.ones(len(values)) if weights is None else np.array(weights, dtype=float)
    return float(method.combine(np.array(values), given / given.sum()))


@given(VALUES)
def test_an_arithmetic_and_a_geometric_mean_by_loop(values: list[float]) -> None:
    assert math.isclose(mean(Arithmetic(), values), math.fsum(values) / len(values))
    assert math.isclose(mean(Geometric(), values), math.prod(values) ** (1 / len(values)))


@given(VALUES, st.sampled_from([-3.0, -1.0, 0.5, 2.0, 7.0]))
def test_a_power_mean_by_loop(values: list[float], power: float) -> None:
    expected = (math.fsum(value**power for value in values) / len(values)) ** (1 / power)

    assert math.isclose(mean(Generalised(power), values), expected, rel_tol=1e-12)


@given(VALUES, POWERS, POWERS)
def test_power_means_grow_with_the_power(values: list[float], one: float, other: float) -> None:
    low, high = sorted([one, other])
    found = [mean(Generalised(power), values) for power in (low, high)]

    assert found[0] <= found[1] * (1 + 1e-9)
    assert min(values) * (1 - 1e-9) <= found[0]
    assert found[1] <= max(values) * (1 + 1e-9)


@pytest.mark.parametrize("power", [0.0, 1e-300, 1e-17, -1e-12, 1e-9, 1e-6])
def test_beside_zero_the_power_mean_is_the_geometric_mean(power: float) -> None:
    assert mean(Generalised(power), [1, 9, 100]) == pytest.approx(
        mean(Geometric(), [1, 9, 100]), rel=2e-6
    )


def test_far_out_the_power_mean_comes_near_the_extremes() -> None:
    assert mean(Generalised(-50), [3, 70, 100]) == pytest.approx(3, rel=0.03)
    assert mean(Generalised(50), [3, 70, 100]) == pytest.approx(100, rel=0.03)


def test_special_powers_are_the_means_of_that_name() -> None:
    assert Generalised(1).chart() == Identity()
    assert Generalised(0).chart() == Logarithm()
    assert mean(Generalised(-1), [2, 6]) == pytest.approx(3)


def test_weights_are_shares() -> None:
    assert mean(Arithmetic(), [10, 40], [2, 1]) == pytest.approx(20)
    assert mean(Geometric(), [8, 1], [2, 1]) == pytest.approx(4)


@pytest.mark.parametrize(
    ("method", "takes"),
    [
        (Arithmetic(), [True, True, True]),
        (Geometric(), [False, False, True]),
        (Generalised(0.5), [False, True, True]),
        (Generalised(-1), [False, False, True]),
        (Generalised(1e-12), [False, False, True]),
        (Generalised(1), [True, True, True]),
    ],
    ids=str,
)
def test_each_mean_says_which_values_it_takes(method: Aggregation, takes: list[bool]) -> None:
    assert [method.accepts(low) for low in (-1.0, 0.0, 1.0)] == takes


@pytest.mark.parametrize("method", [Geometric(), Generalised(-2), Generalised(0.5)], ids=str)
def test_a_negative_value_has_no_mean_and_no_warning(method: Aggregation) -> None:
    assert math.isnan(mean(method, [-1.0, 4.0]))


def test_leading_axes_are_free() -> None:
    values = np.random.default_rng(0).uniform(1, 9, (2, 3, 4, 5))
    shares = np.full(5, 0.2)

    assert_allclose(Arithmetic().combine(values, shares), values.mean(axis=-1))
