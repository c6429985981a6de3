"""Steps at a node: rounding, halves above all, and changes of single scores."""

from __future__ import annotations

import math
from decimal import ROUND_CEILING, ROUND_DOWN, ROUND_FLOOR, ROUND_HALF_EVEN, ROUND_UP, Decimal

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.testing import assert_allclose, assert_array_equal

from rankscope._registry import build, methods_of
from rankscope.errors import MethodError
from rankscope.methods.base import plain_traits
from rankscope.methods.normalisation import MinMax
from rankscope.methods.steps import (
    Exponential,
    Fill,
    Linear,
    Mirror,
    Reciprocal,
    Round,
    SignificantDigits,
    Step,
)

NAN = np.nan


def stepped(step: Step, *scores: float) -> list[float]:
    matrix = np.array(scores, dtype=float)[:, None]
    traits = plain_traits(len(matrix), 1)
    return list(step.transform(matrix, step.fit(matrix, traits), traits)[:, 0])


# ── rounding ─────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("value", "up", "even", "away"),
    [(2.5, 3, 2, 3), (3.5, 4, 4, 4), (-2.5, -2, -2, -3), (-3.5, -3, -4, -4),
     (2.49999, 2, 2, 2), (0.5, 1, 0, 1)],
)  # fmt: skip
def test_a_half_goes_up_or_to_the_even_digit_or_away_from_zero(
    value: float, up: float, even: float, away: float
) -> None:
    assert_array_equal(stepped(Round(), value, NAN), [up, NAN])
    assert_array_equal(stepped(Round(half="even"), value, NAN), [even, NAN])
    assert_array_equal(stepped(Round(half="away"), value, NAN), [away, NAN])


@given(st.integers(-10_000_000, 10_000_000), st.integers(0, 5))
def test_a_printed_half_counts_as_a_half(thousandths: int, decimals: int) -> None:
    printed = Decimal(thousandths) * 10 + 5
    exact = (printed / 10 + Decimal("0.5")).to_integral_value(ROUND_FLOOR)
    value = float(printed.scaleb(-decimals - 1))

    assert stepped(Round(decimals), value) == [float(exact.scaleb(-decimals))]


@given(st.integers(-10_000_000, 10_000_000), st.integers(0, 5))
def test_a_printed_number_is_cut_as_it_is_printed(printed: int, decimals: int) -> None:
    number = Decimal(printed).scaleb(-4)
    digit = Decimal(1).scaleb(-decimals)

    for towards, rule in (("zero", ROUND_DOWN), ("down", ROUND_FLOOR), ("up", ROUND_CEILING)):
        [cut] = stepped(Round(decimals, towards=towards), float(number))
        assert cut == float(number.quantize(digit, rule))


@given(st.floats(-1e3, 1e3), st.integers(0, 12))
def test_rounding_changes_less_than_half_a_digit_and_rounds_once(value: float, n: int) -> None:
    [once] = stepped(Round(n), value)

    assert abs(once - value) <= 0.502 * 10.0**-n + 1e-12
    assert math.isclose(stepped(Round(n), once)[0], once, abs_tol=1e-12)


@given(st.floats(-1e3, 1e3), st.integers(0, 9))
def test_rounding_to_even_is_that_of_decimal_numbers_off_the_half(value: float, n: int) -> None:
    exact = Decimal(value).scaleb(n)
    if abs(exact % 1 - Decimal("0.5")) < Decimal("1e-3"):
        return
    expected = float(exact.to_integral_value(ROUND_HALF_EVEN).scaleb(-n))

    assert math.isclose(stepped(Round(n, "even"), value)[0], expected, abs_tol=1e-12)


def test_halves_that_do_not_occur_can_not_be_sent_anywhere() -> None:
    with pytest.raises(MethodError, match="there are no halves"):
        Round(half="even", towards="zero")


@pytest.mark.parametrize(
    ("value", "digits", "rounded"),
    [(123456, 3, 123000), (0.00123456, 3, 0.00123), (-98.76, 2, -99), (999.6, 3, 1000),
     (1.25, 2, 1.3), (-1.25, 2, -1.3), (0, 3, 0), (1000, 1, 1000), (2.675, 3, 2.68)],
)  # fmt: skip
def test_significant_digits_are_counted_from_the_first_that_is_not_zero(
    value: float, digits: int, rounded: float
) -> None:
    assert stepped(SignificantDigits(digits), value) == [pytest.approx(rounded, rel=1e-14)]


@given(st.floats(1e-90, 1e90), st.integers(1, 9))
def test_significant_digits_are_those_of_a_scientific_number(value: float, digits: int) -> None:
    [rounded] = stepped(SignificantDigits(digits), value)
    neighbours = {
        float(Decimal(value).quantize(Decimal(1).scaleb(Decimal(value).adjusted() - digits + 1), r))
        for r in (ROUND_DOWN, ROUND_UP)
    }

    assert any(math.isclose(rounded, one, rel_tol=1e-13) for one in neighbours)
    assert abs(rounded / value - 1) <= 0.5001 * 10.0 ** (1 - digits)


