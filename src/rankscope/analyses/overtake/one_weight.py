"""One weight at a time: along a line of weights a difference of scores is linear."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from rankscope.shapes import Matrix, Vector

_ROUNDED = 1e-12


def room(walls: Matrix, start: Vector, direction: Vector) -> tuple[float, float]:
    """Return how far weights may go from a start along a direction, backwards and forwards.

    ``walls @ weights <= 0`` are the walls, of shape (walls, weights), and no weight may be
    below 0.  Backwards is negative.  A direction that meets no wall has no end.
    """
    rows = np.vstack([np.eye(len(start)), -walls])
    there, slope = np.maximum(rows @ start, 0.0), rows @ direction
    sloped = np.abs(slope) > _ROUNDED * np.abs(rows).sum(axis=1)
    ends = there[sloped] / -slope[sloped]
    up, down = ends[slope[sloped] < 0], ends[slope[sloped] > 0]
    return float(down.max(initial=-np.inf)), float(up.min(initial=np.inf))


def way_to(gain: float, slope: float, at_least: float, ends: tuple[float, float]) -> float | None:
    """Return the shortest way along a line until a gain is high enough, None if it never is.

    The gain is ``gain`` at 0 and grows by ``slope``; ``ends`` are how far the way may go.

    >>> way_to(-2.0, 4.0, 0.0, (-1.0, 1.0))
    0.5
    """
    lacking = at_least - gain
    if lacking <= 0:
        return 0.0
    if slope == 0:
        return None
    way = lacking / slope
    slack = _ROUNDED * max(1.0, abs(way))
    if not ends[0] - slack <= way <= ends[1] + slack:
        return None
    return float(np.clip(way, *ends))
