from __future__ import annotations

import pytest

from rankscope.cli.bars import LESS, MORE
from tests.cli.running import TINY


@pytest.mark.parametrize("level", [1, 2, 9])
@pytest.mark.parametrize("view", ["headline", "scale", "intensity"])
def test_the_differences_add_up_at_every_level(run, level, view):
    found = run(
        "compare", "KOR", "FRA", "-i", TINY, "--level", level, "--view", view, "--json"
    ).json
    total = sum(gap["difference"] for gap in found["gaps"])

    assert total == pytest.approx(found["difference"])
    assert found["difference"] == pytest.approx(found["first"]["score"] - found["second"]["score"])


def test_the_waterfall_ends_where_the_total_ends(run):
    lines = run("compare", "KOR", "Germany", "-i", TINY).out.splitlines()
    bars = [line for line in lines if MORE in line or LESS in line]

    assert bars[-1].startswith("Together")
    assert bars[-2].index(LESS) == bars[-1].rindex(MORE) + 1


def test_who_is_compared_with_itself_does_not_differ(run):
    done = run("compare", "DEU", "Germany", "-i", TINY)

    assert done.code == 0
    assert "+" not in done.out


def test_comparing_with_an_unranked_unit_works(run):
    done = run("compare", "DEU", "NER", "-i", TINY)

    assert done.code == 0
    assert "Niger: score –, rank –" in done.out


def test_unknown_units_are_named(run):
    done = run("compare", "DEU", "Frence", "-i", TINY)

    assert done.code == 2
    assert "Did you mean France" in done.err


def test_what_accounts_most_for_who_is_ahead_comes_first(run):
    forth = run("compare", "KOR", "FRA", "-i", TINY, "--json").json["gaps"]
    back = run("compare", "FRA", "KOR", "-i", TINY, "--json").json["gaps"]

    assert [gap["code"] for gap in forth] == [gap["code"] for gap in back]
    assert forth[0]["difference"] == max(gap["difference"] for gap in forth)
