"""Gaps that are closed: closed forms on each scale, and laws with twins that break them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.testing import assert_allclose, assert_array_equal

from rankscope._registry import build
from rankscope.errors import MethodError
from rankscope.methods.change import Aim, Column, Cooperate, Towards, World
from rankscope.methods.change.between import closed
from tests.methods.test_change_additive import (
    NAN,
    NUMBERS,
    SIZES,
    act,
    acted,
    aim_at,
    capped,
    column,
    identity,
    logarithm,
    make_world,
    said,
)

if TYPE_CHECKING:
    from rankscope.shapes import Batch, Whole

GAUGES = {"identity": identity, "logarithm": logarithm, "capped": capped}
ANY_GAUGE = st.sampled_from(list(GAUGES.values()))
FEW = settings(max_examples=40)
SCALES = st.sampled_from(["raw", "transformed"])


def two(own: float, partner: float, gauge: object = identity, polarity: int = 1) -> World:
    """Return a world of a unit and a partner with one indicator."""
    return make_world([[own], [partner]], [column("x", polarity=polarity)], gauge=gauge)  # type: ignore[arg-type]


@given(NUMBERS, NUMBERS)
def test_half_of_the_gap_on_a_logarithm_is_the_geometric_mean(own: float, other: float) -> None:
    world = two(own, other, logarithm)

    after = acted(Towards(by=0.5, unit="BBB"), world, aim_at(world, "A", "B"))

    assert_allclose(after.values[0, 0, 0], np.sqrt(own * other), rtol=1e-13)


@given(NUMBERS, NUMBERS)
def test_half_of_the_raw_gap_is_the_mean_whatever_the_index_compares(
    own: float, other: float
) -> None:
    world = two(own, other, logarithm)

    after = acted(Towards(by=0.5, unit="BBB", scale="raw"), world, aim_at(world, "A", "B"))

    assert_allclose(after.values[0, 0, 0], (own + other) / 2, rtol=1e-14)


@FEW
@given(NUMBERS, NUMBERS, SIZES)
def test_both_scales_agree_where_the_index_compares_raw_values(
    own: float, other: float, share: float
) -> None:
    world, act_of = two(own, other), {"by": share, "unit": "BBB"}
    aim = aim_at(world, "A", "B")

    raw = acted(Towards(**act_of, scale="raw"), world, aim).values
    transformed = acted(Towards(**act_of), world, aim).values

    assert_allclose(raw, transformed, rtol=1e-15)


def test_ends_of_very_different_size_are_no_matter() -> None:
    world = two(1.0, 1e26, logarithm)

    after = acted(Towards(by=0.1, unit="BBB"), world, aim_at(world, "A", "B"))

    assert_allclose(after.values[0, 0, 0], 10**2.6, rtol=1e-13)


def test_from_nought_and_across_it_the_gauge_is_met() -> None:
    def cubic(values: Batch, rows: Whole) -> Batch:
        return np.asarray(np.cbrt(values))

    nought, across = two(0.0, 8.0, cubic), two(-1.0, 8.0, cubic)

    after = acted(Towards(by=0.5, unit="BBB"), nought, aim_at(nought, "A", "B"))
    beyond = acted(Towards(by=0.5, unit="BBB"), across, aim_at(across, "A", "B"))

    assert_allclose(after.values[0, 0, 0], 1.0, rtol=1e-14)
    assert_allclose(beyond.values[0, 0, 0], 0.125, rtol=1e-14)


def test_one_per_cent_of_the_raw_gap_can_be_seven_ninths_on_a_logarithm() -> None:
    world = two(1e-9, 1.0, logarithm)
    aim = aim_at(world, "A", "B")

    after = acted(Towards(by=0.01, unit="BBB", scale="raw"), world, aim).values[0, 0, 0]

    assert np.log(after / 1e-9) / np.log(1e9) == pytest.approx(7 / 9, rel=1e-6)
    alike = acted(Towards(by=7 / 9, unit="BBB"), world, aim).values[0, 0, 0]
    assert alike == pytest.approx(after, rel=1e-6)


@FEW
@given(NUMBERS, NUMBERS, ANY_GAUGE, SCALES)
def test_the_ends_of_a_gap_are_exact(own: float, other: float, gauge: object, scale: str) -> None:
    world = two(own, other, gauge)
    aim = aim_at(world, "A", "B")

    for share, expected in ((0.0, own), (1.0, other)):
        after = acted(Towards(by=share, unit="BBB", scale=scale), world, aim)
        assert after.values[0, 0, 0] == expected


@FEW
@given(NUMBERS, NUMBERS, SIZES, ANY_GAUGE, SCALES)
def test_a_value_stays_between_the_ends_and_its_gauge_is_where_it_should(
    own: float, other: float, share: float, gauge: object, scale: str
) -> None:
    world = two(own, other, gauge)

    found = acted(
        Towards(by=share, unit="BBB", scale=scale), world, aim_at(world, "A", "B")
    ).values[0, 0, 0]

    assert min(own, other) <= found <= max(own, other)
    if scale == "transformed" and share < 1:
        own_, other_, found_ = gauge(np.array([own, other, found]), np.arange(3))  # type: ignore[operator]
        assert_allclose(found_, own_ + share * (other_ - own_), rtol=1e-9, atol=1e-9)


def test_where_the_gauge_is_flat_the_nearest_value_is_taken() -> None:
    beyond, below = two(9.0, 20.0, capped), two(0.0, 5.0, capped)
    aim = aim_at(beyond, "A", "B")

    assert acted(Towards(by=0.9, unit="BBB"), beyond, aim).values[0, 0, 0] == 9.0
    assert acted(Towards(by=0.5, unit="BBB"), below, aim).values[0, 0, 0] == 3.5


def test_a_target_and_the_best_value_of_either_polarity_are_aimed_at() -> None:
    world = make_world(
        [[2.0, 2.0], [8.0, 8.0], [NAN, 4.0]], [column("x"), column("y", polarity=-1)]
    )
    aim = aim_at(world, "ABC")

    best = acted(act(act="towards", by="50%", best=True), world, aim)
    target = acted(Towards(by=0.25, target=4, scale="raw"), world, aim)

    assert_array_equal(best.values[0], [[5.0, 2.0], [8.0, 5.0], [NAN, 3.0]])
    assert_array_equal(target.values[0], [[2.5, 2.5], [7.0, 7.0], [NAN, 4.0]])


def test_whoever_lacks_a_value_is_named() -> None:
    world = make_world([[NAN, 1.0], [1.0, NAN], [3.0, 3.0]])

    after = acted(Towards(by=1, unit="BBB"), world, aim_at(world, "AC", "B"))

    assert_array_equal(after.values[0], [[NAN, 1.0], [1.0, NAN], [1.0, 3.0]])
    first, second = said(after, "scenario-missing")
    assert first.startswith("x0: story, change 1: nothing happens to Aland there")
    assert second.startswith("x1: story, change 1: nothing happens to Aland, Cland there")


def test_a_value_without_a_place_on_the_index_scale_is_named_too() -> None:
    def divided(values: Batch, rows: Whole) -> Batch:
        return values / np.array([NAN, 2.0])[rows][:, None]

    world = two(3.0, 5.0, divided)

    after = acted(Cooperate(partners=("BBB",), by=0.5), world, aim_at(world, "A", "B"))

    assert after.values[0, 0, 0] == 3.0
    assert len(said(after, "scenario-missing")) == 1


def test_the_best_of_several_partners_counts_at_each_indicator() -> None:
    world = make_world(
        [[4.0, 4.0, 4.0], [6.0, 1.0, 2.0], [8.0, 3.0, NAN]],
        [column("x"), column("y", polarity=-1), column("z")],
    )

    after = acted(Cooperate(partners=("B", "C"), by=0.5), world, aim_at(world, "A", "BC"))

    assert_array_equal(after.values[0, 0], [6.0, 2.5, 4.0])
    assert_array_equal(after.values[0, 1:], world.values[0, 1:])


@given(
    st.lists(st.tuples(NUMBERS, NUMBERS, st.sampled_from([1, -1])), min_size=1, max_size=4),
    SIZES,
    ANY_GAUGE,
    SCALES,
    st.booleans(),
)
def test_cooperation_makes_nobody_worse(
    pairs: list[tuple[float, float, int]],
    share: float,
    gauge: object,
    scale: str,
    both_ways: bool,
) -> None:
    own, other, polarity = zip(*pairs, strict=True)
    columns = [column(f"x{n}", polarity=one) for n, one in enumerate(polarity)]
    world = make_world([own, other], columns, gauge=gauge)  # type: ignore[arg-type]

    change = Cooperate(partners=("BBB",), by=share, scale=scale, both_ways=both_ways)
    after = acted(change, world, aim_at(world, "A", "B")).values

    assert ((after - world.values) * polarity >= 0).all()
    assert both_ways or (after[0, 1] == world.values[0, 1]).all()


def test_going_towards_a_unit_breaks_that_law() -> None:
    world = two(5.0, 3.0)

    after = acted(Towards(by=0.5, unit="BBB"), world, aim_at(world, "A", "B"))

    assert after.values[0, 0, 0] < 5.0


@FEW
@given(st.lists(NUMBERS, min_size=3, max_size=3), SIZES, ANY_GAUGE, SCALES)
def test_both_ways_are_taken_from_what_was_before(
    values: list[float], share: float, gauge: object, scale: str
) -> None:
    """Whoever is called unit and whoever partner, and whoever is both."""
    world = make_world([[one] for one in values], gauge=gauge)  # type: ignore[arg-type]
    change = Cooperate(partners=("B",), by=share, scale=scale, both_ways=True)

    one = acted(change, world, aim_at(world, "A", "BC")).values
    other = acted(change, world, aim_at(world, "BC", "A")).values
    everybody = acted(change, world, aim_at(world, "ABC", "ABC")).values
    overlapping = acted(change, world, aim_at(world, "AB", "ABC")).values
    alone = acted(replace(change, both_ways=False), world, aim_at(world, "ABC", "ABC")).values

    assert_array_equal(one, other)
    assert_array_equal(everybody, alone)
    assert_array_equal(overlapping[:, :2], everybody[:, :2])


@pytest.mark.parametrize(
    "given",
    [
        {"act": "towards", "by": 0.5},
        {"act": "towards", "by": 0.5, "unit": "AAA", "best": True},
        {"act": "towards", "by": 0.5, "target": 0, "best": True},
    ],
)
def test_there_is_one_thing_to_move_towards(given: dict[str, object]) -> None:
    _, [fault] = build("change", given)

    assert "exactly one of unit, target and best" in fault.sentence


def test_a_group_is_no_unit_to_move_towards() -> None:
    world = make_world([[1.0], [2.0], [3.0]])

    with pytest.raises(MethodError, match="'unit: bloc' stands for 2 units \\(Bland, Cland\\)"):
        acted(Towards(by=1, unit="bloc"), world, aim_at(world, "A", "BC"))


def test_a_share_above_one_and_an_unknown_scale_are_refused() -> None:
    _, [by] = build("change", {"act": "cooperate", "partners": "B", "by": 1.5})
    _, [scale] = build("change", {"act": "towards", "best": True, "by": 1, "scale": "log"})

    assert "cooperate.by must be a number from 0 to 1" in by.sentence
    assert "towards.scale must be" in scale.sentence


PER_HEAD = (
    Column("population", "Population", "count", 1),
    column("patents", "count", denominator=0, divided=True),
)


def test_what_is_compared_by_head_is_learnt_by_head() -> None:
    """B is larger and does less for each person than A, C more, and D is unknown by head."""
    world = make_world([[10.0, 20.0], [100.0, 100.0], [1.0, 5.0], [NAN, 99.0]], PER_HEAD)
    aim = aim_at(world, "A", "BCD", columns=[1])

    every = acted(Cooperate(partners=("B", "C", "D"), by=1, scale="raw"), world, aim)
    large = acted(Cooperate(partners=("B",), by=1), world, aim_at(world, "A", "B", [1]))
    towards = acted(Towards(by=0.5, unit="B"), world, aim_at(world, "A", "B", [1]))
    unknown = acted(Towards(by=0.5, unit="D"), world, aim_at(world, "A", "D", [1]))

    assert every.values[0, 0, 1] == 50.0
    assert large.values[0, 0, 1] == 20.0
    assert towards.values[0, 0, 1] == 15.0
    assert unknown.values[0, 0, 1] == 20.0
    assert len(said(unknown, "scenario-missing")) == 1


def test_compared_as_totals_the_larger_one_is_ahead() -> None:
    columns = (PER_HEAD[0], replace(PER_HEAD[1], divided=False))
    world = make_world([[10.0, 20.0], [100.0, 100.0]], columns)

    after = acted(Cooperate(partners=("B",), by=1), world, aim_at(world, "A", "B", [1]))

    assert after.values[0, 0, 1] == 100.0


def test_the_best_by_head_is_that_of_another_size_and_the_best_itself_stays() -> None:
    world = make_world([[10.0, 1.0], [3.0, 0.9]], PER_HEAD)
    world = replace(world, best=np.array([10.0, 0.9 / 3.0]))

    after = acted(Towards(by=1, best=True), world, aim_at(world, "AB", columns=[1]))

    assert_allclose(after.values[0, 0, 1], 3.0)
    assert after.values[0, 1, 1] == 0.9


def test_a_target_without_a_place_on_the_index_scale_is_not_moved_to() -> None:
    world = two(5.0, 3.0, logarithm)

    after = acted(Towards(by=0.5, target=0), world, aim_at(world))
    raw = acted(Towards(by=0.5, target=0, scale="raw"), world, aim_at(world))

    assert after.values[0, 0, 0] == 5.0
    assert len(said(after, "scenario-missing")) == 1
    assert raw.values[0, 0, 0] == 2.5


def test_each_version_closes_its_own_share() -> None:
    world = make_world([[1.0], [100.0]], gauge=logarithm, versions=3)
    aim: Aim = aim_at(world, "A", "B")
    goal = np.full((3, 1, 1), 100.0)

    found = closed(world, aim, goal, np.array([0.0, 0.5, 1.0]), "transformed")

    assert_allclose(found[:, 0, 0], [1.0, 10.0, 100.0], rtol=1e-14)
