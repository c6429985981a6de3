"""Weights beside importance: a ring and a dot for each part, and the line between them."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from rankscope.analyses.importance import importance
from rankscope.charts.importance import LESS, MORE, importance_chart, importance_shares
from tests.charts.drawn import covering, layers, said
from tests.support.indices import indicator, make_index, pillar

PARTS = pillar("whole", indicator("a", weight=3), indicator("b"), indicator("c", weight=0))


@pytest.fixture(scope="module")
def found():
    return importance(make_index(framework=PARTS, own=True).build(), permutations=5)


@pytest.mark.parametrize("width", [900, 340])
def test_no_text_covers_another(found, width: int) -> None:
    assert covering(importance_chart(found, width=width)) == []


def test_dots_lie_where_the_shares_are(found) -> None:
    chart = importance_chart(found)
    ticks = {
        int(row["text"].rstrip("%")): row["x"]
        for _, row in layers(chart, "text")
        if row["text"].endswith("%") and "→" not in row["text"]
    }
    step = (ticks[max(ticks)] - ticks[min(ticks)]) / (max(ticks) - min(ticks))
    drawn = [ticks[min(ticks)] + step * (share * 100 - min(ticks)) for share in found.shares[:2]]
    dots = [row["x"] for mark, row in layers(chart, "circle") if mark["color"] in (MORE, LESS)]

    assert all(any(x == pytest.approx(dot, abs=0.3) for dot in dots) for x in drawn)


def test_shares_sum_to_one_and_what_counts_nothing_is_left_out(found) -> None:
    ratios = importance_shares(found, "correlation_ratio")

    assert np.nansum(found.shares) == pytest.approx(1)
    assert np.nansum(ratios) == pytest.approx(1)
    assert np.isnan(ratios[2])
    assert "Name of c" not in said(importance_chart(found))
    assert said(importance_chart(found)).index("Name of a") < said(importance_chart(found)).index(
        "Name of b"
    )


def test_colour_says_whether_it_is_more_or_less_than_the_weight(found) -> None:
    colours = {mark["color"] for mark, _ in layers(importance_chart(found), "rule")}

    assert {MORE, LESS} <= colours  # shares sum to one, so that one is more and one is less


def test_what_is_not_defined_is_said(found) -> None:
    unknown = replace(found, covariance_shares=np.full(3, np.nan))

    assert any("not defined" in text for text in said(importance_chart(unknown)))
