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
"""Cells of the grid, from end to end."""

LEVELS = (0.05, 0.5, 0.95)


@dataclass(frozen=True, slots=True)
class ScoreGrid(Sum):
    """How many scores of each unit lie in each cell from ``low`` to ``high``, (rows, cells + 1).

    Scores beyond an end are counted in its cell; the last column counts those missing.
    """

    low: float
    high: float

    @classmethod
    def of(cls, scores: Batch) -> ScoreGrid:
        """Return a grid that spans the scores of a block, and as much again around them."""
        finite = scores[np.isfinite(scores)]
        low, high = (float(finite.min()), float(finite.max())) if finite.size else (0.0, 1.0)
        room = (high - low) / 2 or 1.0
        return cls(low - room, high + room)

    @property
    def step(self) -> float:
        """Return the width of a cell: how exactly quantiles are known."""
        return (self.high - self.low) / CELLS

    def part(self, scores: Batch) -> Whole:
        """Return the counts of one block."""
        rows = scores.shape[1]
        missing = ~np.isfinite(scores)
        cells = (np.where(missing, self.low, scores) - self.low) / self.step
        cells = np.where(missing, CELLS, np.clip(cells, 0, CELLS - 1)).astype(np.int64)
        cells += np.arange(rows) * (CELLS + 1)
        counts = np.bincount(cells.ravel(), minlength=rows * (CELLS + 1))
        return counts.reshape(rows, CELLS + 1)


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
    if np.isfinite(scores).all():
        return np.quantile(scores, LEVELS, axis=0)
    found = np.full((len(LEVELS), scores.shape[1]), np.nan)
    for row, own in enumerate(scores.T):
        there = own[np.isfinite(own)]
        if there.size:
            found[:, row] = np.quantile(there, LEVELS)
    return found


def _of_grid(grid: ScoreGrid, counts: Whole) -> Batch:
    """Return the middles of the cells in which the quantiles lie, (3, rows)."""
    below = np.cumsum(counts[:, :CELLS], axis=1)
    total = below[:, -1:]
    cells = np.stack([(below < level * total).sum(axis=1) for level in LEVELS])
    return np.where(total.T > 0, grid.low + (cells + 0.5) * grid.step, np.nan)
