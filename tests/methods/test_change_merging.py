"""Blocs: brute force over members, groups of one, gaps, and what a bloc can not have."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.testing import assert_allclose, assert_array_equal

from rankscope._registry import build
from rankscope.errors import MethodError
from rankscope.methods.change import Aim, Column, Merge, Ties, World
from tests.methods.test_change_additive import (
    NAN,
    NUMBERS,
    act,
    acted,
    aim_at,
    column,
    make_world,
    said,
)

GDP, PEOPLE = 0, 1
COLUMNS = (
    Column("gdp", "GDP", "amount", 1),
    Column("population", "Population", "count", 1),
    column("papers", "count", denominator=PEOPLE),
    column("income", "ratio", denominator=PEOPLE),
    column("spent", "share", denominator=GDP),
    column("largest", "maximum"),
    column("rate", "ratio"),
    column("score", "interval"),
    column("place", "rank", polarity=-1),
    column("treaty", "dummy"),
)
SUMS, MEANS, LARGEST, REST = (0, 1, 2), {3: PEOPLE, 4: GDP}, 5, (6, 7, 8, 9)
FEW = settings(max_examples=30)
ROW = st.lists(NUMBERS, min_size=len(COLUMNS), max_size=len(COLUMNS))


def bloc(values: list[list[float]], members: str, columns: Any = COLUMNS, **given: Any) -> World:
    """Return the world after a merger of members."""
    ties = given.pop("ties", ())
    world = make_world(values, columns, ties=ties)
    return acted(act(act="merge", into="EU", **given), world, aim_at(world, members))


@FEW
@given(st.lists(ROW, min_size=3, max_size=5))
def test_a_bloc_is_what_a_loop_over_its_members_says(rows: list[list[float]]) -> None:
    after = bloc(rows, "ABC")
    members, found = rows[:3], after.values[0, -1]

    for one in SUMS:
        assert math.isclose(found[one], sum(row[one] for row in members), rel_tol=1e-12)
    for one, by in MEANS.items():
        weight = sum(row[by] for row in members)
        mean = sum(row[one] * row[by] for row in members) / weight
        assert math.isclose(found[one], mean, rel_tol=1e-12)
    assert found[LARGEST] == max(row[LARGEST] for row in members)
    assert np.isnan(found[list(REST)]).all()
    assert_array_equal(after.values[0, :-1], np.reshape(rows[3:], (-1, len(COLUMNS))))


@FEW
@given(st.lists(ROW, min_size=3, max_size=3))
def test_on_request_the_rest_is_weighted_too(rows: list[list[float]]) -> None:
    found = bloc(rows, "ABC", by="population").values[0, -1]

    weights = [row[PEOPLE] for row in rows]
    expected = np.average([[row[one] for one in REST] for row in rows], axis=0, weights=weights)
    assert_allclose(found[list(REST)], expected, rtol=1e-12)


@FEW
@given(st.lists(ROW, min_size=4, max_size=4))
def test_a_bloc_of_blocs_is_the_bloc_of_all(rows: list[list[float]]) -> None:
    once, half = bloc(rows, "ABCD"), bloc(rows, "AB")
    halves = acted(Merge(into="BB"), half, aim_at(half, "CD"))
    everybody = Aim(np.array([0, 1]), np.array([], int), np.array([], int), "story, change 3")

    after = acted(Merge(into="ALL"), halves, everybody)

    assert_allclose(after.values[0, 0], once.values[0, 0], rtol=1e-12)
    assert after.merged == {"EU": ("AAA", "BBB"), "BB": ("CCC", "DDD"), "ALL": ("EU", "BB")}


@FEW
@given(ROW.map(lambda row: [NAN if number < 1 else number for number in row]), st.booleans())
def test_a_group_of_one_changes_no_value_to_the_last_bit(row: list[float], asked: bool) -> None:
    given_ = {"by": "population"} if asked else {}

    after = bloc([row, row], "A", twice=0.7, **given_)

    assert_array_equal(after.values[0, -1], row)
    assert not after.findings


def test_a_plain_mean_breaks_the_law_of_a_group_of_one() -> None:
    value, weights = 0.1, np.arange(1, 10) / 10

    assert (value * weights / weights != value).any()


def test_the_new_unit_stands_last_in_the_row_of_its_most_populous_member() -> None:
    rows = [[1.0, people, *[1.0] * 8] for people in (5.0, 9.0, 7.0, 99.0)]

    after = bloc(rows, "ABC", title="European Union")

    assert after.units == ("DDD", "EU")
    assert after.names == ("Dland", "European Union")
    assert_array_equal(after.rows, [3, 1])
    assert after.merged == {"EU": ("AAA", "BBB", "CCC")}


def test_without_populations_it_stands_in_the_row_of_the_first() -> None:
    after = bloc([[1.0], [2.0], [3.0]], "CB", (column("x", "count"),))

    assert after.names == ("Aland", "EU")
    assert_array_equal(after.rows, [0, 2])
    assert_array_equal(after.values[0, :, 0], [1.0, 5.0])


@pytest.mark.parametrize(
    ("people", "expected"), [((40, 30, 30), NAN), ((34, 33, 33), NAN), ((10, 45, 45), 5.0)]
)
def test_members_with_a_value_must_hold_two_thirds(people: tuple[int], expected: float) -> None:
    columns = (Column("population", "Population", "count", 1), column("papers", "count"))
    values = [[float(n), value] for n, value in zip(people, (NAN, 2.0, 3.0), strict=True)]

    after = bloc(values, "ABC", columns)

    assert_array_equal(after.values[0, -1], [sum(people), expected])
    name = "missing" if np.isnan(expected) else "partial"
    [sentence] = said(after, f"scenario-merge-{name}")
    assert sentence.startswith("papers: story, change 1: there is no value of Papers for Aland;")
    assert f"{1 - people[0] / sum(people):.1%} of the bloc (by Population)" in sentence


def test_without_any_measure_two_members_of_three_are_enough() -> None:
    columns = (column("papers", "count"),)

    assert bloc([[NAN], [2.0], [3.0]], "ABC", columns).values[0, -1, 0] == 5.0
    assert np.isnan(bloc([[NAN], [NAN], [3.0]], "ABC", columns).values[0, -1, 0])
    assert np.isnan(bloc([[NAN], [NAN], [NAN]], "ABC", columns).values[0, -1, 0])


def test_the_share_held_is_that_of_the_denominator() -> None:
    """B and C hold 80 % of the money, though half of the people live in A."""
    columns = (
        Column("population", "Population", "count", 1),
        Column("gdp", "GDP", "amount", 1),
        column("spent", "share", denominator=1),
        column("papers", "count", denominator=0),
    )
    values = [[50.0, 20.0, NAN, NAN], [25.0, 40.0, 0.1, 1.0], [25.0, 40.0, 0.3, 1.0]]

    found = bloc(values, "ABC", columns).values[0, -1]

    assert_allclose(found, [100.0, 100.0, 0.2, NAN])


def test_a_member_without_a_denominator_does_not_count_in_a_mean() -> None:
    columns = (Column("gdp", "GDP", "amount", 1), column("spent", "share", denominator=0))

    after = bloc([[1.0, 0.1], [3.0, 0.3], [NAN, 0.9]], "ABC", columns)

    assert_allclose(after.values[0, -1], [4.0, 0.25])
    assert "Cland" in said(after, "scenario-merge-partial")[1]


def test_sums_of_negative_amounts_are_sums() -> None:
    assert bloc([[-5.0], [3.0]], "AB", (column("balance"),)).values[0, -1, 0] == -2.0


def joint_ties(**given: Any) -> Ties:
    """Return ties of which one joint work counts for every member."""
    square = np.zeros((2, 2))
    return Ties(
        "coauthors", "joint papers", ("AAA", "BBB"), square, np.ones(2), ("papers",), **given
    )


PAPERS = (column("papers", "count"), column("patents", "count"))


@given(NUMBERS, NUMBERS, st.floats(0, 1))
def test_joint_works_are_counted_once_between_the_bounds(
    one: float, other: float, twice: float
) -> None:
    after = bloc(
        [[one, one], [other, other]], "AB", PAPERS, twice=twice, ties=[joint_ties(once_per_pair=1)]
    )

    papers, patents = after.values[0, -1]
    assert papers == max((one + other) * (1 - twice), one, other)
    assert patents == one + other
    assert max(one, other) <= papers <= one + other


def test_without_the_floor_a_bloc_could_have_less_than_a_member() -> None:
    assert (9 + 1) * (1 - 0.5) < 9
    after = bloc([[9.0, 0], [1.0, 0]], "AB", PAPERS, twice=0.5, ties=[joint_ties(once_per_pair=1)])

    assert after.values[0, -1, 0] == 9.0


def test_the_bounds_are_told_and_what_is_taken() -> None:
    values = [[3000.0, 1.0], [1000.0, 1.0]]

    after = bloc(values, "AB", PAPERS, twice=0.1, ties=[joint_ties(once_per_pair=True)])
    plain = bloc(values, "AB", PAPERS, twice=0.1, ties=[joint_ties(once_per_pair=False)])

    [sentence] = said(after, "scenario-merge-joint")
    assert "between 3,000, which its largest member has, and 4,000" in sentence
    assert "3,600 is taken" in sentence
    assert plain.values[0, -1, 0] == 4000.0
    assert not said(plain, "scenario-merge-joint")


def test_each_version_has_its_own_share_counted_twice() -> None:
    world = make_world(
        [[3.0, 1.0], [3.0, 1.0]], PAPERS, versions=3, ties=[joint_ties(once_per_pair=True)]
    )
    sizes = np.array([[0.0], [0.25], [1.0]])

    after = Merge(into="EU").apply(world, aim_at(world, "AB"), sizes)

    assert_array_equal(after.values[:, 0, 0], [6.0, 4.5, 3.0])


def test_what_a_bloc_can_not_have_is_named() -> None:
    rows = [[1.0] * len(COLUMNS)] * 2

    after, asked = bloc(rows, "AB"), bloc(rows, "AB", by="gdp")

    assert said(after, "scenario-merge-no-denominator")[0].startswith("rate: ")
    assert said(after, "scenario-merge-unweighted")[0].startswith("score, place, treaty: ")
    [sentence] = said(asked, "scenario-merge-weighted")
    assert sentence.startswith("rate, score, place, treaty: ")
    assert sentence.endswith("weighted by GDP.")


def test_a_variable_to_weight_by_must_be_there() -> None:
    with pytest.raises(MethodError, match=r"no variable 'populatoin'.* Did you mean population"):
        bloc([[1.0] * len(COLUMNS)] * 2, "AB", by="populatoin")


def test_a_code_that_another_unit_has_is_refused_and_that_of_a_member_is_not() -> None:
    world = make_world([[1.0], [2.0], [4.0]])

    with pytest.raises(MethodError, match="there is a unit CCC already"):
        acted(Merge(into="CCC"), world, aim_at(world, "AB"))
    assert acted(Merge(into="AAA"), world, aim_at(world, "AB")).units == ("CCC", "AAA")


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({}, "merge.into must be a code"),
        ({"into": "EU", "nodes": "compute"}, "Take out 'nodes:'"),
        ({"into": "EU", "exposed_to": "chips"}, "Take out 'exposed_to:'"),
        ({"into": "EU", "twice": 2}, "merge.twice must be a number from 0 to 1"),
    ],
)
def test_a_merger_that_makes_no_sense_is_refused(given: dict[str, Any], sentence: str) -> None:
    _, [fault] = build("change", {"act": "merge", **given})

    assert sentence in fault.sentence
