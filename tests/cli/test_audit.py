from __future__ import annotations

import csv
import io

import pytest

from tests.cli.running import TINY

TABLES = {
    "statistics": {"stage", "code", "skewness", "kurtosis", "outliers"},
    "coverage_of_units": {"unit", "coverage", "imputed"},
    "coverage_of_indicators": {"code", "coverage"},
    "treatment": {"code", "method", "decision"},
    "correlations": {"code", "with", "correlation", "p_value", "reading"},
    "own_and_others": {"code", "own", "other", "misplaced"},
    "dimensions": {"node", "component", "eigenvalue", "chance", "dimensions"},
    "reliability": {"node", "code", "alpha", "without"},
    "adequacy": {"node", "overall"},
    "redundancy": set(),
    "importance": {"node", "code", "weight", "covariance_share", "silent"},
    "influence": {"kind", "code", "mean_shift"},
    "added_value": {"code", "share"},
    "links": {"variable", "measure", "code", "correlation"},
    "size": set(),
    "benefit": {"unit", "best_score", "parts"},
    "ranks": {"unit", "rank", "median", "low", "high", "best_from", "worst_to", "tier"},
    "one_at_a_time": {"factor", "option", "mean_shift"},
    "sensitivity": {"factor", "first", "total", "total_low", "total_high"},
    "consensus": {"unit", "consensus"},
    "change": set(),
}
AREAS = [
    "data",
    "indicators",
    "structure",
    "balance",
    "added-value",
    "firmness",
    "choices",
    "outside",
]


@pytest.mark.slow
def test_the_verdict_comes_first_then_lights_advice_and_findings(run):
    done = run("audit", "ai-capacity", "--draws", "64")
    lines = done.out.splitlines()

    assert (done.code, done.err) == (0, "")
    assert lines[0] == "AI Capacity Index, edition 2026 · audit"
    assert " of 8 areas " in lines[1]
    assert done.out.index("Question") < done.out.index("What to do") < done.out.index("Findings")
    assert "● green" in done.out
    assert "▲ amber" in done.out
    assert "64 draws" in done.out
    assert "§18" in done.out


def test_json_has_everything(run):
    done = run("audit", TINY, "--draws", "64", "--seed", "3", "--json")
    found = done.json

    assert (found["draws"], found["seed"], found["view"]) == (64, 3, "headline")
    assert (found["sensitivity_points"], found["sensitivity_scramblings"]) == (64, 16)
    assert [one["area"] for one in found["areas"]] == AREAS
    assert {"title", "light", "sentence", "ids"} <= set(found["areas"][0])
    for one in found["findings"]:
        assert set(one) == {"area", "severity", "id", "place", "sentence", "remedy", "source"}
    for key, columns in TABLES.items():
        assert key in found
        if columns:
            assert columns <= set(found[key][0])
    assert len(found["ranks"]) == found["units"]


def test_csv_is_the_findings(run):
    done = run("audit", TINY, "--draws", "64", "--csv")
    rows = list(csv.DictReader(io.StringIO(done.out)))

    assert set(rows[0]) == {"area", "severity", "id", "place", "sentence", "remedy", "source"}
    assert {row["area"] for row in rows} <= set(AREAS)


def test_outside_variables_come_from_a_file(run, tmp_path):
    file = tmp_path / "income.csv"
    file.write_text("country,income\nGermany,50\nFrance,45\nKorea Rep.,30\nLuxembourg,99\n")
    done = run("audit", TINY, "--draws", "16", "--outside", file, "--within", "income", "--json")

    links = [one for one in done.json["links"] if one["variable"] == "income"]
    assert done.code == 0
    assert max(one["n"] for one in links) >= 3


def test_an_earlier_edition_adds_an_area(run, tiny):
    file = tiny / "index.yaml"
    file.write_text(file.read_text("utf-8").replace("weight: 2", "weight: 9"), "utf-8")
    done = run("audit", TINY, "--draws", "16", "--since", tiny, "--json")

    assert done.json["areas"][-1]["area"] == "change"
    assert {"unit", "rank_before", "rank_after", "sentence", "causes"} <= set(
        done.json["change"][0]
    )


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("-o", "audit.pdf"), "must end in"),
        (("--json", "-o", "audit.html"), "Choose one"),
        (("--outside", "nowhere.csv"), "nowhere.csv"),
        (("--within", "colour"), "no grouping 'colour'"),
        (("--view", "sideways"), "no view"),
        (("--period", "1999"), "no panel"),
        (("--since", "nowhere"), "nowhere"),
    ],
)
def test_what_can_not_be_done_is_told(run, arguments, words):
    done = run("audit", TINY, "--draws", "16", *arguments)

    assert done.code == 2
    assert words in done.err
    assert done.out == ""


def test_the_file_of_outside_variables_is_not_written_over(run, tmp_path):
    file = tmp_path / "income.csv"
    file.write_text("country,income\nGermany,50\n")
    done = run("audit", TINY, "--outside", file, "-o", file)

    assert done.code == 2
    assert "Choose another name" in done.err
    assert file.read_text() == "country,income\nGermany,50\n"


def test_one_period_of_a_panel(run):
    done = run("audit", TINY.with_name("towns"), "--period", "2019", "--draws", "16", "--json")

    assert done.json["period"] == "2019"
    assert {one["light"] for one in done.json["areas"][2:]} == {"grey"}


@pytest.mark.slow
def test_the_report_is_one_page(run, tmp_path):
    done = run("audit", TINY, "--draws", "16", "-o", tmp_path / "audit.html")

    assert (done.code, done.out) == (0, "")
    assert "Wrote" in done.err
    assert "<html" in (tmp_path / "audit.html").read_text("utf-8")[:500]


def test_sources_are_told_where_findings_are(run):
    done = run("importance", TINY, "--json")

    assert all("source" in one for one in done.json["findings"])
    checked = run("validate", "ai-capacity", "--json")
    assert all("source" in one for one in checked.json["findings"])
