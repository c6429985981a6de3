"""Correlation ratios and Shapley shares: against brute force, scikit-learn and known truth."""

from __future__ import annotations

from itertools import permutations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.testing import assert_allclose
from sklearn.linear_model import LinearRegression

from rankscope.analyses.importance.shapley import explained_by_subsets, shapley_shares
from rankscope.analyses.importance.spline import (
    _PENALTIES,
    _splines,
    correlation_ratios,
    noise_floor,
    smoother,
)


def random(seed: int = 0) -> np.random.Generator:
    return np.random.default_rng(seed)


def correlation_ratio(part: np.ndarray, whole: np.ndarray) -> float:
    return float(correlation_ratios(part, whole[None])[0])


columns = st.tuples(
    st.integers(3, 60),
    st.integers(1, 40),
    st.integers(0, 2**32 - 1),
    st.sampled_from([0.0, 0.3, 1.0, 3.0]),
)


def drawn(rows: int, different: int, seed: int, skew: float) -> tuple[np.ndarray, np.ndarray]:
    """Return a part with ties and perhaps a long tail, and noise that follows it somewhat."""
    rng = random(seed)
    part = np.exp(skew * rng.normal(size=different))[rng.integers(0, different, rows)]
    return part, np.sin(3 * part) + rng.normal(size=rows)


@given(columns)
def test_a_ratio_is_a_share_and_never_below_the_squared_correlation(column):
    part, whole = drawn(*column)
    found = correlation_ratio(part, whole)

    if np.ptp(part) == 0:
        assert np.isnan(found)
    else:
        assert np.corrcoef(part, whole)[0, 1] ** 2 - 1e-9 <= found <= 1


def test_that_law_can_fail():
    """A ridge that shrinks straight lines too falls below the squared correlation."""
    part = random(1).normal(size=40)
    whole = part + 0.1 * random(2).normal(size=40)
    z = (part - part.mean()) / part.std()
    shrunk = (z @ (whole - whole.mean())) / (40 + 20) * z

    assert shrunk.var() / whole.var() < np.corrcoef(part, whole)[0, 1] ** 2 - 0.3


@given(columns, st.floats(0.1, 10), st.floats(-50, 50))
def test_a_ratio_does_not_hang_on_units_of_measurement(column, factor, shift):
    part, whole = drawn(*column)
    found = correlation_ratio(part, whole)
    moved = correlation_ratio(-factor * part + shift, shift - factor * whole)

    assert moved == pytest.approx(found, abs=1e-5, nan_ok=True)


def test_a_curve_without_correlation_is_found():
    part = np.linspace(-1, 1, 60)
    whole = part**2

    assert np.corrcoef(part, whole)[0, 1] == pytest.approx(0, abs=1e-12)
    assert correlation_ratio(part, whole) == pytest.approx(1, abs=1e-3)


@pytest.mark.parametrize("rows", [20, 60, 200])
def test_on_average_a_noisy_curve_has_its_true_ratio(rows):
    """Var(sin) = 1/2 and a noise of variance 1/2: the ratio is 1/2."""
    found = []
    for seed in range(40):
        rng = random(seed)
        part = rng.uniform(0, 2 * np.pi, rows)
        found.append(correlation_ratio(part, np.sin(part) + rng.normal(0, np.sqrt(0.5), rows)))

    assert np.mean(found) == pytest.approx(0.5, abs=0.07)


def test_bands_are_met_by_their_means():
    part = np.repeat([0.0, 1.0, 2.0], 30)
    whole = np.repeat([0.0, 5.0, 1.0], 30) + random(3).normal(size=90)
    between = np.var(np.repeat([whole[at : at + 30].mean() for at in (0, 30, 60)], 30))

    assert correlation_ratio(part, whole) == pytest.approx(between / whole.var(), rel=0.02)


