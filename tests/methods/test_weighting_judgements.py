"""Weighting by judgement: Saaty's examples, weights of places, points of experts."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.testing import assert_allclose

from rankscope._registry import build
from rankscope.errors import MethodError
from rankscope.methods.weighting import (
    TOLERABLE,
    AnalyticHierarchy,
    Budget,
    Equal,
    RankOrderCentroid,
    RankReciprocal,
    RankSum,
    Weighting,
    consistency,
)
from rankscope.methods.weighting.ahp import random_index

DISTANCES = [  # Saaty (1977): how far from Philadelphia are six cities
    [1, "1/3", 8, 3, 3, 7],
    [3, 1, 9, 3, 3, 9],
    ["1/8", "1/9", 1, "1/6", "1/5", 2],
    ["1/3", "1/3", 6, 1, "1/3", 6],
    ["1/3", "1/3", 5, 3, 1, 6],
    ["1/7", "1/9", "1/2", "1/6", "1/6", 1],
]
LEADER = [  # Wikipedia, "Analytic hierarchy process: leader example"
    [1, 4, 3, 7],
    ["1/4", 1, "1/3", 3],
    ["1/3", 3, 1, 5],
    ["1/7", "1/3", "1/5", 1],
]


def weights(method: Weighting, children: int) -> np.ndarray:
    return method.fit(np.empty((0, children)), np.ones(children))


# ── comparisons in pairs ─────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("comparisons", "expected"),
    [
        (DISTANCES, [0.262, 0.397, 0.033, 0.116, 0.164, 0.027]),
        (LEADER, [0.547, 0.127, 0.270, 0.056]),
    ],
)
def test_weights_are_those_published(
    comparisons: list[list[object]], expected: list[float]
) -> None:
    found = weights(AnalyticHierarchy(comparisons), len(expected))

    assert_allclose(found, expected, atol=1e-3)


def test_the_consistency_is_that_published() -> None:
    method = AnalyticHierarchy(DISTANCES)
    found = consistency(method.comparisons)

    assert found.largest_eigenvalue == pytest.approx(6.45, abs=0.005)
    assert found.consistency_index == pytest.approx(0.09, abs=0.005)
    assert method.consistency_ratio == pytest.approx(0.45 / 5 / 1.24, abs=1e-3)
    assert method.consistency_ratio < TOLERABLE


def test_a_circle_of_preferences_is_not_consistent() -> None:
    circle = AnalyticHierarchy([[1, 5, 1 / 5], [1 / 5, 1, 5], [5, 1 / 5, 1]])

    assert_allclose(weights(circle, 3), np.ones(3) / 3)
    assert circle.consistency_ratio == pytest.approx((1 + 5 + 1 / 5 - 3) / 2 / 0.58)


@given(st.lists(st.floats(0.1, 10), min_size=1, max_size=9))
def test_consistent_comparisons_give_back_the_weights_they_came_from(truth: list[float]) -> None:
    comparisons = np.divide.outer(truth, truth).tolist()

    for priorities in ("eigenvector", "geometric_mean"):
        method = AnalyticHierarchy(comparisons, priorities)
        assert_allclose(weights(method, len(truth)), np.array(truth) / sum(truth), rtol=1e-9)
        assert method.consistency_ratio == pytest.approx(0, abs=1e-9)


def test_geometric_means_of_rows() -> None:
    found = weights(
        AnalyticHierarchy([[1, 2, 8], [1 / 2, 1, 2], [1 / 8, 1 / 2, 1]], "geometric_mean"), 3
    )
    means = np.array([16, 1, 1 / 16]) ** (1 / 3)

    assert_allclose(found, means / means.sum())


def test_random_consistency_is_saatys_and_goes_on_without_a_jump() -> None:
    assert [random_index(size) for size in (1, 2, 3, 4, 9)] == [0, 0, 0.58, 0.90, 1.45]
    assert random_index(15) == pytest.approx(1.59, abs=0.01)
    assert random_index(11) == pytest.approx(1.51, abs=0.03)


def test_comparisons_that_are_no_mirror_images_are_refused() -> None:
    method, faults = build("weighting", {"method": "ahp", "comparisons": [[1, 3], [3, 1]]})

    assert method is None
    assert "ahp.comparisons must be a square" in faults[0].sentence


# ── places ───────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("cls", "expected"),
    [
        (RankOrderCentroid, [25 / 48, 13 / 48, 7 / 48, 3 / 48]),
        (RankSum, [0.4, 0.3, 0.2, 0.1]),
        (RankReciprocal, [12 / 25, 6 / 25, 4 / 25, 3 / 25]),
    ],
)
def test_weights_of_four_places(cls: type, expected: list[float]) -> None:
    assert_allclose(weights(cls((1, 2, 3, 4)), 4), expected)
    assert_allclose(weights(cls((3, 1, 4, 2)), 4), np.array(expected)[[2, 0, 3, 1]])


def test_the_centroid_is_the_mean_of_random_weights_in_that_order() -> None:
    drawn = np.sort(np.random.default_rng(0).dirichlet(np.ones(3), 200_000))[:, ::-1]

    assert_allclose(weights(RankOrderCentroid((1, 2, 3)), 3), drawn.mean(axis=0), atol=2e-3)


@pytest.mark.parametrize("cls", [RankOrderCentroid, RankSum, RankReciprocal])
def test_equal_places_share_what_they_take_up(cls: type) -> None:
    apart = weights(cls((1, 2, 3, 4)), 4)
    shared = apart[1:3].mean()

    assert_allclose(weights(cls((2, 1, 2, 4)), 4), [shared, apart[0], shared, apart[3]])
    assert_allclose(weights(cls((1, 1)), 2), [0.5, 0.5])


# ── points ───────────────────────────────────────────────────────────────────


def test_points_become_shares() -> None:
    assert_allclose(weights(Budget((50, 30, 20)), 3), [0.5, 0.3, 0.2])


def test_each_expert_counts_the_same_however_many_points_there_were() -> None:
    assert_allclose(weights(Budget(((50, 30, 20), (1, 0, 1))), 3), [0.5, 0.15, 0.35])


@pytest.mark.parametrize("points", [[], [0, 0], [[1, 2], [1]], [[1, 2], [0, 0]], [1, -1], 5, [[]]])
def test_points_that_can_not_be_shares_are_refused(points: object) -> None:
    with pytest.raises(MethodError, match=r"budget\.points must be a list of points from 0 up"):
        Budget(points)  # type: ignore[arg-type]


# ── all of them ──────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    "method",
    [AnalyticHierarchy(LEADER), RankSum((1, 2, 3, 4)), Budget((1, 1, 1, 1))],
    ids=lambda one: one.name,
)
def test_a_judgement_of_another_number_of_children_is_refused(method: Weighting) -> None:
    assert not method.needs_data
    with pytest.raises(
        MethodError, match=rf"^{method.name}\.\w+ speaks of 4 children, and there are 3"
    ):
        weights(method, 3)


@pytest.mark.parametrize("name", ["ahp", "rank_sum", "rank_order_centroid", "budget"])
def test_a_method_without_its_judgement_says_which_it_lacks(name: str) -> None:
    method, faults = build("weighting", name)

    assert method is None
    assert faults[0].sentence.startswith(f"{name}.")
    assert "must be" in faults[0].sentence


# ── children of weight 0 ─────────────────────────────────────────────────────

SQUARE = [[1, 3, 5], [1 / 3, 1, 2], [1 / 5, 1 / 2, 1]]
OUTER = [[1, 5], [1 / 5, 1]]


@pytest.mark.parametrize(
    ("of_all", "of_two", "expected"),
    [
        (RankSum((1, 3, 2)), RankSum((1, 2)), [2 / 3, 0, 1 / 3]),
        (RankOrderCentroid((1, 2, 3)), RankOrderCentroid((1, 2)), [3 / 4, 0, 1 / 4]),
        (RankReciprocal((2, 3, 2)), RankReciprocal((1, 1)), [1 / 2, 0, 1 / 2]),
        (Budget((60, 20, 20)), Budget((75, 25)), [3 / 4, 0, 1 / 4]),
        (Budget(((3, 5, 1), (0, 8, 0))), Budget(((3, 1),)), [3 / 4, 0, 1 / 4]),
        (AnalyticHierarchy(SQUARE), AnalyticHierarchy(OUTER), [5 / 6, 0, 1 / 6]),
        (AnalyticHierarchy(SQUARE, "geometric_mean"), AnalyticHierarchy(OUTER), [5 / 6, 0, 1 / 6]),
        (Equal(), Equal(), [1, 0, 1]),
    ],
    ids=str,
)
def test_a_child_of_weight_0_keeps_it_and_judgements_may_leave_it_out(
    of_all: Weighting, of_two: Weighting, expected: list[float]
) -> None:
    for method in (of_all, of_two):
        found = method.fit(np.empty((0, 3)), np.array([2.0, 0.0, 5.0]))

        assert_allclose(found, expected)


def test_judgements_of_another_number_of_children_are_refused() -> None:
    with pytest.raises(MethodError, match="4 children, and there are 3, 2 of them with a weight"):
        RankSum((1, 2, 3, 4)).fit(np.empty((0, 3)), np.array([1.0, 0.0, 1.0]))
    with pytest.raises(MethodError, match="are all for children of weight 0"):
        Budget((0, 9, 0)).fit(np.empty((0, 3)), np.array([1.0, 0.0, 1.0]))
