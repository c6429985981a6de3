"""Weights from ranks alone: all pairs at once, known weights, ties and errors."""

from __future__ import annotations

from itertools import permutations
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.testing import assert_allclose
from scipy.optimize import linprog
from scipy.stats import rankdata

from rankscope.analyses.recover import Total, centre_of, recover_from_ranks
from rankscope.errors import DataError
from tests.analyses.recover.tables import made

if TYPE_CHECKING:
    from rankscope.shapes import Matrix, Vector


def ranked(seed: int, *, rows: int = 25, columns: int = 3) -> tuple[Matrix, Vector, Vector]:
    """Return components as printed, ranks by the unrounded totals, and the shares behind."""
    random = np.random.default_rng(seed)
    truth = random.uniform(0, 100, (rows, columns))
    shares = random.dirichlet(np.ones(columns))
    return truth.round(1), rankdata(-(truth @ shares), method="min"), shares


def brute_shares(components: Matrix, ranks: Vector, half: float) -> Matrix:
    """Return the ends of each share by all pairs at once."""
    rows = [
        (components[worse] - half) - (components[better] + half)
        for better, worse in permutations(range(len(ranks)), 2)
        if ranks[better] <= ranks[worse]
    ]
    count = components.shape[1]
    ends = [
        [
            sign
            * linprog(
                sign * one,
                A_ub=np.array(rows),
                b_ub=np.zeros(len(rows)),
                A_eq=np.ones((1, count)),
                b_eq=[1],
            ).fun
            for sign in (1, -1)
        ]
        for one in np.eye(count)
    ]
    return np.array(ends)


@pytest.mark.parametrize("seed", range(5))
def test_intervals_are_those_of_all_pairs_at_once(seed: int) -> None:
    components, ranks, _ = ranked(seed)
    found = recover_from_ranks(components, ranks, decimals=1)

    assert found.total is Total.RANKS
    assert_allclose(found.shares, brute_shares(components, ranks, 0.05), atol=1e-7)


@settings(max_examples=30)
@given(st.integers(0, 10**6), st.integers(2, 30), st.integers(2, 5))
def test_the_true_shares_are_always_inside(seed: int, rows: int, columns: int) -> None:
    components, ranks, shares = ranked(seed, rows=rows, columns=columns)
    found = recover_from_ranks(components, ranks, decimals=1)

    assert not found.refused
    assert (found.shares[:, 0] <= shares + 1e-8).all()
    assert (shares <= found.shares[:, 1] + 1e-8).all()
    assert found.allows(shares).possible


def test_that_law_can_fail() -> None:
    """With components taken as exact, some ranking is impossible or its weights are lost."""
    lost = 0
    for seed in range(4):
        random = np.random.default_rng(seed)
        truth = random.uniform(0, 100, (60, 3))
        ranks = rankdata(-(truth @ [0.5, 0.3, 0.2]))
        found = recover_from_ranks(truth.round(0), ranks, decimals=9)
        lost += found.refused or not found.allows([5, 3, 2]).possible

    assert lost == 4


def test_two_units_by_hand() -> None:
    """(10, 0) ranks before (0, 10): the first counts at least as much, but for rounding."""
    found = recover_from_ranks([[10, 0], [0, 10]], [1, 2], decimals=6)

    assert_allclose(found.shares, [[0.5, 1], [0, 0.5]], atol=1e-6)


def test_tied_units_have_equal_scores_or_say_nothing() -> None:
    equal = recover_from_ranks([[10, 0], [0, 10]], [1, 1], decimals=6)
    open_ = recover_from_ranks([[10, 0], [0, 10]], [1, 1], decimals=6, ties_are_equal=False)

    assert_allclose(equal.shares, 0.5, atol=1e-6)
    assert_allclose(open_.shares, [[0, 1], [0, 1]], atol=1e-9)


def test_the_centre_lies_inside() -> None:
    components, ranks, _ = ranked(7, rows=15)
    found = recover_from_ranks(components, ranks, decimals=1)
    centre = centre_of(found)
    rules = np.array(found.admissible().of)
    random = np.random.default_rng(0)

    assert centre.radius > 0
    for _ in range(20):
        step = random.normal(size=3)
        step -= step.mean()
        near = centre.ball + 0.99 * centre.radius * step / np.linalg.norm(step)
        assert (near >= 0).all()
        assert (rules[:, :-1] @ near <= rules[:, -1]).all()
    assert found.allows(centre.ball).possible
    assert found.allows(centre.mean).possible
    assert found.allows(found.centre).possible


def test_a_unit_out_of_place_is_named() -> None:
    components, ranks, shares = ranked(8, rows=150)
    wrong = ranks.copy()
    wrong[ranks == 10] = 140.5
    found = recover_from_ranks(components, wrong, decimals=1)
    unit = str(int(np.flatnonzero(ranks == 10)[0]) + 1)

    assert not found.refused
    assert found.wrong.units == (unit,)
    assert found.allows(shares).possible


def test_a_ranking_by_something_else_is_refused() -> None:
    components, _, _ = ranked(9, rows=60)
    found = recover_from_ranks(components, np.random.default_rng(0).permutation(60) + 1)

    assert found.refused
    assert "ranks" in found.sentence()


def test_an_impossible_claim_is_proved_by_two_units() -> None:
    components, ranks, shares = ranked(10, rows=60)
    wrong = recover_from_ranks(components, ranks, decimals=1).allows(np.roll(shares, 1))
    rows = [int(unit) - 1 for unit in wrong.proof]
    scores = components[rows] @ wrong.shares

    assert not wrong.possible
    assert len(rows) == 2
    assert (ranks[rows[0]] < ranks[rows[1]]) == (scores[0] < scores[1])


@pytest.mark.parametrize(
    ("components", "ranks", "words"),
    [
        ([[1, 2], [2, 3]], [1, 2, 3], "2 rows of components and 3 ranks"),
        ([[1, 2], [2, np.nan]], [1, 2], "Fewer than two rows"),
        ([[1, 2], [2, 3]], ["1", "="], "no number"),
    ],
)
def test_mistakes_end_in_one_clear_message(components: Any, ranks: Any, words: str) -> None:
    with pytest.raises(DataError, match=words):
        recover_from_ranks(components, ranks)


def test_ranks_say_less_than_totals() -> None:
    table = made(3, rows=40)
    ranks = rankdata(-table.totals, method="min")
    found = recover_from_ranks(table.components, ranks, decimals=1, ties_are_equal=False)

    assert found.identified.widest > 0.01
    assert found.allows(table.shares).possible
