"""What every registered act keeps, whatever its parameters, and acts that break it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, ClassVar

import numpy as np
import pytest
from numpy.testing import assert_array_equal

from rankscope._registry import methods_of
from rankscope.errors import MethodError
from rankscope.methods.change import Change, Column, Scale, Ties
from rankscope.testing import examples_of
from rankscope.testing.promises import require
from tests.methods.test_change_additive import NAN, aim_at, column, logarithm, make_world

if TYPE_CHECKING:
    from rankscope.methods.change import Aim, World
    from rankscope.shapes import Matrix

ACTS = methods_of("change")
COLUMNS = (
    column("x0", "count", low=0.0, denominator=4),
    column("x1", "share", low=0.0, high=1.0, denominator=4),
    column("x2", "amount", polarity=-1),
    column("x3", "interval"),
    Column("population", "Population", "count", 1),
)
VALUES = [
    [50.0, 0.2, 3.0, 1.0, 10.0],
    [20.0, 0.4, NAN, 2.0, 30.0],
    [90.0, 0.1, 5.0, 9.0, 20.0],
    [10.0, 0.9, 2.0, 4.0, 40.0],
]


def a_world() -> World:
    """Return three versions of four units, which differ, with a gap and ties."""
    square = np.full((4, 4), 5.0)
    names = tuple(letter * 3 for letter in "ABCD")
    ties = Ties("region", "ties", names, square, np.full(4, 40.0), ("x0",), once_per_pair=True)
    world = make_world(VALUES, COLUMNS, gauge=logarithm, versions=3, ties=[ties])
    return replace(world, values=world.values * np.array([1.0, 1.01, 1.05])[:, None, None])


def sizes_of(change: Change) -> Matrix:
    """Return sizes across their ranges, (3, sizes)."""
    given = [size.quantile(np.array([0.1, 0.5, 0.9])) for size in change.sizes()]
    return np.column_stack(given) if given else np.empty((3, 0))


def check(change: Change, *columns: int) -> bool:
    """Check an act on columns of the world, and say whether it could be done there."""
    world, sizes = a_world(), sizes_of(change)
    aim = aim_at(world, "AC", "B", columns=columns)
    before = world.values.copy()
    try:
        after = change.apply(world, aim, sizes)
    except MethodError as impossible:
        require(str(impossible).startswith(aim.place), f"{impossible} names no place.")
        return False
    assert_array_equal(world.values, before, "changes its input")
    assert after.values.shape == (3, len(after.units), 5), "another shape"
    assert after.values.dtype == np.float64
    assert len(after.names) == len(after.rows) == len(after.units)
    assert set(after.units) - set(world.units) == {*change.makes()} == {*after.merged}
    assert not np.isinf(after.values).any()
    again = change.apply(world, aim, sizes)
    assert_array_equal(after.values, again.values, "not the same twice")
    _check_versions(change, world, aim, sizes, after)
    _check_others(change, world, aim, after)
    return True


def _check_versions(change: Change, world: World, aim: Aim, sizes: Matrix, after: World) -> None:
    for one in range(3):
        own = change.apply(replace(world, values=world.values[[one]]), aim, sizes[[one]])
        assert_array_equal(own.values[0], after.values[one], "versions are not by themselves")


def _check_others(change: Change, world: World, aim: Aim, after: World) -> None:
    """Check that other units and columns stay; a partner may change where both sides do."""
    touched = {*aim.units} | ({*aim.partners} if getattr(change, "both_ways", False) else set())
    for row, unit in enumerate(world.units):
        if row not in touched:
            kept = after.values[:, after.row(unit)]
            assert_array_equal(kept, world.values[:, row], "changes another unit")
    if not change.makes():
        assert_array_equal(after.values[:, :, 3:], world.values[:, :, 3:], "another column")


@pytest.mark.parametrize("name", ACTS)
def test_every_act_keeps_what_acts_promise(name: str) -> None:
    examples = [one for one in examples_of(ACTS[name]) if isinstance(one, Change)]
    done = [check(one, 0, 1, 2) | check(one, 2) for one in examples]

    assert any(done)


def in_place(self: Any, world: World, aim: Aim, sizes: Matrix) -> World:
    world.values[:, aim.units] *= 2
    return world


def all_units(self: Any, world: World, aim: Aim, sizes: Matrix) -> World:
    return world.with_values(world.values * 2)


def one_size_for_all(self: Any, world: World, aim: Aim, sizes: Matrix) -> World:
    values = world.values.copy()
    values[np.ix_(np.arange(len(values)), aim.units, aim.columns)] *= sizes.mean()
    return world.with_values(values)


def of_all_columns(self: Any, world: World, aim: Aim, sizes: Matrix) -> World:
    values = world.values.copy()
    values[:, aim.units] *= 2
    return world.with_values(values)


@pytest.mark.parametrize(
    ("apply", "complaint"),
    [
        (in_place, "changes its input"),
        (all_units, "changes another unit"),
        (one_size_for_all, "versions are not by themselves"),
        (of_all_columns, "another column"),
    ],
)
def test_a_broken_act_is_caught(apply: Any, complaint: str) -> None:
    @dataclass(frozen=True)
    class Broken(Scale):
        """Broken."""

        name: ClassVar[str] = "broken"

    Broken.apply = apply  # type: ignore[method-assign]
    low_to_high = {"low": 1, "high": 3}

    with pytest.raises(AssertionError, match=complaint):
        check(Broken(by=low_to_high), 0, 2)  # type: ignore[arg-type]
