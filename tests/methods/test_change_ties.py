"""Ties that end and ties that grow: bounds by counting works, and closed forms."""

from __future__ import annotations

from itertools import combinations
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.testing import assert_allclose, assert_array_equal

from rankscope._registry import build
from rankscope.errors import MethodError
from rankscope.methods.change import Deepen, Sever, Ties, World
from rankscope.methods.change.tie_shares import done_with
from tests.methods.test_change_additive import NAN, SIZES, act, acted, aim_at, make_world, said

UNITS = ("AAA", "BBB", "CCC", "DDD")
WORKS = st.lists(st.sets(st.sampled_from(UNITS), min_size=2), min_size=1, max_size=12)


def ties_of(values: Any, totals: Any, **given: Any) -> Ties:
    """Return ties between the first units, which feed the first indicator."""
    square = np.array(values, dtype=float)
    units = UNITS[: len(square)]
    return Ties("papers", "joint papers", units, square, np.array(totals, float), ("x0",), **given)


def counted(works: list[set[str]]) -> Ties:
    """Return the ties that a register of works makes: each work once for each pair."""
    values, totals = np.zeros((4, 4)), np.zeros(4)
    for work in works:
        for one in work:
            totals[UNITS.index(one)] += 1
        for one, other in combinations(sorted(work), 2):
            pair = UNITS.index(one), UNITS.index(other)
            values[pair] += 1
            values[pair[::-1]] += 1
    return ties_of(values, totals, once_per_pair=True)


THREE = ties_of([[0, 30, 20], [30, 0, 10], [20, 10, 0]], [100, 60, 40])


def world_with(ties: Ties, versions: int = 1) -> World:
    """Return a world in which each unit has 1000 of what the ties feed."""
    return make_world([[1000.0]] * len(ties.units), ties=[ties], versions=versions)


def sever(**given: Any) -> Any:
    """Return an end of ties to B and C."""
    return act(**{"act": "sever", "ties": "papers", "partners": ["B", "C"], "lost": 1} | given)


def deepen(**given: Any) -> Any:
    """Return a tie to B that grows, all of it new."""
    return act(**{"act": "deepen", "ties": "papers", "partners": "B", "new": 1} | given)


@given(WORKS, st.sets(st.sampled_from(UNITS[1:]), min_size=1))
def test_the_true_share_lies_between_the_bounds(works: list[set[str]], partners: set[str]) -> None:
    ties = counted(works)
    own = [work for work in works if "AAA" in work]
    if not own:
        return

    found = done_with(ties, "AAA", sorted(partners), "here")

    truth = sum(bool(work & partners) for work in own) / len(own)
    assert found.low - 1e-12 <= truth <= found.high + 1e-12
    assert 0 <= found.low <= found.high <= 1


def test_neither_bound_alone_is_the_truth() -> None:
    apart, together = counted([{"AAA", "BBB"}, {"AAA", "CCC"}]), counted([set(UNITS[:3])] * 2)

    assert done_with(apart, "AAA", ["BBB", "CCC"], "") == (0.5, 1.0)  # the truth is the sum
    assert done_with(together, "AAA", ["BBB", "CCC"], "") == (1.0, 1.0)
    assert together.values[0, 1:3].sum() > together.totals[0]


@given(SIZES, SIZES, SIZES)
def test_what_is_lost_is_the_share_times_what_is_not_redirected(
    lost: float, part: float, place: float
) -> None:
    once = ties_of(THREE.values, THREE.totals, once_per_pair=True)

    for ties, share in ((THREE, 0.5), (once, 0.3 + 0.2 * place)):
        world = world_with(ties)
        after = acted(
            sever(lost=lost, part=part), world, aim_at(world, "A", "BC"), lost, part, place
        )

        assert_allclose(after.values[0, 0, 0], 1000 * (1 - lost * part * share), rtol=1e-12)
        assert_array_equal(after.values[0, 1:], world.values[0, 1:])


@settings(max_examples=50)
@given(WORKS, SIZES, SIZES, SIZES)
def test_a_severed_unit_never_gains_and_never_loses_more_than_all(
    works: list[set[str]], lost: float, part: float, place: float
) -> None:
    ties = counted([*works, set(UNITS)])
    world = world_with(ties)

    after = acted(sever(), world, aim_at(world, "ABCD", "BCD"), lost, part, place).values

    assert (after <= world.values).all()
    assert (after >= world.values * (1 - lost * part) - 1e-9).all()


