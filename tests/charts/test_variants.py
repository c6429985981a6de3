"""The picture of variants: each unit in its row, each version in its column, no text on another."""

from __future__ import annotations

import itertools

import numpy as np
import pytest

from rankscope.analyses.variants import build_variants
from rankscope.charts.marks import cut, cut_inside, wrapped
from rankscope.charts.render import png, svg
from rankscope.charts.variant_sheet import sheet_of
from rankscope.charts.variants import variants_chart
from tests.support.indices import make_index

LONG = "Autonomous University of the Northern and Southern Provinces, campus"
CHANGES = [
    {"weights": "equal"},
    {"normalisation": "z_score"},
    {"normalisation": "rank"},
    {"screening": {"at_least": 1.0}},
    {"aggregation": "median"},
]


def versions(count: int, *, units: int = 40, title: str = "Version"):
    """Return that many variants of an index of units with long names."""
    variants = [
        {"name": f"v{at}", "title": f"{title} {at}", "method": CHANGES[at % len(CHANGES)]}
        for at in range(count)
    ]
    names = [f"{LONG} {at}" for at in range(units)]
    index = make_index(own=True, units=units, names=names, gaps=0.05, variants=variants)
    return build_variants(index.definition, index.table)


def texts_of(chart) -> list[tuple[float, float, float, float]]:
    """Return the boxes of all texts, by the average width of a letter."""
    found = []
    spec = chart.to_dict()
    for layer in spec["layer"]:
        if layer["mark"]["type"] != "text":
            continue
        letter = layer["mark"]["fontSize"] * (0.53 if layer["mark"]["fontWeight"] else 0.5)
        for one in spec["datasets"][layer["data"]["name"]]:
            width = len(one["text"]) * letter
            share = {"left": 0.0, "center": 0.5, "right": 1.0}[layer["mark"]["align"]]
            left = one["x"] - share * width
            half = layer["mark"]["fontSize"] / 2
            found.append((left, one["y"] - half, left + width, one["y"] + half))
    return found


@pytest.mark.parametrize("count", [1, 2, 5, 9, 12])
def test_no_text_covers_another_or_leaves_the_picture(count: int) -> None:
    title = "A title that goes on and on beyond what anyone would read"
    chart = variants_chart(versions(count, title=title), top=40)
    boxes, size = texts_of(chart), chart.to_dict()

    for one, other in itertools.combinations(boxes, 2):
        across = one[0] < other[2] and other[0] < one[2]
        assert not (across and one[1] < other[3] and other[1] < one[3])
    assert all(left >= 0 and top >= 0 for left, top, _, _ in boxes)
    assert all(right <= size["width"] and low <= size["height"] for *_, right, low in boxes)


def test_the_first_and_the_chosen_are_shown_in_every_column() -> None:
    found = versions(2)
    last = found.units[int(np.argmax(found.ranks()[:, 0]))]
    sheet = sheet_of(found, None, "headline", 5, [last], None)

    assert len(sheet.rows) == 6
    assert [int(rank) for rank in sheet.ranks[:5, 0]] == [1, 2, 3, 4, 5]
    assert found.units[sheet.rows[-1]] == last
    assert all(sorted(column) == list(range(6)) for column in sheet.slots.T)


def test_units_stand_in_the_order_of_each_version() -> None:
    sheet = sheet_of(versions(5), None, "headline", 20, [], None)
    for ranks, slots in zip(sheet.ranks.T, sheet.slots.T, strict=True):
        stood = ranks[np.argsort(slots)]
        ranked = stood[stood > 0]
        assert (np.diff(ranked) >= 0).all()
        assert (stood[: len(ranked)] > 0).all()


def test_a_rise_is_blue_and_a_fall_is_orange() -> None:
    index = make_index(units=["DEU", "FRA"], variants=[{"name": "turned", "nodes": _turned()}])
    chart = variants_chart(build_variants(index.definition, index.table)).to_dict()
    (pills,) = (one for one in chart["layer"] if one["mark"]["type"] == "rect")
    values = chart["datasets"][pills["data"]["name"]]
    last = max(pill["x"] for pill in values)
    column = sorted((pill["y"], pill["fill"]) for pill in values if pill["x"] == last)
    rises, falls = ([int(fill[at : at + 2], 16) for at in (1, 5)] for _, fill in column)

    assert rises[0] < rises[1]
    assert falls[0] > falls[1]


def _turned():
    return [{"code": code, "polarity": -1} for code in ("a", "b", "c", "d", "e")]


def test_the_picture_names_units_versions_and_correlations() -> None:
    found = versions(3)
    drawn = svg(variants_chart(found, top=3, title="My title"))

    assert all("Version" in drawn and letter in drawn for letter in "ABC")
    assert "My title" in drawn
    best = found.unit_names[found.ranks()[:, 0].tolist().index(1)]
    assert cut_inside(best, 30) in drawn
    assert "of each two versions" in drawn


def test_two_versions_need_no_square_of_correlations() -> None:
    assert "of each two versions" not in svg(variants_chart(versions(1), top=3))


def test_short_codes_stand_beside_the_rank() -> None:
    index = make_index(units=["DEU", "FRA"], variants=[{"name": "same"}])
    drawn = svg(variants_chart(build_variants(index.definition, index.table)))

    assert "1 DEU" in drawn or "1 FRA" in drawn


def test_an_index_in_which_nobody_ranks_still_draws() -> None:
    index = make_index(gaps=1.0, units=5, variants=[{"name": "a"}, {"name": "b"}])
    found = build_variants(index.definition, index.table)

    assert png(variants_chart(found), scale=1).startswith(b"\x89PNG")


def test_a_node_a_version_lacks_is_drawn_empty() -> None:
    index = make_index(variants=[{"name": "less", "drop": ["tools"]}, {"name": "same"}])
    found = build_variants(index.definition, index.table)

    assert "Name of tools" in svg(variants_chart(found, node="tools"))


def test_an_unknown_unit_is_refused() -> None:
    with pytest.raises(KeyError):
        variants_chart(versions(1), units=["nobody"])


@pytest.mark.parametrize("most", [5, 12, 30])
def test_cut_texts_are_no_longer_than_allowed(most: int) -> None:
    assert len(cut(LONG, most)) <= most
    assert len(cut_inside(LONG, most)) <= most
    assert all(len(line) <= most for line in wrapped(LONG, most, 3))
    assert cut("short", 5) == cut_inside("short", 5) == "short"
