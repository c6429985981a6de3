"""Where effective weights may move: a cone cut off where they sum to what they are given."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from rankscope.shapes import Matrix, Vector


@dataclass(frozen=True, slots=True, eq=False)
class WeightSpace:
    """Effective weights u >= 0 of some nodes that may move, and those that they start from.

    ``start`` (weights,) are as given; all sum to what these sum to.  ``walls`` (walls,
    weights + extras): there must be extras t >= 0 with ``walls @ [u, t] <= 0``.  ``held``
    (ties, weights): ``held @ u == 0``, where shares stay as they are.
    """

    start: Vector
    walls: Matrix
    held: Matrix

    @property
    def total(self) -> float:
        """Return what all weights sum to."""
        return float(self.start.sum())

    @property
    def extras(self) -> int:
        """Return how many extras the walls have."""
        return int(self.walls.shape[1]) - len(self.start)

    @property
    def free(self) -> bool:
        """Whether nothing but their sum binds the weights."""
        return not len(self.walls) and not len(self.held)

    def without_extras(self) -> Matrix:
        """Return the walls on the weights alone, of shape (walls, weights)."""
        rows = self.walls
        while rows.shape[1] > len(self.start):
            rows = _eliminated(rows)
        return rows


def simplex(start: Vector) -> WeightSpace:
    """Return the space of any weights that sum to what ``start``, (weights,), sums to."""
    none = np.empty((0, len(start)))
    return WeightSpace(start, none, none)


def _eliminated(rows: Matrix) -> Matrix:
    """Return rows @ x <= 0 without the last of x, which is at least 0.

    Fourier-Motzkin elimination: each row that bounds it from above is joined with each that
    bounds it from below.
    """
    rows = np.vstack([rows, np.r_[np.zeros(rows.shape[1] - 1), -1.0]])
    last = rows[:, -1]
    above = rows[last > 0] / last[last > 0, None]
    below = rows[last < 0] / -last[last < 0, None]
    joined = (above[:, None] + below[None]).reshape(-1, rows.shape[1])
    kept = np.vstack([rows[last == 0], joined])[:, :-1]
    return np.asarray(kept[(kept > 0).any(axis=1)])  # the others hold for any weights
