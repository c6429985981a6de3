"""How many independent draws as much is known from as from draws of a chain."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from rankscope.shapes import Matrix, Vector


def effective_sample_size(draws: Matrix) -> float:
    """Return the smallest effective sample size of any column of draws, (draws, columns).

    Autocorrelations are summed by Geyer's initial positive sequence: in pairs of neighbours,
    up to the first pair whose sum is not positive (Geyer 1992, Statistical Science 7(4),
    473-483, section 3.3, https://doi.org/10.1214/ss/1177011137).  It is never more than the
    number of draws; constant columns are left out, and with nothing else all draws count.
    """
    size = len(draws)
    spread = draws - draws.mean(axis=0)
    varied = np.abs(spread).max(axis=0, initial=0.0) > 1e-12 * np.abs(draws).max(initial=0.0)
    if size < 4 or not varied.any():
        return float(size)
    sizes = [size / _integrated_time(_autocorrelations(one)) for one in spread[:, varied].T]
    return float(min(size, *sizes))


def _autocorrelations(centred: Vector) -> Vector:
    """Return the autocorrelations at lags 0, 1, ... of a column with mean 0."""
    size = len(centred)
    padded = np.fft.rfft(centred, 2 * size)
    covariances = np.fft.irfft(np.abs(padded) ** 2, 2 * size)[:size]
    return np.asarray(covariances / covariances[0])


def _integrated_time(correlations: Vector) -> float:
    """Return how many draws stand for one independent draw, at least 1."""
    paired = correlations[: len(correlations) // 2 * 2].reshape(-1, 2).sum(axis=1)
    ends = np.flatnonzero(paired <= 0)
    positive = paired[: ends[0]] if len(ends) else paired
    return float(max(2 * positive.sum() - 1, 1.0))
