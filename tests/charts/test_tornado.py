"""Tornados: the widest bar first, as long as what it says."""

from __future__ import annotations

import math

import pytest

from rankscope.analyses.influence_unit import UnitInfluence, UnitMove
from rankscope.analyses.sensitivity import FactorEffect
from rankscope.charts.palette import ACCENT
from rankscope.charts.rank_intervals import BAR
from rankscope.charts.render import svg
from rankscope.charts.tornado import FALLS, RISES, influence_chart, sensitivity_chart
from tests.charts.drawn import boxes, covering, said

EFFECTS = [
    FactorEffect("b", "how outliers are treated", -0.02, -0.05, 0.01, 0.1, 0.05, 0.15),
    FactorEffect("a", "how indicators come onto one scale", 0.3, 0.2, 0.4, 0.6, 0.5, 0.7),
    FactorEffect("c", "what is left out", *[math.nan] * 6),
]


def move(name: str, change: int, rank: int = 20) -> UnitMove:
    return UnitMove("indicator", name, f"The indicator {name}", rank, rank - change, change)


def unit(*moves: UnitMove) -> UnitInfluence:
    return UnitInfluence("X", "Xland", 20, 40, moves, ())


@pytest.mark.parametrize("width", [900, 340])
def test_no_text_covers_another(width: int) -> None:
    moves = [move(str(n), n - 5) for n in range(11)]

    assert covering(sensitivity_chart(EFFECTS, title="What decides", width=width)) == []
    assert covering(influence_chart(unit(*moves), width=width)) == []


def test_bars_are_as_long_as_effects_and_negative_ones_are_shown() -> None:
    chart = sensitivity_chart(EFFECTS)
    total = sorted((box["y"], box["x2"] - box["x"]) for box in boxes(chart, BAR) if box["y"] > 45)
    first = sorted((box["y"], box["x"], box["x2"]) for box in boxes(chart, ACCENT) if box["y"] > 45)

    assert len(total) == 2  # the effect that is not known is left out
    assert total[0][1] == pytest.approx(6 * total[1][1], rel=0.01)
    assert first[1][1] < first[0][1] == pytest.approx(first[1][2], abs=0.2)
    assert {"60%", "10%"} <= set(said(chart))


def test_nothing_that_varies_is_said() -> None:
    assert "Nothing that varies moves the ranks." in said(sensitivity_chart([]))
    assert "Nothing that is left out moves Xland." in said(influence_chart(unit(move("a", 0))))


def test_the_widest_move_comes_first_and_goes_its_way() -> None:
    chart = influence_chart(unit(move("a", 2), move("b", -6), move("c", 0)))
    better, worse = (
        [box for box in boxes(chart, fill) if box["y"] > 55] for fill in (RISES, FALLS)
    )

    assert len(better) == len(worse) == 1
    assert worse[0]["y"] < better[0]["y"]
    assert better[0]["x2"] == pytest.approx(worse[0]["x"], abs=0.2)
    assert worse[0]["x2"] - worse[0]["x"] == pytest.approx(
        3 * (better[0]["x2"] - better[0]["x"]), rel=0.01
    )
    assert {"18", "26"} <= set(said(chart))


def test_another_count_of_the_published_rank_is_printed() -> None:
    assert "17 → 19" in said(influence_chart(unit(move("a", -2, rank=17))))


def test_only_the_kinds_asked_for_are_drawn_and_markup_is_text() -> None:
    pillar = UnitMove("pillar", "p", "<script>", 20, 10, 10)

    assert "&lt;script&gt;" in svg(influence_chart(unit(pillar)))
    assert "<script>" not in said(influence_chart(unit(pillar, move("a", 1)), kinds=["indicator"]))
