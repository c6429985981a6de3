"""``rankscope overtake``: who passes whom, at what change of weights, or why not."""

from __future__ import annotations

import csv
import io
import math

import pytest

from tests.cli.running import TINY
from tests.support.panels import TOWNS

INDEX = """\
name: three
title: Three Parts
data: {file: values.csv}
units: {register: own}
framework:
  code: whole
  name: Whole
  children:
    - {code: a, name: Arts, kind: share, weight: 5}
    - {code: b, name: Books, kind: share, weight: 3}
    - {code: c, name: Crafts, kind: share, weight: 2}
method: {normalisation: none}
"""
VALUES = "unit,a,b,c\nnorth,4,1,0\nsouth,0,0,2\nwest,9,9,9\n"


@pytest.fixture
def three(tmp_path):
    """Return an index where a part is 1.9 behind, and a point from Arts to Crafts brings 6."""
    (tmp_path / "values.csv").write_text(VALUES)
    (tmp_path / "index.yaml").write_text(INDEX)
    return tmp_path


def test_a_sentence_says_it_first(run, three):
    lines = run("overtake", "south", "north", "-i", three).out.splitlines()

    assert lines[1] == (
        "south passes north when 31.7 points of weight in 100 move, for example from Arts to "
        "Crafts."
    )
    assert lines[2] == "south: score 0.40, rank 3 of 3"


def test_the_tables_say_how_much(run, three):
    out = " ".join(run("overtake", "south", "north", "-i", three).out.split())

    assert "Arts -4 50.0 18.3" in out
    assert "Crafts +2 20.0 51.7" in out
    assert "Crafts Whole 20.0 59.0 39.0" in out
    assert "Proved: no share of one weight alone does it for Books." in out
    assert "What may move: any weights at level 1" in out


def test_whoever_is_above_already_is_told_and_answered(run, three):
    forth = run("overtake", "south", "north", "-i", three, "--json").json
    back = run("overtake", "north", "south", "-i", three)

    assert "north is above south already; here is what puts south above north." in back.out
    assert "south passes north when 31.7 points" in back.out
    assert forth["swapped"] is False


def test_machines_get_witnesses(run, three):
    found = run("overtake", "south", "north", "-i", three, "--json").json
    fewest = found["fewest_points"]

    assert found["possible"] is True
    assert fewest["points_moved"] == pytest.approx(1.9 / 6)
    assert fewest["ranks"] == {"lower": 2, "higher": 3}
    assert set(fewest["witness"]) == {"a", "c"}
    assert [row["code"] for row in found["effective_weights"]] == ["a", "b", "c"]
    assert found["singles"][-1]["needed"] is None
    assert found["singles"][-1]["highest"] < 0


def test_csv_has_the_weights(run, three, tmp_path):
    file = tmp_path / "found.csv"
    run("overtake", "south", "north", "-i", three, "-o", file)
    rows = list(csv.DictReader(io.StringIO(file.read_text())))

    assert [float(row["before"]) for row in rows] == pytest.approx([0.5, 0.3, 0.2])
    assert sum(float(row["nearest"]) for row in rows) == pytest.approx(1)


def test_what_is_impossible_is_said_with_the_reason(run, three):
    done = run("overtake", "north", "west", "-i", three)

    assert done.out.splitlines()[1] == (
        "north can not pass west with any weights at level 1: it is ahead in none of Arts, Books "
        "and Crafts."
    )
    narrow = run("overtake", "south", "north", "-i", three, "--weights", "bounded(10%)").out
    assert "south can not pass north with weights within bounded(10%) at level 1: at best" in narrow
    assert "Confirmed" not in narrow


def test_neighbours_have_two_numbers(run, three):
    done = run("overtake", "--all", "-i", three)
    found = run("overtake", "--all", "-i", three, "--json").json["neighbours"]

    assert (
        "Of 2 pairs of neighbours 0 tie when less than one point of weight in 100 moves, and 1 "
        "keep their order whatever the weights." in done.out
    )
    assert "1 west north never 100%" in " ".join(done.out.split())
    assert found[1]["points_moved"] == pytest.approx(1.9 / 6)
    assert found[1]["share_of_arbitrary_mix"] == pytest.approx(1.9 / 3.9)


@pytest.mark.parametrize("view", ["headline", "scale", "intensity"])
@pytest.mark.parametrize("levels", ["1", "1,2", "all"])
def test_views_and_levels(run, view, levels):
    asked = ("-i", TINY, "--view", view, "--levels", levels, "--json")
    every = run("overtake", "--all", *asked).json["neighbours"]
    for pair in every[:2]:
        found = run("overtake", pair["lower"], pair["higher"], *asked).json
        moved = found["fewest_points"]["points_moved"]
        assert moved == pytest.approx(pair["points_moved"], abs=1e-7)
        assert found["levels"] == ([1] if levels == "1" else [1, 2])


def test_a_panel_is_asked_in_one_period(run):
    every = run("overtake", "--all", "-i", TOWNS, "--period", "2019", "--json").json
    pair = every["neighbours"][0]
    found = run(
        "overtake", pair["lower"], pair["higher"], "-i", TOWNS, "--period", "2019", "--json"
    ).json

    assert every["period"] == found["period"] == "2019"
    assert found["lower"]["rank"] == pair["rank"] + 1
    moved = found["fewest_points"]["points_moved"]
    assert moved == pair["points_moved"] or math.isclose(moved, pair["points_moved"], abs_tol=1e-7)


def test_a_node_has_ranks_of_its_own(run):
    found = run("overtake", "KOR", "DEU", "-i", TINY, "--node", "Results", "--json").json

    assert found["node"] == "results"
    assert found["levels"] == [2]


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        (("north",), "takes two units"),
        ((), "takes two units"),
        (("north", "south", "--all"), "takes two units"),
        (("north", "north"), "can not overtake itself"),
        (("north", "soth"), "Did you mean south"),
        (("north", "south", "--levels", "0"), "--levels must be such as 1 or 1,2 or all"),
        (("north", "south", "--weights", "simples"), "simplex"),
        (("north", "south", "--node", "d"), "has no node"),
        (("north", "south", "--view", "scale"), "has no view"),
        (("north", "south", "--levels", "7"), "No weights below whole can move at level 7"),
    ],
)
def test_slips_are_told(run, three, asked, said):
    done = run("overtake", *asked, "-i", three)

    assert done.code == 2
    assert said in done.err
