"""Rank acceptability as a heat map and as columns: cells where the counts are."""

from __future__ import annotations

import numpy as np
import pytest

from rankscope.charts.acceptability import LEAST, acceptability_chart, unit_acceptability_chart
from rankscope.charts.palette import ACCENT, INK, RULE
from rankscope.charts.rank_intervals import AWAY, BAR
from rankscope.errors import UnitError
from tests.charts.drawn import boxes, covering, layers, said


@pytest.mark.parametrize("width", [900, 340])
def test_no_text_covers_another(mixed, width: int) -> None:
    assert covering(acceptability_chart(mixed, width=width)) == []


def test_there_is_a_cell_for_each_rank_that_is_taken(mixed) -> None:
    cells = [row for _, row in layers(acceptability_chart(mixed, title=""), "rect")]
    cells = [row for row in cells if row["fill"] not in (INK, AWAY) and row["y"] > 30]

    assert len(cells) == (mixed.ranks.acceptability[mixed.order] >= LEAST).sum()


def test_printed_numbers_are_the_shares(mixed) -> None:
    chart = acceptability_chart(mixed, units=[mixed.result.units[mixed.order[0]]], top=0)
    lines = {}
    for mark, row in layers(chart, "text"):
        if mark["fontSize"] == 11 and not row["text"].endswith("%"):
            lines.setdefault(row["y"], []).append(row)
    [inside] = [rows for y, rows in lines.items() if min(lines) < y < max(lines)]
    printed = [row["text"] for row in sorted(inside, key=lambda row: row["x"])]
    shares = mixed.ranks.acceptability[mixed.order[0]]

    assert printed == [f"{share * 100:.0f}" for share in shares if share >= 0.045]


def test_columns_are_as_high_as_ranks_are_probable(mixed) -> None:
    unit = mixed.result.units[mixed.order[5]]
    chart = unit_acceptability_chart(mixed, unit)
    columns = [box for fill in (BAR, ACCENT, RULE) for box in boxes(chart, fill)]
    floor = max(box["y2"] for box in columns)
    high = sorted(box["y2"] - box["y"] for box in columns if box["y2"] == floor)
    shares = mixed.ranks.acceptability[mixed.order[5]]
    shown = np.sort(shares[shares / shares.max() * 180 >= 0.5])

    assert high == pytest.approx((shown / shown.max() * 180).tolist(), abs=0.11)
    assert len([box for box in boxes(chart, ACCENT) if box["y2"] == floor]) <= 1
    assert any(text.startswith("90% interval") for text in said(chart))
    assert covering(chart) == []


def test_a_unit_that_is_not_there_is_refused(mixed) -> None:
    with pytest.raises(UnitError, match="nowhere has no rank"):
        unit_acceptability_chart(mixed, "nowhere")
