"""Ranks and scores over time: who is shown, in colour, where, and under which name."""

from __future__ import annotations

import re

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.testing import assert_allclose

from rankscope.analyses.trends import trends
from rankscope.catalogue import open_index
from rankscope.charts.lanes import apart, in_lanes, lanes_of
from rankscope.charts.over_time import (
    over_time_chart,
    rank_panel,
    round_numbers,
    scene_of,
    value_panel,
)
from rankscope.charts.palette import FAMILIES
from rankscope.charts.render import png, svg
from rankscope.methods.normalisation import NoNormalisation
from rankscope.pipeline import build
from tests.support.panels import NAN, TOWNS, defined, indicator, panel_of

RAW = {"normalisation": NoNormalisation()}


@pytest.fixture(scope="module")
def towns():
    return trends(open_index(TOWNS / "index.yaml").build())


def panel(cells: dict[tuple[str, str], float]):
    table = panel_of({key: [value] for key, value in cells.items()}, ("x",))
    return trends(build(defined(indicator("x"), **RAW), table))


def many(units: int = 30, periods: int = 5):
    random = np.random.default_rng(0)
    return panel(
        {
            (f"Unit {unit}", str(2000 + period)): float(random.normal(100 - unit, 3))
            for unit in range(units)
            for period in range(periods)
        }
    )


def test_the_picture_names_units_periods_and_both_halves(towns) -> None:
    drawn = svg(over_time_chart(towns, title="Index of Towns"))
    texts = re.findall(r"<text[^>]*>([^<]*)</text>", drawn)

    assert {"Rank", "Score", "2018", "2019", "2021", "Index of Towns"} <= set(texts)
    for name in towns.names:
        assert sum(name in text for text in texts) == 2
    assert any("Dole" in text and text.startswith("1 ") for text in texts)


def test_the_first_are_shown_and_those_chosen() -> None:
    found = many()
    last = found.ranks[:, -1]
    scene = scene_of(found, ["Unit 29"], 5, 500)
    shown = dict(zip(scene.names, scene.colours, strict=True))

    assert len(shown) == 6
    assert shown["Unit 29"] == FAMILIES[0][0]
    assert sorted(last[[found.names.index(name) for name in scene.names]])[:5] == [1, 2, 3, 4, 5]
    assert set(shown.values()) == {"", FAMILIES[0][0]}
    with pytest.raises(KeyError, match="nobody"):
        scene_of(found, ["nobody"], 5, 500)


def test_without_a_choice_those_that_moved_most_are_in_colour() -> None:
    found = many()
    scene = scene_of(found, [], 12, 500)
    moved = {name: abs(found.rank_change[found.names.index(name)]) for name in scene.names}
    coloured = [name for name, colour in zip(scene.names, scene.colours, strict=True) if colour]

    assert len(coloured) == 6
    others = [moved[name] for name in scene.names if name not in coloured]
    assert min(moved[name] for name in coloured) >= max(others)
    assert len(set(scene.colours) - {""}) == 6


def test_time_is_drawn_to_scale(towns) -> None:
    assert_allclose(scene_of(towns, [], 12, 600).x, [0, 200, 600])


def test_better_ranks_and_higher_scores_stand_higher(towns) -> None:
    scene = scene_of(towns, ["b"], 12, 500)
    ranks, values = rank_panel(scene), value_panel(scene)

    assert (np.argsort(ranks.y[:, -1]) == np.argsort(scene.ranks[:, -1])).all()
    assert (np.argsort(values.y[:, -1]) == np.argsort(-scene.values[:, -1])).all()
    known = values.y[~np.isnan(values.y)]
    assert 0 <= known.min() <= known.max() <= values.height
    assert ranks.ends[0] == "1"


def test_a_rank_left_out_takes_more_room_than_the_next() -> None:
    lanes = lanes_of([5, 1, 2, 2, 40])

    assert list(lanes) == [1, 2, 5, 40]
    assert lanes[2] - lanes[1] == 1
    assert lanes[5] - lanes[2] > 1
    places = in_lanes(np.array([1.0, 3.0, 5.0, 90.0, NAN]), lanes)
    assert (np.diff(places[:4]) > 0).all()
    assert np.isnan(places[4])
    assert np.isnan(in_lanes(np.array([1.0]), {})).all()


@given(st.lists(st.floats(0, 300), min_size=1, max_size=20))
def test_names_keep_their_distance_and_their_order(places) -> None:
    given_places = np.array(places)
    moved = apart(given_places, 15.0, 0.0, 400.0)
    order = np.argsort(given_places, kind="stable")

    assert (np.diff(moved[order]) >= 15 - 1e-9).all()
    assert moved.min() >= -1e-9
    if (np.diff(np.sort(given_places)) >= 15).all():
        assert_allclose(moved, given_places)


def test_names_move_as_little_as_needed() -> None:
    assert apart(np.array([50.0, 50.0, 52.0]), 10.0, 0.0, 100.0).tolist() == pytest.approx(
        [50 + 2 / 3 - 10, 50 + 2 / 3, 50 + 2 / 3 + 10]
    )
    assert apart(np.array([]), 10.0, 0.0, 100.0).size == 0


@pytest.mark.parametrize("ends", [(12.0, 96.0), (-3.0, 3.0), (0.001, 0.002), (1e6, 9e6)])
def test_ticks_are_a_few_round_numbers(ends) -> None:
    ticks = round_numbers(*ends)
    steps = np.diff(ticks)

    assert 2 <= len(ticks) <= 7
    assert_allclose(steps, steps[0])
    assert ends[0] <= ticks[0]
    assert ticks[-1] <= ends[1] + 1e-9
    assert f"{steps[0]:.0e}"[0] in "1235"


def test_a_gap_breaks_a_line_and_an_early_end_is_said() -> None:
    found = panel(
        {
            ("A", "1"): 1.0, ("A", "3"): 2.0, ("A", "4"): 3.0, ("B", "1"): 5.0, ("B", "2"): 4.0,
            ("C", "1"): 2.0, ("C", "2"): 2.5, ("C", "3"): 3.0, ("C", "4"): 3.5,
        }
    )  # fmt: skip
    drawn = svg(over_time_chart(found, chosen=["A", "B"]))

    assert drawn.count('stroke-dasharray="2,4"') == 2  # one gap in each half
    assert "B (2)" in drawn
    assert "A (4)" not in drawn


@pytest.mark.parametrize(
    "cells",
    [
        {("A", "1"): 1.0, ("B", "1"): 2.0},
        {("A", "1"): 1.0, ("A", "2"): 1.0},
        {("A", "1"): 1.0, ("A", "2"): NAN, ("B", "2"): 1.0},
        {("A", "1"): NAN, ("A", "2"): NAN},
        {("A", "1"): 1e9, ("B", "2"): -1e9},
    ],
)
def test_hardly_anything_still_draws(cells) -> None:
    assert "<svg" in svg(over_time_chart(panel(cells)))


def test_what_is_in_names_is_text() -> None:
    evil = "<script>alert(1)</script>" + "long " * 30
    found = panel({(evil, "1"): 1.0, (evil, "2"): 2.0})
    drawn = svg(over_time_chart(found))

    assert "<script" not in drawn
    assert "…" in drawn


def test_the_picture_is_the_same_each_time(towns) -> None:
    assert svg(over_time_chart(towns)) == svg(over_time_chart(towns))
    assert png(over_time_chart(towns), scale=1).startswith(b"\x89PNG")