def test_the_sum_that_is_not_capped_breaks_that_law() -> None:
    ties = counted([set(UNITS)])

    share = ties.values[0, 1:].sum() / ties.totals[0]

    assert share == 3
    assert 1000 * (1 - share) < 0


def test_versions_are_drawn_by_themselves() -> None:
    world = world_with(ties_of(THREE.values, THREE.totals, once_per_pair=True), versions=2)
    sizes = np.array([[1.0, 1.0, 0.0], [0.5, 1.0, 1.0]])

    after = sever().apply(world, aim_at(world, "A", "BC"), sizes)

    assert_allclose(after.values[:, 0, 0], [700.0, 750.0])


def test_the_place_between_the_bounds_is_one_more_size() -> None:
    assert [(one.low, one.high) for one in sever(lost=0.3).sizes()] == [(0.3, 0.3), (1, 1), (0, 1)]


def test_a_partner_loses_only_if_it_is_among_the_units() -> None:
    world = world_with(THREE)

    alone = acted(sever(), world, aim_at(world, "A", "B")).values[0, :, 0]
    both = acted(sever(), world, aim_at(world, "AB", "B")).values[0, :, 0]
    other = acted(sever(), world, aim_at(world, "AB", "AB")).values[0, :, 0]

    assert_allclose(alone, [700, 1000, 1000])
    assert_allclose(both, [700, 500, 1000])
    assert_array_equal(other, both)


def test_ties_that_go_one_way_count_both_ways() -> None:
    ties = ties_of([[0, 10], [30, 0]], [100, 200], mutual=False)

    assert done_with(ties, "AAA", ["BBB"], "").high == 0.4
    assert done_with(ties, "BBB", ["AAA"], "").high == 0.2


@pytest.mark.parametrize("mutual", [True, False])
def test_what_was_not_published_is_named_and_costs_nothing(mutual: bool) -> None:
    ties = ties_of([[0, NAN, 20], [NAN, 0, 1], [20, 1, 0]], [100, 100, 100], mutual=mutual)
    world = world_with(ties)

    after = acted(sever(), world, aim_at(world, "A", "BC"))

    assert_allclose(after.values[0, 0, 0], 800 if mutual else 600)
    [sentence] = said(after, "scenario-tie-suppressed")
    assert "joint papers of Aland with Bland were not published, which is not none" in sentence
    assert "the loss is at least this" in sentence


def test_how_much_was_done_with_partners_is_told() -> None:
    once = ties_of(THREE.values, THREE.totals, once_per_pair=True)
    world, other = world_with(THREE), world_with(once)

    [exact] = said(acted(sever(), world, aim_at(world, "A", "BC")), "scenario-tie-share")
    [bounds] = said(acted(sever(), other, aim_at(other, "A", "BC")), "scenario-tie-share")

    assert "50.0% of what Aland did" in exact
    assert "between 30.0% and 50.0% of what Aland did" in bounds


def test_totals_that_are_sums_of_pairs_are_told_to_be_too_large() -> None:
    """Ten works of all three: the sums are 20, though half of that is all that was done."""
    square = 10 * (1 - np.eye(3))
    summed = world_with(ties_of(square, square.sum(axis=1), once_per_pair=True))
    known = world_with(ties_of(square, [10, 10, 10], once_per_pair=True))
    apart = world_with(ties_of(square, square.sum(axis=1)))

    told = [
        len(said(acted(sever(), world, aim_at(world, "A", "B")), "scenario-tie-totals"))
        for world in (summed, known, apart)
    ]

    assert told == [1, 0, 0]


def test_units_that_the_ties_do_not_know_are_refused_with_the_nearest() -> None:
    ties = ties_of(THREE.values[:2, :2], THREE.totals[:2])
    world = make_world([[1.0]] * 3, ties=[ties])
    without = ties_of(THREE.values, [NAN, 1, 1])
    silent = world_with(without)

    with pytest.raises(MethodError, match=r"joint papers \(papers\) say nothing of CCC"):
        acted(sever(), world, aim_at(world, "C", "B"))
    with pytest.raises(MethodError, match=r"CCC\. Known are AAA and BBB"):
        acted(deepen(times=2), world, aim_at(world, "A", "C"))
    with pytest.raises(MethodError, match="do not say what AAA does with all others"):
        acted(sever(), silent, aim_at(silent, "A", "B"))


