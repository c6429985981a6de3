"""Explicit ranges and linear rules: what is impossible is told, what is flat is drawn from."""

from __future__ import annotations

import numpy as np
import pytest

from rankscope._domains import RangeByCode
from rankscope._registry import build, describe
from rankscope.errors import MethodError
from rankscope.methods.admissible import Bounds, Linear, Siblings

FOUR = Siblings(("a", "b", "c", "d"), np.array([1.0, 2.0, 3.0, 4.0]))


@pytest.mark.parametrize(
    ("ranges", "message"),
    [
        (
            {"a": (0.5, 1), "b": (0.4, 1), "c": (0.3, 1)},
            "bounds: the low ends of a, b, c and d sum to 120%, more than all.",
        ),
        (
            dict.fromkeys("abcd", (0, 0.2)),
            "bounds: the high ends of a, b, c and d sum to 80%, and shares sum to 100%.",
        ),
    ],
)
def test_ranges_that_no_shares_keep_are_told(ranges: dict[str, tuple], message: str) -> None:
    bounds = Bounds(ranges)
    for ask in (
        lambda: bounds.check(FOUR),
        lambda: bounds.draw(FOUR, 3, np.random.default_rng(0)),
        lambda: bounds.highest(FOUR, np.ones(4)),
    ):
        with pytest.raises(MethodError) as caught:
            ask()
        assert str(caught.value).startswith(message)


def test_ranges_that_just_fit_leave_one_mix() -> None:
    thirds = Bounds(dict.fromkeys("abc", ("1/3", 1)))
    three = Siblings(("a", "b", "c"), np.array([1.0, 5.0, 2.0]))

    thirds.check(three)
    draws = thirds.draw(three, 5, np.random.default_rng(0))

    assert draws == pytest.approx(np.full((5, 3), 1 / 3), abs=1e-15)
    assert thirds.highest(three, np.array([3.0, 0.0, 0.0])) == pytest.approx(1)


def test_siblings_that_are_not_named_are_free_and_other_groups_stay() -> None:
    bounds = Bounds({"a": (0.1, 0.2)})
    values = np.array([0.0, 1.0, 0.0, 0.0])
    others = Siblings(("x", "y"), np.array([1.0, 3.0]))

    assert bounds.highest(FOUR, values) == pytest.approx(0.9)
    assert bounds.highest(others, np.array([0.0, 1.0])) == 0.75
    assert (bounds.draw(others, 4, np.random.default_rng(0)) == [0.25, 0.75]).all()
    assert bounds.codes == ("a",)


def test_a_single_sibling_has_all_whatever_is_said() -> None:
    alone = Siblings(("a",), np.array([3.0]))
    bounds = Bounds({"a": (0.1, 0.2)})

    bounds.check(alone)
    assert (bounds.draw(alone, 2, np.random.default_rng(0)) == 1).all()


def test_ranges_are_written_as_a_mapping_and_read_back() -> None:
    given = {"method": "bounds", "of": {"b": ["10%", "1/2"], "a": [0, 1]}}
    bounds, faults = build("admissible", given)

    assert faults == []
    assert bounds is not None
    assert describe(bounds) == {"method": "bounds", "of": {"a": [0, 1], "b": [0.1, 0.5]}}
    assert build("admissible", describe(bounds)) == (bounds, [])


@pytest.mark.parametrize(
    "value",
    [{}, [], None, "a", {"a": 0.1}, {"a": [0.1]}, {"a": [0.4, 0.2]}, {"a": [0, 2]}, {"": [0, 1]},
     {"a": [0, "110%"]}, [["a", [0, 1]], ["a", [0, 1]]], [("a", (0, 1), 2)], {3: [0, 1]}],
)  # fmt: skip
def test_what_is_no_range_by_code_is_refused(value: object) -> None:
    with pytest.raises((ValueError, TypeError)):
        RangeByCode().read(value)


def test_rules_for_another_number_of_children_are_told() -> None:
    with pytest.raises(
        MethodError, match=r"numbers for 2 children .* there are 4 that count: a, b"
    ):
        Linear([[1, 0, 0.5]]).check(FOUR)


@pytest.mark.parametrize(
    "rules", [[[1, 1, 1, 1, 0.9]], [[-1, 0, 0, 0, -0.6], [0, -1, 0, 0, -0.6]], [[0, 0, 0, 0, -1]]]
)
def test_rules_that_no_weights_keep_are_told(rules: list[list[float]]) -> None:
    linear = Linear(rules)
    for ask in (
        lambda: linear.check(FOUR),
        lambda: linear.draw(FOUR, 3, np.random.default_rng(0)),
        lambda: linear.highest(FOUR, np.ones((2, 4))),
    ):
        with pytest.raises(MethodError, match=r"no weights keep .*rule.*Loosen a bound"):
            ask()


def test_rules_that_leave_a_single_mix_give_it() -> None:
    point = [0.1, 0.2, 0.3, 0.4]
    rows = [[*row, end] for row, end in zip(np.eye(4).tolist(), point, strict=True)]
    linear = Linear(rows)

    assert linear.draw(FOUR, 6, np.random.default_rng(0)) == pytest.approx(
        np.tile(point, (6, 1)), abs=1e-14
    )
    assert linear.highest(FOUR, np.array([4.0, 3.0, 2.0, 1.0])) == pytest.approx(2.0)


def test_shares_that_rules_force_to_zero_are_zero() -> None:
    edge = Linear([[1, 1, 0, 0, 0]])
    draws = edge.draw(FOUR, 500, np.random.default_rng(0))

    assert np.abs(draws[:, :2]).max() <= 1e-15
    assert draws[:, 2].mean() == pytest.approx(0.5, abs=0.05)
    assert draws[:, 2].min() < 0.02


def test_a_rule_that_says_nothing_changes_nothing() -> None:
    idle = Linear([[0, 0, 0, 0, 1], [0, 0, 0, 0, 0]])
    draws = idle.draw(FOUR, 2000, np.random.default_rng(0))

    assert draws.mean(axis=0) == pytest.approx(np.full(4, 0.25), abs=0.02)


def test_the_solver_is_silent(capfd: pytest.CaptureFixture[str]) -> None:
    linear = Linear([[1, -1, 0, 0, 0]])
    linear.check(FOUR)
    linear.draw(FOUR, 10, np.random.default_rng(0))
    linear.highest(FOUR, np.ones((3, 4)))

    assert capfd.readouterr() == ("", "")


@pytest.mark.parametrize("rules", [[], [[1]], [[1, 2], [1, 2, 3]], "12", None, [["x", 1]], [3]])
def test_what_are_no_rules_is_refused(rules: object) -> None:
    with pytest.raises(MethodError, match=r"linear\.of must be a list of rules"):
        Linear(rules)
