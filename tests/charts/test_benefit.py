"""Best scores of units, divided into what parts bring, beside both ranks."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from rankscope.charts.benefit import benefit_chart, colour_of_part
from tests.charts.drawn import layers, said
from tests.charts.found import capacity, in_good_order, small

PARTS = ("Implementation", "Innovation", "Investment")


def test_bars_are_as_long_as_best_scores_and_their_shares() -> None:
    found = capacity()[1].benefit
    in_good_order(lambda width: benefit_chart(found, parts=PARTS, width=width))
    chart = benefit_chart(found, parts=PARTS, top=4)
    order = np.argsort(np.where(found.ranks > 0, found.ranks, 9999), kind="stable")
    axis = {row["text"]: row["x"] for _, row in layers(chart, "text")}
    unit = axis["1.0"] - axis["0.0"]
    rows = [row for _, row in layers(chart, "rect") if row["y"] > 60]

    for place, row in enumerate(order[:4]):
        own = sorted({box["y"] for box in rows})[place]
        drawn = {box["fill"]: (box["x2"] - box["x"]) / unit for box in rows if box["y"] == own}
        shares = found.best[row] * found.shares[row]
        for part, share in enumerate(shares):
            assert drawn.get(colour_of_part(part), 0.0) == pytest.approx(share, abs=0.003)
        assert any(
            text.startswith(f"{found.ranks[row]} → {found.best_ranks[row]}") for text in said(chart)
        )


def test_the_first_and_the_last_are_shown_and_how_many_are_not() -> None:
    found = capacity()[1].benefit
    texts = said(benefit_chart(found, top=3))
    known = int((found.ranks > 0).sum())
    last = found.names[int(np.argmax(found.ranks))]

    assert f"… {known - 8:,} more units …" in texts
    assert last in texts
    assert "United States" in texts


def test_what_is_not_worked_out_is_said() -> None:
    found = small()[1].benefit
    unknown = replace(found, best=np.full(len(found.best), np.nan))

    assert "No unit has a score by its own best weights." in said(benefit_chart(unknown))
    in_good_order(lambda width: benefit_chart(unknown, width=width))
    for units in (1, 2):
        few = small(units)[1].benefit
        in_good_order(lambda width, few=few: benefit_chart(few, width=width))


def test_a_score_whose_shares_are_not_known_is_one_bar() -> None:
    found = small()[1].benefit
    bare = replace(found, shares=np.full(found.shares.shape, np.nan))
    in_good_order(lambda width: benefit_chart(bare, width=width))


def test_many_parts_keep_colours_apart() -> None:
    colours = [colour_of_part(at) for at in range(12)]

    assert len(set(colours)) == 12
    assert len({colour_of_part(at) for at in (12, 20, 59)}) == 1
