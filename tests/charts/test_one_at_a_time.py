"""What each choice does alone: bars in groups, and how many units move far."""

from __future__ import annotations

import math

import pytest

from rankscope.analyses.sensitivity import Alone
from rankscope.charts.one_at_a_time import BAR, one_at_a_time_chart
from tests.charts.drawn import boxes, covering, said


def choice(option: str, mean: float, factor: str = "normalisation", draws: int = 1) -> Alone:
    return Alone(factor, f"how {factor} goes", option, draws, mean, mean * 4, "A", 7.0, 2.0, 0.9)


CHOICES = (
    choice("z_score", 2.0),
    choice("rank", 3.0),
    choice("min_max", 0.0),
    choice("geometric", 1.0, "aggregation"),
    choice("drawn, perturbed(25%)", 0.5, "weights", 1024),
    Alone("treatment", "how treatment goes", "none", refused="it does not go"),
)


@pytest.mark.parametrize("width", [900, 360])
def test_no_text_covers_another(width: int) -> None:
    assert covering(one_at_a_time_chart(CHOICES, width=width)) == []


def test_bars_are_as_long_as_the_mean_shifts() -> None:
    bars = [row for row in boxes(one_at_a_time_chart(CHOICES), BAR) if row["y"] > 80]
    long = [row["x2"] - row["x"] for row in sorted(bars, key=lambda row: row["y"])]

    assert [one / long[0] * 3 for one in long] == pytest.approx([3, 2, 1, 0.5], abs=0.02)


def test_choices_stand_below_their_assumption_and_idle_ones_are_counted() -> None:
    texts = said(one_at_a_time_chart(CHOICES))

    assert "How normalisation goes" in texts
    assert "How treatment goes" not in texts  # refused: nothing is known of it
    assert "min max" not in texts
    assert "1 more moves no rank" in texts
    assert texts.count("7 over 5, 2 over 10") == 3
    assert "7.0 over 5, 2.0 over 10" in texts  # means where something is drawn


def test_of_what_is_left_out_the_first_five_are_shown() -> None:
    many = [choice(f"part_{at}", 1.0 + at, "leave_out") for at in range(8)]
    texts = said(one_at_a_time_chart(many))

    assert "part 7" in texts
    assert "part 2" not in texts
    assert "and 3 more that move ranks less" in texts


def test_nothing_that_moves_is_said() -> None:
    still = [choice("min_max", 0.0), choice("odd", math.nan)]

    assert "No choice alone moves any rank." in said(one_at_a_time_chart(still))
