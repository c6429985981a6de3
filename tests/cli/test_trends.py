"""``rankscope trends``, and verbs about one period of a panel."""

from __future__ import annotations

import csv
import io
import re
import shutil
from typing import TYPE_CHECKING

import pytest

from rankscope.catalogue import open_index
from tests.support.panels import TOWNS

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def towns(tmp_path: Path) -> Path:
    """Return a copy of the panel, to be changed."""
    return shutil.copytree(TOWNS, tmp_path / "towns")


def test_the_table_says_from_where_to_where_each_unit_went(run) -> None:
    done = run("trends", TOWNS)
    lines = done.out.splitlines()
    rows = {line.split()[0]: line.split() for line in lines if line[:4] in {"Alba", "Brig", "Dole"}}

    assert done.code == 0
    assert lines[0] == "Index of Towns, edition 3 · headline · 2018 to 2021, 3 periods"
    assert lines[2].split() == [
        "Unit", "2018", "2021", "Change", "Growth", "Slope", "a", "year", "Rank", "Won",
    ]  # fmt: skip
    assert rows["Brig"] == ["Brig", "25.0", "12.5", "-12.5", "-20.6%", "-4.02", "±", "0.77",
                            "2", "→", "4", "-2"]  # fmt: skip
    assert rows["Dole*"][:3] == ["Dole*", "79.2", "81.2"]
    assert "* followed over other periods: Dole (2019 to 2021)." in done.out


def test_machines_get_every_period_and_every_number(run) -> None:
    found = run("trends", TOWNS, "--json").json
    alba = next(row for row in found["units"] if row["unit"] == "a")

    assert (found["node"], found["raw"], found["step"]) == ("whole", False, "year")
    assert found["periods"] == ["2018", "2019", "2021"]
    assert (alba["first_rank"], alba["last_rank"], alba["rank_change"]) == (3, 3, 0)
    assert alba["growth_rate"] == pytest.approx((58.3333333 / 16.6666667) ** (1 / 3) - 1)
    series = [row for row in found["series"] if row["unit"] == "d"]
    assert [(row["period"], row["rank"]) for row in series] == [("2019", 1), ("2021", 1)]
    (first, *_) = csv.DictReader(io.StringIO(run("trends", TOWNS, "--csv").out))
    assert (first["unit"], first["first_period"], first["slope_error"]) == ("d", "2019", "")


def test_an_indicator_is_followed_as_it_was_published(run) -> None:
    done = run("trends", TOWNS, "--node", "noise")
    found = run("trends", TOWNS, "--node", "Noise", "--json").json
    cork = next(row for row in found["units"] if row["unit"] == "c")

    assert (cork["first_value"], cork["last_value"], cork["change"]) == (40, 60, -20)
    assert (found["raw"], found["adjusted"], found["measured_in"]) == (True, True, "dB")
    assert "Less is better here" in done.out
    assert "Noise: raw values in dB." in done.out


def test_units_and_numbers_of_rows_can_be_asked_for(run) -> None:
    def named(*options: str) -> list[str]:
        return [row["name"] for row in run("trends", TOWNS, *options, "--json").json["units"]]

    assert named() == ["Dole", "Cork", "Alba", "Brig"]
    assert named("--units", "Brig,a") == ["Alba", "Brig"]
    assert named("--top", "2") == ["Dole", "Cork"]
    assert named("--top", "1", "--units", "Brig") == ["Dole", "Brig"]
    latest = run("trends", TOWNS, "--latest", "2", "--json").json["units"]
    assert {row["first_period"] for row in latest} == {"2019"}


@pytest.mark.parametrize(("name", "begins"), [("t.png", b"\x89PNG"), ("t.svg", b"<svg")])
def test_the_picture_is_written(run, tmp_path, name, begins) -> None:
    done = run("trends", TOWNS, "--units", "Dole", "-o", tmp_path / name)

    assert (done.code, done.out, done.err) == (0, "", f"Wrote {tmp_path / name}.\n")
    assert (tmp_path / name).read_bytes().startswith(begins)


def test_the_same_command_writes_tables(run, tmp_path) -> None:
    assert run("trends", TOWNS, "-o", tmp_path / "t.csv").code == 0
    assert (tmp_path / "t.csv").read_text().startswith("unit,name,present,")


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        (("-o", "t.pdf"), "t.pdf must end in .svg, .png, .json, .csv or .txt, got '.pdf'."),
        (("-o", "t.svg", "--json"), "t.svg is a picture, and --json or --csv ask for text."),
        (("--units", "Paris"), 'No unit goes by "Paris".'),
        (("--node", "smog"), "Index of Towns has no node 'smog'."),
        (("--view", "scale"), "Index of Towns has no view 'scale'."),
    ],
)
def test_what_can_not_be_is_said(run, tmp_path, monkeypatch, options, sentence) -> None:
    monkeypatch.chdir(tmp_path)
    done = run("trends", TOWNS, *options)

    assert (done.code, done.out) == (2, "")
    assert done.err.startswith(sentence)
    assert list(tmp_path.iterdir()) == []


def test_without_a_panel_it_says_how_to_make_one(run, tiny) -> None:
    done = run("trends", tiny)

    assert done.code == 2
    assert done.err == (
        "Tiny Index is no panel: to follow it over time add `period_column: year` under "
        "`data:` in its definition, with one row for each unit and year in the table.\n"
    )


