"""Any index has a report: without a map, with one view, few or many units, any depth or mean."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from rankscope.data.facts import Fact
from rankscope.data.table import Status
from rankscope.report import report_html
from rankscope.report.material import COMPACT_ABOVE
from tests.support.indices import FLAT, UNEVEN, indicator, make_index, pillar
from tests.support.markup import Page, read_page

GEOMETRIC = {
    "aggregation": {"method": "geometric"},
    "normalisation": {"method": "min_max", "to": [1, 100]},
}


def report_of(**given: Any) -> Page:
    index = make_index(**given)
    return read_page(report_html(index, index.build(), draws=200))


@pytest.mark.parametrize(
    "given",
    [
        {"framework": FLAT, "units": 8, "own": True},
        {"framework": UNEVEN, "gaps": 0.3},
        {"method": GEOMETRIC},
        {"method": {"normalisation": {"method": "z_score"}}},
        {"gaps": 0.2, "method": {"imputation": {"method": "median", "within": "region"}}},
        {"units": 1, "own": True},
        {"units": 2, "own": True, "views": True},
        {"views": True, "gaps": 0.5},
        {"framework": pillar("whole", *(indicator(f"i{n}") for n in range(200)))},
        {"sources": [], "framework": pillar("whole", indicator("a", source=None))},
    ],
    ids=["flat", "uneven", "geometric", "z", "imputed", "one", "two", "gaps", "wide", "no sources"],
)
def test_it_has_a_report(given: dict[str, Any]) -> None:
    page = report_of(**given)

    assert page.faults == []
    assert len(set(page.ids)) == len(page.ids)
    assert len(page.all("details", class_="part")) == len(make_index(**given).table.units)


def test_units_of_ones_own_have_no_map_and_no_regions() -> None:
    page = report_of(own=True)

    assert "map" not in page.ids
    assert page.all("select") == []
    assert "countries" not in page.text.lower().replace("<", "")


def test_one_view_has_no_switch_and_no_scatter() -> None:
    page = report_of()

    assert "views" not in page.ids
    assert [one for one in page.all("button") if one["data-view"]] == []


def test_groups_of_ones_own_can_be_chosen() -> None:
    index = make_index(own=True)
    coasts = tuple("north" if n % 2 else "south" for n in range(30))
    object.__setattr__(index.table, "labels", (("coast_line", coasts),))
    page = read_page(report_html(index, index.build(), draws=200))

    assert [one.text for one in page.all("option")] == ["All", "north", "south"]
    assert "Coast line" in page.text


def test_nobody_ranked_is_said() -> None:
    index = make_index(units=5)
    index.table.values[:] = np.nan
    page = read_page(report_html(index, index.build(), draws=200))

    assert "No country has enough data to be ranked." in page.text
    assert page.faults == []


def test_countries_with_one_score_have_a_map() -> None:
    method = {"normalisation": {"method": "goalposts"}}
    framework = pillar("whole", indicator("a", goalposts=[0, 10]))
    index = make_index(units=5, framework=framework, method=method)
    index.table.values[:] = 7.0
    page = read_page(report_html(index, index.build(), draws=200))

    assert "map" in page.ids
    assert "ranked, all with the same score" in page.text
    assert page.faults == []


def test_nobody_ranked_with_all_figures_is_no_lack_of_data() -> None:
    index = make_index(units=5)
    index.table.values[:] = 7.0
    page = read_page(report_html(index, index.build(), draws=200))

    assert "No country is ranked: the figures are there, but they give no score." in page.text
    assert "all figures are there, but they give no score" in page.text
    assert "enough data" not in page.text
    assert "The top" not in page.text
    assert "has every figure" not in page.text


def test_values_filled_in_are_counted_and_not_called_known() -> None:
    index = make_index(units=10, framework=FLAT, method={"imputation": {"method": "median"}})
    index.table.values[:3, 0] = np.nan
    index.table.status[:3, 0] = Status.MISSING
    page = read_page(report_html(index, index.build(), draws=200))
    rows = [one.text for one in page.all("tr") if one.text.startswith("Name of a")]

    assert "3 values are filled in." in page.text
    assert "Every ranked country has every figure, filled in where it was missing." in page.text
    assert any("70%" in row for row in rows)


def test_a_definition_without_sources_says_so() -> None:
    page = report_of(sources=[], framework=pillar("whole", indicator("a", source=None)))

    assert "0 sources: the definition names none" in page.text
    assert "The definition names no sources." in page.text
    assert "All figures come from" not in page.text


def test_a_shared_first_place_is_said() -> None:
    index = make_index(units=5)
    index.table.values[:, :-1] = np.arange(5, dtype=float)[::-1, None].repeat(5, axis=1)
    index.table.values[1] = index.table.values[0]
    page = read_page(report_html(index, index.build(), draws=200))

    assert "share the first place" in page.text
    assert "1=" in page.text


def test_facts_are_shown_with_their_source() -> None:
    fact = Fact("AFG", "A vote", "yes", "2023-12-22", "https://example.org/vote")
    page = report_of(facts=[fact])

    assert "A vote: Yes · 22 December 2023 · not scored" in page.text
    assert [one["href"] for one in page.all("a") if one.text == "source"] == [fact.source]


def test_a_gap_is_marked_and_said_in_its_row() -> None:
    index = make_index(units=6)
    index.table.values[0, 0] = np.nan
    index.table.status[0, 0] = Status.MISSING
    page = read_page(report_html(index, index.build(), draws=200))

    assert len(page.all("tr", class_="gap")) == 1
    assert "no figure" in page.text


def test_many_units_are_told_briefly() -> None:
    page = report_of(units=COMPACT_ABOVE + 1, own=True, views=True)

    assert page.all("table", class_="figures") == []
    assert "each part holds scores and ranks only" in page.text
    assert len(page.all("details", class_="part")) == COMPACT_ABOVE + 1


@pytest.mark.slow
def test_three_thousand_units_stay_below_five_megabytes() -> None:
    index = make_index(units=3000, own=True, views=True, gaps=0.05)

    assert len(report_html(index, index.build(), draws=200).encode()) < 5_000_000
