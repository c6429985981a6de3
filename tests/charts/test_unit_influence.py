"""One unit without each thing: the widest move first, as long as what it says."""

from __future__ import annotations

import pytest

from rankscope.analyses.influence_unit import UnitInfluence, UnitMove
from rankscope.charts.render import svg
from rankscope.charts.unit_influence import FALLS, RISES, unit_influence_chart
from tests.charts.drawn import boxes, covering, said


def move(name: str, change: int, rank: int = 20) -> UnitMove:
    return UnitMove("indicator", name, f"The indicator {name}", rank, rank - change, change)


def unit(*moves: UnitMove) -> UnitInfluence:
    return UnitInfluence("X", "Xland", 20, 40, moves, ())


@pytest.mark.parametrize("width", [900, 340])
def test_no_text_covers_another(width: int) -> None:
    moves = [move(str(n), n - 5) for n in range(11)]

    assert covering(unit_influence_chart(unit(*moves), width=width)) == []


def test_nothing_that_moves_a_unit_is_said() -> None:
    assert "Nothing that is left out moves Xland." in said(unit_influence_chart(unit(move("a", 0))))


def test_the_widest_move_comes_first_and_goes_its_way() -> None:
    chart = unit_influence_chart(unit(move("a", 2), move("b", -6), move("c", 0)))
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
    assert "17 → 19" in said(unit_influence_chart(unit(move("a", -2, rank=17))))


def test_only_the_kinds_asked_for_are_drawn_and_markup_is_text() -> None:
    pillar = UnitMove("pillar", "p", "<script>", 20, 10, 10)

    assert "&lt;script&gt;" in svg(unit_influence_chart(unit(pillar)))
    assert "<script>" not in said(
        unit_influence_chart(unit(pillar, move("a", 1)), kinds=["indicator"])
    )