def test_rank_takes_the_last_period_or_the_one_named(run) -> None:
    last, first = run("rank", TOWNS), run("rank", TOWNS, "--period", "2018")
    found = run("rank", TOWNS, "--period", "2018", "--json").json

    assert last.out.startswith("Index of Towns, edition 3 · 2021 · headline\n")
    assert first.out.startswith("Index of Towns, edition 3 · 2018 · headline\n")
    assert "Dole" in last.out
    assert "Dole" not in first.out
    assert found["period"] == "2018"
    assert [row["name"] for row in found["units"]] == ["Cork", "Brig", "Alba"]


def test_show_and_compare_take_a_period_too(run) -> None:
    shown = run("show", "Alba", "-i", TOWNS, "--period", "2019")
    traced = run("show", "Alba", "-i", TOWNS, "--trace", "noise", "--json")
    compared = run("compare", "Alba", "Cork", "-i", TOWNS, "--period", "2018", "--json").json

    assert shown.out.startswith("Alba (a) · Index of Towns, edition 3 · 2019 · headline")
    assert traced.json["period"] == "2021"
    assert compared["period"] == "2018"
    assert compared["difference"] == pytest.approx(16.6666667 - 62.5)


def test_a_unit_that_is_not_there_in_a_period_is_told_where_it_is(run) -> None:
    done = run("compare", "Alba", "Dole", "-i", TOWNS, "--period", "2018")

    assert done.code == 2
    assert done.err == (
        "Index of Towns has no data on Dole in 2018, but in 2019 and 2021. "
        "Name one of these with --period.\n"
    )
    assert run("show", "Paris", "-i", TOWNS).err.startswith('No unit goes by "Paris".')


@pytest.mark.parametrize(
    "command",
    [("rank", TOWNS), ("show", "Alba", "-i", TOWNS), ("compare", "Alba", "Cork", "-i", TOWNS),
     ("report", TOWNS)],
    ids=lambda command: command[0],
)  # fmt: skip
def test_an_unknown_period_is_told_with_those_there_are(run, command) -> None:
    done = run(*command, "--period", "2020")

    assert (done.code, done.out) == (2, "")
    assert done.err == "Index of Towns has no period '2020'. It has 2018, 2019 and 2021.\n"


def test_a_period_of_no_panel_is_refused_and_none_is_named(run, tiny) -> None:
    done = run("rank", tiny, "--period", "2020")

    assert done.code == 2
    assert done.err == "Tiny Index has no period '2020': it is no panel. Leave --period out.\n"
    assert "period" not in run("rank", tiny, "--json").json


def test_a_report_is_about_one_period_and_says_which(run, tmp_path, monkeypatch) -> None:
    written = []
    monkeypatch.setattr("rankscope.report.write_report", lambda *given, **_: written.append(given))
    done = run("report", TOWNS, "--period", "2019", "-o", tmp_path / "r.html")
    ((index, result, _),) = written

    assert done.code == 0
    assert index.definition.edition == "3 (2019)"
    assert index.table.units == result.units == ("a", "b", "c", "d")
    assert index.table.shape[0] == 4


def test_a_tree_that_changes_over_time_is_told_by_validate(run, towns) -> None:
    path = towns / "towns.csv"
    text = re.sub(r"(2018,\d+),\d+", r"\1,", path.read_text(encoding="utf-8"))
    path.write_text(text, encoding="utf-8")
    done = run("validate", towns)
    assert done.code == 2
    assert "[panel-tree-changes]" in done.out

    definition = towns / "index.yaml"
    definition.write_text(
        definition.read_text().replace("polarity: -1}", "polarity: -1, period_weights: {2018: 0}}")
    )
    assert run("rank", towns, "--period", "2018").code == 0


UNIVERSITIES = """\
name: universities
title: Universities
units: {register: own}
data: {file: data.csv, unit_column: university_name, period_column: year, missing: ["", "-"]}
framework:
  code: score
  name: Overall score
  children:
    - {code: teaching, name: Teaching, kind: interval, weight: 30}
    - {code: research, name: Research, kind: interval, weight: 30}
    - {code: citations, name: Citations, kind: interval, weight: 30, period_weights: {2011: 32.5}}
    - {code: income, name: Income, kind: interval, weight: 2.5}
    - {code: international, name: Outlook, kind: interval, weight: 7.5, period_weights: {2011: 5}}
method:
  normalisation: none
"""


@pytest.mark.shared
@pytest.mark.usefixtures("shared")
def test_six_editions_of_a_published_ranking_are_a_panel(tmp_path) -> None:
    """The publisher's scores of 2011 to 2016, from its printed pillars: within their rounding."""
    folder = TOWNS.parents[3] / "shared" / "data" / "cases" / "the_2011_2016"
    shutil.copy(folder / "data.csv", tmp_path / "data.csv")
    (tmp_path / "u.yaml").write_text(UNIVERSITIES)
    with (folder / "data.csv").open(encoding="utf-8") as file:
        rows = {row["id"]: row for row in csv.DictReader(file)}
    with (folder / "published.csv").open(encoding="utf-8") as file:
        published = {row["id"]: row["score"] for row in csv.DictReader(file) if row["score"]}
    result = open_index(tmp_path / "u.yaml").build()
    table = result.plan.table
    at = {key: row for row, key in enumerate(zip(table.units, table.periods, strict=True))}
    whole = ~result.leaves.present[:, :-1].all(axis=1)
    errors = [
        abs(result.score()[row] - float(published[key]))
        for key, one in rows.items()
        if key in published
        for row in [at[one["university_name"], one["year"]]]
        if not whole[row]
    ]

    assert result.periods == ("2011", "2012", "2013", "2014", "2015", "2016")
    assert len(errors) == 1056
    assert max(errors) < 0.1
