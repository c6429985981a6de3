from __future__ import annotations

import pytest

from tests.cli.running import TINY


def test_each_series_has_its_decision(run):
    found = run("treatment", "ai-capacity", "--json").json

    assert len(found["indicators"]) == found["series"]
    assert all(row["decision"] for row in found["indicators"])


def test_values_drawn_in_are_listed_with_what_they_were(run):
    found = run("treatment", "ai-capacity", "--json").json
    cells = [row for row in found["cells"] if row["indicator"] == "github_developers.intensity"]

    assert len(cells) == 2
    assert [row["after"] for row in cells] == pytest.approx([102.758] * 2, abs=1e-3)
    assert all(row["before"] > row["after"] for row in cells)


def test_without_treatment_nothing_changed(run):
    done = run("treatment", TINY)

    assert done.code == 0
    assert "drawn in one by one" in done.out
