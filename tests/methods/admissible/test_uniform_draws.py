"""Draws are spread over their sets as they promise: closed forms, and rejection sampling."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from scipy import stats

from rankscope.methods.admissible import (
    Bounded,
    Bounds,
    Dirichlet,
    Linear,
    Ordered,
    Perturbed,
    Siblings,
    Simplex,
    box,
    effective_sample_size,
    hit_and_run,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from rankscope.methods.admissible import Admissible
    from rankscope.shapes import Mask, Matrix

SIZE = 20_000
UNLIKELY = 1e-4
"""Seeds are fixed: a test that holds goes on holding."""


def siblings_of(*weights: float) -> Siblings:
    return Siblings(tuple("abcdefghij"[: len(weights)]), np.array(weights, dtype=float))


def drawn(admissible: Admissible, siblings: Siblings, size: int = SIZE) -> Matrix:
    return admissible.draw(siblings, size, np.random.default_rng(1))


def rejected(children: int, inside: Callable[[Matrix], Mask], size: int = SIZE) -> Matrix:
    """Draw uniformly from a part of the simplex by throwing away what falls outside."""
    rng, kept = np.random.default_rng(2), np.empty((0, children))
    while len(kept) < size:
        spacings = -np.log(rng.random((100_000, children)))
        shares = spacings / spacings.sum(axis=1, keepdims=True)
        kept = np.vstack([kept, shares[inside(shares)]])
    return kept[:size]


def alike(one: Matrix, other: Matrix) -> float:
    """Return the least probability that a column, or the product of two, is spread alike."""
    pairs = list(zip(one.T, other.T, strict=True))
    pairs += [(one[:, 0] * one[:, -1], other[:, 0] * other[:, -1]), (one.max(1), other.max(1))]
    return min(stats.ks_2samp(*pair).pvalue for pair in pairs)


@pytest.mark.parametrize("children", [2, 3, 7])
def test_shares_of_the_simplex_are_beta(children: int) -> None:
    draws = drawn(Simplex(), siblings_of(*range(1, children + 1)))
    law = stats.beta(1, children - 1)

    assert min(stats.kstest(column, law.cdf).pvalue for column in draws.T) > UNLIKELY


def test_a_share_above_one_half_is_as_likely_as_on_the_simplex() -> None:
    """7 / 2**6 of the simplex of seven; normalised uniform numbers hardly ever get there."""
    draws = drawn(Simplex(), siblings_of(*[1] * 7), 100_000)
    twin = np.random.default_rng(1).random((100_000, 7))
    twin /= twin.sum(axis=1, keepdims=True)

    assert (draws.max(axis=1) > 0.5).mean() == pytest.approx(7 / 64, abs=0.004)
    assert (twin.max(axis=1) > 0.5).mean() < 0.01
    assert stats.kstest(twin[:, 0], stats.beta(1, 6).cdf).pvalue < 1e-12


def test_the_mean_of_strictly_ordered_weights_is_the_rank_order_centroid() -> None:
    """Barron & Barrett (1996): the mean of all weights in an order is 1/k sum of 1/j."""
    draws = drawn(Ordered(), siblings_of(4, 9, 1, 2))
    centroid = [sum(1 / j for j in range(rank, 5)) / 4 for rank in (2, 1, 4, 3)]

    assert draws.mean(axis=0) == pytest.approx(centroid, abs=0.002)
    assert (np.diff(draws[:, [1, 0, 3, 2]], axis=1) <= 0).all()


@pytest.mark.parametrize("weights", [(3, 2, 2, 1), (2, 1, 2), (1, 1, 1), (1, 1, 5)])
def test_ordered_weights_with_ties_are_uniform(weights: tuple[float, ...]) -> None:
    given = np.array(weights)
    above, below = np.nonzero(given[:, None] > given)

    def kept(shares: Matrix) -> Mask:
        return np.asarray((shares[:, above] >= shares[:, below]).all(axis=1))

    draws = drawn(Ordered(), siblings_of(*weights))
    truth = rejected(len(weights), kept)

    assert alike(draws, truth) > UNLIKELY
    if len(set(weights)) > 1:  # ties that always fall the same way are seen
        assert alike(-np.sort(-truth, axis=1)[:, np.argsort(np.argsort(-given))], truth) < 1e-9


BOXES = [
    (Bounded(0.5), (1, 2, 3)),
    (Bounded(0.5), (1, 1, 1, 1)),
    (Bounded(1.0), (8, 1, 1, 2)),
    (Bounds({"a": (0.1, 0.4), "b": (0, 0.2)}), (1, 1, 1, 1)),
    (Bounds({"a": (0.3, 1)}), (1, 1, 1, 1, 1)),
]


@pytest.mark.parametrize(("admissible", "weights"), BOXES)
def test_draws_between_ends_are_uniform(admissible: Admissible, weights: tuple[float, ...]) -> None:
    siblings = siblings_of(*weights)
    walls = admissible.walls(siblings)
    truth = rejected(len(weights), lambda shares: np.asarray((shares @ walls.T <= 0).all(axis=1)))
    draws = drawn(admissible, siblings)

    assert alike(draws, truth) > UNLIKELY
    assert draws.mean(axis=0) == pytest.approx(truth.mean(axis=0), abs=0.006)
    assert np.cov(draws.T) == pytest.approx(np.cov(truth.T), abs=0.002)


def test_many_shares_of_very_different_size_are_uniform() -> None:
    """The truth: all but the widest share drawn freely, kept where the widest one fits."""
    rng = np.random.default_rng(5)
    shares = -np.sort(-rng.dirichlet(np.full(45, 0.3)))
    free = rng.uniform(0.75 * shares[1:], 1.25 * shares[1:], (SIZE, 44))
    rest = 1 - free.sum(axis=1)
    fits = (rest >= 0.75 * shares[0]) & (rest <= 1.25 * shares[0])
    truth = np.column_stack([rest, free])[fits]

    draws = drawn(Bounded(), Siblings(tuple(map(str, range(45))), shares), len(truth))

    assert fits.mean() > 0.1
    assert alike(draws, truth) > UNLIKELY


def test_a_chain_that_is_too_short_is_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    admissible, weights = BOXES[1]
    siblings = siblings_of(*weights)
    truth = drawn(admissible, siblings)
    monkeypatch.setattr(box, "STEPS", 1)

    assert alike(drawn(admissible, siblings), truth) < 1e-12


RULES = [
    Linear([[-1, 2, 0, 0, 0]]),
    Linear([[-1, 1, 0, 0, 0], [0, 0, 1, 1, 0.7], [0, -1, 0, 0, -0.1]]),
]


@pytest.mark.parametrize("admissible", RULES)
def test_draws_under_rules_are_uniform(admissible: Linear) -> None:
    siblings = siblings_of(1, 1, 1, 1)
    walls = admissible.walls(siblings)
    truth = rejected(4, lambda shares: np.asarray((shares @ walls.T <= 0).all(axis=1)))
    draws = drawn(admissible, siblings)

    assert alike(draws, truth) > UNLIKELY


@pytest.mark.parametrize("width", [0.0, 1e-6, 1e-3])
def test_a_thin_or_flat_set_is_drawn_from_along_its_whole_length(width: float) -> None:
    """Where two shares are nearly equal, the third one is uniform from 0 to 1."""
    strip = Linear([[1, -1, 0, width], [-1, 1, 0, width]])
    draws = drawn(strip, siblings_of(1, 1, 1))
    apart = draws[:, 0] - draws[:, 1]

    assert stats.kstest(draws[:, 2], "uniform").pvalue > UNLIKELY
    assert np.abs(apart).max() <= width + 1e-15
    if width:
        assert stats.kstest(apart / width, stats.uniform(-1, 2).cdf).pvalue > UNLIKELY


def test_a_thin_set_is_not_filled_by_chains_that_are_not_made_round(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    strip = Linear([[1, -1, 0, 1e-6], [-1, 1, 0, 1e-6]])
    monkeypatch.setattr(hit_and_run, "_TURNS", 0)
    draws = drawn(strip, siblings_of(1, 1, 1))

    assert stats.kstest(draws[:, 2], "uniform").pvalue < 1e-12


def test_perturbed_draws_are_factors_made_shares() -> None:
    draws = drawn(Perturbed(0.25), siblings_of(1, 1))
    ratio = draws[:, 0] / draws[:, 1]

    assert ratio.min() >= 0.6
    assert ratio.max() <= 5 / 3
    # the triangle of factors from 0.75 to 1.25 in which the first is over 1.25 times the second
    assert (ratio <= 1.25).mean() == pytest.approx(1 - 1.25 * 0.25**2 / 2 / 0.25, abs=0.01)


def test_dirichlet_draws_have_its_mean_and_its_spread() -> None:
    siblings = siblings_of(1, 2, 5)
    draws = drawn(Dirichlet(50), siblings)
    shares = siblings.shares

    assert draws.mean(axis=0) == pytest.approx(shares, abs=0.002)
    assert draws.std(axis=0) == pytest.approx(np.sqrt(shares * (1 - shares) / 51), rel=0.02)
    first = stats.beta(50 / 8, 350 / 8)
    assert stats.kstest(draws[:, 0], first.cdf).pvalue > UNLIKELY


@pytest.mark.parametrize("admissible", [Bounded(), Bounds({"a": (0, 0.5)}), RULES[0]])
def test_draws_of_chains_are_as_good_as_independent(admissible: Admissible) -> None:
    draws = drawn(admissible, siblings_of(1, 1, 1, 1))

    assert effective_sample_size(draws) > 0.93 * SIZE
