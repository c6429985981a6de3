"""The recovered set as admissible weights: what it holds, and what it cuts off."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.optimize import linprog

from rankscope.analyses.recover import Recovered, recover_weights
from rankscope.analyses.recover.shares import share_something
from rankscope.methods.admissible.base import Siblings
from tests.analyses.recover.tables import made


def siblings(found: Recovered) -> Siblings:
    return Siblings(found.names, np.ones(len(found.names)))


def recovered(seed: int, *, shifted: bool) -> tuple[Recovered, np.ndarray]:
    table = made(
        seed, rows=25, columns=3 + seed % 3, factor=1.4 if shifted else 0.8, offset=-9 * shifted
    )
    total = "scaled and shifted" if shifted else "scaled"
    found = recover_weights(*table[:2], decimals=1, total_decimals=1, total=total, exponent=1)
    return found, table.shares


@pytest.mark.parametrize("shifted", [False, True])
@pytest.mark.parametrize("seed", range(2))
def test_the_set_holds_the_truth_and_hardly_more_than_is_possible(seed: int, shifted: bool) -> None:
    found, truth = recovered(seed, shifted=shifted)
    rules = np.array(found.admissible().of)
    own = siblings(found)
    draws = found.admissible().draw(own, 200, np.random.default_rng(0))
    possible = [found.allows(draw).possible for draw in draws]

    assert (rules[:, :-1] @ truth <= rules[:, -1] + 1e-9).all()
    assert (rules[:, :-1] @ found.centre <= rules[:, -1] + 1e-9).all()
    assert np.mean(possible) > 0.85


@pytest.mark.parametrize("seed", range(3))
def test_no_wall_cuts_into_the_set(seed: int) -> None:
    """In any direction the largest share under the rules is at least that of the whole set."""
    found, _ = recovered(seed, shifted=True)
    rules = np.array(found.admissible().of)
    normal = found.cone.as_shares
    count = len(found.names)
    for direction in np.random.default_rng(seed).normal(size=(20, count)):
        costs = -np.append(direction, [0.0, 0.0]) * normal
        own = found.cone.lowest(costs, normal, found.left_out)
        walls = linprog(
            -direction, A_ub=rules[:, :-1], b_ub=rules[:, -1], A_eq=np.ones((1, count)), b_eq=[1]
        )

        assert own is not None
        assert walls.fun <= own.value + 1e-8


def test_ends_of_the_rules_are_those_of_the_intervals() -> None:
    found, _ = recovered(1, shifted=False)
    own = siblings(found)
    highest = found.admissible().highest(own, np.eye(len(found.names)))

    assert highest == pytest.approx(found.shares[:, 1], abs=1e-7)


def test_the_same_seed_gives_the_same_set() -> None:
    found, _ = recovered(0, shifted=True)

    assert found.admissible(3) == found.admissible(3)


def geometric(seed: int, *, swap: bool = False) -> tuple[Recovered, np.ndarray]:
    """Return what is recovered of geometric means as given, and the shares behind them."""
    random = np.random.default_rng(seed)
    cells, shares = random.uniform(5, 95, (25, 3)).round(1), np.array([0.5, 0.3, 0.2])
    own = shares[::-1] if swap else shares
    totals = np.exp(np.log(cells) @ own).round(1)
    found = recover_weights(
        cells, totals, decimals=1, total_decimals=1, total="as given", exponent=0
    )
    return found, own


@pytest.mark.parametrize("seed", range(3))
def test_the_set_of_a_geometric_mean_holds_the_truth_and_hardly_more(seed: int) -> None:
    """Weights sum to 1 there, which is part of what proves a point to be outside."""
    found, truth = geometric(seed)
    admissible = found.admissible()
    rules = np.array(admissible.of)
    draws = admissible.draw(siblings(found), 100, np.random.default_rng(0))

    assert (rules[:, :-1] @ truth <= rules[:, -1] + 1e-9).all()
    assert (rules[:, :-1] @ found.centre <= rules[:, -1] + 1e-9).all()
    assert np.mean([found.allows(draw).possible for draw in draws]) > 0.85


def test_geometric_means_of_two_periods_with_the_same_weights_have_some_in_common() -> None:
    same, other = (
        share_something(*((one.cone, one.left_out) for one in pair))
        for pair in (
            (geometric(0)[0], geometric(1)[0]),
            (geometric(0)[0], geometric(1, swap=True)[0]),
        )
    )

    assert same
    assert not other
