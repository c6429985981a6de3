"""What is kept of the scores of many draws: counts, or all of them."""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from rankscope.pipeline.ranks import Ranking
    from rankscope.shapes import Batch, Whole

BLOCK = 1024
"""Draws in a block."""

_AT_ONCE = 2**20
"""Scores ranked at a time, so that 30,000 units stay within memory."""


class Reducer(ABC):
    """What is kept of the scores of many draws.

    ``part`` is a pure function of one block's scores of shape (draws, rows); ``add`` puts
    two things kept, in block order, into one, and ``finish`` makes the result of the last.
    """

    @abstractmethod
    def part(self, scores: Batch) -> Any:
        """Return what one block contributes."""

    @abstractmethod
    def add(self, kept: Any, more: Any) -> Any:
        """Return what is kept of both; the first may be changed in place."""

    def finish(self, kept: Any) -> Any:
        """Return the result."""
        return kept


class Sum(Reducer):
    """A reducer that counts: its parts are added."""

    def add(self, kept: Whole, more: Whole) -> Whole:
        """Add the counts."""
        return np.add(kept, more, out=kept)


class Stored(Reducer):
    """A reducer that keeps all draws: its parts are lists of arrays."""

    def add(self, kept: list[Any], more: list[Any]) -> list[Any]:
        """Put more draws at the end."""
        kept += more
        return kept

    def finish(self, kept: list[Any]) -> Any:
        """Put the draws one after another, each part given back once it is copied."""
        if len(kept) == 1:
            return kept[0]
        draws = sum(map(len, kept))
        whole = np.empty((draws, *kept[0].shape[1:]), dtype=kept[0].dtype)
        kept.reverse()
        first = 0
        while kept:
            part = kept.pop()
            whole[first : first + len(part)] = part
            first += len(part)
        return whole


@dataclass(frozen=True, slots=True)
class RankCounts(Sum):
    """How often each unit takes each rank: of shape (rows, rows + 1), column 0 unranked."""

    ranking: Ranking

    def part(self, scores: Batch) -> Whole:
        """Return the counts of one block."""
        return self.ranking.counts(scores)


@dataclass(frozen=True, slots=True)
class StoredRanks(Stored):
    """The rank of each unit in each draw, of shape (draws, rows), in the smallest type for it."""

    ranking: Ranking

    def part(self, scores: Batch) -> list[np.ndarray]:
        """Return the ranks of one block."""
        kind = np.min_scalar_type(scores.shape[-1])
        some = max(1, _AT_ONCE // scores.shape[-1])
        slices = (scores[first : first + some] for first in range(0, len(scores), some))
        return [self.ranking.ranks(one).astype(kind) for one in slices]


@dataclass(frozen=True, slots=True)
class StoredScores(Stored):
    """The score of each unit in each draw, of shape (draws, rows)."""

    def part(self, scores: Batch) -> list[Batch]:
        """Return the scores of one block."""
        return [scores]
