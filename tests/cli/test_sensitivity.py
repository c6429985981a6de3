from __future__ import annotations

import csv
import io
import shutil
from pathlib import Path

import pytest

from rankscope.cli.sensitivity_words import possessive

FOLDER = Path(__file__).with_name("variants")
FEW = ("--points", "16", "--scramblings", "4")
ASSUMED = """
assumptions:
  weights: {method: perturbed, by: 50%}
  aggregation: [arithmetic, harmonic]
  leave_out: [indicators]
"""


@pytest.fixture
def towns(tmp_path):
    """Return an index in which weights, aggregation and indicators may vary."""
    folder = shutil.copytree(FOLDER, tmp_path / "towns")
    with (folder / "index.yaml").open("a", encoding="utf-8") as file:
        file.write(ASSUMED)
    return folder


def test_the_first_sentence_says_what_decides(run, towns):
    done = run("sensitivity", towns, *FEW)
    sentence = done.out.splitlines()[1]

    assert done.code == 0
    assert "how far ranks shift from the published ones: " in sentence
    assert "of the variance alone, " in sentence
    assert sentence.endswith("with interactions.")


def test_of_a_unit_it_says_what_decides_its_rank(run, towns):
    done = run("sensitivity", towns, *FEW, "--unit", "Dogwood")

    assert "Dogwood's rank" in done.out.splitlines()[1]
    assert "Dogwood" in done.out.split("One at a time")[1].splitlines()[1]


def test_machines_get_all_of_it(run, towns):
    found = run("sensitivity", towns, *FEW, "--json").json

    assert found["evaluations"] == 16 * 4 * 5
    assert (found["points"], found["scramblings"], found["seed"]) == (16, 4, 0)
    assert {one["factor"] for one in found["factors"]} == {"aggregation", "leave_out", "weights"}
    assert all(one["first_low"] <= one["first"] <= one["first_high"] for one in found["factors"])
    assert {one["points"] for one in found["convergence"]} == {4, 8, 16}
    options = [one["option"] for one in found["one_at_a_time"]]
    assert options[:2] == ["arithmetic", "harmonic"]
    assert options[-1] == "drawn, perturbed(50%)"
    assert [one["unit"] for one in found["units"]] == ["ash", "cedar", "birch", "dogwood"]
    assert {one["id"] for one in found["findings"]} >= {"sensitivity-wide"}


def test_of_a_unit_machines_get_rank_and_score(run, towns):
    found = run("sensitivity", towns, *FEW, "--unit", "dogwood", "--json").json

    assert (found["unit"], found["rank"], found["of"]) == ("dogwood", 4, "rank")
    assert len(found["score"]) == 3
    assert found["one_at_a_time"][0]["places_gained"] == 0


def test_the_csv_is_the_table_of_factors(run, towns):
    rows = list(csv.DictReader(io.StringIO(run("sensitivity", towns, *FEW, "--csv").out)))

    assert len(rows) == 3
    assert list(rows[0])[:3] == ["factor", "title", "first"]


def test_workers_change_nothing(run, towns):
    one = run("sensitivity", towns, *FEW, "--json").out
    two = run("sensitivity", towns, *FEW, "--json", "--workers", "2").out
    other = run("sensitivity", towns, *FEW, "--json", "--seed", "1").out

    assert one == two
    assert one != other


def test_an_index_that_says_nothing_varies_in_its_weights(run, tiny):
    done = run("sensitivity", tiny, *FEW)

    assert done.code == 0
    assert "Ranks shift equally far in all 192 indices: there is nothing to explain." in done.out


def test_one_thing_alone_decides_everything(run, tiny):
    with (tiny / "index.yaml").open("a", encoding="utf-8") as file:
        file.write("\nassumptions: {aggregation: [arithmetic, {method: geometric, zeros: zero}]}\n")
    done = run("sensitivity", tiny, *FEW)

    assert "Only one thing varies: how scores are combined. So it decides all of" in done.out
    assert "100% (100 to 100)" in done.out


def test_a_unit_that_nothing_moves_is_said(run, towns):
    done = run("sensitivity", towns, *FEW, "--unit", "elm")

    assert done.code == 0
    assert "Elm has no rank here" in done.out


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--points", "100"], "got 100. Say 128."),
        (["--scramblings", "1"], "say 16 or more"),
        (["--unit", "oak"], "oak"),
        (["--node", "parcs"], "Did you mean parks"),
        (["--view", "scale"], "scale"),
        (["--period", "2020"], "no panel"),
        (["--json", "--csv"], "Choose one"),
    ],
)
def test_what_is_wrong_is_said(run, towns, options, said):
    done = run("sensitivity", towns, *options)

    assert done.code == 2
    assert said in done.err


def test_where_nothing_may_vary_it_says_how(run, tiny):
    with (tiny / "index.yaml").open("a", encoding="utf-8") as file:
        file.write("\nassumptions: {leave_out: []}\n")
    done = run("sensitivity", tiny)

    assert done.code == 2
    assert "Nothing varies" in done.err


@pytest.mark.parametrize(
    ("name", "said"), [("Russia", "Russia's"), ("United States", "United States'")]
)
def test_possessives(name, said):
    assert possessive(name) == said
