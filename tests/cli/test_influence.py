from __future__ import annotations

import csv
import io

import pytest

from rankscope.analyses.influence import influence
from rankscope.catalogue import open_index
from tests.cli.running import TINY
from tests.support.panels import TOWNS

REVERSAL = "unit,x,y\nA,2,0\nB,1,1\nC,10,0.5\n"


@pytest.fixture
def reversal(tmp_path):
    """Return an index of three units in which C decides who of A and B is ahead."""
    (tmp_path / "data.csv").write_text(REVERSAL, "utf-8")
    (tmp_path / "index.yaml").write_text(
        "name: three\ntitle: Three\nunits: {register: own}\ndata: {file: data.csv}\n"
        "framework: {code: three, name: Three, children: "
        "[{code: x, name: Wealth, kind: share, weight: 3}, "
        "{code: y, name: Health, kind: share}]}\n",
        "utf-8",
    )
    return tmp_path


def test_the_first_lines_say_what_moves_ranks_most(run, reversal) -> None:
    said = run("influence", reversal)
    lines = said.out.splitlines()

    assert said.code == 0
    assert lines[1] == (
        "No indicator moves the ranks more than Wealth: without it they shift by 0.7 places on "
        "average, furthest B 2 → 1 and 1 more."
    )
    assert "1 pair turns round." in said.out
    assert "Units left out" in said.out
    assert "left out alone" in said.out


def test_machines_get_all_that_is_left_out(run) -> None:
    done = run("influence", TINY, "--top", 1, "--json").json
    found = influence(open_index(str(TINY)))

    assert done["of"] == ["indicators", "pillars", "units"]
    for kind in ("indicator", "pillar", "unit"):
        assert [row["code"] for row in done[f"{kind}s"]] == [one.code for one in found.of(kind)]
    assert done["indicators"][0]["mean_shift"] == found.of("indicator")[0].mean_shift
    assert [one["id"] for one in done["findings"]] == [one.id for one in found.findings]


def test_csv_is_the_first_kind(run) -> None:
    rows = list(csv.DictReader(io.StringIO(run("influence", TINY, "--of", "pillars", "--csv").out)))

    assert [row["code"] for row in rows] == ["means", "results"]


def test_a_reader_sees_the_first_of_each_kind_and_how_many_more_there_are(run) -> None:
    said = run("influence", TINY, "--top", 1)

    assert "Not shown: 4 more indicators, 1 more pillar, 5 more units; see" in said.out
    assert "Silent" in said.out


def test_one_unit_in_one_sentence(run, reversal) -> None:
    said = run("influence", reversal, "--unit", "A", "--of", "units")
    done = run("influence", reversal, "--unit", "A", "--of", "units", "--json").json

    assert (
        "Without C A would be 1st instead of 2nd among the others; no other unit moves it more."
        in said.out
    )
    assert done["units"][0] == {"code": "C", "name": "C", "rank": 2, "without": 1, "change": 1}
    assert (done["rank"], done["helps"]) == (3, [])


def test_indicators_that_help_and_hurt(run, reversal) -> None:
    said = run("influence", reversal, "--unit", "B", "--of", "indicators").out
    done = run("influence", reversal, "--unit", "B", "--json").json

    assert "Without Health B would be 3rd instead of 2nd; no other indicator moves it more." in said
    assert (
        "helped most by Health (without it 3rd), and hurt most by Wealth (without it 1st)" in said
    )
    assert (done["helps"], done["hurts"]) == (["y"], ["x"])


def test_what_moves_nobody_is_said(run) -> None:
    said = run("influence", TOWNS, "--unit", "Brig")

    assert "No single indicator moves Brig from its 4th place." in said.out
    assert "No single year moves Brig" in said.out
    assert "7 others do not move it." in said.out


def test_years_of_a_panel_but_the_one_shown(run) -> None:
    done = run("influence", TOWNS, "--of", "years", "--period", "2019", "--json").json

    assert done["period"] == "2019"
    assert sorted(row["code"] for row in done["years"]) == ["2018", "2021"]


def test_a_unit_without_a_rank_is_told(run) -> None:
    said = run("influence", TINY, "--unit", "LUX", "--view", "intensity", "--of", "pillars")

    assert "Luxembourg has no rank here, and nothing can move it." in said.out


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("--of", "pilars"), "Did you mean pillars?"),
        (("--unit", "Atlantis"), "Atlantis"),
        (("--view", "sideways"), "no view"),
        (("--period", "1999"), "no panel"),
    ],
)
def test_what_can_not_be_asked_is_told_with_the_mend(run, words, told) -> None:
    done = run("influence", TINY, *words)

    assert done.code != 0
    assert told in done.err
