"""``rankscope reach``: how high and how low units can rank, in words, tables and files."""

from __future__ import annotations

import csv
import io

import pytest

from tests.support.panels import TOWNS

INDEX = """\
name: four
title: Four Towns
data: {file: values.csv}
units: {register: own}
framework:
  code: whole
  name: Whole
  children:
    - {code: a, name: Arts, kind: share}
    - {code: b, name: Books, kind: share}
method: {normalisation: none}
"""
VALUES = "unit,a,b\nnorth,5,1\nsouth,1,4.8\neast,9,9\nwest,0,0\n"


@pytest.fixture
def four(tmp_path):
    """Return an index where south passes north once Books has more than 0.513 of the weight."""
    (tmp_path / "values.csv").write_text(VALUES)
    (tmp_path / "index.yaml").write_text(INDEX)
    return tmp_path


def test_a_sentence_says_it_first(run, four):
    lines = run("reach", four, "--weights", "bounded(10%)").out.splitlines()

    assert lines[0].endswith("reach with bounded(10%) at level 1")
    assert lines[1] == (
        "The best and worst ranks of all 4 units are exact, while every weight at level 1 stays "
        "within 10% of its published share; 83% of all pairs of units keep their order whatever "
        "these weights are."
    )
    assert "        2  north     2      3  exact" in lines
    assert "        1  east      1      1  exact" in lines


def test_within_one_per_cent_nothing_turns(run, four):
    """South passes at a share of 4 / 7.8 = 0.5128 for Books, beyond 0.505."""
    found = run("reach", four, "--weights", "bounded(1%)", "--json").json

    assert found["pairs_settled"] == 1.0
    assert [(one["best"], one["worst"]) for one in found["units"]] == [
        (1, 1), (2, 2), (3, 3), (4, 4),
    ]  # fmt: skip


def test_one_unit_has_the_weights_that_prove_it(run, four):
    done = run("reach", four, "--weights", "bounded(10%)", "--unit", "south", "--json").json
    south, weights = done["unit"], {one["weight"]: one for one in done["weights"]}

    assert (south["best"], south["worst"], south["rank"], south["exact"]) == (2, 3, 3, True)
    assert 4 / 7.8 <= weights["b"]["best"] <= 0.55
    assert weights["a"]["best"] + weights["b"]["best"] == pytest.approx(1)
    said = run("reach", four, "--weights", "bounded(10%)", "--unit", "south").out
    assert (
        "south is 2nd at best and 3rd at worst while every weight at level 1 stays within 10% of "
        "its published share; here are the weights that prove both." in said
    )
    assert "Published: 3 of 4." in said


def test_a_unit_that_never_moves_is_told_so(run, four):
    said = run("reach", four, "--weights", "simplex", "--unit", "east").out

    assert "east is 1st of 4 whatever the weights, with any weights at level 1." in said


def test_named_units_and_the_first_ones(run, four):
    table = csv.DictReader(io.StringIO(run("reach", four, "--units", "west,south", "--csv").out))
    first = run("reach", four, "--top", "1", "--json").json["units"]

    assert [row["unit"] for row in table] == ["south", "west"]
    assert [row["unit"] for row in first] == ["east"]


def test_a_panel_is_looked_at_in_one_period(run):
    found = run("reach", TOWNS, "--period", "2019", "--json").json

    assert found["period"] == "2019"
    assert {one["of"] for one in found["units"]} == {len(found["units"])}


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        (("--weights", "bonded(10%)"), "bounded"),
        (("--levels", "0"), "--levels must be such as 1"),
        (("--levels", "4"), "No weights vary below whole at level 4"),
        (("--gaps", "ignore"), "--gaps must be bounds or hold, got 'ignore'"),
        (("--unit", "nowhere"), "nowhere"),
        (("--node", "hole"), "hole"),
    ],
)
def test_what_is_wrong_is_named(run, four, asked, said):
    done = run("reach", four, *asked)

    assert done.code != 0
    assert said in done.err
