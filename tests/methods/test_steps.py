"""Steps at a node: rescaling and rounding, halves above all."""

from __future__ import annotations

import math
from decimal import ROUND_FLOOR, ROUND_HALF_EVEN, Decimal

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.testing import assert_allclose, assert_array_equal

from rankscope.methods.steps import Rescale, Round

NAN = np.nan


def test_rescaling_spans_the_scores_of_each_draw() -> None:
    scores = np.array([[2.0, 4.0, NAN, 6.0], [1.0, NAN, 0.0, 3.0]])
    step = Rescale((10.0, 20.0))

    assert_allclose(
        step.transform(scores, step.fit(scores)), [[10, 15, NAN, 20], [10 + 10 / 3, NAN, 10, 20]]
    )


@pytest.mark.parametrize("scores", [[3.0, 3.0, NAN], [3.0], [NAN, NAN], []])
def test_scores_without_a_range_can_not_be_rescaled(scores: list[float]) -> None:
    given = np.array(scores, dtype=float)

    assert np.isnan(Rescale().transform(given, Rescale().fit(given))).all()


@pytest.mark.parametrize(
    ("value", "up", "even"),
    [(2.5, 3, 2), (3.5, 4, 4), (-2.5, -2, -2), (-3.5, -3, -4), (2.49999, 2, 2), (0.5, 1, 0)],
)
def test_a_half_goes_up_or_to_the_even_digit(value: float, up: float, even: float) -> None:
    given = np.array([value, NAN])

    assert_array_equal(Round().transform(given, None), [up, NAN])
    assert_array_equal(Round(half="even").transform(given, None), [even, NAN])


@given(st.integers(-10_000_000, 10_000_000), st.integers(0, 5))
def test_a_printed_half_counts_as_a_half(thousandths: int, decimals: int) -> None:
    printed = Decimal(thousandths) * 10 + 5
    exact = (printed / 10 + Decimal("0.5")).to_integral_value(ROUND_FLOOR)
    value = float(printed.scaleb(-decimals - 1))

    assert Round(decimals).transform(np.array([value]), None)[0] == float(exact.scaleb(-decimals))


@given(st.floats(-1e3, 1e3), st.integers(0, 12))
def test_rounding_changes_less_than_half_a_digit_and_rounds_once(value: float, n: int) -> None:
    once = Round(n).transform(np.array([value]), None)

    assert abs(once[0] - value) <= 0.502 * 10.0**-n + 1e-12
    assert math.isclose(Round(n).transform(once, None)[0], once[0], abs_tol=1e-12)


@given(st.floats(-1e3, 1e3), st.integers(0, 9))
def test_rounding_to_even_is_that_of_decimal_numbers_off_the_half(value: float, n: int) -> None:
    exact = Decimal(value).scaleb(n)
    if abs(exact % 1 - Decimal("0.5")) < Decimal("1e-3"):
        return
    expected = float(exact.to_integral_value(ROUND_HALF_EVEN).scaleb(-n))

    assert math.isclose(Round(n, "even").transform(np.array([value]), None)[0], expected,
                        abs_tol=1e-12)  # fmt: skip
