"""What the ranks of many draws say of each unit."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from rankscope.shapes import Matrix, Vector, Whole


@dataclass(frozen=True, slots=True, eq=False)
class RankDraws:
    """How often each unit took each rank, (rows, ranks + 1): column 0 counts draws without."""

    counts: Whole

    @property
    def draws(self) -> int:
        """Return how many draws there were."""
        return int(self.counts[0].sum()) if len(self.counts) else 0

    @property
    def ranked(self) -> Vector:
        """Return the share of draws in which each unit has a rank, (rows,)."""
        return np.asarray(1 - self.counts[:, 0] / max(self.draws, 1))

    @property
    def acceptability(self) -> Matrix:
        """Return the share of draws in which each unit takes each rank, (rows, ranks).

        Rank acceptability indices: Lahdelma, Hokkanen & Salminen (1998) European Journal of
        Operational Research 106(1), 137-143, https://doi.org/10.1016/S0377-2217(97)00163-X
        """
        return np.asarray(self.counts[:, 1:] / max(self.draws, 1))

    @property
    def mean(self) -> Vector:
        """Return the mean rank of each unit over the draws in which it has one, (rows,)."""
        places = np.arange(1, self.counts.shape[1])
        total = self.counts[:, 1:].sum(axis=1)
        return _divided(self.counts[:, 1:] @ places, total)

    def quantiles(self, probabilities: tuple[float, ...]) -> Matrix:
        """Return quantiles of each unit's ranks, (probabilities, rows); NaN for the unranked.

        They are interpolated between neighbours, as R (type 7) and NumPy do.
        """
        below = np.cumsum(self.counts[:, 1:], axis=1)
        total = below[:, -1] if below.shape[1] else np.zeros(len(below))
        found = np.full((len(probabilities), len(self.counts)), np.nan)
        for number, probability in enumerate(probabilities):
            place = probability * (total - 1)
            low = np.floor(place)
            first, second = (_at(below, low), _at(below, np.minimum(low + 1, total - 1)))
            value = first + (place - low) * (second - first)
            found[number] = np.where(total > 0, value, np.nan)
        return found

    def interval(self, probability: float = 0.9) -> Matrix:
        """Return both ends of the central interval of each unit's ranks, (2, rows)."""
        tail = (1 - probability) / 2
        return self.quantiles((tail, 1 - tail))

    def at_least(self, rank: int) -> Vector:
        """Return the probability of this rank or a better one, (rows,)."""
        return np.asarray(self.counts[:, 1 : rank + 1].sum(axis=1) / max(self.draws, 1))


def counts_of(ranks: np.ndarray) -> Whole:
    """Count stored ranks of shape (draws, rows), 0 for none, into (rows, ranks + 1)."""
    highest = int(ranks.max(initial=0)) + 1
    return np.stack([np.bincount(own, minlength=highest) for own in ranks.T])


def _at(below: Whole, place: Vector) -> Vector:
    """Return the rank that stands at a place, from 0, of each unit's sorted ranks, (rows,)."""
    return np.asarray((below <= place[:, None]).sum(axis=1) + 1.0)


def _divided(above: Whole, below: Whole) -> Vector:
    found = np.full(len(below), np.nan)
    np.divide(above, below, out=found, where=below > 0)
    return found
