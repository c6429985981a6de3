"""The way from the worst value to an aim: what all distances share."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from rankscope.methods.normalisation.min_max import Scale, explain_scale, rescale
from rankscope.methods.statistics import smallest_and_largest

if TYPE_CHECKING:
    from rankscope.shapes import Matrix, Vector


class Way(NamedTuple):
    """The scale from the worst value to the aim, and the polarity, of shape (columns,).

    The worst is NaN where it is not short of the aim: then there is no way to measure.
    """

    scale: Scale
    polarity: Vector


def fit_way(matrix: Matrix, aim: Vector, polarity: Vector) -> Way:
    """Learn the worst values from a matrix of shape (rows, columns)."""
    low, high = smallest_and_largest(matrix)
    worst = np.where(polarity > 0, low, high)
    short = (aim - worst) * polarity > 0
    return Way(Scale(worst=np.where(short, worst, np.nan), best=aim), polarity)


def part_of_way(matrix: Matrix, way: Way, to: tuple[float, float], beyond: str) -> Matrix:
    """Return how far values, (rows, columns), have come; at the aim ``to[1]``."""
    scaled = rescale(matrix, way.scale, to)
    if beyond == "keep":
        return scaled
    return np.where((matrix - way.scale.best) * way.polarity >= 0, to[1], scaled)


def explain_way(way: Way, column: int, to: tuple[float, float]) -> str:
    """Say what the ends of the scale stand for."""
    if np.isnan(way.scale.worst[column]):
        return f"no value is short of {way.scale.best[column]:.6g}"
    return explain_scale(way.scale, column, to)
