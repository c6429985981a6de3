"""Profiles, comparisons and traces of a small index, by hand."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import numpy as np
import pytest

from rankscope.analyses.compare import compare
from rankscope.analyses.explain import explain
from rankscope.analyses.peers import peers_of
from rankscope.analyses.trace import trace
from rankscope.data.table import Status
from rankscope.definition.model import Node, Views
from rankscope.methods.imputation import Median
from rankscope.methods.treatment import Winsorise
from rankscope.pipeline import SCALE, Result, build
from tests.pipeline.test_bind import defined, indicator
from tests.pipeline.test_prepare import plain

NAN = np.nan
ROWS = 20


@cache
def ladder() -> Result:
    """Return an index in which unit k stands at place 20 - k everywhere, but for a few cells."""
    step = np.arange(float(ROWS))
    gappy = step.copy()
    gappy[4] = NAN
    pair = Node(code="pair", name="Pair", children=(indicator("b"), indicator("c")))
    definition = defined(
        indicator("a", weight=2), pair, indicator("d", imputation=Median(within="region"))
    )
    data = plain(a=list(step), b=list(step), c=list(step[::-1]), d=list(gappy))
    regions = tuple("low" if row < 8 else "high" for row in range(ROWS))
    return build(definition, replace(data, labels=(("region", regions),)))


def test_a_profile_says_where_a_unit_stands_and_why() -> None:
    profile = explain(ladder(), "u19", peers="region")

    assert (profile.rank, profile.of, profile.coverage) == (1, 20, 1)
    assert [one.code for one in profile.standings] == ["root", "a", "pair", "b", "c", "d"]
    assert [one.level for one in profile.standings] == [0, 1, 1, 2, 2, 1]
    assert [one.code for one in profile.strengths] == ["a", "d", "b"]
    assert [one.code for one in profile.weaknesses] == ["c"]
    assert profile.strengths[0].points == pytest.approx(0.5 * 100 * (19 - 13) / 19)


def test_what_is_missing_and_what_is_imputed_is_told() -> None:
    profile = explain(ladder(), "u4")

    assert [one.code for one in profile.imputed] == ["d"]
    assert profile.missing == ()
    assert profile.coverage == pytest.approx(0.75)
    assert profile.observations[0].status is Status.OBSERVED


@pytest.mark.parametrize(
    ("row", "places"), [(19, range(9, 19)), (10, range(5, 16)), (0, range(1, 11))]
)
def test_neighbours_are_five_on_each_side_as_far_as_there_are(row: int, places: range) -> None:
    peers = peers_of(ladder(), row, "rank")

    assert sorted(peers.rows) == [place for place in places if place != row]


def test_peers_are_the_ranked_others_of_the_group() -> None:
    peers = peers_of(ladder(), 3, "region")

    assert sorted(peers.rows) == [0, 1, 2, 4, 5, 6, 7]
    assert peers.words == "region group: low"


def test_peers_whose_values_are_all_imputed_are_no_reason_to_fail() -> None:
    definition = defined(indicator("a"), indicator("b", imputation=Median(within="region")))
    data = plain(a=[1, 2, 3, 4], b=[NAN, 2, 5, 3])
    labelled = replace(data, labels=(("region", ("x", "x", "y", "y")),))
    profile = explain(build(definition, labelled), "u1", peers="region")

    assert [one.code for one in profile.strengths] == ["a"]


def test_a_comparison_adds_up_at_every_level() -> None:
    found = compare(ladder(), "u19", "u4")

    assert (found.first_rank, found.of) == (1, 20)
    assert found.difference == pytest.approx(found.first_score - found.second_score)
    for level in found.levels:
        assert sum(gap.difference for gap in level) == pytest.approx(found.difference)
    assert [gap.code for gap in found.level(1)] == ["a", "pair", "d"]
    assert [gap.code for gap in found.level(9)] == ["a", "b", "c", "d"]


def test_a_comparison_turned_round_changes_its_sign() -> None:
    one, other = compare(ladder(), "u19", "u4"), compare(ladder(), "u4", "u19")

    assert [gap.difference for gap in one.level(2)] == [-g.difference for g in other.level(2)]


def test_a_trace_leads_from_the_figure_to_its_part_of_the_score() -> None:
    definition = defined(indicator("a", treatment=Winsorise(0, 0.5)), indicator("b"))
    found = trace(build(definition, plain(a=[1, 2, 9], b=[1, 2, 3])), "u2", "a")
    [way] = found.ways

    assert [(one.stage, one.value) for one in way.stations] == [
        ("raw", 9), ("denomination", 9), ("imputation", 9), ("treatment", 2), ("normalisation", 100)
    ]  # fmt: skip
    assert way.stations[3].words == "capped at 1 and 2"
    assert (way.share, way.contribution) == (0.5, 50)


def test_a_count_has_two_ways_and_each_view_takes_its_own() -> None:
    definition = defined(indicator("n", "count", denominator="pop"), indicator("s"), views=Views())
    result = build(definition, plain(n=[1, 4, 8], s=[3, 1, 2], pop=[10, 100, 1000]))
    both, scale = trace(result, "u2", "n"), trace(result, "u2", "n", view=SCALE)

    assert [way.share for way in both.ways] == [0.25, 0.25]
    assert [way.share for way in scale.ways] == [0.5, 0]
    assert both.ways[1].stations[1].words == "divided by population, 1,000"


@pytest.mark.parametrize("question", [explain, lambda r, u: compare(r, u, "u1")])
def test_an_unknown_unit_is_a_key_error(question: object) -> None:
    with pytest.raises(KeyError, match="nobody"):
        question(ladder(), "nobody")  # type: ignore[operator]


def test_an_unknown_indicator_is_a_key_error() -> None:
    with pytest.raises(KeyError, match="nothing"):
        trace(ladder(), "u1", "nothing")
