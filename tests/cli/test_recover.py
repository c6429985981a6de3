from __future__ import annotations

import shutil

import pytest

from tests.cli.reference import PRINTED

GAII = "data/published/gaii-2021.csv"
PILLARS = (
    "Talent,Infrastructure,Operating Environment,Research,Development,"
    "Government Strategy,Commercial"
)


def told(answer):
    return " ".join(f"{answer.out}{answer.err}".split())


def shares(answer):
    return {
        row["component"]: (row["lowest_share"], row["highest_share"])
        for row in answer.json["components"]
    }


def test_the_true_weights_lie_in_the_intervals_and_are_the_smallest_whole_numbers(run):
    found = run("recover", PRINTED, "--total", "total", "--json")

    for component, truth in (("homes", 0.5), ("parks", 0.3), ("schools", 0.2)):
        low, high = shares(found)[component]
        assert low <= truth <= high
        assert high - low < 0.01
    assert found.json["whole_numbers"] == "5:3:2"


def test_a_changed_cell_is_named(run, tmp_path):
    text = PRINTED.read_text("utf-8").replace("44.1,92.7,85.8,67.0", "44.1,92.7,85.8,76.0")
    table = tmp_path / "towns.csv"
    table.write_text(text, "utf-8")

    refused = run("recover", table, "--total", "total")
    named = run("recover", table, "--total", "total", "--most-wrong", "0.1")

    assert "No weights are named: Elsford" in told(refused)
    assert "5:3:2" in told(named)
    assert "only Elsford" in told(named)


def test_semicolons_and_decimal_commas_are_read(run, tmp_path):
    text = PRINTED.read_text("utf-8").replace(",", ";").replace(".", ",")
    table = tmp_path / "towns.csv"
    table.write_text(text, "utf-8")

    assert shares(run("recover", table, "--total", "total", "--json")) == shares(
        run("recover", PRINTED, "--total", "total", "--json")
    )


def test_ranks_alone_allow_the_truth_and_more(run):
    by_totals = shares(run("recover", PRINTED, "--total", "total", "--json"))
    by_ranks = shares(
        run(
            "recover", PRINTED, "--ranks-only", "--rank", "rank",
            "--components", "homes,parks,schools", "--json",
        )
    )  # fmt: skip

    for component, (low, high) in by_totals.items():
        assert by_ranks[component][0] <= low < high <= by_ranks[component][1]


def test_claimed_weights_are_judged(run):
    possible = run("recover", PRINTED, "--total", "total", "--weights", "homes=5,parks=3,schools=2")
    not_so = run("recover", PRINTED, "--total", "total", "--weights", "homes=1,parks=1,schools=1")

    assert "impossible" not in told(possible)
    assert "impossible" in told(not_so)


def test_an_imported_table_is_an_index_whose_ranks_are_those_printed(run, tmp_path):
    home = tmp_path / "towns"
    done = run("import", PRINTED, "--as", "table", "--total", "total", "-o", home)
    ranks = run("rank", home, "--json").json["units"]

    assert "12 of 12 printed ranks" in told(done)
    assert {row["name"]: row["rank"] for row in ranks} == {
        line.split(",")[1]: int(line.split(",")[0])
        for line in PRINTED.read_text("utf-8").splitlines()[1:]
    }
    assert all(row["best"] == row["worst"] for row in run("reach", home, "--json").json["units"])
    assert shares(run("recover", home, "--json")) == shares(
        run("recover", PRINTED, "--total", "total", "--json")
    )


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--total", "totl"), "total"),
        ((), "--total"),
        (("--total", "total", "--components", "homes,shops"), "shops"),
        (("--total", "total", "--scale", "huge"), "huge"),
        (("--total", "total", "--weights", "homes"), "homes"),
        (("--total", "total", "--limits", "5"), "--limits"),
    ],
)
def test_what_can_not_be_read_ends_in_one_message(run, options, said):
    done = run("recover", PRINTED, *options)

    assert done.code == 2
    assert said in told(done)
    assert "Traceback" not in told(done)


def test_nothing_half_made_stays_behind(run, tmp_path):
    table = tmp_path / "towns.csv"
    shutil.copy(PRINTED, table)
    done = run("import", table, "--as", "table", "--total", "no", "-o", tmp_path / "out")

    assert done.code == 2
    assert list(tmp_path.iterdir()) == [table]


@pytest.mark.shared
def test_the_weights_of_the_global_ai_index_of_2021(run, shared):
    table = shared / GAII
    found = run("recover", table, "--total", "Total score", "--components", PILLARS, "--json")

    low, high = shares(found)["Talent"]
    assert low == pytest.approx(0.20796, abs=1e-5)
    assert high == pytest.approx(0.20868, abs=1e-5)
    assert found.json["whole_numbers"] == "5:3:2:5:3:1:5"


@pytest.mark.shared
@pytest.mark.slow
def test_how_firm_a_rank_is_in_an_index_whose_weights_nobody_printed(run, shared, tmp_path):
    home, table = tmp_path / "gaii", shared / GAII
    columns = ("--total", "Total score", "--components", PILLARS)
    done = run("import", table, "--as", "table", *columns, "-o", home)
    found = run("reach", home, "--unit", "RUS")

    assert "62 of 62 printed ranks" in told(done)
    assert "Russia is 32nd of 62 whatever the weights" in told(found)
