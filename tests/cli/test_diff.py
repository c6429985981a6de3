from __future__ import annotations

import csv
import io
import itertools
import math
import shutil
from pathlib import Path

import pytest
import yaml

from rankscope.analyses.diff import diff, mixed_definition, mixed_table, side_of
from rankscope.catalogue import open_index
from rankscope.pipeline.result import build
from tests.cli.running import TINY
from tests.support.panels import TOWNS

EDITIONS = Path(__file__).with_name("editions")
OLD, NEW = EDITIONS / "old", EDITIONS / "new"
CAUSES = ["data", "units", "framework", "methods", "weights", "aggregation"]


@pytest.fixture(scope="module")
def averages():
    """Return places and points of each unit by each cause: means over all 720 orders."""
    old, new = (side_of(open_index(str(one)).build())[0] for one in (OLD, NEW))
    built = {}
    for size in range(len(CAUSES) + 1):
        for taken in map(frozenset, itertools.combinations(CAUSES, size)):
            definition = mixed_definition(old, new, taken)
            result = build(definition, mixed_table(old, new, taken))
            rows = zip(result.units, result.rank().tolist(), result.score().tolist(), strict=True)
            built[taken] = {unit: (-rank, score) for unit, rank, score in rows}
    sums: dict[tuple[str, str], list[float]] = {}
    for order in itertools.permutations(CAUSES):
        for at, cause in enumerate(order):
            before, after = (built[frozenset(order[:end])] for end in (at, at + 1))
            for unit in ("AL", "BR", "CO", "DU", "EL", "FE"):
                total = sums.setdefault((unit, cause), [0.0, 0.0])
                for which in range(2):
                    total[which] += after[unit][which] - before[unit][which]
    return {
        key: [one / math.factorial(len(CAUSES)) for one in total] for key, total in sums.items()
    }


def test_shares_are_means_over_all_orders_and_add_up(run, averages) -> None:
    done = run("diff", OLD, NEW, "--json").json

    assert [one["code"] for one in done["causes"]] == CAUSES
    assert sum(one["share_moved"] for one in done["causes"]) == pytest.approx(1)
    for row in done["units"]:
        places = {code: one["places"] for code, one in row["causes"].items()}
        points = {code: one["score_points"] for code, one in row["causes"].items()}
        for cause in CAUSES:
            assert places[cause] == pytest.approx(averages[row["unit"], cause][0], abs=1e-9)
            assert points[cause] == pytest.approx(averages[row["unit"], cause][1], abs=1e-9)
        assert sum(places.values()) == pytest.approx(row["rank_before"] - row["rank_after"])
        assert sum(points.values()) == pytest.approx(row["score_after"] - row["score_before"])


def test_a_reader_is_told_who_moved_and_by_what(run) -> None:
    said = run("diff", OLD, NEW)
    lines = said.out.splitlines()

    assert said.code == 0
    assert lines[0] == "Harbour Index, edition 2023 → 2025"
    assert lines[1].startswith(
        "6 units are ranked in both editions: 1 rose, 3 fell and 2 kept their rank. "
        "The largest part is due to "
    )
    assert "Indicators and tree: 1 indicator entered (" in said.out
    for told in ("Newly ranked: Holm.", "No longer ranked: Garth.", "New indicators: Safety."):
        assert told in said.out
    assert "editions stand on different scales" in said.out
    assert "not why it was made" in said.out


def test_readers_see_the_first_movers_and_machines_all(run) -> None:
    said = run("diff", OLD, NEW, "--top", 2).out
    done = run("diff", OLD, NEW, "--top", 2, "--json").json

    assert "4 more moved less or not at all" in said
    assert "Fenwick" not in said
    assert len(done["units"]) == done["compared"] == 6
    gained = [row["places_gained"] for row in done["units"]]
    assert gained == sorted(gained, reverse=True)
    assert (done["rose"], done["fell"]) == (1, 3)


def test_csv_has_a_row_for_each_unit(run) -> None:
    rows = list(csv.DictReader(io.StringIO(run("diff", OLD, NEW, "--csv").out)))
    found = diff(open_index(str(OLD)).build(), open_index(str(NEW)).build())

    assert {row["unit"] for row in rows} == set(found.units)
    shares = {row["unit"]: float(row["causes.data.places"]) for row in rows}
    assert [shares[unit] for unit in found.units] == found.rank_shares[:, 0].tolist()


