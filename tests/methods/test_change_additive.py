"""Acts in an indicator's own units, and what tests of acts share: a world made by hand."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from numpy.testing import assert_allclose, assert_array_equal

from rankscope._registry import build
from rankscope.errors import MethodError
from rankscope.methods.change import Add, Aim, Cap, Change, Column, Restrict, Scale, Set, World

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from rankscope.methods.change import Ties
    from rankscope.shapes import Batch, Whole

NAN = np.nan
SIZES = st.floats(0, 1)
NUMBERS = st.floats(0.01, 1e6)


def identity(values: Batch, rows: Whole) -> Batch:
    """Return values as they are."""
    del rows
    return values


def logarithm(values: Batch, rows: Whole) -> Batch:
    """Return the natural logarithm, as an index that compares orders of magnitude."""
    del rows
    return np.asarray(np.log(values))


def capped(values: Batch, rows: Whole) -> Batch:
    """Return values cut off at 2 and 8: flat beyond."""
    del rows
    return np.clip(values, 2.0, 8.0)


def column(code: str, kind: str = "amount", polarity: int = 1, **given: Any) -> Column:
    """Return a column of an indicator at a node "index"."""
    return Column(code, code.title(), kind, polarity, **{"within": (code, "index"), **given})


def make_world(
    values: Sequence[Sequence[float]],
    columns: Sequence[Column] = (),
    *,
    gauge: Callable[[Batch, Whole], Batch] = identity,
    versions: int = 1,
    ties: Sequence[Ties] = (),
) -> World:
    """Return units AAA, BBB, ... with these values, (units, columns), in every version."""
    matrix = np.array(values, dtype=float)
    units = tuple(letter * 3 for letter in "ABCDEFGH"[: len(matrix)])
    columns = tuple(columns) or tuple(column(f"x{n}") for n in range(matrix.shape[1]))
    polarity = np.array([one.polarity for one in columns])
    best = np.nanmax(np.where(np.isnan(matrix), -np.inf, matrix * polarity), axis=0) * polarity
    return World(
        units=units,
        names=tuple(f"{unit[0]}land" for unit in units),
        rows=np.arange(len(units)),
        values=np.tile(matrix, (versions, 1, 1)),
        columns=columns,
        best=np.where(np.isfinite(best), best, NAN),
        gauge=gauge,
        ties={one.code: one for one in ties},
    )


def aim_at(
    world: World, units: str = "A", partners: str = "", columns: Sequence[int] | None = None
) -> Aim:
    """Return an aim at units and partners by their letters, at all columns unless some are said."""
    return Aim(
        units=np.array([world.row(letter * 3) for letter in units], dtype=np.int64),
        partners=np.array([world.row(letter * 3) for letter in partners], dtype=np.int64),
        columns=np.arange(len(world.columns)) if columns is None else np.array(columns),
        place="story, change 1",
    )


def acted(change: Change, world: World, aim: Aim, *sizes: float) -> World:
    """Return the world after an act; a range is at its middle unless sizes are said."""
    own = sizes or tuple(size.middle for size in change.sizes())
    return change.apply(world, aim, np.tile(np.array(own, dtype=float), (len(world.values), 1)))


def act(**given: Any) -> Change:
    """Return an act as a file gives it."""
    made, faults = build("change", given)
    assert isinstance(made, Change), faults
    return made


def said(world: World, identifier: str) -> list[str]:
    """Return the findings of an id, as sentences."""
    return [str(one) for one in world.findings if one.id == identifier]


def test_an_amount_is_added_to_the_cells_of_the_aim_alone() -> None:
    world = make_world([[1.0, 10.0], [2.0, NAN], [3.0, 30.0]])

    after = acted(Add(by=0.5), world, aim_at(world, "AB", columns=[1]))

    assert_array_equal(after.values[0], [[1.0, 10.5], [2.0, NAN], [3.0, 30.0]])
    assert_array_equal(world.values[0], [[1.0, 10.0], [2.0, NAN], [3.0, 30.0]])


def test_each_version_gets_its_own_size() -> None:
    world = make_world([[1.0], [2.0]], versions=3)
    sizes = np.array([[0.0], [1.0], [2.5]])

    for change, expected in ((Add(by=1), [1, 2, 3.5]), (Set(to=1), [0, 1, 2.5])):
        after = change.apply(world, aim_at(world), sizes)

        assert_array_equal(after.values[:, 0, 0], expected)
        assert_array_equal(after.values[:, 1, 0], [2, 2, 2])


def test_what_is_set_fills_a_gap() -> None:
    world = make_world([[NAN, 1.0]])

    assert_array_equal(acted(Set(to=7), world, aim_at(world)).values[0], [[7.0, 7.0]])


def test_a_cap_holds_from_above_or_from_below_and_fills_no_gap() -> None:
    world = make_world([[1.0, 5.0, NAN, 9.0]])

    most = acted(Cap(at=5), world, aim_at(world))
    least = acted(act(act="cap", at=5, side="at_least"), world, aim_at(world))

    assert_array_equal(most.values[0, 0], [1.0, 5.0, NAN, 5.0])
    assert_array_equal(least.values[0, 0], [5.0, 5.0, NAN, 9.0])


@given(st.lists(NUMBERS, min_size=1, max_size=4), st.floats(-1e3, 1e3), st.floats(0.01, 100))
def test_an_addition_and_a_scaling_are_undone_by_their_inverses(
    values: list[float], amount: float, factor: float
) -> None:
    world = make_world([values])
    aim = aim_at(world)

    there = acted(Add(by=amount), world, aim)
    back = acted(Add(by=-amount), there, aim)
    scaled = acted(Scale(by=factor), world, aim)
    unscaled = acted(Scale(by=1 / factor), scaled, aim)

    largest = np.maximum(np.abs(world.values), abs(amount))
    assert (np.abs(back.values - world.values) <= 1e-12 * largest).all()
    assert_allclose(unscaled.values, world.values, rtol=1e-12)


def test_a_cap_between_breaks_that_law() -> None:
    world = make_world([[5.0]])
    aim = aim_at(world)

    there = acted(Cap(at=6), acted(Add(by=3), world, aim), aim)

    assert acted(Add(by=-3), there, aim).values[0, 0, 0] == 3.0


@given(st.lists(NUMBERS, min_size=1, max_size=4), SIZES, st.sampled_from([1, -1]))
def test_a_restriction_never_leads_towards_better(
    values: list[float], share: float, polarity: int
) -> None:
    world = make_world([values], [column(f"x{n}", polarity=polarity) for n in range(len(values))])

    after = acted(Restrict(by=share), world, aim_at(world))

    assert ((after.values - world.values) * polarity <= 0).all()


@given(NUMBERS, st.floats(0.01, 1))
def test_a_scaling_down_of_what_should_be_low_leads_towards_better(
    value: float, share: float
) -> None:
    world = make_world([[value]], [column("deaths", polarity=-1)])
    assume(value * (1 - share) < value)

    after = acted(Scale(by=1 - share), world, aim_at(world))

    assert not ((after.values - world.values) * -1 <= 0).all()


def test_what_can_not_be_is_refused_with_unit_indicator_value_and_range() -> None:
    world = make_world([[3.0]], [column("papers", "count", low=0.0)])

    with pytest.raises(MethodError) as caught:
        acted(Add(by=-4), world, aim_at(world))

    sentence = str(caught.value)
    for word in ("story, change 1", "Papers", "papers", "Aland", "-1", "at 0 or above"):
        assert word in sentence


def test_what_was_impossible_before_is_not_blamed_on_the_act() -> None:
    world = make_world([[-3.0, 3.0]], [column("odd", "count", low=0.0), column("papers")])

    assert acted(Add(by=1), world, aim_at(world, columns=[1])).values[0, 0, 0] == -3.0


@pytest.mark.parametrize(
    ("kind", "value"), [("dummy", 0.5), ("dummy", 2.0), ("rank", 0.0), ("share", 1.5)]
)
def test_a_value_that_its_kind_can_not_have_is_refused(kind: str, value: float) -> None:
    ends = {"dummy": (0.0, 1.0), "rank": (1.0, np.inf), "share": (0.0, 1.0)}[kind]
    world = make_world([[1.0]], [column("it", kind, low=ends[0], high=ends[1])])

    with pytest.raises(MethodError, match=r"It \(it\) of Aland would become"):
        acted(Set(to=value), world, aim_at(world))


def test_nothing_happens_to_nobody() -> None:
    world = make_world([[1.0]])
    nobody = replace(aim_at(world), units=np.array([], dtype=np.int64))

    for change in (Add(by=1), Set(to=1), Cap(at=0), Scale(by=2), Restrict(by=1)):
        assert_array_equal(acted(change, world, nobody).values, world.values)
