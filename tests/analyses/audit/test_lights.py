"""The rules of the lights by themselves: each can turn each colour, at its threshold."""

from __future__ import annotations

import math

import pytest

from rankscope.analyses.audit import Light, lights
from rankscope.analyses.audit.lights import Firmness

GREEN, AMBER, RED, GREY = Light.GREEN, Light.AMBER, Light.RED, Light.GREY


@pytest.mark.parametrize(
    ("share", "light"),
    [(0.0, GREEN), (0.1, GREEN), (0.11, AMBER), (0.5, AMBER), (0.51, RED), (math.nan, GREY)],
)
def test_shares_are_judged_in_proportion(share, light):
    assert lights.of_share(share) is light
    assert lights.of_share(share, most=AMBER) is (AMBER if light is RED else light)


@pytest.mark.parametrize(
    ("observed", "indicators", "units", "light"),
    [
        (0.93, 0.0, 0.1, GREEN),
        (0.93, 0.2, 0.0, AMBER),
        (0.93, 0.0, 0.6, RED),
        (0.64, 0.0, 0.0, RED),
        (0.65, 0.0, 0.0, GREEN),
    ],
)
def test_data(observed, indicators, units, light):
    assert lights.of_data(observed, indicators, units) is light


@pytest.mark.parametrize(
    ("shares", "light"),
    [
        ([0.5, 1 / 3], GREEN),
        ([0.5, 0.33], AMBER),
        ([0.05, 0.2], AMBER),
        ([0.05, 0.09], RED),
        ([0.05], GREY),
        ([math.nan, 0.5], GREY),
    ],
)
def test_added_value(shares, light):
    assert lights.of_added_value(shares) is light


@pytest.mark.parametrize(
    ("seen", "light"),
    [
        (Firmness(100, 0.95, 0.96, 8.0, 30.0), GREEN),
        (Firmness(100, 0.95, 0.80, 8.0, 30.0), AMBER),
        (Firmness(100, 0.80, 0.96, 8.0, 30.0), AMBER),
        (Firmness(100, 0.95, 0.96, 11.0, 30.0), AMBER),
        (Firmness(100, 0.49, 0.96, 8.0, 30.0), RED),
        (Firmness(100, 0.95, 0.96, 34.0, 50.0), RED),
        (Firmness(100, 1.0, 1.0, 0.0, 0.0), AMBER),  # perfect robustness is no strength
        (Firmness(9, 1.0, 1.0, 1.0, 2.0), GREY),
    ],
)
def test_firmness(seen, light):
    assert lights.of_firmness(seen) is light


@pytest.mark.parametrize(
    ("shift", "light"), [(3.0, GREEN), (3.1, AMBER), (10.1, RED), (math.nan, GREY)]
)
def test_choices(shift, light):
    assert lights.of_choices(100, shift) is light
    assert lights.of_choices(9, shift) is GREY


@pytest.mark.parametrize(
    ("strongest", "many", "sized", "light"),
    [
        (0.89, False, 0.3, GREEN),
        (0.91, False, 0.0, AMBER),
        (0.95, False, 0.0, RED),
        (0.5, True, 0.0, AMBER),
        (0.5, False, 0.6, AMBER),
        (math.nan, False, math.nan, GREY),
    ],
)
def test_outside(strongest, many, sized, light):
    assert lights.of_outside(strongest, many, sized) is light


@pytest.mark.parametrize(
    ("by_data", "shift", "light"),
    [(0.5, 20.0, GREEN), (0.4, 20.0, AMBER), (0.2, 5.0, AMBER), (0.2, 20.0, RED),
     (math.nan, 0.0, GREY)],
)  # fmt: skip
def test_change(by_data, shift, light):
    assert lights.of_change(100, by_data, shift) is light


def test_the_worst_light_wins_and_grey_says_nothing():
    assert lights.worst([]) is GREY
    assert lights.worst([GREY, GREEN]) is GREEN
    assert lights.worst([AMBER, RED, GREEN]) is RED


def test_nine_tenths_of_the_differences_are_a_variance_inflation_of_ten():
    assert pytest.approx(10) == 1 / (1 - lights.TOLD**2)


@pytest.mark.parametrize("units", [10, 51, 99, 163, 33_755])
def test_places_are_in_proportion_to_the_units(units):
    near, wide = lights.near_places(units), lights.wide_places(units)

    assert 2 <= near <= max(2, 0.03 * units + 1)
    assert 2 * near <= wide <= max(2 * near, 0.1 * units)
    assert 2 <= lights.different_places(units) <= 10


def test_the_jrc_counted_three_places_for_about_a_hundred_countries_as_near():
    assert lights.near_places(99) == 3
    assert lights.different_places(119) == 10
