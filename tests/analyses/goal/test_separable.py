"""Bounds and answers for sums of curves, against all choices."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rankscope.analyses.goal.branching import Curves, lowest_branch, whole_branch
from rankscope.analyses.goal.envelope import climb_of, envelope_of, with_one_free


def curves(seed: int, many: int = 3, points: int = 7, whole: int = 0) -> Curves:
    """Return curves that rise by jumps of any size, with costs upwards from 0."""
    random = np.random.default_rng(seed)
    shares = np.linspace(0, 1, points)
    costs = shares[:, None] ** 2 * random.uniform(0.5, 3, many)
    gains = np.vstack([np.zeros(many), random.exponential(1, (points - 1, many)) ** 2]).cumsum(0)
    dummies = np.arange(many) < whole
    costs[:-1, dummies], gains[:-1, dummies] = 0.0, 0.0
    return Curves(costs, gains, dummies, float(random.uniform(0.05, 0.95) * gains[-1].sum()))


def least_by_hand(some: Curves) -> float:
    """Return the least cost over all choices of points."""
    points, many = some.costs.shape
    choices = np.array(list(product(range(points), repeat=many)))
    columns = np.arange(many)
    costs = some.costs[choices, columns].sum(axis=1)
    enough = some.gains[choices, columns].sum(axis=1) >= some.needed
    return float(costs[enough].min())


@given(st.integers(0, 10_000), st.integers(0, 2))
def test_the_bound_is_below_every_choice_and_the_answer_is_one(seed: int, whole: int) -> None:
    some = curves(seed, whole=whole)
    least = least_by_hand(some)
    columns = range(some.costs.shape[1])
    real = [envelope_of(some.costs[:, k], some.gains[:, k]) for k in columns]
    found = with_one_free(real, some.costs, some.gains, some.needed)

    assert found is not None
    cost, places = found
    assert some.gains[places, list(columns)].sum() >= some.needed - 1e-9
    assert some.costs[places, list(columns)].sum() == pytest.approx(cost)
    assert cost >= least - 1e-12
    assert climb_of(real).least(some.needed) <= least + 1e-9
    whole_bound = whole_branch(some).bound
    cut = lowest_branch(some, np.inf, 200).bound
    assert whole_bound - 1e-12 <= cut <= least + 1e-9


def test_cutting_ranges_helps() -> None:
    """Somewhere the bound over all points is far too low, and cuts mend that."""
    gaps = []
    for seed in range(40):
        some = curves(seed, points=60)
        some = Curves(some.costs, np.round(some.gains / 20) * 20, some.whole, some.needed)
        if some.gains[-1].sum() > some.needed:
            gaps.append(lowest_branch(some, np.inf, 300).bound - whole_branch(some).bound)
    assert max(gaps) > 0.05


def test_the_envelope_of_points_is_a_broken_twin() -> None:
    """Between its points a curve may be better than at them: their envelope is no bound."""
    shares, fine, needed = np.linspace(0, 1, 5), np.linspace(0, 1, 4001), 0.6
    least = float((fine[np.sqrt(fine) >= needed] ** 2).min())
    some = Curves(shares[:, None] ** 2, np.sqrt(shares)[:, None], np.array([False]), needed)
    points = envelope_of(some.costs[:, 0], some.gains[:, 0])

    assert whole_branch(some).bound <= least
    assert climb_of([points]).least(needed) > 1.1 * least


@given(st.integers(0, 10_000))
def test_an_envelope_is_the_upper_hull(seed: int) -> None:
    random = np.random.default_rng(seed)
    costs, gains = np.sort(random.random(9)), random.random(9)
    found = envelope_of(costs, gains)

    slopes = np.diff(found.gains) / np.diff(found.costs)
    assert (np.diff(slopes) < 1e-12).all()
    assert found.gains[-1] == gains.max()
    inside = costs <= found.costs[-1]
    assert (np.interp(costs[inside], found.costs, found.gains) >= gains[inside] - 1e-12).all()