@given(st.floats(1, 10), SIZES, SIZES)
def test_a_tie_grows_to_a_multiple(times: float, new: float, part: float) -> None:
    world = world_with(THREE)
    change = deepen(times=times, new=new, part=part)

    after = acted(change, world, aim_at(world, "AB", "B")).values[0, :, 0]

    more = new * part * (times - 1) * 30
    assert_allclose(after, [1000 * (1 + more / 100), 1000 * (1 + more / 60), 1000], rtol=1e-12)


@given(SIZES, SIZES)
def test_a_tie_grows_to_a_share_and_never_shrinks(to: float, new: float) -> None:
    world = world_with(THREE)

    after = acted(deepen(to=to, new=new), world, aim_at(world, "ABC", "B")).values[0, :, 0]

    work = [max(to - 0.3, 0) * 100, max(to - 0.25, 0) * 40]  # A's and C's with B
    expected = [work[0] / 100, sum(work) / 60, work[1] / 40]
    assert_allclose(after, 1000 * (1 + new * np.array(expected)), rtol=1e-12)


def test_both_ways_of_saying_how_far_a_tie_grows_agree() -> None:
    world = world_with(THREE)
    aim = aim_at(world, "AB", "B")

    assert_allclose(
        acted(deepen(times=2), world, aim).values, acted(deepen(to=0.6), world, aim).values
    )


def test_a_tie_that_is_undone_leaves_what_was() -> None:
    """What grows by all of a tie and loses the tie's new share is back where it was."""
    world = world_with(THREE)
    aim = aim_at(world, "A", "B")
    grown = acted(deepen(times=2), world, aim)
    denser = THREE.values.copy()
    denser[0, 1] = denser[1, 0] = 60
    again = ties_of(denser, [130, 90, 40])
    after = make_world(grown.values[0], ties=[again])

    back = acted(sever(partners="B", lost=0.5), after, aim).values[0, 0, 0]

    assert_allclose(back, 1000.0)


def test_the_gain_from_an_unpublished_tie_is_bounded_from_the_side_it_is_known() -> None:
    ties = ties_of([[0, NAN], [NAN, 0]], [100, 100])
    world = world_with(ties)

    least = acted(deepen(times=3), world, aim_at(world, "A", "B"))
    most = acted(deepen(to=0.1), world, aim_at(world, "A", "B"))

    assert least.values[0, 0, 0] == 1000.0
    assert "the gain is at least this" in said(least, "scenario-tie-suppressed")[0]
    assert_allclose(most.values[0, 0, 0], 1100.0)
    assert "the gain is at most this" in said(most, "scenario-tie-suppressed")[0]


def test_they_act_on_what_the_ties_feed_unless_told_otherwise() -> None:
    world = world_with(THREE)

    assert sever().where(world) == ("x0",)
    assert sever(nodes="x1").where(world) == ("x1",)
    assert (sever().ties_used(), sever().with_units()) == (("papers",), ("B", "C"))


def test_a_group_is_no_partner_of_a_tie_that_grows() -> None:
    world = world_with(THREE)

    with pytest.raises(MethodError, match=r"B are several \(Bland, Cland\)\. Write a change for"):
        acted(deepen(times=2), world, aim_at(world, "A", "BC"))


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"act": "sever", "lost": 1, "partners": "B"}, "sever.ties must be the code of ties"),
        ({"act": "sever", "lost": 1, "ties": "papers"}, "sever.partners must be a list of units"),
        ({"act": "sever", "ties": "papers", "partners": "B"}, "sever.lost must be a number"),
        (
            {"act": "deepen", "ties": "papers", "partners": "B", "new": 1},
            "exactly one of times and to",
        ),
        (
            {"act": "deepen", "ties": "papers", "partners": "B", "new": 1, "times": 2, "to": 0.5},
            "exactly one of times and to",
        ),
        (
            {"act": "deepen", "ties": "papers", "partners": ["B", "C"], "new": 1, "times": 2},
            "about one partner, got 2",
        ),
        (
            {"act": "deepen", "ties": "papers", "partners": "B", "new": 1, "times": 0.5},
            "deepen.times must be a number of at least 1",
        ),
    ],
)
def test_an_act_on_ties_that_makes_no_sense_is_refused(
    given: dict[str, Any], sentence: str
) -> None:
    _, [fault] = build("change", given)

    assert sentence in fault.sentence


def test_the_classes_are_what_files_make() -> None:
    assert isinstance(sever(), Sever)
    assert isinstance(deepen(times=2), Deepen)