def test_one_unit_with_ranges_and_with_its_data(run) -> None:
    words = ("diff", OLD, NEW, "--unit", "elvin", "--ranges", 20)
    said, done = run(*words), run(*words, "--json").json

    assert said.out.splitlines()[1].startswith("Elvin falls from 2nd to 4th: ")
    assert "the true ends can lie further out" in said.out
    for one in done["causes"]:
        assert one["places_lowest"] <= one["places"] <= one["places_highest"]
    changed = {row["indicator"]: (row["before"], row["after"]) for row in done["data"]}
    assert changed == {"cranes": (51, 53), "cargo": (66, 64), "safety": (None, 55)}
    assert "All together" in said.out


def test_the_same_edition_twice_is_said_plainly(run) -> None:
    said = run("diff", OLD, OLD)
    one = run("diff", OLD, OLD, "--unit", "AL")

    assert "Nothing that counts differs: 7 units are ranked in both editions" in said.out
    assert "Shapley" not in said.out
    assert "Nothing that counts differs" in one.out
    assert "--old-period" in run("diff", TOWNS, TOWNS).out
    assert all(row["places_gained"] == 0 for row in run("diff", OLD, OLD, "--json").json["units"])


def test_periods_of_one_panel(run) -> None:
    said = run("diff", TOWNS, TOWNS, "--old-period", "2018").out
    done = run("diff", TOWNS, TOWNS, "--old-period", "2018", "--new-period", "2019", "--json").json

    assert said.startswith("Index of Towns, edition 3 · 2018 → 2021\n")
    assert (done["old"]["period"], done["new"]["period"]) == ("2018", "2019")


def test_renamed_codes_are_the_same_thing(run, tmp_path) -> None:
    other = shutil.copytree(OLD, tmp_path / "other")
    text = (other / "index.yaml").read_text("utf-8").replace("cargo", "freight")
    (other / "index.yaml").write_text(text, "utf-8")
    data = (other / "data.csv").read_text("utf-8").replace("cargo", "freight")
    (other / "data.csv").write_text(data, "utf-8")

    assert run("diff", OLD, other, "--json").json["indicators_entered"] == ["Cargo"]
    assert (
        "Nothing that counts differs" in run("diff", OLD, other, "--renamed", "cargo=freight").out
    )


def test_editions_without_a_common_unit(run) -> None:
    said = run("diff", OLD, TINY)

    assert said.code == 0
    assert "No country is ranked in both editions" in said.out


@pytest.mark.parametrize("ending", ["svg", "png"])
@pytest.mark.parametrize("more", [(), ("--unit", "EL")])
def test_pictures(run, tmp_path, ending, more) -> None:
    file = tmp_path / f"moved.{ending}"

    assert run("diff", OLD, NEW, *more, "-o", file).code == 0
    head = file.read_bytes()[:5]
    assert head == (b"<svg " if ending == "svg" else b"\x89PNG\r")


def test_the_editions_differ_in_every_cause() -> None:
    old, new = (yaml.safe_load((one / "index.yaml").read_text("utf-8")) for one in (OLD, NEW))

    assert old["method"] != new["method"]
    assert old["framework"] != new["framework"]


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ((OLD, NEW, "--unit", "Atlantis"), "Atlantis"),
        ((OLD, NEW, "--unit", "Garth"), "in the old edition only (2023)"),
        ((OLD, NEW, "--unit", "HO"), "in the new edition only (2025)"),
        ((OLD, NEW, "--old-period", "2019"), "no periods. Leave '2019' out"),
        ((TOWNS, TOWNS, "--old-period", "1999"), "no period '1999'"),
        ((OLD, NEW, "--view", "scale"), "no view 'scale'"),
        ((OLD, EDITIONS / "nowhere"), "nowhere"),
        ((EDITIONS, NEW), "no index.yaml"),
        ((OLD, NEW, "--renamed", "cargo"), "It can not read 'cargo'"),
        ((OLD, NEW, "--renamed", "cargo=a,cargo=b"), "each old code once"),
        ((OLD, NEW, "--renamed", "carg=safety"), "Did you mean cargo?"),
        ((TINY, TINY, "--ranges", "5"), "Name a set"),
        ((OLD, NEW, "--json", "--csv"), "Choose one"),
        ((OLD, NEW, "-o", "x.svg", "--json"), "Choose one"),
        ((OLD, NEW, "-o", "x.pdf"), "must end in"),
        ((OLD, NEW, "-o", NEW / "data.csv"), "would be replaced"),
    ],
)
def test_what_can_not_be_asked_is_told(run, words, told) -> None:
    done = run("diff", *words)

    assert done.code == 2
    assert told in done.err
    assert "Traceback" not in done.err
