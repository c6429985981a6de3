"""Draws, walls and largest means of each set tell of one and the same set."""

from __future__ import annotations

import itertools
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rankscope._registry import methods_of
from rankscope.errors import MethodError
from rankscope.methods.admissible import (
    Admissible,
    Bounded,
    Bounds,
    Dirichlet,
    Linear,
    Ordered,
    Perturbed,
    Siblings,
    Simplex,
)
from rankscope.testing.admissible import check_admissible, how_far_outside, largest_by_program

if TYPE_CHECKING:
    from rankscope.shapes import Matrix

EASY = (Perturbed(0.4), Perturbed(0.0), Bounded(0.25), Bounded(1.0), Bounded(0.0), Simplex(),
        Ordered(), Dirichlet(5))  # fmt: skip


def siblings_of(*weights: float) -> Siblings:
    return Siblings(tuple("abcdefghij"[: len(weights)]), np.array(weights, dtype=float))


@st.composite
def cases(draw: st.DrawFn) -> tuple[Admissible, Siblings]:
    """Draw a set and siblings of which it says something possible; some sets are flat."""
    size = draw(st.integers(1, 6))
    weights = draw(
        st.lists(st.sampled_from([1.0, 2.0, 2.0, 0.3, 7.5]), min_size=size, max_size=size)
    )
    siblings = siblings_of(*weights)
    rng = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    return draw(st.sampled_from([*EASY, _bounds(size, rng), _linear(size, rng)])), siblings


def _bounds(size: int, rng: np.random.Generator) -> Bounds:
    """Return ranges around one mix, some of them of no width."""
    within = rng.dirichlet(np.ones(size))
    low = within * rng.choice([0, 0.5, 1], size)
    high = within + (1 - within) * rng.choice([0, 0.3, 1], size)
    named = {"abcdefghij"[n]: (low[n], min(high[n], 1.0)) for n in range(size)}
    return Bounds(named)


def _linear(size: int, rng: np.random.Generator) -> Linear:
    """Return rules that one mix keeps, some of them by nothing, and some both ways."""
    within = rng.dirichlet(np.ones(size))
    rules = rng.normal(size=(rng.integers(1, 5), size))
    ends = rules @ within + rng.choice([0.01, 0.3], len(rules))
    if rng.random() < 0.3:  # the first rule is an equation
        rules, ends = np.vstack([rules, -rules[:1]]), np.append(ends, -ends[0])
        shift = ends[0] - rules[0] @ within
        ends[0] -= shift
        ends[-1] += shift
    return Linear(np.column_stack([rules, ends]).tolist())


@given(cases(), st.integers(0, 2**32 - 1))
def test_draws_lie_within_the_walls_and_below_the_largest_mean(
    case: tuple[Admissible, Siblings], seed: int
) -> None:
    admissible, siblings = case
    rng = np.random.default_rng(seed)
    values = rng.normal(50, 30, (3, len(siblings.weights)))

    admissible.check(siblings)
    draws = admissible.draw(siblings, 50, rng)
    highest = admissible.highest(siblings, values)

    assert (draws >= 0).all()
    assert np.abs(draws.sum(axis=1) - 1).max() <= 1e-12
    assert breach(admissible, siblings, draws) <= 1e-12
    assert (draws @ values.T <= highest + 1e-9).all()
    proved = [largest_by_program(admissible.walls(siblings), row) for row in values]
    assert highest == pytest.approx(proved, rel=1e-9, abs=1e-9)
    if len(siblings.weights) == 1:
        assert (draws == 1).all()


def breach(admissible: Admissible, siblings: Siblings, draws: Matrix) -> float:
    """Return by how much draws break a wall at most, without a program's own tolerance."""
    walls, size = admissible.walls(siblings), draws.shape[1]
    beyond, extras = draws @ walls[:, :size].T, walls[:, size:]
    if not extras.shape[1]:
        return float(beyond.max(initial=0.0))
    # one extra t: rows b + e t <= 0 hold for a t between the largest -b/e and the smallest
    with np.errstate(divide="ignore", invalid="ignore"):
        ends = -beyond / extras[:, 0]
    low = np.where(extras[:, 0] < 0, ends, -np.inf).max(axis=1)
    high = np.where(extras[:, 0] > 0, ends, np.inf).min(axis=1)
    return float((low - high).max() * np.abs(extras).max())


def test_a_mix_outside_is_seen() -> None:
    siblings = siblings_of(1, 1, 2)
    outside = np.array([[0.5, 0.1, 0.4]])

    for admissible in (Perturbed(), Bounded(), Bounds({"a": (0, 0.4)}), Ordered()):
        assert breach(admissible, siblings, outside) > 0.05
        assert how_far_outside(admissible.walls(siblings), outside[0]) > 0.01


@given(
    st.lists(st.floats(0.1, 5), min_size=1, max_size=7),
    st.floats(0, 0.95),
    st.integers(0, 2**32 - 1),
)
def test_perturbed_is_best_at_a_corner_of_its_factors(
    weights: list[float], by: float, seed: int
) -> None:
    values = np.random.default_rng(seed).normal(0, 10, (2, len(weights)))
    values[1] = np.round(values[1] / 10)  # ties
    corners = np.array(list(itertools.product([1 - by, 1 + by], repeat=len(weights)))) * weights
    means = (corners / corners.sum(axis=1, keepdims=True)) @ values.T

    highest = Perturbed(by).highest(siblings_of(*weights), values)

    assert highest == pytest.approx(means.max(axis=0), rel=1e-12, abs=1e-12)


