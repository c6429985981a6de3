"""Published tables on the command line: what was printed, what it tells, and planted errors."""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.running import Done

pytestmark = [pytest.mark.shared, pytest.mark.usefixtures("shared"), pytest.mark.slow]

PILLARS_2024 = (
    "talent,infrastructure,operating_environment,research,development,"
    "government_strategy,commercial"
)
RENAMED = ",".join(
    f"{'_'.join(part.capitalize() for part in name.split('_'))}={name}"
    for name in PILLARS_2024.split(",")
)
EARLY = {"teaching": 30, "research": 30, "citations": 32.5, "income": 2.5, "international": 5}
LATE = {"teaching": 30, "research": 30, "citations": 30, "income": 2.5, "international": 7.5}


def rows_of(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def written(path: Path, rows: list[dict[str, Any]]) -> Path:
    with path.open("w", encoding="utf-8", newline="") as file:
        table = csv.DictWriter(file, list(rows[0]))
        table.writeheader()
        table.writerows(rows)
    return path


def case(shared: Path, name: str, folder: Path, *without: str) -> Path:
    """Write data and published results of a case as one table, as a report prints them."""
    home = shared / "data" / "cases" / name
    results = {row["id"]: row for row in rows_of(home / "published.csv")}
    rows = [{**row, **results[row["id"]]} for row in rows_of(home / "data.csv")]
    kept = [{key: cell for key, cell in row.items() if key not in without} for row in rows]
    return written(folder / f"{name}.csv", kept)


def gaii(shared: Path, year: int) -> Path:
    return shared / "data" / "published" / f"gaii-{year}.csv"


def told(done: Done) -> str:
    return " ".join(f"{done.out}{done.err}".split())


def shares(done: Done) -> dict[str, tuple[float, float]]:
    return {
        row["component"]: (row["lowest_share"], row["highest_share"])
        for row in done.json["components"]
    }


def holds(found: dict[str, tuple[float, float]], weights: dict[str, float]) -> bool:
    whole = sum(weights.values())
    return all(low <= weights[one] / whole <= high for one, (low, high) in found.items())


# ── planted errors ───────────────────────────────────────────────────────────


@pytest.fixture
def cell_changed(shared, tmp_path):
    """Write the Global AI Index of 2021 with one cell changed by two points."""
    rows = rows_of(gaii(shared, 2021))
    for row in rows:
        if row["iso3"] == "RUS":
            row["Talent"] = f"{float(row['Talent']) + 2:.2f}"
    return written(tmp_path / "cell.csv", rows)


@pytest.fixture
def rows_swapped(shared, tmp_path):
    """Write it with the totals of two countries in each other's place."""
    rows = {row["iso3"]: row for row in rows_of(gaii(shared, 2021))}
    one, two = rows["SGP"], rows["LUX"]
    one["Total score"], two["Total score"] = two["Total score"], one["Total score"]
    return written(tmp_path / "swapped.csv", list(rows.values()))


@pytest.mark.parametrize(
    ("planted", "named", "others"),
    [
        ("cell_changed", ["Russia"], "--most-wrong 0.02"),
        ("rows_swapped", ["Singapore", "Luxembourg"], "--most-wrong 0.04"),
    ],
)
def test_planted_errors_are_named_and_nobody_else(run, request, planted, named, others) -> None:
    path = request.getfixturevalue(planted)
    refused = run("recover", path, "--total", "Total score")
    allowed = run("recover", path, "--total", "Total score", "--most-wrong", "0.04", "--json").json

    assert f"No weights are named: {' and '.join(named)}" in told(refused)
    assert others in told(refused)
    assert [row["unit"] for row in allowed["wrong_rows"]] == named
    assert all(row["certain"] for row in allowed["wrong_rows"])
    assert allowed["whole_numbers"] == "5:3:2:5:3:1:5"


def test_without_planted_errors_no_row_is_named(run, shared) -> None:
    found = run("recover", gaii(shared, 2021), "--total", "total_score", "--json").json

    assert found["wrong_at_least"] == 0
    assert "wrong_rows" not in found


# ── indices ──────────────────────────────────────────────────────────────────


def test_the_2024_edition_has_wider_intervals_and_can_not_have_the_old_weights(run, shared) -> None:
    old = ",".join(
        f"{name}={weight}"
        for name, weight in zip(PILLARS_2024.split(","), (5, 3, 2, 5, 3, 1, 5), strict=True)
    )
    words = ("recover", gaii(shared, 2024), "--total", "overall")
    parts = run(*words, "--components", PILLARS_2024, "--weights", old, "--json").json
    views = run(*words, "--components", "scale,intensity", "--json")

    assert parts["widest"] > 0.2
    assert {"recover-wide", "recover-impossible"} <= {row["id"] for row in parts["findings"]}
    assert not parts["claim"]["possible"]
    assert parts["claim"]["contradicted_by"] > 5
    assert holds(shares(views), {"scale": 82.5, "intensity": 17.5})
    assert max(high - low for low, high in shares(views).values()) < 0.03


def test_the_documented_weights_of_universities_and_the_year_they_changed(
    run, shared, tmp_path
) -> None:
    path = case(shared, "the_2011_2016", tmp_path, "id")
    found = run("recover", path, "--total", "score", "--by-period", "--json").json
    changed = {change["after"]: change["components"] for change in found["changes"]}

    for period in {row["period"] for row in found["components"]}:
        own = {
            row["component"]: (row["lowest_share"], row["highest_share"])
            for row in found["components"]
            if row["period"] == period
        }
        assert holds(own, EARLY if period == "2011" else LATE)
        assert not holds(own, LATE if period == "2011" else EARLY)
    assert {after for after, own in changed.items() if own} == {"2012"}
    assert sorted(changed["2012"]) == ["citations", "international"]


def test_unprinted_weights_of_logistics_are_the_loadings(run, shared, tmp_path) -> None:
    path = case(shared, "lpi_2018", tmp_path, "year")
    found = run("recover", path, "--total", "score", "--json")
    own = shares(found)
    cells = np.array([[float(row[name]) for name in own] for row in rows_of(path)])
    sizes, axes = np.linalg.eigh(np.corrcoef(cells.T))
    loadings = np.abs(axes[:, np.argmax(sizes)]) / cells.std(axis=0, ddof=1)

    assert holds(own, dict(zip(own, loadings.tolist(), strict=True)))
    assert max(high - low for low, high in own.values()) < 1e-5
    done = run("import", path, "--as", "table", "--total", "score", "-o", tmp_path / "lpi")
    assert "160 of 160 printed ranks come out." in told(done)


def test_human_development_is_no_arithmetic_mean_and_becomes_an_index(
    run, shared, tmp_path
) -> None:
    rows = rows_of(case(shared, "hdi2022", tmp_path))
    known = [row for row in rows if row["score"] and row["gni_pc"]]
    table = [
        {
            "code": row["id"],
            "Health": f"{min(1, (float(row['life_expectancy']) - 20) / 65):.9f}",
            "Education": f"{_education(row):.9f}",
            "Income": f"{min(1, np.log(float(row['gni_pc']) / 100) / np.log(750)):.9f}",
            "HDI": f"{float(row['score']):.3f}",
        }
        for row in known
    ]
    path = written(tmp_path / "hdi-2022.csv", table)
    found = run("recover", path, "--total", "HDI", "--json").json
    possible = {row["mean"] for row in found["models"] if row["possible"]}

    assert possible == {"geometric mean"}
    assert found["whole_numbers"] == "1:1:1"
    assert "recover-other-mean" in {row["id"] for row in found["findings"]}
    done = run("import", path, "--as", "table", "--total", "HDI", "-o", tmp_path / "hdi")
    assert done.code == 0
    reached = run("reach", tmp_path / "hdi", "--json").json["units"]
    assert {row["best"] == row["worst"] for row in reached} == {True}


def _education(row: dict[str, str]) -> float:
    expected, mean = float(row["expected_schooling"]) / 18, float(row["mean_schooling"]) / 15
    return (min(1.0, expected) + min(1.0, mean)) / 2


def test_of_the_global_peace_index_no_weights_are_named(run, shared, tmp_path) -> None:
    path = case(shared, "gpi_2008_2022_domains", tmp_path, "id")
    words = ("--total", "score", "--period", "2022")
    found = run("recover", path, *words)
    done = run("import", path, "--as", "table", *words, "-o", tmp_path / "gpi")

    assert "These columns do not determine the score" in told(found)
    assert "Lowest" not in found.out
    assert run("recover", path, *words, "--json").json["components"] == []
    assert "equal ones: they are a guess" in told(done)
    assert run("rank", tmp_path / "gpi").code == 0


def test_deprivation_in_england_has_weights_of_another_sum_and_two_odd_rows(
    run, shared, tmp_path
) -> None:
    home = shared / "data" / "cases" / "imd2025_england"
    rows, results = rows_of(home / "data.csv"), rows_of(home / "published.csv")
    scores = {row["id"]: f"{float(row['score']):.3f}" for row in results}
    table = [
        {"area": row["id"]}
        | {
            name.removesuffix("_rank"): f"{_exponential(float(rank), len(rows)):.12f}"
            for name, rank in row.items()
            if name.endswith("_rank")
        }
        | {"total": scores[row["id"]]}
        for row in rows
    ]
    path = written(tmp_path / "imd.csv", table)
    found = run("recover", path, "--total", "total", "--json").json

    assert found["lowest_sum"] == pytest.approx(0.999, abs=1e-6)
    assert found["highest_sum"] == pytest.approx(0.999, abs=1e-6)
    assert found["whole_numbers"] == "75:75:45:45:31:31:31"
    assert [row["unit"] for row in found["wrong_rows"]] == ["E01010374", "E01034692"]


def _exponential(rank: float, count: int) -> float:
    return float(-23 * np.log(1 - (count + 1 - rank) / count * (1 - np.exp(-100 / 23))))


# ── from an imported table on ────────────────────────────────────────────────


@pytest.fixture
def editions(run, shared, tmp_path):
    """Import both editions of the Global AI Index."""
    for year, total in ((2021, "Total score"), (2024, "overall")):
        parts = () if year == 2021 else ("--components", PILLARS_2024)
        done = run(
            "import", gaii(shared, year), "--as", "table", "--total", total, *parts,
            "-o", tmp_path / str(year),
        )  # fmt: skip
        assert done.code == 0
    return tmp_path / "2021", tmp_path / "2024"


def test_an_imported_table_is_examined_in_plain_words(run, editions) -> None:
    robust, reach, audit = (run(verb, editions[0]) for verb in ("robust", "reach", "audit"))

    assert "gaii, edition 2021" in robust.out
    assert "weights (recovered at level 1)" in robust.out
    assert "with any weights at level 1 that the published table allows" in reach.out
    assert "No rank moves with any weights that the published table allows" in told(audit)
    for done in (robust, reach, audit):
        assert done.code == 0
        assert "linear(" not in done.out


def test_two_imported_editions_are_compared(run, editions) -> None:
    plain = told(run("diff", *editions))
    found = run("diff", *editions, "--renamed", RENAMED, "--ranges", 200, "--json").json
    said = {one["id"]: one["sentence"] for one in found["findings"]}

    assert f"--renamed {RENAMED}" in plain
    assert {one["code"] for one in found["causes"]} == {"data", "units", "weights"}
    assert "they changed for certain" in said["diff-recovered"]
    assert "60 of 62 scores fell" in said["diff-scale"]
    assert "points of the score are exact" in said["diff-ranges"]
    for row in found["units"]:
        places = sum(one["places"] for one in row["causes"].values())
        points = sum(one["score_points"] for one in row["causes"].values())
        assert places == pytest.approx(row["places_gained"], abs=1e-9)
        assert points == pytest.approx(row["score_change"], abs=1e-9)


def test_two_years_of_universities_are_compared(run, shared, tmp_path) -> None:
    path = case(shared, "the_2011_2016", tmp_path, "id")
    for year in ("2011", "2012", "2013"):
        run("import", path, "--as", "table", "--total", "score", "--period", year,
            "-o", tmp_path / year)  # fmt: skip
    first, then = (
        run("diff", tmp_path / one, tmp_path / two, "--json").json
        for one, two in (("2011", "2012"), ("2012", "2013"))
    )
    words = {one["code"]: one["words"] for one in first["causes"]}
    said = [
        next(one["sentence"] for one in found["findings"] if one["id"] == "diff-recovered")
        for found in (first, then)
    ]

    assert "citations 30% (was 32.5%)" in words["weights"]
    assert "international 7.5% (was 5%)" in words["weights"]
    assert "changed for certain" in said[0]
    assert "not proved" in said[1]
