"""The effective sample size against series whose autocorrelations are known."""

from __future__ import annotations

import numpy as np
import pytest

from rankscope.methods.admissible import effective_sample_size


def chain(correlation: float, size: int = 100_000, columns: int = 2) -> np.ndarray:
    """Return columns of an autoregressive series of order one."""
    noise = np.random.default_rng(3).normal(size=(size, columns))
    for at in range(1, size):
        noise[at] = correlation * noise[at - 1] + noise[at] * (1 - correlation**2) ** 0.5
    return noise


@pytest.mark.parametrize("correlation", [0.0, 0.5, 0.9])
def test_of_an_autoregressive_series(correlation: float) -> None:
    """Its integrated time is (1 + r) / (1 - r)."""
    expected = 100_000 * (1 - correlation) / (1 + correlation)

    assert effective_sample_size(chain(correlation)) == pytest.approx(expected, rel=0.08)


def test_the_worst_column_counts() -> None:
    mixed = np.column_stack([chain(0.0)[:, 0], chain(0.9)[:, 0]])

    assert effective_sample_size(mixed) == effective_sample_size(mixed[:, 1:])


def test_it_is_never_more_than_there_are_draws() -> None:
    swings = chain(-0.9, 1000)

    assert effective_sample_size(swings) == 1000


@pytest.mark.parametrize("size", [1, 3, 100])
def test_columns_that_do_not_vary_do_not_count(size: int) -> None:
    constant = np.full((size, 3), 1 / 3)

    assert effective_sample_size(constant) == size
    varied = np.column_stack([chain(0.5, 1000), np.full(1000, 0.1)])
    assert effective_sample_size(varied) == effective_sample_size(varied[:, :2])


def test_a_series_that_only_climbs_is_worth_little() -> None:
    assert effective_sample_size(np.linspace(0, 1, 1000)[:, None]) < 20
