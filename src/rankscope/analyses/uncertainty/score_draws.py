"""Quantiles of scores over draws: from all of them, or from counts on a fine grid."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from rankscope.pipeline.blocks import Sum

if TYPE_CHECKING:
    from rankscope.pipeline.blocks import Reducer
    from rankscope.shapes import Batch, Vector, Whole

CELLS = 1024
"""Cells of the grid, from end to end, for as many units as pairs are counted of."""

FEW_CELLS = 256
"""The same for more units."""

MANY = 2000
"""So many units are many."""

_AT_ONCE = 2**20
"""Scores that are counted or put in order at a time."""

LEVELS = (0.05, 0.5, 0.95)


@dataclass(frozen=True, slots=True)
class ScoreGrid(Sum):
    """How many scores of each unit lie in each cell from ``low`` to ``high``, (rows, cells + 1).

    Scores beyond an end are counted in its cell; the last column counts those missing.
    """

    low: float
    high: float
    cells: int

    @classmethod
    def of(cls, scores: Batch) -> ScoreGrid:
        """Return a grid that spans the scores of a block, and as much again around them."""
        finite = np.isfinite(scores)
        low = float(scores.min(where=finite, initial=np.inf))
        high = float(scores.max(where=finite, initial=-np.inf))
        low, high = (low, high) if low <= high else (0.0, 1.0)
        room = (high - low) / 2 or 1.0
        return cls(low - room, high + room, CELLS if scores.shape[1] <= MANY else FEW_CELLS)

    @property
    def step(self) -> float:
        """Return the width of a cell: how exactly quantiles are known."""
        return (self.high - self.low) / self.cells

    def part(self, scores: Batch) -> Whole:
        """Return the counts of one block."""
        rows = max(1, _AT_ONCE // max(len(scores), 1))
        starts = range(0, scores.shape[1], rows)
        parts = [self._counts(scores[:, first : first + rows]) for first in starts]
        return np.concatenate(parts) if parts else np.zeros((0, self.cells + 1), dtype=np.int32)

    def _counts(self, scores: Batch) -> Whole:
        """Return the counts of some units."""
        rows = scores.shape[1]
        missing = ~np.isfinite(scores)
        cells = (np.where(missing, self.low, scores) - self.low) / self.step
        cells = np.where(missing, self.cells, np.clip(cells, 0, self.cells - 1)).astype(np.int64)
        cells += np.arange(rows) * (self.cells + 1)
        counts = np.bincount(cells.ravel(), minlength=rows * (self.cells + 1))
        return counts.reshape(rows, self.cells + 1).astype(np.int32)


@dataclass(frozen=True, slots=True, eq=False)
class ScoreQuantiles:
    """The 5 %, 50 % and 95 % quantiles of each unit's score, (rows,), exact to ``step``."""

    low: Vector
    median: Vector
    high: Vector
    step: float = 0.0


def score_quantiles(reducer: Reducer, kept: Any) -> ScoreQuantiles:
    """Return the quantiles of what a reducer kept of the scores."""
    if isinstance(reducer, ScoreGrid):
        low, median, high = _of_grid(reducer, kept)
        return ScoreQuantiles(low, median, high, reducer.step)
    low, median, high = _of_scores(np.asarray(kept))
    return ScoreQuantiles(low, median, high)


def _of_scores(scores: Batch) -> Batch:
    """Return quantiles over draws in which there is a score, (3, rows); NaN where in none."""
    found = np.full((len(LEVELS), scores.shape[1]), np.nan)
    rows = max(1, _AT_ONCE // max(len(scores), 1))
    for first in range(0, scores.shape[1], rows):
        some = scores[:, first : first + rows]
        if np.isfinite(some).all():
            found[:, first : first + rows] = np.quantile(some, LEVELS, axis=0)
            continue
        for row, own in enumerate(some.T, start=first):
            there = own[np.isfinite(own)]
            if there.size:
                found[:, row] = np.quantile(there, LEVELS)
    return found


def _of_grid(grid: ScoreGrid, counts: Whole) -> Batch:
    """Return the middles of the cells in which the quantiles lie, (3, rows)."""
    below = np.cumsum(counts[:, : grid.cells], axis=1)
    total = below[:, -1:]
    cells = np.stack([(below < level * total).sum(axis=1) for level in LEVELS])
    return np.where(total.T > 0, grid.low + (cells + 0.5) * grid.step, np.nan)
