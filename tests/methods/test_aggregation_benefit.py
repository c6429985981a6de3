"""The benefit of the doubt, against a closed form, a grid of weights, and another solver."""

from __future__ import annotations

import subprocess
import sys
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.testing import assert_allclose
from scipy.optimize import linprog

from rankscope.errors import MethodError
from rankscope.methods.aggregation import BenefitOfTheDoubt

SEEDS = st.integers(0, 2**32)


def scores(values: Any, there: Any = True, **parameters: float) -> np.ndarray:
    matrix = np.asarray(values, dtype=float)
    weights = np.broadcast_to(there, matrix.shape) * np.ones(matrix.shape)
    total = weights.sum(axis=1, keepdims=True)
    shares = np.divide(weights, total, out=np.zeros(matrix.shape), where=total > 0)
    return np.asarray(BenefitOfTheDoubt(**parameters).combine(matrix, shares))


def by_linprog(
    values: np.ndarray, there: np.ndarray, lower: float = 0.0, upper: float = 1.0
) -> np.ndarray:
    """Return the scores from the programs as they are written in the literature."""
    best = []
    for own, has in zip(values, there, strict=True):
        rows, ends = [*np.where(there, values, 0.0)], [1.0] * len(values)
        for child in np.flatnonzero(has):
            part = np.where(np.arange(len(own)) == child, own, 0.0)
            rows += [lower * own * has - part, part - upper * own * has]
            ends += [0.0, 0.0]
        bounds = [(0, None if one else 0) for one in has]
        program = linprog(-own * has, A_ub=np.array(rows), b_ub=ends, bounds=bounds)
        best.append(-float(program.fun or 0.0))
    return np.array(best)


def test_two_children_by_hand() -> None:
    """The frontier of (4, 1), (3, 3), (1, 4) is two lines: x + 2y = 9 and 2x + y = 9, and edges."""
    frontier = [[4.0, 1.0], [3.0, 3.0], [1.0, 4.0]]
    inside = [[2.0, 2.0], [1.0, 2.0], [2.0, 0.5], [0.0, 2.0], [0.0, 0.0]]
    found = scores(frontier + inside)

    assert found[:3].tolist() == [1, 1, 1]
    assert_allclose(found[3:], [6 / 9, 5 / 9, 0.5, 0.5, 0], atol=1e-12)


@settings(max_examples=15)
@given(SEEDS)
def test_no_weights_on_a_fine_grid_do_better(seed: int) -> None:
    values = np.random.default_rng(seed).uniform(0, 10, (6, 2))
    angle = np.linspace(0, np.pi / 2, 2001)
    sums = values @ np.array([np.cos(angle), np.sin(angle)])
    on_grid = (sums / sums.max(axis=0)).max(axis=1)

    found = scores(values)
    assert (found >= on_grid - 1e-9).all()
    assert_allclose(found, on_grid, atol=5e-3)


@settings(max_examples=15)
@given(SEEDS, st.sampled_from([(0.0, 1.0), (0.1, 0.6), (0.0, 0.5), (0.25, 1.0)]))
def test_scores_are_those_of_another_solver(seed: int, shares: tuple[float, float]) -> None:
    rng = np.random.default_rng(seed)
    values = rng.uniform(0.5, 10, (7, 3)) * [1, 10, 0.01]
    there = np.ones(values.shape, dtype=bool)

    assert_allclose(
        scores(values, there, lower=shares[0], upper=shares[1]),
        by_linprog(values, there, *shares),
        rtol=1e-6,
    )


@settings(max_examples=15)
@given(SEEDS)
def test_gaps_are_the_same_with_another_solver(seed: int) -> None:
    rng = np.random.default_rng(seed)
    values, there = rng.uniform(0, 10, (7, 3)), rng.random((7, 3)) < 0.7
    there[:, 0] |= ~there.any(axis=1)

    assert_allclose(scores(values, there), by_linprog(values, there), rtol=1e-6, atol=1e-9)


@settings(max_examples=15)
@given(SEEDS)
def test_the_best_in_one_child_is_on_the_frontier_and_units_of_measurement_do_not_count(
    seed: int,
) -> None:
    values = np.random.default_rng(seed).uniform(0, 10, (8, 3))
    found = scores(values)

    assert (found[values.argmax(axis=0)] == 1).all()
    assert ((found >= (values / values.max(axis=0)).max(axis=1) - 1e-9) & (found <= 1)).all()
    assert_allclose(scores(values * [1000, 0.001, 1]), found, rtol=1e-7)


def test_a_missing_child_helps_nobody_and_hurts_nobody_unfairly() -> None:
    values = [[10.0, 1.0], [5.0, 10.0], [9.0, 1.0]]
    there = [[True, False], [True, True], [True, False]]
    found = scores(values, there)

    assert_allclose(found, [1, 1, 0.9])


@settings(max_examples=15)
@given(SEEDS)
def test_whatever_is_filled_in_the_score_with_a_gap_is_not_higher(seed: int) -> None:
    rng = np.random.default_rng(seed)
    values, there = rng.uniform(0, 10, (5, 3)), np.ones((5, 3), dtype=bool)
    there[0, 1] = False

    assert scores(values, there)[0] <= scores(values)[0] + 1e-9


def test_bounds_draw_lopsided_units_down() -> None:
    values = [[10.0, 1.0], [6.0, 6.0], [1.0, 10.0]]

    assert_allclose(scores(values), [1, 1, 1])
    bounded = scores(values, lower=0.4, upper=0.6)
    assert bounded[1] == 1
    assert (bounded[[0, 2]] < 0.6).all()
    # equal shares: w1 = s / 20 and w2 = s / 2, so (1, 10) reaches s / 20 + 5 s <= 1
    assert scores(values, lower=0.5, upper=0.5)[0] == pytest.approx(1 / 5.05)


def test_bounds_that_leave_no_room_are_equal_shares() -> None:
    values = [[4.0, 2.0, 1.0], [1.0, 2.0, 3.0]]

    assert_allclose(scores(values, lower=0.9), scores(values, lower=1 / 3, upper=1 / 3))
    assert_allclose(scores(values, upper=0.1), scores(values, lower=1 / 3, upper=1 / 3))
    assert scores([[4.0, 0.0], [1.0, 2.0]], lower=0.1)[0] == 0


def test_the_best_score_is_the_one_that_is_asked_for() -> None:
    assert_allclose(scores([[4.0, 2.0], [2.0, 1.0]], top=100), [100, 50])


def test_negative_values_are_refused() -> None:
    assert not BenefitOfTheDoubt().accepts(-0.1)
    assert BenefitOfTheDoubt().accepts(0)
    assert_allclose(scores([[-1.0, 9.0], [1.0, 2.0]]), [np.nan, 1])


def test_a_lower_bound_above_the_upper_one_is_refused() -> None:
    with pytest.raises(MethodError, match=r"benefit_of_the_doubt\.lower must be at most"):
        BenefitOfTheDoubt(lower=0.6, upper=0.5)


def test_the_solver_says_nothing_and_is_loaded_only_when_needed() -> None:
    code = (
        "import sys, numpy as np\n"
        "from rankscope.methods.aggregation import BenefitOfTheDoubt\n"
        "assert not {'highspy', 'scipy'} & set(sys.modules)\n"
        "BenefitOfTheDoubt().combine(np.eye(3), np.full((3, 3), 1 / 3))\n"
        "BenefitOfTheDoubt(lower=0.1).combine(np.eye(3) + 1, np.full((3, 3), 1 / 3))\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=False, text=True)

    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
