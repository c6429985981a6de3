"""Pictures of scenarios: what they show is what was found, and no text covers another."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

from rankscope.analyses.offset import offset_map
from rankscope.analyses.scenario import what_if
from rankscope.charts.offset_map import chance_colour, offset_map_chart
from rankscope.charts.scenario_ranks import scenario_ranks_chart
from tests.analyses.scenario.cases import index_with, scenario
from tests.charts.drawn import covering, layers, said

if TYPE_CHECKING:
    from rankscope.analyses.offset import OffsetMap
    from rankscope.analyses.scenario import Outcome

CUT = {"act": "restrict", "nodes": ["a", "c"], "by": {"low": 0, "high": 1}}
HELP = {"act": "cooperate", "partners": ["ALB"], "by": 0.4, "both_ways": True}


@pytest.fixture(scope="module")
def found() -> OffsetMap:
    return offset_map(index_with().build(), scenario(CUT, HELP), steps=11, draws=256)


@pytest.fixture(scope="module")
def outcome() -> Outcome:
    return what_if(index_with().build(), scenario(CUT, HELP, title="Both at once"), draws=256)


@pytest.mark.parametrize("width", [900, 340])
def test_no_text_covers_another(found: OffsetMap, outcome: Outcome, width: float) -> None:
    assert covering(offset_map_chart(found, width=width)) == []
    assert covering(scenario_ranks_chart(outcome, width=width)) == []
    assert covering(scenario_ranks_chart([outcome, outcome], width=width)) == []


def test_cells_have_the_colour_of_their_chance(found: OffsetMap) -> None:
    """A box covers all neighbours of one colour in a row, so that areas tell shares."""
    chart = offset_map_chart(found)
    ground = [row for _, row in layers(chart, "rect") if row["y2"] - row["y"] > 20]
    assert found.chance is not None
    for colour in {chance_colour(float(one)) for one in found.chance.ravel()}:
        share = np.mean([chance_colour(float(one)) == colour for one in found.chance.ravel()])
        own = [one for one in ground if one["fill"] == colour]
        area = sum((one["x2"] - one["x"]) * (one["y2"] - one["y"]) for one in own)
        whole = (886 - 46) * 460
        assert area / whole == pytest.approx(share, abs=0.03)


def test_chances_go_from_orange_to_blue() -> None:
    colours = [chance_colour(one) for one in (0.0, 0.3, 0.7, 1.0)]
    warm = [int(one[1:3], 16) > int(one[5:7], 16) for one in colours]

    assert warm == [True, True, False, False]


def test_ranks_before_and_after_are_said(outcome: Outcome) -> None:
    unit = outcome.subjects[0]
    words = f"{outcome.rank_before(unit)} → {outcome.rank_after(unit)}"

    assert words in said(scenario_ranks_chart(outcome))
    assert "Both at once" in said(scenario_ranks_chart([outcome, outcome]))


def test_nobody_moves_where_nothing_changes() -> None:
    nothing = what_if(index_with().build(), scenario(), draws=0)

    assert "Nobody's rank changes." in said(scenario_ranks_chart(nothing))
