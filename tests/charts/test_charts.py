"""Each chart draws, says what it should, and loads nothing."""

from __future__ import annotations

import html
import re

import numpy as np
import pytest

from rankscope.charts.coverage import coverage, coverage_chart
from rankscope.charts.framework import framework_chart
from rankscope.charts.marks import Text
from rankscope.charts.marks import drawn as pixels
from rankscope.charts.ranking import ranking_chart
from rankscope.charts.render import inline_svg, png, svg
from rankscope.charts.views import odd_ones, views_chart
from rankscope.data.table import Status
from tests.support.indices import FLAT, TWO_LEVELS, UNEVEN, make_index

EVIL = "<script>alert(1)</script>"


@pytest.fixture(scope="module")
def result():
    return make_index(views=True, units=40, gaps=0.1).build()


def test_the_ranking_names_the_best_first(result) -> None:
    drawn = svg(ranking_chart(result, most=5))
    best = [result.names[row] for row in result.order()[:6]]

    assert all(name in drawn for name in best[:5])
    assert best[5] not in drawn


def test_scores_that_do_not_stack_are_plain_bars() -> None:
    chart = ranking_chart(make_index(method={"normalisation": {"method": "z_score"}}).build())

    assert "part" not in str(chart.to_dict()["encoding"])


def test_the_views_chart_names_the_leaders_of_both(result) -> None:
    drawn = svg(views_chart(result))

    assert result.names[result.order(view="scale")[0]] in drawn
    assert result.names[result.order(view="intensity")[0]] in drawn


def test_an_index_without_views_has_no_views_chart() -> None:
    with pytest.raises(KeyError):
        views_chart(make_index().build())


def test_the_odd_ones_differ_in_the_direction_told(result) -> None:
    larger, denser = odd_ones(result, 3)
    gap = result.rank(view="scale") - result.rank(view="intensity")

    assert all(gap[row] < 0 for row in larger)
    assert all(gap[row] > 0 for row in denser)
    assert gap[larger[0]] == gap[result.order()].min()


@pytest.mark.parametrize("framework", [FLAT, TWO_LEVELS, UNEVEN])
def test_the_framework_fills_its_height_at_any_depth(framework) -> None:
    plan = make_index(framework=framework, views=True).build().plan
    chart = framework_chart(plan, height=500).to_dict()
    boxes = next(iter(chart["datasets"].values()))
    right = max(box["right"] for box in boxes)
    leaves = [box for box in boxes if box["right"] == right]

    assert len(leaves) == len(plan.definition.indicators())
    assert sum(box["bottom"] - box["top"] for box in leaves) == pytest.approx(500, abs=0.1)


def test_a_long_name_is_cut_and_a_flat_box_has_none() -> None:
    long = {
        **FLAT,
        "children": [{**FLAT["children"][0], "name": "Long " * 60}, *FLAT["children"][1:]],
    }
    plan = make_index(framework=long).build().plan
    boxes = next(iter(framework_chart(plan, height=20).to_dict()["datasets"].values()))

    assert max(len(box["name"]) for box in boxes) < 100
    assert {box["name"] for box in boxes if box["bottom"] - box["top"] < 11} == {""}


def test_coverage_counts_every_ranked_unit_once(result) -> None:
    rows = coverage(result)

    assert {row.total for row in rows} == {result.ranked()}
    assert sum(row.missing for row in rows) > 0


def test_coverage_tells_a_zero_of_a_census_and_what_was_filled_in() -> None:
    index = make_index(gaps=0.2, method={"imputation": {"method": "median", "within": "region"}})
    index.table.status[0, 0] = Status.ABSENT
    index.table.values[0, 0] = 0.0
    rows = coverage(index.build())

    assert rows[0].absent == 1
    assert sum(row.imputed for row in rows) > 0
    assert sum(row.missing for row in rows) == 0


def test_the_coverage_chart_names_every_indicator(result) -> None:
    drawn = svg(coverage_chart(result))

    assert all(one.name in drawn for one in result.plan.definition.indicators())


def test_a_picture_is_a_picture(result) -> None:
    assert png(ranking_chart(result, most=3), scale=1).startswith(b"\x89PNG")


def test_inside_a_page_links_stay_in_the_page() -> None:
    index = make_index(views=True, units=3, names=(EVIL, "B", "C"))
    result = index.build()
    links = ("#AAA", "https://example.org", "javascript:alert(1)")
    drawn = inline_svg(views_chart(result, links=links), {"#AAA": EVIL})
    targets = re.findall(r'href="([^"]*)"', drawn)

    assert set(targets) == {"#AAA"}
    assert "<script" not in drawn
    assert "<title>&lt;script&gt;" in drawn


def test_inside_a_page_nothing_needs_a_style_or_a_font(result) -> None:
    drawn = inline_svg(views_chart(result))

    assert not re.search(r"style=|font-family|http|class=\"(?!chart)", drawn)


@pytest.mark.parametrize("text", ["0.12, 163 units", "(0.12)", "¤0", "¤9 and more", EVIL, "A & B"])
def test_inside_a_page_texts_are_as_they_are(text: str) -> None:
    texts = [Text(20, 20, text), Text(20, 60, f"{text}, {text}", link="#AAA"), Text(20, 80, "7")]
    drawn = inline_svg(pixels(texts, (300, 100)))
    found = [html.unescape(one) for one in re.findall(r">([^<]+)</text>", drawn)]

    assert sorted(found) == sorted([text, f"{text}, {text}", "7"])
    assert "<script" not in drawn


def test_the_same_chart_is_the_same_text(result) -> None:
    assert inline_svg(views_chart(result)) == inline_svg(views_chart(result))


def test_nobody_with_a_score_still_draws() -> None:
    index = make_index(views=True, units=5)
    index.table.values[:] = np.nan

    assert "<svg" in svg(views_chart(index.build()))