def test_perturbed_reaches_further_than_bounded() -> None:
    """Conventions §4.5: the same quarter, two sets (closed forms for two equal siblings)."""
    siblings, values = siblings_of(1, 1), np.array([1.0, 0.0])

    assert Bounded(0.25).highest(siblings, values) == pytest.approx(0.625, abs=1e-15)
    assert Perturbed(0.25).highest(siblings, values) == pytest.approx(1.25 / 2, abs=1e-15)
    uneven = siblings_of(9, 1)
    assert Bounded(0.25).highest(uneven, -values) == pytest.approx(-0.875, abs=1e-15)
    assert Perturbed(0.25).highest(uneven, -values) == pytest.approx(-6.75 / 8, abs=1e-15)


def test_the_largest_mean_of_ordered_weights_in_known_cases() -> None:
    values = np.array([[10.0, 0.0, 30.0], [0.0, 90.0, 0.0], [5.0, 5.0, 5.0]])

    strict = Ordered().highest(siblings_of(3, 2, 1), values)
    tied = Ordered().highest(siblings_of(2, 2, 1), values)
    equal = Ordered().highest(siblings_of(1, 1, 1), values)

    assert strict == pytest.approx([40 / 3, 45, 5])
    assert tied == pytest.approx([40 / 3, 90, 5])
    assert equal == pytest.approx([30, 90, 5])


def test_leading_axes_are_kept_and_may_be_empty() -> None:
    siblings = siblings_of(1, 2, 3)
    rules = Linear([[1, 0, 0, 0.5]])
    for admissible in (*EASY, Bounds({"a": (0.1, 0.2)}), rules):
        many = np.random.default_rng(0).normal(size=(2, 5, 4, 3))
        highest = admissible.highest(siblings, many)

        assert highest.shape == (2, 5, 4)
        assert highest[1, 2, 3] == pytest.approx(admissible.highest(siblings, many[1, 2, 3]))
        assert admissible.highest(siblings, np.empty((0, 3))).shape == (0,)


@pytest.mark.parametrize("admissible", [*EASY, Bounds({"a": (0.1, 0.2)}), Linear([[1, 0, 0, 0.5]])])
def test_draws_are_a_function_of_siblings_size_and_seed(admissible: Admissible) -> None:
    siblings = siblings_of(1, 2, 3)

    one, again = (admissible.draw(siblings, 100, np.random.default_rng(5)) for _ in range(2))
    other = admissible.draw(siblings, 100, np.random.default_rng(6))

    assert one.tobytes() == again.tobytes()
    assert one.dtype == np.float64
    assert admissible in (Perturbed(0.0), Bounded(0.0)) or not np.array_equal(one, other)


@pytest.mark.parametrize("admissible", [Perturbed(0.0), Bounded(0.0)])
def test_without_a_margin_the_given_shares_are_left(admissible: Admissible) -> None:
    siblings, values = siblings_of(1, 2, 5), np.array([[3.0, -1.0, 7.0]])

    draws = admissible.draw(siblings, 9, np.random.default_rng(0))

    assert draws == pytest.approx(np.tile([0.125, 0.25, 0.625], (9, 1)), abs=1e-15)
    assert admissible.highest(siblings, values) == pytest.approx(values @ siblings.shares)


def test_sets_that_say_little_of_many_are_for_pillars() -> None:
    for_pillars = {name for name, cls in methods_of("admissible").items() if cls.top_only}

    assert {"simplex", "ordered", "linear"} <= for_pillars
    assert not {"perturbed", "bounded", "bounds", "dirichlet"} & for_pillars


class BeyondItsWalls(Bounded):
    def draw(self, siblings: Siblings, size: int, random: Any) -> Matrix:
        return Simplex().draw(siblings, size, random)


class NotNormalised(Perturbed):
    def draw(self, siblings: Siblings, size: int, random: Any) -> Matrix:
        return random.uniform(0.8, 1.2, (size, len(siblings.weights))) * siblings.shares


class TooHigh(Bounded):
    def highest(self, siblings: Siblings, values: Any) -> Any:
        return Perturbed(self.by).highest(siblings, values)


class Restless(Simplex):
    def draw(self, siblings: Siblings, size: int, random: Any) -> Matrix:
        del random
        return Simplex().draw(siblings, size, np.random.default_rng())


class ImpossibleEverywhere(Simplex):
    def check(self, siblings: Siblings) -> None:
        raise MethodError(str(siblings.codes))


@pytest.mark.parametrize(
    ("broken", "complaint"),
    [
        (BeyondItsWalls(), "beyond its walls"),
        (NotNormalised(), "another sum"),
        (TooHigh(), "largest mean within its walls"),
        (Restless(), "same seed"),
        (ImpossibleEverywhere(), "nothing possible"),
    ],
)
def test_the_contract_sees_a_broken_set(broken: Admissible, complaint: str) -> None:
    with pytest.raises(AssertionError, match=complaint):
        check_admissible(broken)


def test_equal_sets_are_equal_however_they_are_written() -> None:
    given = Bounds({"b": [0.1, "1/2"], "a": ["10%", 1]})

    assert given == Bounds((("a", (0.1, 1.0)), ("b", (0.1, 0.5))))
    assert hash(given) == hash(replace(given))
