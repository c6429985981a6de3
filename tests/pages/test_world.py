"""The world map."""

from __future__ import annotations

import math
import re

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from rankscope.pages.world import CLASSES, Place, class_of, nice_breaks, world, world_map
from rankscope.units import iso3166

SCORES = st.floats(-1e6, 1e6)


def test_every_shape_is_a_country_of_the_register_and_a_path() -> None:
    codes = set(iso3166().codes)

    assert set(world().shapes) <= codes
    assert len(world().shapes) > 200
    assert all(re.fullmatch(r"[MmLlHhVvZz0-9 .,-]+", one.path) for one in world().shapes.values())


@given(SCORES, SCORES)
def test_borders_of_classes_are_few_and_in_order(one: float, other: float) -> None:
    low, high = min(one, other), max(one, other)
    assume(high - low > 1e-3)
    breaks = nice_breaks(low, high)

    assert CLASSES[0] - 1 <= len(breaks) <= CLASSES[1] - 1
    assert list(breaks) == sorted(breaks)
    assert low < breaks[0]
    assert breaks[-1] < high or math.isclose(breaks[-1], high)


def test_borders_are_round_numbers() -> None:
    assert nice_breaks(6.0, 84.6) == (15.0, 30.0, 45.0, 60.0, 75.0)


@pytest.mark.parametrize(("low", "high"), [(1.0, 1.0), (math.nan, 2.0), (2.0, math.inf)])
def test_no_range_has_no_borders(low: float, high: float) -> None:
    assert nice_breaks(low, high) == ()


def test_a_class_begins_at_its_border() -> None:
    assert [class_of(value, (10, 20)) for value in (9.9, 10, 20, math.nan)] == [1, 2, 3, 0]


def test_countries_come_in_the_order_given_and_small_ones_as_dots() -> None:
    places = [Place(code, (1,), code, code) for code in ("SGP", "RUS", "BRA")]
    drawn = world_map(places, (10.0, 20.0), 1)

    assert [one.place.code for one in drawn.countries if one.place] == ["RUS", "BRA"]
    assert [one.place.code for one in drawn.dots if one.place] == ["SGP"]
    assert drawn.breaks == ("10", "20")


def test_a_country_without_a_shape_is_left_out() -> None:
    drawn = world_map([Place("ATA", (1,), "ATA", "Antarctica")], (1.0,), 1)

    assert all(one.place is None for one in (*drawn.countries, *drawn.dots))
