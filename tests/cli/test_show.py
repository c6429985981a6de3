from __future__ import annotations

import pytest

from tests.cli.running import TINY


@pytest.mark.parametrize("said", ["KOR", "KR", "South Korea", "republic of korea", "Korea, Rep."])
def test_a_unit_goes_by_code_name_and_alias(run, said):
    assert run("show", said, "-i", TINY, "--json").json["unit"] == "KOR"


def test_the_profile_has_a_rank_at_every_node(run):
    standings = run("show", "DEU", "-i", TINY, "--json").json["standings"]

    assert {row["code"] for row in standings if not row["side"]} == {
        "whole", "means", "labs", "schooling", "results", "papers", "balance", "delay",
    }  # fmt: skip
    assert all(row["rank"] for row in standings)


def test_the_profile_tells_the_rank_in_every_view(run):
    done = run("show", "LUX", "-i", TINY)

    assert "Rank 4 of 6, score 66.3 · scale 5 of 6 · intensity –" in done.out


def test_what_is_missing_and_imputed_is_named(run):
    assert "Missing (1 of 5): Delay." in run("show", "BRA", "-i", TINY).out
    assert "Imputed (1 of 5): Balance of trade." in run("show", "LUX", "-i", TINY).out


def test_values_come_with_unit_year_and_status(run):
    lines = run("show", "LUX", "-i", TINY).out.splitlines()

    assert next(line for line in lines if "Laboratories" in line).split()[-3:] == [
        "6", "laboratories", "2023",
    ]  # fmt: skip
    assert next(line for line in lines if "Balance" in line).endswith("imputed")


def test_facts_are_shown_with_what_counts_them(run):
    done = run("show", "DEU", "-i", TINY)

    assert "not scored" in done.out
    assert "https://example.org/treaty" in done.out


@pytest.mark.parametrize("by", ["income", "region", "rank"])
def test_peers_are_those_asked_for(run, by):
    words = run("show", "DEU", "-i", TINY, "--peers", by, "--json").json["peers"]

    assert words.startswith({"rank": "neighbours"}.get(by, f"{by} group"))


def test_other_peers_are_refused(run):
    done = run("show", "DEU", "-i", TINY, "--peers", "continent")

    assert done.code == 2
    assert "--peers must be rank, income, region" in done.err


def test_an_unranked_unit_has_a_profile_too(run):
    done = run("show", "Niger", "-i", TINY)

    assert done.code == 0
    assert "No rank, score –" in done.out


def test_who_is_not_found_has_no_row_to_leave_out(run):
    assert run("show", "zzz", "-i", TINY).err == (
        'No unit goes by "zzz". Write its code or a name of the register.\n'
    )


def test_a_trace_goes_from_the_source_to_the_score(run):
    done = run("show", "Germany", "-i", TINY, "--trace", "labs")

    assert "410 laboratories, 2023" in done.out
    assert "Office: Yearbook. Licence: CC-BY-4.0.\nhttps://example.org/yearbook" in done.out
    stages = ["raw", "denomination", "imputation", "treatment", "normalisation", "in the score"]
    words = [line.split("  ")[0] for line in done.out.splitlines()]
    assert [word for word in words if word in stages] == stages * 2


def test_a_trace_shows_small_denominators_too(run, tiny):
    index = tiny / "index.yaml"
    index.write_text(index.read_text("utf-8").replace("per: 1000,", "per: 0.5,"), "utf-8")

    assert ", times 0.5\n" in run("show", "DEU", "-i", tiny, "--trace", "papers").out


def test_the_contributions_of_all_traces_add_up_to_the_score(run):
    codes = ["labs", "schooling", "papers", "balance", "delay"]
    traces = [run("show", "DEU", "-i", TINY, "--trace", code, "--json").json for code in codes]
    total = sum(way["contribution"] for trace in traces for way in trace["ways"])

    assert total == pytest.approx(traces[0]["score"])


@pytest.mark.parametrize("said", ["labs", "Laboratories", "LABS"])
def test_an_indicator_goes_by_code_and_name(run, said):
    found = run("show", "DEU", "-i", TINY, "--trace", said, "--json").json["observation"]

    assert found["code"] == "labs"


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("Germny",), "Did you mean Germany"),
        (("Congo",), "may mean"),
        (("Iceland",), "Tiny Index has no data on Iceland (ISL)"),
        (("DEU", "--trace", "lab"), "Did you mean labs?"),
        (("DEU", "--trace", "means"), "has no indicator 'means'"),
    ],
)
def test_what_can_not_be_found_ends_in_one_message(run, arguments, words):
    done = run("show", *arguments, "-i", TINY)

    assert done.code == 2
    assert words in done.err
    assert len(done.err.splitlines()) == 1
    assert done.out == ""


def test_units_of_ones_own_go_by_code_and_name(run, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    run("new", "towns")
    first, *_ = run("rank", "towns", "--json").json["units"]
    by_code = run("show", first["unit"], "-i", "towns", "--json").json
    by_name = run("show", first["name"].upper(), "-i", "towns", "--json").json

    assert by_code == by_name
    assert by_code["name"] == first["name"]


def test_an_index_without_views_has_only_the_headline(run, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    run("new", "towns")
    done = run("rank", "towns", "--view", "scale")

    assert done.code == 2
    assert "Known are headline." in done.err