def test_the_smoother_is_penalised_least_squares():
    """Its fit at each penalty is the solution of the normal equations of its splines."""
    part, whole = random(4).uniform(size=50), random(5).normal(size=50)
    x = (part - part.min()) / np.ptp(part)
    made = smoother(part)
    basis, roughness = _splines(x, np.unique(x), len(made.firm))
    centred = whole - whole.mean()
    scores = []
    for penalty in 1 / (made.firm.max() * _PENALTIES[:-1]):  # theirs stands at the squares
        inner = basis.T @ basis * penalty + roughness
        hat = basis @ np.linalg.solve(inner, basis.T) * penalty
        left = np.sum((centred - hat @ centred) ** 2)
        scores.append((left / (50 - np.trace(hat)) ** 2, (hat @ centred).var() / whole.var()))
    by_normal_equations = min(scores)[1]

    assert min(scores)[0] < np.sum(centred**2) / 48**2
    assert correlation_ratio(part, whole) == pytest.approx(by_normal_equations, rel=1e-5)


def test_the_noise_floor_is_what_noise_comes_to():
    rng = random(6)
    part = rng.normal(size=50)
    floor = noise_floor(part, rng.normal(size=50), 400, random(0))
    true = np.mean([correlation_ratio(part, rng.normal(size=50)) for _ in range(400)])

    assert floor == pytest.approx(true, abs=0.015)
    assert 1 / 49 < floor < 0.1


def test_gaps_are_left_out():
    part, whole = drawn(40, 40, 7, 1.0)
    gappy, more = np.append(part, [np.nan] * 5), np.append(whole, [99.0] * 5)

    assert correlation_ratio(gappy, more) == correlation_ratio(part, whole)
    assert np.isnan(noise_floor(np.full(45, np.nan), more, 3, random()))


def explained(parts: np.ndarray, whole: np.ndarray, chosen: tuple[int, ...]) -> float:
    if not chosen:
        return 0.0
    some = parts[:, list(chosen)]
    return float(LinearRegression().fit(some, whole).score(some, whole))


def mixed(count: int, seed: int) -> tuple[np.ndarray, np.ndarray]:
    rng = random(seed)
    parts = rng.normal(size=(30, count)) + rng.normal(size=(30, 1))
    return parts, parts @ rng.uniform(0, 1, count) + rng.normal(size=30)


@pytest.mark.parametrize("count", [1, 2, 3, 5])
def test_shapley_shares_are_the_mean_gain_over_all_orders(count):
    parts, whole = mixed(count, count)
    gains = np.zeros(count)
    orders = list(permutations(range(count)))
    for order in orders:
        for at, part in enumerate(order):
            before = explained(parts, whole, order[:at])
            gains[part] += explained(parts, whole, order[: at + 1]) - before

    assert_allclose(shapley_shares(parts, whole), gains / len(orders), atol=1e-10)


def test_each_subset_explains_what_its_regression_does():
    parts, whole = mixed(4, 9)
    found = explained_by_subsets(parts, whole)

    for subset in range(16):
        chosen = tuple(at for at in range(4) if subset >> at & 1)
        assert found[subset] == pytest.approx(explained(parts, whole, chosen), abs=1e-10)


@given(st.integers(1, 7), st.integers(0, 2**32 - 1))
def test_shapley_shares_sum_to_what_all_explain(count, seed):
    parts, whole = mixed(count, seed)
    shares = shapley_shares(parts, whole)

    assert shares.sum() == pytest.approx(explained(parts, whole, tuple(range(count))), abs=1e-9)
    assert (shares > -1e-12).all()


def test_that_sum_can_fail():
    """What each part adds last, and what it explains alone, do not sum to the whole."""
    parts, whole = mixed(4, 11)
    subsets = explained_by_subsets(parts, whole)
    last = sum(subsets[-1] - subsets[15 - 2**at] for at in range(4))
    alone = sum(subsets[2**at] for at in range(4))

    assert last < subsets[-1] - 0.01
    assert alone > subsets[-1] + 0.01


def test_twins_share_alike():
    parts, whole = mixed(3, 12)
    twins = np.column_stack([parts, parts[:, 0]])
    shares = shapley_shares(twins, whole)

    assert shares[0] == pytest.approx(shares[3])
    assert shares.sum() == pytest.approx(explained(parts, whole, (0, 1, 2)))
