from __future__ import annotations

import csv
import io

import pytest

from tests.cli.running import TINY


def test_the_table_has_a_line_for_each_ranked_unit(run):
    done = run("rank", TINY)
    lines = done.out.splitlines()

    assert done.code == 0
    assert done.err == ""
    assert lines[0] == "Tiny Index, edition 2025 · headline"
    assert lines[2].split()[:3] == ["Rank", "Unit", "Score"]
    assert lines[3].split()[:4] == ["1", "South", "Korea", "92.3"]
    assert len([line for line in lines if line[:4].strip().isdigit()]) == 6


def test_who_has_no_rank_is_named_with_the_reason(run):
    assert "Not ranked: 1, less than 60% of the data: Niger (33%)." in run("rank", TINY).out


def test_who_has_all_data_and_no_score_is_told_why(run, tiny):
    values = tiny / "values.csv"
    head, *rows = values.read_text("utf-8").splitlines()
    equal = [",".join([*row.split(",")[:2], "7", *row.split(",")[3:]]) for row in rows]
    values.write_text("\n".join([head, *equal]) + "\n", "utf-8")
    said = run("rank", tiny, "--json").json["unranked"]

    assert {row["reason"] for row in said if row["coverage"] == 1} == {
        "no score, because its indicators tell no units apart"
    }


def test_too_small_units_are_named_in_the_intensity_view(run):
    done = run("rank", TINY, "--view", "intensity")

    assert "too small for this view: Luxembourg" in done.out


def test_scores_without_some_of_their_data_have_a_star(run):
    lines = run("rank", TINY).out.splitlines()
    luxembourg = next(line for line in lines if "Luxembourg" in line)
    germany = next(line for line in lines if "Germany" in line)

    assert "76.5*" in luxembourg
    assert "*" not in germany


def test_numerals_stand_under_each_other_with_and_without_a_star(run):
    lines = run("rank", TINY, "--level", "0").out.splitlines()[3:9]

    assert len({line.index(".") for line in lines}) == 1


def test_json_says_what_is_missing_and_what_was_imputed(run):
    units = {row["unit"]: row for row in run("rank", TINY, "--json").json["units"]}

    assert units["LUX"]["imputed"] == ["balance"]
    assert units["BRA"]["missing"] == ["delay"]
    assert units["BRA"]["nodes"]["delay"] is None
    assert units["DEU"]["missing"] == units["DEU"]["imputed"] == []


def test_json_names_who_is_unranked(run):
    assert [
        (row["unit"], row["reason"]) for row in run("rank", TINY, "--json").json["unranked"]
    ] == [("NER", "too little data")]


def test_csv_has_the_numbers_of_json(run):
    rows = list(csv.DictReader(io.StringIO(run("rank", TINY, "--csv").out)))
    units = run("rank", TINY, "--json").json["units"]

    assert [row["unit"] for row in rows] == [unit["unit"] for unit in units]
    assert [float(row["score"]) for row in rows] == [unit["score"] for unit in units]


def test_a_group_keeps_the_ranks_and_adds_its_own(run):
    rows = run("rank", TINY, "--group", "eu", "--json").json

    assert rows["group"] == "EU"
    assert [(row["unit"], row["rank"], row["rank_in_group"]) for row in rows["units"]] == [
        ("DEU", 2, 1),
        ("FRA", 3, 2),
        ("LUX", 4, 3),
    ]


@pytest.mark.parametrize("group", ["high income", "Europe", "AFRICA"])
def test_income_groups_and_regions_are_groups(run, group):
    assert run("rank", TINY, "--group", group).code == 0


def test_a_node_is_found_by_code_and_by_name(run):
    by_code = run("rank", TINY, "--node", "results", "--json").json
    by_name = run("rank", TINY, "--node", "Results", "--json").json

    assert by_code == by_name
    assert list(by_code["units"][0]["nodes"]) == ["papers", "balance", "delay"]


def test_an_indicator_is_ranked_with_its_raw_values(run):
    done = run("rank", TINY, "--node", "balance")

    assert "Value, % of GDP" in done.out
    assert "-8.50" in done.out


def test_top_shows_the_first_only(run):
    assert [row["unit"] for row in run("rank", TINY, "--top", "2", "--json").json["units"]] == [
        "KOR",
        "DEU",
    ]


@pytest.mark.parametrize(
    ("key", "first"), [("name", "BRA"), ("unit", "BRA"), ("balance", "DEU"), ("rank", "KOR")]
)
def test_rows_are_sorted_by_what_was_asked(run, key, first):
    assert run("rank", TINY, "--sort", key, "--json").json["units"][0]["unit"] == first


@pytest.mark.parametrize(
    ("option", "value", "meant"),
    [
        ("--view", "intensty", "intensity"),
        ("--node", "schoolng", "schooling"),
        ("--group", "Afrika", "Africa"),
        ("--sort", "papres", "papers"),
    ],
)
def test_a_slip_of_the_pen_is_told_what_may_be_meant(run, option, value, meant):
    done = run("rank", TINY, option, value)

    assert done.code == 2
    assert value in done.err
    assert f"Did you mean {meant}" in done.err
    assert done.out == ""


def test_a_name_of_no_index_is_told_how_to_find_one(run):
    done = run("rank", "ai-capacty")

    assert done.code == 2
    assert "ai-capacity" in done.err
    assert "rankscope list" in done.err