# ── changes of single scores ─────────────────────────────────────────────────


def test_lines_and_mirrors() -> None:
    assert_array_equal(stepped(Linear(2, -1), 0, 3, NAN), [-1, 5, NAN])
    assert_array_equal(stepped(Linear(0, 4), 3, NAN), [4, NAN])
    assert_array_equal(stepped(Mirror((1, 100)), 1, 30, 100, NAN), [100, 71, 1, NAN])


def test_a_mirror_is_its_own_way_back() -> None:
    assert stepped(Mirror((0, 7)), *stepped(Mirror((0, 7)), 0, 2, 9)) == [0, 2, 9]


def test_a_score_of_zero_has_no_reciprocal() -> None:
    assert_array_equal(stepped(Reciprocal(), 4, -0.5, 0, 1e-200, NAN), [0.25, -2, NAN, NAN, NAN])
    assert stepped(Reciprocal(100), 4) == [25]


def test_exponentials_lead_back_from_logarithms_and_stay_finite() -> None:
    assert_allclose(stepped(Exponential(), 0, 1), [1, math.e])
    assert stepped(Exponential(10), 2, -1) == [100, pytest.approx(0.1)]
    assert np.isfinite(stepped(Exponential(), 1e9)).all()


def test_a_gap_is_filled_with_the_value_that_is_given() -> None:
    assert stepped(Fill(0), 3, NAN) == [3, 0]
    assert Fill.fills
    assert not Round.fills
    assert not MinMax.fills


@pytest.mark.parametrize(
    ("step", "ends", "image"),
    [
        (Linear(-2, 1), (0, 10), (-19, 1)),
        (Linear(2, 1), (0, np.inf), (1, np.inf)),
        (Linear(0, 3), (-np.inf, np.inf), (3, 3)),
        (Mirror((0, 100)), (20, 100), (0, 80)),
        (Mirror((0, 100)), (-np.inf, 100), (0, np.inf)),
        (Reciprocal(), (2, 4), (0.25, 0.5)),
        (Reciprocal(), (0, 4), (0.25, np.inf)),
        (Reciprocal(), (-4, 0), (-np.inf, -0.25)),
        (Reciprocal(-1), (2, 4), (-0.5, -0.25)),
        (Reciprocal(), (-1, 4), (-np.inf, np.inf)),
        (Reciprocal(), (1, np.inf), (0, 1)),
        (Reciprocal(0), (1, 2), (0, 0)),
        (Exponential(2), (0, 3), (1, 8)),
        (Fill(0), (10, 100), (0, 100)),
        (Fill(50), (10, 100), (10, 100)),
        (Round(), (0.4, 9.5), (0, 10)),
        (Round(1, towards="zero"), (-0.19, np.inf), (-0.1, np.inf)),
        (SignificantDigits(1), (-np.inf, 95), (-np.inf, 100)),
    ],
)
def test_steps_know_where_scores_can_lie(
    step: Step, ends: tuple[float, float], image: tuple[float, float]
) -> None:
    assert step.image(*ends) == image


@pytest.mark.parametrize(
    ("step", "words"),
    [
        (Round(2), "The result is rounded to 2 decimals, halves up"),
        (Round(1, "even"), "The result is rounded to 1 decimal, halves to the even digit"),
        (Round(towards="zero"), "The result is cut off after 0 decimals"),
        (Round(2, towards="down"), "The result is rounded down to 2 decimals"),
        (SignificantDigits(1), "The result is rounded to 1 significant digit"),
        (Linear(2), "The result is multiplied by 2"),
        (Linear(1, -3), "3 is taken off the result"),
        (Linear(0.5, 3), "The result is multiplied by 0.5, then 3 is added to it"),
        (Mirror((0, 7)), "The result is turned round: 0 becomes 7, and 7 becomes 0"),
        (Reciprocal(100), "The result becomes 100 divided by itself"),
        (Exponential(10), "The result becomes the power to which 10 is raised"),
        (Fill(0), "A missing result counts as 0"),
    ],
)
def test_steps_in_words(step: Step, words: str) -> None:
    assert step.in_words() == words


@pytest.mark.parametrize("name", ["linear", "mirror", "fill"])
def test_what_must_be_given_is_asked_for(name: str) -> None:
    method, [fault] = build("step", name)

    assert method is None
    assert fault.sentence.startswith(f"{name}.")
    assert "got None" in fault.sentence


def test_treatments_serve_as_steps() -> None:
    treatments = ("cap", "log", "power", "square_root", "logit", "winsorise_points", "chain")

    assert set(treatments) <= set(methods_of("step"))
    step, faults = build("step", {"method": "cap", "low": 0})
    assert not faults
    assert step == build("treatment", {"method": "cap", "low": 0})[0]
