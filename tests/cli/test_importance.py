from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest

TOWNS = Path(__file__).with_name("towns")
FLAT = """\
name: two
title: Two Parts
data: {file: values.csv}
units: {register: own}
framework:
  code: whole
  name: Whole
  children:
    - {code: one, name: One, kind: share}
    - {code: two, name: Two, kind: share}
method: {normalisation: none}
"""


@pytest.fixture
def flat(tmp_path):
    """Return an index of two parts without correlation, the second with twice the spread."""
    rows = [(f"u{at}{side}", one, two) for at in range(8) for side, one, two in
            [("a", 1, 2), ("b", 1, 6), ("c", 3, 2), ("d", 3, 6)]]  # fmt: skip
    lines = ["unit,one,two", *(",".join(map(str, row)) for row in rows)]
    (tmp_path / "values.csv").write_text("\n".join(lines) + "\n")
    (tmp_path / "index.yaml").write_text(FLAT)
    return tmp_path


def test_the_table_and_its_sentence_say_who_counts_more(run, flat):
    out = run("importance", flat).out

    assert "count for more than the weights say: Two (80% of the differences for 50%" in out
    assert "others for less than the weights say: One (20% of the differences for 50%" in out
    assert "One 50.0% 0.45 20.0% 20.0% 0.20" in " ".join(out.split())


def test_machines_get_all_measures(run, flat):
    found = run("importance", flat, "--json").json
    one, two = found["parts"]

    assert (found["node"], found["units"], found["seed"]) == ("whole", 32, 0)
    assert two["covariance_share"] == pytest.approx(0.8)
    assert two["shapley_share"] == pytest.approx(0.8)
    assert one["noise_floor"] < one["correlation_ratio"]
    assert one["silent"] is False
    assert found["findings"] == []

    rows = list(csv.DictReader(io.StringIO(run("importance", flat, "--csv").out)))
    assert [row["code"] for row in rows] == ["one", "two"]
    assert float(rows[1]["covariance_share"]) == pytest.approx(0.8)


@pytest.mark.parametrize(
    ("wanted", "weights"),
    [("nominal", [2 / 3, 1 / 3]), ("equal", [2 / 3, 1 / 3]), ("one=1, two=4", [0.5, 0.5])],
)
def test_weights_for_a_wanted_importance_are_found(run, flat, wanted, weights):
    found = run("importance", flat, "--wanted", wanted, "--json").json

    assert found["verdict"] == "exact"
    assert [row["weight"] for row in found["weights"]] == pytest.approx(weights)
    assert found["distance"] < 1e-9


def test_readers_see_weights_now_and_then(run, flat):
    out = run("importance", flat, "--measure", "correlation").out

    assert "Exact: These weights give each part of Whole the importance that is wanted" in out
    assert "One 50.0% 20.0% 50.0% 66.7% 50.0%" in " ".join(out.split())


def test_what_is_impossible_is_said_with_its_proof(run):
    out = run(
        "importance", "ai-capacity", "--measure", "correlation",
        "--wanted", "implementation=1,innovation=1,investment=20",
    ).out  # fmt: skip

    assert "Impossible: No weights from 0 up" in out
    assert "a negative weight" in out
    assert "Weight needed" in out


def test_of_indicators_weights_of_all_kinds_have_a_column(run):
    out = run("importance", "ai-capacity", "--node", "talent", "--of", "indicators").out
    assert "In the index" in out

    found = run("importance", "--of", "indicators", "--json").json
    assert len(found["parts"]) > 12
    assert {row["shapley_share"] for row in found["parts"]} == {None}


def test_of_a_panel_a_period_is_chosen(run):
    last, first = (
        run("importance", TOWNS, *more, "--json").json for more in ([], ["--period", "2018"])
    )

    assert (last["period"], first["period"]) == ("2021", "2018")
    assert last["parts"] != first["parts"]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--wanted", "one=1"], "no number for two"),
        (["--wanted", "one=x,two=1"], "must be codes with numbers"),
        (["--wanted", "one=1,one=2"], "names one twice"),
        (["--wanted", "same"], "equal, nominal or a number"),
        (["--wanted", "equal", "--of", "indicators"], "does not go with --wanted"),
        (["--of", "leaves"], "children or indicators"),
        (["--measure", "shapley"], "measure must be"),
        (["--node", "three"], "no node 'three'"),
        (["--view", "scale"], "no view 'scale'"),
        (["--period", "2024"], "no panel"),
    ],
)
def test_what_is_asked_wrongly_is_named(run, flat, arguments, said):
    done = run("importance", flat, *arguments)

    assert done.code != 0
    assert said in done.err


def test_an_answer_goes_to_a_file(run, flat, tmp_path):
    assert run("importance", flat, "-o", tmp_path / "found.csv").code == 0
    assert (tmp_path / "found.csv").read_text().startswith("code,name,nominal_weight")
