"""The smallest changes of weights as arrays: closed forms, grids, and two solvers of SciPy's."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.testing import assert_allclose
from scipy.optimize import linprog, minimize

from rankscope.analyses.overtake.fewest_points import (
    fewest_points,
    fewest_points_of_pairs,
    points_moved,
)
from rankscope.analyses.overtake.nearest_weights import nearest_weights
from rankscope.analyses.overtake.one_weight import room, way_to
from rankscope.analyses.overtake.weight_space import WeightSpace, simplex
from rankscope.methods.admissible import Perturbed, Siblings

SEEDS = st.integers(0, 2**32 - 1)


def perturbed(start: np.ndarray, by: float) -> WeightSpace:
    """Return the space of weights times factors."""
    siblings = Siblings(tuple(map(str, range(len(start)))), start)
    return WeightSpace(start, Perturbed(by).walls(siblings), np.empty((0, len(start))))


def nested(seed: int, by: float = 0.5) -> tuple[np.ndarray, WeightSpace]:
    """Return a difference below 0, and perturbed weights: two groups of three in one of two."""
    random = np.random.default_rng(seed)
    shares = [random.dirichlet(np.full(count, 3.0)) for count in (2, 3, 3)]
    start = np.r_[shares[0][0] * shares[1], shares[0][1] * shares[2]]
    below = np.kron(np.eye(2), np.ones((1, 3)))
    walls = np.zeros((16, 9))
    nodes = [below, np.eye(6)[:3], np.eye(6)[3:]]
    for at, share in enumerate(shares):
        own = Perturbed(by).walls(Siblings(("a", "b", "c")[: len(share)], share))
        rows = slice((0, 4, 10)[at], (4, 10, 16)[at])
        walls[rows, :6], walls[rows, 6 + at] = own[:, :-1] @ nodes[at], own[:, -1]
    difference = random.normal(size=6)
    difference -= difference @ start + 0.2 * random.random()
    return difference, WeightSpace(start, walls, np.empty((0, 6)))


def highest_gain(difference: np.ndarray, space: WeightSpace) -> float:
    """Return the highest sum that weights of a space give."""
    extras = np.zeros(space.extras)
    found = linprog(
        np.r_[-difference, extras],
        A_ub=space.walls,
        b_ub=np.zeros(len(space.walls)),
        A_eq=np.r_[np.ones(len(difference)), extras][None],
        b_eq=[1],
    )
    return float(-found.fun)


def test_two_weights_have_one_tie() -> None:
    difference, space = np.array([-3.0, 2.0]), simplex(np.array([0.8, 0.2]))
    tie = np.array([0.4, 0.6])

    assert_allclose(fewest_points(difference, space, 0.0), tie)
    assert_allclose(nearest_weights(difference, space, 0.0).weights, tie)
    assert fewest_points_of_pairs(difference[None], space.start) == pytest.approx(0.4)


def test_points_go_from_the_worst_to_the_best() -> None:
    difference, space = np.array([-4.0, -1.0, 2.0]), simplex(np.array([0.5, 0.3, 0.2]))

    assert_allclose(fewest_points(difference, space, 0.0), [0.5 - 1.9 / 6, 0.3, 0.2 + 1.9 / 6])


def test_what_is_empty_gives_nothing_more() -> None:
    difference, start = np.array([-4.0, -3.0, 1.0]), np.array([0.1, 0.8, 0.1])
    moved = 0.1 + (2.7 - 0.5) / 4

    assert points_moved(start, fewest_points(difference, simplex(start), 0.0)) == pytest.approx(
        moved
    )
    assert fewest_points_of_pairs(difference[None], start) == pytest.approx(moved)


def test_the_nearest_of_three_weights_is_a_projection_where_none_would_be_below_zero() -> None:
    difference, start = np.array([-1.0, 0.0, 2.0]), np.array([0.5, 0.3, 0.2])
    part = difference - difference.mean()
    expected = start - (difference @ start) / (part @ part) * part

    found = nearest_weights(difference, simplex(start), 0.0)
    assert expected.min() > 0
    assert_allclose(found.weights, expected)


def test_the_nearest_of_three_weights_lies_on_an_edge_where_the_projection_leaves() -> None:
    difference, start = np.array([-1.0, -9.0, 1.0]), np.array([0.9, 0.05, 0.05])

    assert_allclose(
        nearest_weights(difference, simplex(start), 0.0).weights, [0.5, 0, 0.5], atol=1e-15
    )


def test_a_hair_is_moved_where_a_hair_is_lacking() -> None:
    start = np.array([0.5, 0.5])
    for hair in (1e-6, 1e-9, 1e-12):
        found = fewest_points(np.array([-1.0 - hair, 1.0]), perturbed(start, 0.3), 0.0)
        assert points_moved(start, found) == pytest.approx(hair / 4, rel=1e-3)


def test_no_weights_help_who_is_behind_everywhere() -> None:
    difference, space = np.array([-4.0, -1.0, -2.0]), simplex(np.array([0.5, 0.3, 0.2]))

    assert highest_gain(difference, space) == -1.0
    assert fewest_points(difference, space, 0.0) is None
    assert nearest_weights(difference, space, 0.0) is None
    assert np.isnan(fewest_points_of_pairs(difference[None], space.start)).all()


@given(SEEDS)
def test_no_point_of_a_grid_is_nearer(seed: int) -> None:
    random = np.random.default_rng(seed)
    start, difference = random.dirichlet(np.ones(3)), random.normal(size=3)
    steps = np.arange(0, 101) / 100
    grid = np.array([(a, b, 1 - a - b) for a in steps for b in steps if a + b <= 1 + 1e-9])
    above = grid[grid @ difference >= 0]
    found = fewest_points(difference, simplex(start), 0.0)
    nearest = nearest_weights(difference, simplex(start), 0.0)

    if found is None or nearest is None:
        assert not len(above)
        return
    for weights in (found, nearest.weights):
        assert weights.sum() == pytest.approx(1)
        assert weights.min() >= 0
        assert difference @ weights >= -1e-9
    if len(above):
        moves = np.abs(above - start).sum(axis=1) / 2
        assert points_moved(start, found) <= moves.min() + 1e-9
        lengths = np.linalg.norm(above - start, axis=1)
        assert np.linalg.norm(nearest.weights - start) <= lengths.min() + 1e-9


@given(SEEDS, st.integers(2, 12))
def test_the_closed_form_of_points_is_the_linear_program(seed: int, count: int) -> None:
    random = np.random.default_rng(seed)
    start, difference = random.dirichlet(np.ones(count)), random.normal(-0.5, 1, count).round(1)
    program = fewest_points(difference, simplex(start), 0.0)
    closed = fewest_points_of_pairs(difference[None], start)[0]

    if program is None:
        assert np.isnan(closed)
    else:
        assert points_moved(start, program) == pytest.approx(closed, abs=1e-9)


@given(SEEDS, st.sampled_from([0.1, 0.5, 0.9]))
def test_points_in_a_hierarchy_are_those_of_a_program_put_otherwise(seed: int, by: float) -> None:
    """The other way: unknown weights, and sizes of their changes between two walls."""
    difference, space = nested(seed, by)
    start, eye, extras = space.start, np.eye(6), np.zeros((6, 3))
    other = linprog(
        np.r_[np.zeros(9), np.full(6, 0.5)],
        A_ub=np.vstack(
            [
                np.hstack([space.walls, np.zeros((16, 6))]),
                np.hstack([eye, extras, -eye]),
                np.hstack([-eye, extras, -eye]),
                np.r_[-difference, np.zeros(9)],
            ]
        ),
        b_ub=np.r_[np.zeros(16), start, -start, 0],
        A_eq=np.r_[np.ones(6), np.zeros(9)][None],
        b_eq=[1],
    )
    found = fewest_points(difference, space, 0.0)

    assert (found is None) == (other.x is None)
    if found is not None:
        assert points_moved(start, found) == pytest.approx(other.fun, abs=1e-8)
        assert difference @ found == pytest.approx(max(0, difference @ start), abs=1e-9)


@given(SEEDS, st.sampled_from([0.1, 0.5, 0.9]))
def test_the_nearest_in_a_hierarchy_is_that_of_another_solver(seed: int, by: float) -> None:
    difference, space = nested(seed, by)
    if highest_gain(difference, space) < 1e-6:
        return
    found = nearest_weights(difference, space, 0.0)
    inside = np.r_[space.start, 1.0, space.start[:3].sum(), space.start[3:].sum()]
    other = minimize(
        lambda x: ((x[:6] - space.start) ** 2).sum(),
        inside,
        jac=lambda x: np.r_[2 * (x[:6] - space.start), np.zeros(3)],
        method="SLSQP",
        bounds=[(0, None)] * 9,
        constraints=[
            {"type": "eq", "fun": lambda x: x[:6].sum() - 1},
            {"type": "ineq", "fun": lambda x: -space.walls @ x},
            {"type": "ineq", "fun": lambda x: difference @ x[:6]},
        ],
        options={"ftol": 1e-14, "maxiter": 500},
    )
    assert found is not None
    assert found.residual < 1e-9
    assert ((found.weights - space.start) ** 2).sum() <= other.fun + 1e-7
    if other.success:
        assert_allclose(found.weights, other.x[:6], atol=1e-4)


@given(SEEDS)
def test_the_conditions_of_an_optimum_hold(seed: int) -> None:
    """Weights lead away from the start along walls and the tie only, each pushing inwards."""
    difference, space = nested(seed, 0.6)
    found = nearest_weights(difference, space, 0.0)
    if found is None:
        return
    walls = np.vstack([difference, np.eye(6), -space.without_extras()])
    touching = walls[np.abs(walls @ found.weights) < 1e-9]
    columns = np.hstack([touching.T, np.ones((6, 1)), -np.ones((6, 1))])
    pushed = linprog(np.zeros(columns.shape[1]), A_eq=columns, b_eq=found.weights - space.start)
    moved = np.abs(found.weights - space.start).max() > 1e-9
    assert pushed.status == 0 or not moved


@given(SEEDS)
def test_held_shares_stay(seed: int) -> None:
    difference, space = nested(seed, 0.9)
    share = space.start[0] / space.start[:3].sum()
    held = replace(space, held=np.array([[1 - share, -share, -share, 0, 0, 0]]))
    for found in (
        fewest_points(difference, held, 0.0),
        getattr(nearest_weights(difference, held, 0.0), "weights", None),
    ):
        if found is not None:
            assert found[0] == pytest.approx(share * found[:3].sum(), abs=1e-8)


@given(SEEDS, st.sampled_from([0.1, 0.5]))
def test_walls_without_extras_are_the_same_walls(seed: int, by: float) -> None:
    random = np.random.default_rng(seed)
    _, space = nested(seed, by)
    weights = space.start * random.uniform(1 - 1.3 * by, 1 + 1.3 * by, 6)
    extras = linprog(
        np.zeros(3), A_ub=space.walls[:, 6:], b_ub=-space.walls[:, :6] @ weights, bounds=(0, None)
    )
    inside = bool((space.without_extras() @ weights <= 1e-9).all())

    assert inside == (extras.status == 0)


def test_along_a_line_weights_go_as_far_as_walls_let_them() -> None:
    start = np.array([0.5, 0.5])
    across = np.array([1.0, -1.0])
    assert room(np.empty((0, 2)), start, across) == pytest.approx((-0.5, 0.5))

    low, high = room(perturbed(start, 0.25).without_extras(), start, across)
    assert high == pytest.approx(1.25 / (1.25 + 0.75) - 0.5)
    assert low == pytest.approx(-high)


def test_a_line_that_leads_away_has_no_way() -> None:
    assert way_to(-1.0, 0.0, 0.0, (-1, 1)) is None
    assert way_to(-1.0, 0.5, 0.0, (-1, 1)) is None
    assert way_to(-1.0, -2.0, 0.0, (-1, 1)) == -0.5
    assert way_to(1.0, -2.0, 0.0, (-1, 1)) == 0.0
