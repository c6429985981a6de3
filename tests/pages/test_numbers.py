"""Numbers as people read them."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rankscope.pages.numbers import (
    MISSING,
    coordinate,
    figure,
    fixed,
    ordinal,
    percent,
    score_decimals,
    significant,
)

FINITE = st.floats(allow_nan=False, allow_infinity=False)


@pytest.mark.parametrize(
    ("value", "decimals", "text"),
    [
        (1234567.8, 0, "1,234,568"),
        (12.345, 1, "12.3"),
        (-0.904, 2, "−0.90"),
        (-0.001, 1, "0.0"),
        (math.nan, 1, MISSING),
        (math.inf, 1, MISSING),
    ],
)
def test_fixed(value: float, decimals: int, text: str) -> None:
    assert fixed(value, decimals) == text


@pytest.mark.parametrize(
    ("value", "text"),
    [(0.0, "0"), (12.345, "12.3"), (0.012345, "0.0123"), (8765.4, "8,765"), (1.2e-9, "1.2e−09")],
)
def test_significant(value: float, text: str) -> None:
    assert significant(value) == text


@pytest.mark.parametrize(
    ("value", "decimals", "text"),
    [
        (1327.0, 2, "1,327"),
        (67.5, 2, "67.50"),
        (1.011e12, 0, "1.01 trillion"),
        (49.5e9, 0, "49.5 billion"),
        (0.7766, 4, "0.7766"),
        (4.1, None, "4.10"),
        (math.nan, None, MISSING),
    ],
)
def test_a_figure_has_the_decimals_that_say_something(
    value: float, decimals: int | None, text: str
) -> None:
    assert figure(value, decimals) == text


@pytest.mark.parametrize(
    ("largest", "decimals"), [(84.6, 1), (0.95, 3), (7.4, 2), (1000.0, 0), (0.0, 2), (math.nan, 2)]
)
def test_scores_have_the_decimals_that_tell_them_apart(largest: float, decimals: int) -> None:
    assert score_decimals(largest) == decimals


@pytest.mark.parametrize(
    ("number", "text"),
    [
        (1, "1st"),
        (2, "2nd"),
        (3, "3rd"),
        (4, "4th"),
        (11, "11th"),
        (112, "112th"),
        (1021, "1,021st"),
    ],
)
def test_ordinals(number: int, text: str) -> None:
    assert ordinal(number) == text


@pytest.mark.parametrize(
    ("share", "text"),
    [(1.0, "100%"), (0.9999, "99%"), (0.0, "0%"), (0.665, "66%"), (math.nan, "–")],
)
def test_a_percentage_is_all_only_when_it_is_all(share: float, text: str) -> None:
    assert percent(share) == text


@given(FINITE)
def test_no_number_breaks_the_writing(value: float) -> None:
    texts = (fixed(value, 2), significant(value), figure(value), coordinate(value))

    assert all(text and "-" not in text[1:].replace("e-", "") for text in texts)


@given(st.floats(-1e6, 1e6))
def test_a_coordinate_is_the_number_to_two_decimals(value: float) -> None:
    assert float(coordinate(value)) == pytest.approx(value, abs=0.006)
