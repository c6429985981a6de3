"""Checks of a table against its definition: each finding can be made to come and to stay away."""

from __future__ import annotations

import numpy as np
import pytest

from rankscope.data.check import check_table
from rankscope.data.table import Status, plain_table
from rankscope.definition.model import Views
from tests.data.making import define

RNG = np.random.default_rng(1)
USUAL = np.round(RNG.lognormal(1, 0.5, 20), 3)
UNITS = tuple(f"U{number:02}" for number in range(20))


def usual(**changes):
    """Return the usual values with some rows changed."""
    values = USUAL.copy()
    for row, value in changes.items():
        values[int(row[1:])] = value
    return values


CASES = {
    "coverage": (
        {},
        np.where(np.arange(20) < 10, USUAL, np.nan),
        "data-coverage",
        "10 of 20 units",
    ),
    "constant": ({}, np.full(20, 7.0), "data-constant", "All 20 units that have a value have 7."),
    "one value": (
        {"absent_is_zero": True},
        np.where(np.arange(20) < 1, USUAL, np.nan),
        "data-constant",
        "Only one unit has a value.",
    ),
    "share": ({"kind": "share"}, usual(r3=104), "data-share-range", "U03 lie outside 0 to 100"),
    "mixed shares": (
        {"kind": "share"},
        np.where(np.arange(20) < 19, USUAL / 100, 40.0),
        "data-share-range",
        "but not those of U19",
    ),
    "count": ({"kind": "count"}, usual(r4=-1), "data-negative-count", "negative for U04"),
    "dummy": (
        {"kind": "dummy"},
        np.arange(20) % 3,
        "data-dummy",
        "U02, U05, U08, U11, U14 and 1 more",
    ),
    "repeats": ({}, np.where(np.arange(20) < 6, 5.0, USUAL), "data-repeats", "6 of 20 units"),
    "slip of the unit": ({}, usual(r7=5000), "data-far-out", "U07 lies more than 10 median"),
    "slip among negatives": (
        {"kind": "interval"},
        usual(r2=-1, r7=-400),
        "data-far-out",
        "U07 lies more than 10",
    ),
    "slip in amounts": ({"kind": "amount"}, usual(r7=5e6), "data-far-out", "U07 lies more than"),
}

QUIET = {
    "usual values": ({}, USUAL),
    "census zeros": ({"absent_is_zero": True}, np.where(np.arange(20) < 12, 0.0, USUAL)),
    "parts of one": ({"kind": "share"}, USUAL / 100),
    "small percentages": ({"kind": "share"}, USUAL),
    "dummy": ({"kind": "dummy"}, np.arange(20) % 2),
    "grades": ({}, np.arange(20) % 5),
    "heavy tails of amounts": ({"kind": "amount"}, np.exp(np.arange(20.0))),
    "heavy tails of ratios": ({"kind": "ratio"}, np.exp(np.arange(20.0))),
    "few of a count": ({"kind": "count"}, np.where(np.arange(20) < 6, 1.0, USUAL + 1)),
    "negative intervals": ({"kind": "interval"}, USUAL - 3),
}


def ids_of(table, definition):
    return [finding.id for finding in check_table(table, definition)]


def one_column(spec, values):
    definition = define({"code": "x"} | spec, units={"register": "own"})
    return plain_table(UNITS, ("x",), np.asarray(values, dtype=float)[:, None]), definition


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_what_is_odd_about_an_indicator_is_found(case):
    spec, values, id, said = case
    [finding] = [one for one in check_table(*one_column(spec, values)) if one.id == id]
    assert finding.place == "x"
    assert said in finding.sentence
    assert finding.remedy


@pytest.mark.parametrize("case", QUIET.values(), ids=QUIET)
def test_what_is_usual_gives_no_finding(case):
    assert ids_of(*one_column(*case)) == []


@pytest.mark.parametrize(("oldest", "found"), [(2013, []), (2012, ["data-years-apart"])])
def test_years_more_than_ten_apart_are_noted(oldest, found):
    table, definition = one_column({}, USUAL)
    table.years[:, 0] = 2023
    table.years[5, 0] = oldest
    table.years[6, 0] = 0
    assert ids_of(table, definition) == found


def per_head(pop, kind="amount", views=None):
    definition = define({"code": "gdp", "kind": kind, "denominator": "pop"})
    definition = definition.model_copy(update={"views": views})
    values = np.column_stack([USUAL, USUAL[::-1]])
    values[:3, 1] = pop
    return check_table(plain_table(UNITS, ("gdp", "pop"), values), definition)


def test_a_denominator_that_is_not_above_zero_makes_a_gap_and_a_warning():
    [finding] = per_head([0, -1, 5])
    assert (finding.id, finding.severity) == ("data-denominator", "warning")
    assert "U00 and U01" in finding.sentence


def test_a_missing_denominator_is_a_warning():
    [finding] = per_head([np.nan, 1, 5])
    assert (finding.id, finding.severity) == ("data-denominator-missing", "warning")
    assert "U00" in finding.sentence


def test_a_denominator_that_nothing_is_computed_with_may_be_zero_or_missing():
    assert per_head([0, 1, 5], kind="ratio") == ()
    assert per_head([np.nan, 1, 5], kind="ratio") == ()
    assert per_head([0, np.nan, 5], kind="interval", views=Views()) == ()


def test_views_compute_totals_with_the_denominator_of_a_ratio():
    findings = per_head([0, np.nan, 5], kind="ratio", views=Views())

    assert [one.id for one in findings] == ["data-denominator", "data-denominator-missing"]


@pytest.mark.parametrize(("slope", "found"), [(3, True), (-2, True), (0, False)])
def test_two_indicators_that_are_one_are_noted_as_twins(slope, found):
    definition = define({"code": "a"}, {"code": "b"}, units={"register": "own"})
    other = 1e6 + slope * USUAL if slope else USUAL[::-1]
    values = np.column_stack([USUAL, other])
    values[2, 0] = values[4, 1] = np.nan
    findings = check_table(plain_table(UNITS, ("a", "b"), values), definition)
    assert [(one.id, one.place) for one in findings] == [("data-twins", "a and b")] * found


def test_twins_are_told_by_the_correlation_over_common_units():
    from rankscope.data.check_pairs import _correlations

    values = RNG.normal(size=(40, 6)) * 10.0 ** np.arange(6) + 5
    values[RNG.random(values.shape) < 0.2] = np.nan
    got, common = _correlations(values)
    for i, j in np.ndindex(6, 6):
        both = ~np.isnan(values[:, [i, j]]).any(axis=1)
        assert common[i, j] == both.sum()
        assert got[i, j] == pytest.approx(np.corrcoef(values[both][:, [i, j]].T)[0, 1])


def test_a_table_without_some_of_the_indicators_is_checked_for_the_others():
    definition = define({"code": "a"}, {"code": "b"})
    assert ids_of(plain_table(UNITS, ("a",), np.full((20, 1), 2.0)), definition) == [
        "data-constant"
    ]


def test_absent_units_do_not_count_as_repeats():
    table, definition = one_column(
        {"absent_is_zero": True}, np.where(np.arange(20) < 12, 0.0, USUAL)
    )
    table.status[:12, 0] = Status.ABSENT
    assert ids_of(table, definition) == []
