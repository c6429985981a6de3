"""The offset map agrees with scenarios played one by one, and its line with a direct search."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from scipy.optimize import brentq

from rankscope.analyses.offset import offset_map
from rankscope.analyses.scenario.run import what_if
from rankscope.errors import MethodError
from tests.analyses.scenario.cases import index_with, scenario

if TYPE_CHECKING:
    from rankscope.analyses.offset import OffsetMap
    from rankscope.pipeline.result import Result

LOSS = {"act": "restrict", "nodes": ["a", "c"], "by": 0.3}
HELP = {"act": "cooperate", "partners": ["ALB"], "by": 0.1}
BOTH = {"act": "cooperate", "partners": ["ALB"], "by": 0.1, "both_ways": True}


@pytest.fixture(scope="module")
def result() -> Result:
    return index_with(views=True, gaps=0.05).build()


@pytest.fixture(scope="module")
def found(result: Result) -> OffsetMap:
    return offset_map(result, scenario(LOSS, HELP), steps=9, draws=1024, seed=1)


def test_each_cell_is_the_scenario_played_by_itself(result: Result, found: OffsetMap) -> None:
    row = result.units.index("AFG")
    for i, j in ((0, 0), (0, 8), (3, 5), (8, 0), (8, 8), (6, 2)):
        one = what_if(
            result,
            scenario({**LOSS, "by": found.x.values[j]}, {**HELP, "by": found.y.values[i]}),
            draws=0,
        )
        assert found.score[i, j] == pytest.approx(one.after.score()[row], rel=1e-12)
        assert found.rank[i, j] == one.rank_after("AFG")


def test_the_chance_of_each_cell_is_that_of_its_scenario(result: Result, found: OffsetMap) -> None:
    """Not worse in the same draws: what the scenario by itself says of better and worse."""
    for i, j in ((0, 4), (2, 8), (5, 3)):
        one = what_if(
            result,
            scenario({**LOSS, "by": found.x.values[j]}, {**HELP, "by": found.y.values[i]}),
            draws=1024,
            seed=1,
        )
        assert one.chances is not None
        assert found.chance is not None
        worse = one.chances.worse()[one.both.index("AFG")]
        assert found.chance[i, j] == pytest.approx(1 - worse, abs=1e-12)


@pytest.mark.parametrize("help_", [HELP, BOTH])
def test_a_partner_that_gains_as_well_is_a_rival_too(
    result: Result, help_: dict[str, object]
) -> None:
    found = offset_map(result, scenario(LOSS, help_), unit="AFG", steps=5, draws=1024, seed=1)
    for i, j in ((4, 0), (2, 2), (4, 4)):
        acts = ({**LOSS, "by": found.x.values[j]}, {**help_, "by": found.y.values[i]})
        one = what_if(result, scenario(*acts), draws=1024, seed=1)
        assert found.rank[i, j] == one.rank_after("AFG")
        assert one.chances is not None
        assert found.chance is not None
        worse = one.chances.worse()[one.both.index("AFG")]
        assert found.chance[i, j] == pytest.approx(1 - worse, abs=1e-12)


def test_the_line_agrees_with_a_direct_search(result: Result, found: OffsetMap) -> None:
    row = result.units.index("AFG")

    def off(y: float, x: float) -> float:
        acts = ({**LOSS, "by": x}, {**HELP, "by": y})
        return float(what_if(result, scenario(*acts), draws=0).after.score()[row]) - before

    before = float(result.score()[row])
    lines = 0
    for x, y in zip(found.x.values[1:], found.line[1:], strict=True):
        if np.isnan(y):
            assert off(1.0, x) < 0
        else:
            assert y == pytest.approx(brentq(off, 0, 1, args=(x,), xtol=1e-13), abs=1e-9)
            lines += 1
    assert lines >= 2
    assert found.line[0] == 0


def test_where_no_line_lies_in_the_range_it_says_so(result: Result) -> None:
    found = offset_map(result, scenario(LOSS, HELP), steps=5, y_ends=(0, 0.001), draws=0)

    assert np.isnan(found.line[1:]).all()
    assert [one.id for one in found.findings] == ["offset-no-line"]
    assert "does not make up for" in found.findings[0].sentence


def test_the_even_line_lies_where_the_chance_is_a_half(found: OffsetMap) -> None:
    assert found.chance is not None
    for column, y in enumerate(found.even):
        own = found.chance[:, column]
        if np.isnan(y):
            assert (own < 0.5).all()
        elif y == found.y.values[0]:
            assert own[0] >= 0.5
        else:
            assert np.interp(y, found.y.values, own) == pytest.approx(0.5)


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ({"x": 3}, "no change 3: they are counted from 1 to 2"),
        ({"x": 2}, "both axes are change 2"),
        ({"x_ends": (0.5, 0.1)}, "the lower end first"),
        ({"x_ends": (0, 2)}, "can not go from 0 to 2"),
        ({"unit": "DZA"}, "does not change DZA"),
    ],
)
def test_axes_that_make_no_sense_are_refused(
    result: Result, more: dict[str, object], words: str
) -> None:
    with pytest.raises(MethodError, match=words):
        offset_map(result, scenario(LOSS, HELP), steps=3, draws=0, **more)  # type: ignore[arg-type]
