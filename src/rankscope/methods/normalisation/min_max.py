"""Min-max: the worst observed value becomes the low end, the best the high end."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, NamedTuple

import numpy as np

from rankscope._domains import Ends
from rankscope._registry import parameter, register
from rankscope.methods.normalisation.base import Normalisation
from rankscope.methods.references import HANDBOOK
from rankscope.methods.statistics import smallest_and_largest

if TYPE_CHECKING:
    from rankscope.methods.base import Traits
    from rankscope.shapes import Matrix, Vector


class Scale(NamedTuple):
    """Where both ends of the scale lie, in the column's units, of shape (columns,) each."""

    worst: Vector
    best: Vector


def rescale(matrix: Matrix, scale: Scale, to: tuple[float, float]) -> Matrix:
    r"""Map a matrix of shape (rows, columns) linearly, worst to ``to[0]`` and best to ``to[1]``.

    :math:`y = l + (u - l)\frac{x - worst}{best - worst}`; NaN where both ends
    are equal, since such a column separates nobody.
    """
    low, high = to
    span = scale.best - scale.worst
    with np.errstate(invalid="ignore", divide="ignore"):
        share = (matrix - scale.worst) / np.where(span == 0, np.nan, span)
    return low + (high - low) * share


def scale_of(low: Vector, high: Vector, polarity: Vector) -> Scale:
    """Return the scale between two ends: the low one is the worst where more is better.

    All of shape (columns,).
    """
    up = polarity > 0
    return Scale(worst=np.where(up, low, high), best=np.where(up, high, low))


def rescale_within(matrix: Matrix, scale: Scale, to: tuple[float, float], beyond: str) -> Matrix:
    """Map a matrix of shape (rows, columns) as `rescale` does; ``beyond`` the ends cap or keep."""
    scaled = rescale(matrix, scale, to)
    return np.clip(scaled, *to) if beyond == "cap" else scaled


def reach(to: tuple[float, float], beyond: str) -> tuple[float, float]:
    """Return the ends of the scale, or all numbers where values beyond them are kept."""
    return to if beyond == "cap" else (-np.inf, np.inf)


def explain_scale(scale: Scale, column: int, to: tuple[float, float]) -> str:
    """Say which values the two ends of the scale stand for."""
    worst, best = scale.worst[column], scale.best[column]
    return f"{worst:.6g} becomes {to[0]:g} and {best:.6g} becomes {to[1]:g}"


@register
@dataclass(frozen=True, slots=True)
class MinMax(Normalisation):
    """Min-max over the observed values (OECD/JRC Handbook 2008, section 5.3).

    The worst becomes ``to[0]``, the best ``to[1]``; gaps stay gaps, and a constant
    column is NaN.  https://doi.org/10.1787/9789264043466-en
    """

    name: ClassVar[str] = "min_max"
    citation: ClassVar[str] = f"{HANDBOOK}, section 5.3"
    to: tuple[float, float] = parameter((0.0, 100.0), Ends(), "the ends of the new scale")

    def fit(self, matrix: Matrix, traits: Traits) -> Scale:
        """Learn the ends from a matrix of shape (rows, columns)."""
        low, high = smallest_and_largest(matrix)
        return scale_of(low, high, traits.polarity)

    def transform(self, matrix: Matrix, state: Scale, traits: Traits) -> Matrix:
        """Map onto the new scale; values beyond the fitted ends go beyond the scale."""
        del traits
        return rescale(matrix, state, self.to)

    def explain(self, state: Scale, column: int) -> str:
        """Say what the ends stand for."""
        return explain_scale(state, column, self.to)

    def image(self, low: float, high: float) -> tuple[float, float]:
        """Return the ends of the scale."""
        del low, high
        return self.to

    def in_words(self, noun: str = "unit") -> str:
        """Say what both ends become."""
        low, high = self.to
        return (
            f"The value of the worst {noun} becomes {low:g} and that of the best {high:g}; "
            "all others lie between them in proportion"
        )
