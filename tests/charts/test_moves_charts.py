"""Assumptions and omissions that move the ranks: bars as long as what they say."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import numpy as np
import pytest

from rankscope.analyses.influence import influence
from rankscope.analyses.sensitivity import sensitivity
from rankscope.charts.influence import FURTHEST, influence_chart
from rankscope.charts.palette import ACCENT
from rankscope.charts.rank_intervals import BAR
from rankscope.charts.sensitivity_shares import sensitivity_chart
from tests.charts.drawn import boxes, said
from tests.charts.found import capacity, in_good_order
from tests.support.indices import FLAT, make_index


@cache
def effects():
    """Return the effects of two assumptions on a small index."""
    index = make_index(
        framework=FLAT,
        own=True,
        assumptions={
            "weights": {"method": "perturbed", "by": 0.5},
            "normalisation": ["min_max", "z_score", "rank"],
        },
    )
    return sensitivity(index.build(), points=16, scramblings=2)


@cache
def moves():
    """Return what indicators and pillars of the packaged index do to its ranks."""
    return influence(capacity()[0], of=["indicators", "pillars"])


def long(chart, fill: str) -> list[float]:
    """Return how long the bars of a colour are, but for the key."""
    found = sorted((box["y"], box["x2"] - box["x"]) for box in boxes(chart, fill))
    return [wide for y, wide in found if y > 45]


def test_both_bars_of_an_assumption_are_as_long_as_its_effects() -> None:
    found = effects()
    in_good_order(lambda width: sensitivity_chart(found, width=width))
    chart, rows = sensitivity_chart(found), found.of_shift()
    unit = long(chart, BAR)[0] / rows[0].total

    assert len(rows) == 2
    assert np.array(long(chart, BAR)) == pytest.approx([one.total * unit for one in rows], abs=0.3)
    first = [max(abs(one.first) * unit, 1.0) for one in rows]
    assert np.array(long(chart, ACCENT)) == pytest.approx(first, abs=0.3)
    in_good_order(lambda width: sensitivity_chart(found, unit="0003", width=width))
    assert "Which assumption moves the rank of District 0003" in said(
        sensitivity_chart(found, unit="0003")
    )


def test_nothing_that_moves_the_ranks_is_said() -> None:
    found = effects()
    nothing = replace(found.shift, total=found.shift.total * np.nan)
    still = replace(found, shift=nothing)

    assert "Nothing that varies moves the ranks." in said(sensitivity_chart(still))
    in_good_order(lambda width: sensitivity_chart(still, width=width))


@pytest.mark.parametrize("of", ["indicators", "pillars"])
def test_bars_are_mean_moves_and_ticks_the_furthest(of: str) -> None:
    found = moves()
    in_good_order(lambda width: influence_chart(found, of=of, width=width))
    chart = influence_chart(found, of=of, top=5)
    rows = found.of(of[:-1])[:5]
    bars, ticks = long(chart, BAR), [box for box in boxes(chart, FURTHEST) if box["y"] > 45]
    start = min(box["x"] for box in boxes(chart, BAR) if box["y"] > 45)
    ends = [(box["x"] + box["x2"]) / 2 - start for box in sorted(ticks, key=lambda box: box["y"])]
    unit = bars[0] / rows[0].mean_shift

    assert bars == pytest.approx([one.mean_shift * unit for one in rows], abs=0.4)
    assert ends == pytest.approx([one.largest_shift * unit for one in rows], rel=0.02)
    who = found.names[found.units.index(rows[0].furthest[0])]
    assert any(who in text and f"{rows[0].largest_shift:.0f}" in text for text in said(chart))
    assert f"and {len(found.of(of[:-1])) - 5} more {of}" in said(chart)


def test_what_was_not_left_out_is_said() -> None:
    assert "No ranks were compared without one of the years." in said(
        influence_chart(moves(), of="years")
    )
    single = influence(make_index(framework=FLAT, units=1).build(), of=["indicators"])
    in_good_order(lambda width: influence_chart(single, width=width))
