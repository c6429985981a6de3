"""``rankscope scenario`` and ``offset``: what they say of four towns that one works out by hand."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest

FOUR = Path(__file__).with_name("scenarios")


def test_without_a_name_the_scenarios_are_listed(run):
    lines = run("scenario", FOUR).out.splitlines()

    assert lines[0] == "Four Towns, edition 1 · scenarios"
    assert any(line.startswith("cut ") and line.endswith("north") for line in lines)
    assert [one["scenario"] for one in run("scenario", FOUR, "--json").json["scenarios"]] == [
        "cut", "both", "bloc",
    ]  # fmt: skip


def test_an_index_without_scenarios_says_how_to_write_some(run):
    done = run("scenario", FOUR.with_name("tiny"))

    assert "names no scenarios" in done.out
    assert "- {act: restrict" in done.out


def test_a_sentence_comes_first_then_what_it_rests_on(run):
    """North has (5 + 1) / 2 = 3, and south (1 + 4.8) / 2 = 2.9; half of 5 leaves 1.75."""
    lines = run("scenario", FOUR, "cut", "--draws", "0").out.splitlines()

    assert lines[2] == "north falls from 2nd to 3rd of 4, with a score of 1.75 instead of 3.00."
    assert lines[3] == "Assumes a loss of half, and nothing else."
    assert "     2      3  -1  north    3.0    1.8" in lines
    assert "     3      2  +1  south    2.9    2.9" in lines


def test_machines_get_all_of_it(run):
    found = run("scenario", FOUR, "cut", "--draws", "512", "--json").json

    assert found["answer"].startswith("north falls from 2nd to 3rd of 4")
    assert {one["unit"] for one in found["units"]} == {"north", "south", "east", "west"}
    assert [(one["indicator"], one["before"], one["after"]) for one in found["values"]] == [
        ("a", 5.0, 2.5),
    ]  # fmt: skip
    by_code = {one["node"]: one["contribution"] for one in found["nodes"]}
    assert by_code == {"whole": -1.25, "a": -1.25, "b": 0}
    # north is behind south whenever the weight of a is below 3.8 / 5.3 of 1: always, within 10%
    assert {one["unit"]: one["worse"] for one in found["units"]}["north"] > 0.5


def test_machines_get_the_probability_of_each_rank(run):
    found = run("scenario", FOUR, "cut", "--draws", "512", "--json").json["probabilities"]

    assert {one["unit"] for one in found} == {"north"}
    for side in ("before", "after"):
        assert sum(one[side] for one in found) == pytest.approx(1)
    after = {one["rank"]: one["after"] for one in found}
    assert after[3] == 1  # 2.5 and 1 against 1 and 4.8: no weights within 10 % turn that


def test_several_stand_side_by_side(run):
    found = run("scenario", FOUR, "cut", "bloc", "--draws", "0", "--json").json["scenarios"]

    assert [(one["scenario"], one["unit"], one["rank_after"]) for one in found] == [
        ("cut", "north", 3), ("bloc", "both_towns", 2),
    ]  # fmt: skip
    assert found[1]["score_after"] == pytest.approx((6 + 5.8) / 2)


def test_another_unit_takes_the_place(run):
    found = run("scenario", FOUR, "cut", "--unit", "east", "--draws", "0", "--json").json

    assert [one["unit"] for one in found["values"]] == ["east"]
    assert found["answer"] == "east stays 1st of 4, with a score of 6.75 instead of 9.00."


def test_csv_is_who_moves(run):
    rows = list(csv.DictReader(io.StringIO(run("scenario", FOUR, "cut", "--csv").out)))

    assert [row["unit"] for row in rows] == ["east", "south", "north", "west"]


def test_a_file_of_its_own_is_read(run, tmp_path):
    file = tmp_path / "mine.yaml"
    file.write_text("name: gone\nunits: [east]\nchanges: [{act: set, nodes: [a, b], to: 0}]\n")
    found = run("scenario", FOUR, "--file", file, "--draws", "0", "--json").json

    assert found["scenario"] == "gone"
    assert found["answer"].startswith("east falls from 1st to 3rd of 4")


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["cutt"], "Four Towns has no scenario 'cutt'. Did you mean cut?"),
        (["cut", "--unit", "nort"], "no unit and no group of units is called 'nort'"),
        (["cut", "--file", "no.yaml"], "no.yaml: There is no such file."),
        (["cut", "-o", "x.pdf"], "x.pdf must end in .html"),
        (["cut", "-o", "x.html", "--json"], "Choose one"),
        (["bloc", "--unit", "east"], "names its own units"),
    ],
)
def test_what_can_not_be_done_is_said_in_a_sentence(run, arguments, words):
    done = run("scenario", FOUR, *arguments)

    assert done.code == 2
    assert words in done.err
    assert "Traceback" not in done.err


@pytest.mark.parametrize("ending", ["svg", "html"])
def test_pictures_and_pages_are_written(run, tmp_path, ending):
    path = tmp_path / f"out.{ending}"
    done = run("scenario", FOUR, "cut", "both", "-o", path, "--draws", "256")

    assert done.code == 0
    assert "help from the east" in path.read_text(encoding="utf-8")


def test_the_offset_map_says_how_much_makes_up_for_how_much(run):
    """A loss x of 5 arts costs 5 x / 2; closing y of a gap of 8 books brings 8 y / 2."""
    found = run("offset", FOUR, "both", "--steps", "5", "--draws", "0", "--json").json

    assert found["answer"] == (
        "A loss of 50% is made up for by closing 31% of the gap to east; a loss of 100% is made "
        "up for by closing 62% of the gap to east."
    )
    for row in found["lines"]:
        assert row["equal_score"] == pytest.approx(5 / 8 * row["x"], abs=1e-9)
    cells = {(one["x"], one["y"]): one for one in found["cells"]}
    assert cells[1.0, 0.0]["score"] == pytest.approx(0.5)
    assert cells[1.0, 0.0]["rank"] == 3
    assert cells[0.0, 1.0]["score"] == pytest.approx(7.0)


def test_the_map_is_coarse_for_readers(run):
    lines = run("offset", FOUR, "both", "--x", "1:0..50%", "--steps", "3", "--draws", "64").out

    assert ["0%", "25%", "50%"] in [line.split() for line in lines.splitlines()]
    assert "In brackets" in lines


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["cut"], "no change 2"),
        (["both", "--x", "one"], "It can not read 'one'"),
        (["both", "--x", "1:60..20%"], "the lower end first"),
        (["both", "--x", "2"], "both axes are change 2"),
        (["bloc"], "no change 2"),
    ],
)
def test_a_map_that_can_not_be_made_is_said_in_a_sentence(run, arguments, words):
    done = run("offset", FOUR, *arguments)

    assert done.code == 2
    assert words in done.err
