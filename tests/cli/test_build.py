from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

import pytest

from tests.cli.running import TINY

if TYPE_CHECKING:
    from pathlib import Path

PRINT = TINY / "published.csv"


def test_any_index_is_built_and_summed_up(run):
    done = run("build", TINY)
    lines = done.out.splitlines()

    assert (done.code, done.err) == (0, "")
    assert lines[0] == "Tiny Index, edition 2025 · headline"
    assert lines[1] == "6 of 7 units ranked."
    assert "South Korea" in lines[4]
    assert "Compared" not in done.out


def test_a_packaged_index_goes_by_its_name_and_shows_its_first(run):
    lines = run("build", "ai-capacity").out.splitlines()

    assert [line[:4].strip() for line in lines[4:14]] == [str(rank) for rank in range(1, 11)]
    assert not lines[14:15] or not lines[14][:4].strip()


def test_a_comparison_that_is_off_is_the_answer_and_no_error(run):
    done = run("build", TINY, "--against", PRINT)

    assert (done.code, done.err) == (0, "")
    assert "score: 83.3% of 6 scores equal at 1 decimal (1 is not)" in done.out
    assert "2 published scores are not computed." in done.out
    assert "Only in published.csv: World." in done.out
    assert "Luxembourg       66.4" in done.out


def test_machines_get_every_number(run):
    found = run("build", TINY, "--against", PRINT, "--json").json
    score, rank, delay = found["columns"]

    assert [row["unit"] for row in found["units"]] == ["KOR", "DEU", "FRA", "LUX", "BRA", "KEN"]
    assert found["against"] == {
        "file": "published.csv",
        "only_published": ["World"],
        "only_computed": [],
        "unused": ["comment"],
    }
    assert (score["equal"], score["compared"], score["published"]) == (5, 6, 8)
    assert (rank["largest"], rank["only_published"]) == (1, ["NER"])
    assert (delay["code"], delay["unread"]) == ("delay", ["n/a"])
    assert found["differences"][-1]["off"] == pytest.approx(65.2173913 - 81.2)


def test_the_table_for_spreadsheets_is_the_ranking(run):
    rows = list(csv.DictReader(io.StringIO(run("build", TINY, "--csv").out)))

    assert [row["rank"] for row in rows] == list("123456")


def test_a_definition_may_name_what_was_published(run, tiny):
    _append(tiny, "published: {file: published.csv, columns: [{column: score, error: 0.1}]}\n")
    found = run("build", tiny, "--json").json["columns"][0]

    assert (found["equal"], found["inside"], found["allowance"]) == (5, 6, 0.1)


def test_another_table_goes_before_the_one_that_the_definition_names(run, tiny):
    _append(tiny, "published: {file: nowhere.csv}\n")

    assert run("build", tiny, "--against", PRINT).code == 0
    failed = run("build", tiny)
    assert failed.code == 2
    assert 'There is no file "nowhere.csv" beside the definition' in failed.err


def test_a_variant_is_built_in_the_place_of_its_index(run, tiny):
    _append(tiny, "variants: [{name: bare, title: Bare index, drop: [results]}]\n")
    found = run("build", tiny, "--variant", "bare", "--json").json

    assert found["variant"] == "bare"
    assert [*found["units"][0]["nodes"]] == ["means"]
    failed = run("build", tiny, "--variant", "bar")
    assert failed.code == 2
    assert "Did you mean bare?" in failed.err


def test_what_is_no_panel_has_no_periods(run):
    failed = run("build", TINY, "--period", "2020")

    assert failed.code == 2
    assert "Tiny Index has no period '2020': it is no panel." in failed.err


@pytest.fixture
def panel(tmp_path: Path) -> Path:
    """Return an index of two units in two periods, and what was published of it."""
    (tmp_path / "data.csv").write_text("unit,year,a\nu,2020,1\nv,2020,3\nu,2021,2\nv,2021,1\n")
    (tmp_path / "print.csv").write_text("unit,year,score\nu,2020,1\nv,2020,4\nu,2021,2\nv,2021,1\n")
    (tmp_path / "index.yaml").write_text(
        "name: t\ntitle: T\nunits: {register: own}\n"
        "data: {file: data.csv, period_column: year}\n"
        "framework: {code: w, name: W, children: [{code: a, name: A, kind: share}]}\n"
        "method: {normalisation: none}\npublished: {file: print.csv}\n"
    )
    return tmp_path


def test_a_panel_shows_its_last_period_and_is_compared_in_all(run, panel):
    done = run("build", panel)
    found = run("build", panel, "--json").json

    assert done.out.splitlines()[0] == "T, edition 1 · 2021 · headline"
    assert found["period"] == "2021"
    assert found["units"][0]["unit"] == "u"
    assert (found["columns"][0]["compared"], found["columns"][0]["equal"]) == (4, 3)
    assert found["differences"][0]["name"] == "v 2020"


def test_one_period_is_shown_and_compared_alone(run, panel):
    found = run("build", panel, "--period", "2020", "--json").json

    assert found["units"][0]["unit"] == "v"
    assert (found["columns"][0]["compared"], found["columns"][0]["equal"]) == (2, 1)
    assert "no period '1999'" in run("build", panel, "--period", "1999").err


def _append(folder: Path, text: str) -> None:
    with (folder / "index.yaml").open("a", encoding="utf-8") as stream:
        stream.write(text)
