"""Ranks of many draws, counted or stored, against NumPy on the ranks themselves."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.testing import assert_allclose

from rankscope.analyses.uncertainty.counted_ranks import CountedRanks
from rankscope.analyses.uncertainty.sorted_ranks import sorted_ranks
from rankscope.errors import MethodError

if TYPE_CHECKING:
    from rankscope.analyses.uncertainty.rank_draws import RankDraws

PROBABILITIES = (0.0, 0.05, 0.3, 0.5, 0.95, 1.0)


def both(ranks: np.ndarray) -> tuple[RankDraws, RankDraws]:
    """Return stored ranks, (draws, rows), in both forms."""
    rows = ranks.shape[1]
    counts = np.stack([np.bincount(own, minlength=rows + 1) for own in ranks.T])
    return CountedRanks(counts), sorted_ranks(ranks.astype(np.uint16))


@st.composite
def rankings(draw: st.DrawFn) -> np.ndarray:
    """Return ranks of 1 to 40 draws of 1 to 6 units, some missing."""
    shape = draw(st.integers(1, 40)), draw(st.integers(1, 6))
    random = np.random.default_rng(draw(st.integers(0, 10_000)))
    ranks = random.integers(1, shape[1] + 1, shape)
    return np.where(random.random(shape) < draw(st.sampled_from([0.0, 0.3, 1.0])), 0, ranks)


@given(rankings())
def test_quantiles_are_numpys_on_the_stored_ranks(ranks: np.ndarray) -> None:
    expected = np.full((len(PROBABILITIES), ranks.shape[1]), np.nan)
    for row, own in enumerate(ranks.T):
        if (own > 0).any():
            expected[:, row] = np.quantile(own[own > 0], PROBABILITIES)

    for found in both(ranks):
        assert_allclose(found.quantiles(PROBABILITIES), expected, rtol=1e-12)
        assert_allclose(found.interval(0.9), found.quantiles((0.05, 0.95)), rtol=1e-12)


@given(rankings(), st.sampled_from([0.5, 0.9, 1.0]))
def test_shares_means_and_moves_are_those_of_the_draws(ranks: np.ndarray, share: float) -> None:
    draws, rows = ranks.shape
    published = np.arange(rows)  # the first is unranked
    for found in both(ranks):
        assert found.draws == draws
        assert_allclose(found.ranked, (ranks > 0).mean(axis=0))
        for rank in range(1, rows + 1):
            assert_allclose(found.at_least(rank), ((ranks > 0) & (ranks <= rank)).mean(axis=0))
        for row, own in enumerate(ranks.T):
            assert_allclose(
                found.acceptability_of(row), [(own == rank).mean() for rank in range(1, rows + 1)]
            )
            there = own[own > 0]
            assert_allclose(found.mean[row], there.mean() if there.size else np.nan)
            away = np.sort(np.abs(there - published[row]))
            fewest = next(
                (k for k in range(rows + 1) if away.size and (away <= k).mean() >= share - 1e-9),
                np.nan,
            )
            assert_allclose(found.moves(published, share)[row], fewest if row else np.nan)


def test_rows_of_acceptability_sum_to_the_share_of_draws_with_a_rank() -> None:
    ranks = np.array([[1, 2, 0], [2, 1, 3], [1, 2, 0], [1, 2, 3]])
    counted, stored = both(ranks)

    assert_allclose(counted.acceptability.sum(axis=1), counted.ranked)
    assert_allclose(counted.ranked, [1, 1, 0.5])
    with pytest.raises(MethodError, match="too large"):
        _ = stored.acceptability
