"""Closed forms of the least effort, against programs that know nothing of them."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.optimize import linprog, lsq_linear, minimize

from rankscope.analyses.goal.linear import effort_of, least_effort

sizes = st.floats(0.05, 20.0)
problems = st.lists(st.tuples(sizes, sizes), min_size=1, max_size=6)
parts = st.floats(0.01, 0.99)


@given(problems, parts)
def test_the_knapsack_is_the_linear_program(pairs: list[tuple[float, float]], part: float) -> None:
    gains, costs = np.array(pairs).T
    needed = part * gains.sum()

    shares = least_effort(gains, costs, np.zeros(len(gains), bool), needed, "linear")
    program = linprog(costs, A_ub=-gains[None], b_ub=[-needed], bounds=[(0, 1)] * len(gains))

    assert shares is not None
    assert gains @ shares == pytest.approx(needed)
    assert costs @ shares == pytest.approx(program.fun, rel=1e-6)


@given(problems, parts)
def test_squares_are_the_quadratic_program(pairs: list[tuple[float, float]], part: float) -> None:
    gains, costs = np.array(pairs).T
    needed = part * gains.sum()

    shares = least_effort(gains, costs, np.zeros(len(gains), bool), needed, "squares")
    assert shares is not None
    heavy = 1e5 / gains.min()
    tight = lsq_linear(  # the equation as a very heavy row of a bounded least squares problem
        np.vstack([np.diag(np.sqrt(costs)), heavy * gains]),
        np.r_[np.zeros(len(gains)), heavy * needed],
        bounds=(0, 1),
        tol=1e-14,
    ).x

    assert gains @ shares == pytest.approx(needed)
    assert costs @ shares**2 == pytest.approx(costs @ tight**2, rel=1e-4)


def test_squares_agree_with_a_general_minimiser() -> None:
    gains, costs = np.array([9.0, 4.0, 2.0, 0.5]), np.array([1.0, 0.2, 3.0, 1.0])
    shares = least_effort(gains, costs, np.zeros(4, bool), 13.0, "squares")
    other = minimize(
        lambda q: costs @ q**2,
        np.ones(4),
        bounds=[(0, 1)] * 4,
        constraints={"type": "eq", "fun": lambda q: gains @ q - 13.0},
        options={"ftol": 1e-14},
    )

    np.testing.assert_allclose(shares, other.x, atol=1e-5)


@pytest.mark.parametrize("effort", ["squares", "linear"])
def test_a_fine_grid_finds_nothing_less(effort: str) -> None:
    gains, costs = np.array([3.0, 2.0, 1.0]), np.array([2.0, 1.0, 0.5])
    shares = least_effort(gains, costs, np.zeros(3, bool), 3.3, effort)
    assert shares is not None
    grid = np.array(list(product(np.linspace(0, 1, 61), repeat=3)))
    enough = grid[grid @ gains >= 3.3]
    least = min(effort_of(one, costs, effort) for one in enough)

    own = effort_of(shares, costs, effort)
    assert own <= least + 1e-12
    assert own >= least - 0.1 * least


@given(problems, parts, st.integers(0, 63))
def test_dummies_are_taken_whole_or_not(
    pairs: list[tuple[float, float]], part: float, chosen: int
) -> None:
    gains, costs = np.array(pairs).T
    whole = np.array([bool(chosen >> k & 1) for k in range(len(gains))])
    needed = part * gains.sum()

    shares = least_effort(gains, costs, whole, needed, "linear")
    assert shares is not None
    assert set(shares[whole]) <= {0.0, 1.0}
    efforts = []
    for taken in product((0.0, 1.0), repeat=int(whole.sum())):
        ends = [(0.0, 1.0)] * len(gains)
        for k, one in zip(np.flatnonzero(whole), taken, strict=True):
            ends[k] = (one, one)
        found = linprog(costs, A_ub=-gains[None], b_ub=[-needed], bounds=ends)
        efforts.append(found.fun if found.success else np.inf)
    assert costs @ shares == pytest.approx(min(efforts), rel=1e-6)


def test_what_all_gaps_together_do_not_give_is_impossible() -> None:
    gains, costs, whole = np.array([1.0, 2.0]), np.ones(2), np.zeros(2, bool)
    assert least_effort(gains, costs, whole, 3.1, "squares") is None
    assert least_effort(gains, costs, whole, 3.1, "linear") is None
    np.testing.assert_array_equal(least_effort(gains, costs, whole, 3.0, "squares"), [1, 1])


def test_indicators_that_give_nothing_stay() -> None:
    gains, costs = np.array([0.0, 2.0, -1.0]), np.ones(3)
    shares = least_effort(gains, costs, np.zeros(3, bool), 1.0, "squares")
    np.testing.assert_allclose(shares, [0.0, 0.5, 0.0])


def test_equal_shares_are_a_broken_twin() -> None:
    """The same share everywhere reaches what is needed too, and costs more."""
    gains, costs = np.array([9.0, 4.0, 2.0]), np.array([1.0, 2.0, 3.0])
    shares = least_effort(gains, costs, np.zeros(3, bool), 6.0, "squares")
    assert shares is not None
    equal = np.full(3, 6.0 / gains.sum())
    assert gains @ equal == pytest.approx(gains @ shares)
    assert costs @ equal**2 > 1.05 * (costs @ shares**2)
