"""Indices of other publishers, from their components to their printed scores and ranks.

Each is a definition of a few lines in ``cases/``: whatever a publisher did must be sayable
there (conventions §14).  Built and compared through the command line, as anyone would.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.cli.running import running

CASES = Path(__file__).with_name("cases")

pytestmark = [pytest.mark.shared, pytest.mark.usefixtures("shared")]

Building = Callable[..., dict[str, Any]]


@pytest.fixture
def built(
    shared: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> Building:
    """Build a case beside its files, and return what the command says of each column."""
    run = running(monkeypatch, capsys)

    def build(case: str, *options: str, folder: str = "") -> dict[str, Any]:
        home = tmp_path / case
        shutil.copytree(shared / "data" / "cases" / (folder or case), home, dirs_exist_ok=True)
        shutil.copy(CASES / f"{case}.yaml", home / "index.yaml")
        done = run("build", home, *options, "--json")
        assert (done.code, done.err) == (0, "")
        answer = done.json
        assert answer["against"]["file"] == "published.csv"
        return {one["column"]: one for one in answer["columns"]}

    return build


def all_equal(column: dict[str, Any], count: int, decimals: int) -> bool:
    """Whether every published number is there, and equal as printed."""
    counts = (column["published"], column["compared"], column["equal"])
    return counts == (count, count, count) and column["decimals"] == decimals


def test_human_development_index_of_2022(built: Building) -> None:
    columns = built("hdi2022")

    assert all_equal(columns["score"], 193, 3)
    assert all_equal(columns["rank"], 193, 0)
    assert columns["score"]["verdict"] == "193 of 193 scores equal at 3 decimals."


def test_inform_risk_index_of_2020_at_every_node(built: Building) -> None:
    columns = built("inform2020")
    ranks = columns.pop("rank")

    assert all_equal(ranks, 191, 0)
    assert len(columns) == 11
    assert all(all_equal(one, 191, 1) for one in columns.values())


def test_social_vulnerability_index_of_2018_at_every_node(built: Building) -> None:
    columns = built("svi2018_county")
    without_income = {"score", "sum_score", "SPL_THEME1", "RPL_THEME1"}
    without_income |= {"EPL_POV", "EPL_UNEMP", "EPL_PCI"}  # one county has none of them

    assert len(columns) == 25
    for name, one in columns.items():
        assert all_equal(one, 3_141 if name in without_income else 3_142, 4), name


@pytest.mark.slow
def test_english_deprivation_of_2025(built: Building) -> None:
    columns = built("imd2025_england")

    assert all_equal(columns["decile"], 33_755, 0)
    assert columns["score"]["decimals"] == 3
    assert columns["score"]["compared"] == columns["rank"]["compared"] == 33_755
    assert columns["score"]["equal"] >= 33_753
    assert columns["rank"]["equal"] >= 33_751
    assert columns["rank"]["largest"] == 1
    assert columns["score"]["largest"] < 0.0007


@pytest.mark.slow
def test_calenviroscreen_from_printed_percentiles(built: Building) -> None:
    columns = built("calenviroscreen3", "--variant", "scored")
    score = columns["score"]

    assert score["compared"] == score["inside"] == score["published"] == 7_929
    assert score["largest"] < 0.0073
    assert score["share_equal"] >= 0.94
    assert columns["percentile"]["share_equal"] >= 0.899
    assert columns["percentile"]["largest"] < 0.0422


@pytest.mark.slow
def test_calenviroscreen_has_all_tracts_of_the_burden(built: Building) -> None:
    columns = built("calenviroscreen3")

    for name, count in {"Pollution Burden": 8_035, "Pop. Char.": 7_929}.items():
        assert columns[name]["compared"] == columns[name]["inside"] == count
        assert columns[f"{name} Score"]["inside"] == count
    assert columns["Pollution Burden"]["largest"] < 0.0072
    assert columns["Pop. Char."]["largest"] < 0.0080


COARSE = {"Diesel PM Pctl": 0.905, "Drinking Water Pctl": 0.98, "Pesticides Pctl": 0.64,
          "Tox. Release Pctl": 0.996}  # fmt: skip


@pytest.mark.slow
def test_calenviroscreen_from_measurements(built: Building) -> None:
    columns = built("calenviroscreen3_raw", folder="calenviroscreen3")
    percentiles = {
        name: one for name, one in columns.items() if one["code"] not in {"ces", "burden"}
    }
    for name in ("Pollution Burden Score", "Pop. Char. Pctl"):
        del percentiles[name]

    assert len(percentiles) == 20 + 2
    for name, one in percentiles.items():
        assert one["compared"] == one["published"]
        assert one["share_equal"] >= COARSE.get(name, 1.0), name
    assert columns["score"]["largest"] < 0.4645
    assert columns["score"]["verdict"].startswith("This definition does not give the published")


def test_logistics_performance_index_of_2018_without_its_weights(built: Building) -> None:
    columns = built("lpi_2018")

    assert "weight:" not in (CASES / "lpi_2018.yaml").read_text("utf-8")
    assert all_equal(columns["rank"], 160, 0)
    assert columns["score"]["inside"] == columns["score"]["published"] == 160
    assert columns["score"]["largest"] < 1e-6


def test_times_higher_education_with_the_weights_of_each_edition(built: Building) -> None:
    score = built("the_2011_2016")["score"]

    assert (score["published"], score["compared"], score["inside"]) == (1_201, 1_056, 1_056)
    assert len(score["only_published"]) == 145  # a part of theirs is not printed


def test_times_higher_education_made_up_its_weights_in_2011_only(built: Building) -> None:
    first = built("the_2011_2016", "--variant", "renormalised", "--period", "2011")["score"]
    second = built("the_2011_2016", "--variant", "renormalised", "--period", "2012")["score"]

    assert first["inside"] == first["compared"] == first["published"] == 200
    assert second["compared"] == second["published"] == 200
    assert 176 <= second["inside"] < 200
    assert second["largest"] > 0.3


def test_what_can_not_be_rebuilt_is_said_so(built: Building) -> None:
    score = built("gpi_2008_2022_domains")["score"]
    said = score["verdict"]

    assert score["share_inside"] < 0.05
    assert said.startswith("These columns do not determine the published score")
    assert "only 3.7% lie within rounding, the largest difference is 0.33" in said
    assert re.search(r"no fixed weights bring all nearer than 0\.\d", said)


@pytest.mark.parametrize("case", sorted(CASES.glob("*.yaml")), ids=lambda case: case.stem)
def test_a_case_is_a_definition_of_a_few_lines(case: Path) -> None:
    lines = case.read_text("utf-8").splitlines()

    assert len(lines) < 80
    assert lines[0].startswith("# ")
