from __future__ import annotations

import csv
import io
import json
import shutil
from pathlib import Path

import pytest

FOLDER = Path(__file__).with_name("variants")


def test_the_table_is_the_one_worked_by_hand(run):
    found = run("variants", FOLDER, "--json").json
    ash, *_, elm = found["units"]

    # parks 100, noise 1, trams 100 with weights 2, 1, 1
    assert (ash["unit"], ash["rank"], ash["score"]) == ("ash", 1, 75.25)
    assert ash["variants"]["equal"] == {"rank": 2, "change": -1, "score": 67}
    assert ash["variants"]["small"] == {"rank": None, "change": None, "score": None}
    assert (elm["unit"], elm["rank"], elm["score"]) == ("elm", None, None)
    assert elm["variants"]["quiet"]["change"] is None


def test_agreement_counts_those_that_both_rank(run):
    equal, quiet, small = run("variants", FOLDER, "--json").json["agreement"]

    assert (quiet["compared"], quiet["spearman"]) == (4, pytest.approx(1 - 6 * 14 / 60))
    assert (quiet["mean_shift"], quiet["largest_shift"]) == (1.5, 3)
    assert quiet["furthest"] == ["dogwood"]
    assert small["no_longer_ranked"] == ["ash"]
    assert small["spearman"] == 1
    assert equal["newly_ranked"] == ["elm"]


def test_readers_see_places_gained_and_lost(run):
    out = run("variants", FOLDER).out

    assert "4 Dogwood 3 +1 1 +3 3" in " ".join(out.split())
    assert "Without Ash - no longer ranked: Ash." in out
    assert "A Equal weights 0.600" in " ".join(out.split())


def test_all_forms_hold_the_same_rows(run):
    rows = list(csv.DictReader(io.StringIO(run("variants", FOLDER, "--csv").out)))
    units = run("variants", FOLDER, "--json").json["units"]

    assert [row["unit"] for row in rows] == [unit["unit"] for unit in units]
    assert [row["variants.quiet.change"] for row in rows] == ["-2", "0", "-1", "3", ""]


@pytest.mark.parametrize(
    ("options", "units"),
    [
        ([], ["ash", "cedar", "birch", "dogwood", "elm"]),
        (["--top", "2"], ["ash", "cedar"]),
        (["--units", "Elm,birch"], ["birch", "elm"]),
        (["--top", "1", "--units", "elm"], ["ash", "elm"]),
    ],
)
def test_the_first_and_the_chosen_are_shown(run, options, units):
    found = run("variants", FOLDER, *options, "--json").json

    assert [row["unit"] for row in found["units"]] == units


def test_a_node_that_a_variant_drops_has_no_ranks_there(run):
    done = run("variants", FOLDER, "--node", "parks")

    assert done.code == 0
    assert "Without parks - no unit has a rank here." in done.out


@pytest.mark.parametrize(("name", "start"), [("a.png", b"\x89PNG"), ("a.svg", b"<svg")])
def test_a_picture_is_written(run, tmp_path, name, start):
    done = run("variants", FOLDER, "-o", tmp_path / name)

    assert done.code == 0
    assert (tmp_path / name).read_bytes().startswith(start)


def test_a_file_of_figures_is_written(run, tmp_path):
    run("variants", FOLDER, "-o", tmp_path / "a.json")

    assert json.loads((tmp_path / "a.json").read_text("utf-8"))["index"] == "towns"


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["-o", "a.pdf"], "must end in .svg, .png, .json, .csv or .txt"),
        (["-o", "a.png", "--json"], "is a picture"),
        (["--units", "oak,elm"], "oak"),
        (["--node", "parcs"], "Did you mean parks"),
        (["--period", "2020"], "has no periods"),
    ],
)
def test_what_is_wrong_is_said(run, options, said):
    done = run("variants", FOLDER, *options)

    assert done.code == 2
    assert said in done.err


def test_without_variants_it_says_how_to_declare_them(run, tiny):
    done = run("variants", tiny)

    assert done.code == 2
    assert "variants:\n  - name: geometric" in done.err


def test_a_variant_that_can_not_be_built_is_named(run, tiny):
    with (tiny / "index.yaml").open("a") as file:
        file.write("variants:\n  - {name: odd, exclude: [XXX]}\n")
    done = run("variants", tiny)

    assert done.code == 2
    assert "The variant odd names the unit 'XXX'" in done.err


def test_what_the_index_is_read_from_is_not_replaced(run, tmp_path):
    folder = shutil.copytree(FOLDER, tmp_path / "variants")
    data = next(folder.glob("*.csv"))
    before = data.read_bytes()
    done = run("variants", folder, "--csv", "-o", data)

    assert done.code == 2
    assert "would be replaced" in done.err
    assert data.read_bytes() == before
