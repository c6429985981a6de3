"""``rankscope goal``: what it takes to reach a rank, of four towns that one works out by hand."""

from __future__ import annotations

from pathlib import Path

import pytest

FOUR = Path(__file__).with_name("scenarios")


def test_the_least_effort_is_that_of_the_closed_form(run):
    """West has 0 and 0; south 2.9 is third: (9 p + 9 q) / 2 >= 2.9 with p = q is the least."""
    found = run("goal", FOUR, "west", "--rank", "3", "--json").json

    assert (found["rank_before"], found["rank_reached"], found["rank_just_less"]) == (4, 3, 4)
    assert (found["rival"], found["exactness"]) == ("south", "exact")
    shares = {one["indicator"]: one["share"] for one in found["needs"]}
    assert shares == pytest.approx({"a": 2.9 / 9, "b": 2.9 / 9})
    assert found["effort"] == pytest.approx(2 * (2.9 / 9) ** 2)


def test_with_linear_costs_the_cheapest_comes_first(run):
    arguments = ("--rank", "3", "--effort", "linear", "--cost", "a=2", "--json")
    found = run("goal", FOUR, "west", *arguments).json

    shares = {one["indicator"]: one["share"] for one in found["needs"]}
    assert shares == pytest.approx({"a": 0, "b": 5.8 / 9})


def test_what_can_not_be_is_proved(run):
    """With the best arts and nothing else west has 4.5, and east 9."""
    done = run("goal", FOUR, "west", "--rank", "1", "--only", "a", "--json").json

    assert not done["reachable"]
    assert "4.5" in done["proof"]
    assert "9" in done["proof"]


def test_who_is_there_already_needs_nothing(run):
    out = run("goal", FOUR, "east", "--rank", "2").out

    assert "no effort is needed" in out or "already" in out


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["nowhere", "--rank", "2"], "nowhere"),
        (["west", "--rank", "9"], "9"),
        (["west", "--rank", "2", "--only", "x"], "x"),
        (["west", "--rank", "2", "--cost", "a"], "a"),
    ],
)
def test_what_can_not_be_done_is_said_in_a_sentence(run, arguments, words):
    done = run("goal", FOUR, *arguments)

    assert done.code == 2
    assert words in done.err
    assert "Traceback" not in done.err
