"""What the ranks of many draws say of each unit."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from rankscope.shapes import Matrix, Vector, Whole


class RankDraws(ABC):
    """The ranks of each unit over many draws, whether counted or stored.

    A unit may have no rank in some draws: shares are of all draws, means and quantiles of
    those in which it has one.
    """

    __slots__ = ()

    @property
    @abstractmethod
    def draws(self) -> int:
        """Return how many draws there were."""

    @property
    @abstractmethod
    def with_rank(self) -> Whole:
        """Return in how many draws each unit has a rank, (rows,)."""

    @property
    @abstractmethod
    def mean(self) -> Vector:
        """Return the mean rank of each unit over the draws in which it has one, (rows,)."""

    @abstractmethod
    def counts_of(self, row: int) -> Whole:
        """Return how often one unit takes each rank, (ranks + 1,): first how often none."""

    @abstractmethod
    def at_least(self, rank: int) -> Vector:
        """Return the probability of this rank or a better one, (rows,)."""

    @abstractmethod
    def _at(self, place: Whole) -> Vector:
        """Return the rank that stands at a place, from 0, of each unit's sorted ranks, (rows,)."""

    @property
    @abstractmethod
    def acceptability(self) -> Matrix:
        """Return the share of draws in which each unit takes each rank, (rows, ranks).

        Rank acceptability indices: Lahdelma, Hokkanen & Salminen (1998) European Journal of
        Operational Research 106(1), 137-143, https://doi.org/10.1016/S0377-2217(97)00163-X
        """

    @property
    def ranked(self) -> Vector:
        """Return the share of draws in which each unit has a rank, (rows,)."""
        return np.asarray(self.with_rank / max(self.draws, 1))

    def acceptability_of(self, row: int) -> Vector:
        """Return the share of draws in which one unit takes each rank, (ranks,)."""
        return np.asarray(self.counts_of(row)[1:] / max(self.draws, 1))

    def quantiles(self, probabilities: tuple[float, ...]) -> Matrix:
        """Return quantiles of each unit's ranks, (probabilities, rows); NaN for the unranked.

        They are interpolated between neighbours, as R (type 7) and NumPy do.
        """
        total = self.with_rank
        found = np.full((len(probabilities), len(total)), np.nan)
        for number, probability in enumerate(probabilities):
            place = probability * np.maximum(total - 1, 0)
            low = np.floor(place).astype(np.int64)
            first = self._at(low)
            second = self._at(np.minimum(low + 1, np.maximum(total - 1, 0)))
            found[number] = np.where(total > 0, first + (place - low) * (second - first), np.nan)
        return found

    def interval(self, probability: float = 0.9) -> Matrix:
        """Return both ends of the central interval of each unit's ranks, (2, rows)."""
        tail = (1 - probability) / 2
        return self.quantiles((tail, 1 - tail))

    def moves(self, published: Whole, probability: float = 0.9) -> Vector:
        """Return the places within which each unit stays of its published rank, (rows,).

        The fewest that hold in so many of the draws in which it has a rank; NaN for a unit
        that has none there or as published.
        """
        found = np.full(len(published), np.nan)
        for row in np.flatnonzero((published > 0) & (self.with_rank > 0)):
            counts = self.counts_of(int(row))[1:]
            away = np.abs(np.arange(1, len(counts) + 1) - published[row])
            reached = np.cumsum(np.bincount(away, weights=counts))
            enough = probability * reached[-1] * (1 - 1e-12)
            found[row] = np.searchsorted(reached, enough)
        return found


def divided(above: Whole, below: Whole) -> Vector:
    """Return shares, (rows,), NaN where nothing is counted."""
    found = np.full(len(below), np.nan)
    np.divide(above, below, out=found, where=below > 0)
    return found
