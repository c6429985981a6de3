"""The analytic hierarchy process: weights from comparisons in pairs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, NamedTuple

import numpy as np

from rankscope._domains import OneOf, Square
from rankscope._registry import parameter, register
from rankscope.methods.references import AHP
from rankscope.methods.weighting.base import Weighting
from rankscope.methods.weighting.judged import entries_that_count, placed

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rankscope.shapes import Matrix, Vector

TOLERABLE = 0.1
"""Saaty's limit: comparisons with a larger consistency ratio should be made again."""

_RANDOM = (0.0, 0.0, 0.58, 0.90, 1.12, 1.24, 1.32, 1.41, 1.45, 1.49)
"""Saaty's mean consistency index of random comparisons of 1 to 10 children."""


class Consistency(NamedTuple):
    """How far comparisons contradict each other; ratio 0 is not at all."""

    largest_eigenvalue: float
    consistency_index: float
    consistency_ratio: float


@register
@dataclass(frozen=True, slots=True)
class AnalyticHierarchy(Weighting):
    """Weights from comparisons in pairs: how many times as much the row's child matters.

    The principal eigenvector of the comparisons (Saaty 1977, Journal of Mathematical
    Psychology 15(3), 234-281, https://doi.org/10.1016/0022-2496(77)90033-5), or the
    geometric mean of each row (Crawford & Williams 1985, Journal of Mathematical
    Psychology 29(4), 387-405, https://doi.org/10.1016/0022-2496(85)90002-1).  The rows are
    the children that count; where there is one for each child, those of weight 0 are
    passed over.
    """

    name: ClassVar[str] = "ahp"
    citation: ClassVar[str] = AHP
    needs_data: ClassVar[bool] = False
    comparisons: tuple[tuple[float, ...], ...] = parameter(
        None, Square(), "a row for each child: how many times as much it matters as each other"
    )
    priorities: str = parameter(
        "eigenvector",
        OneOf(("eigenvector", "geometric_mean")),
        "how comparisons become weights",
    )

    def fit(self, scores: Matrix, given: Vector) -> Vector:
        """Return weights of shape (children,) that sum to 1.

        Raises
        ------
        MethodError
            When the comparisons are of another number of children.
        """
        del scores
        own = entries_that_count("ahp.comparisons", len(self.comparisons), given)
        square = np.array(self.comparisons)[np.ix_(own, own)]
        if self.priorities == "geometric_mean":
            means = np.exp(np.log(square).mean(axis=1))
            return placed(means / means.sum(), given)
        return placed(_principal(square)[1], given)

    @property
    def consistency_ratio(self) -> float:
        """The consistency ratio of the comparisons; above 0.1 they contradict each other."""
        return consistency(self.comparisons).consistency_ratio

    def in_words(self, noun: str = "unit") -> str:
        """Say where the weights come from."""
        del noun
        return "Weights come from judgements, pair by pair, of how much more one part matters"


def consistency(comparisons: Sequence[Sequence[float]]) -> Consistency:
    """Return how far a square of comparisons is from being consistent (Saaty 1980).

    The index is (largest eigenvalue - n) / (n - 1), the ratio is that over the mean index of
    random comparisons; both are 0 for one or two children.
    """
    size = len(comparisons)
    if size <= 2:
        return Consistency(float(size), 0.0, 0.0)
    largest = _principal(np.array(comparisons, dtype=float))[0]
    index = max((largest - size) / (size - 1), 0.0)
    return Consistency(largest, index, index / random_index(size))


def random_index(size: int) -> float:
    """Return the mean consistency index of random comparisons of ``size`` children.

    Saaty's table up to 10; beyond, the line of Alonso & Lamata (2006)
    https://doi.org/10.1142/S0218488506004114
    """
    if size <= len(_RANDOM):
        return _RANDOM[size - 1]
    return (2.7699 * size - 4.3513 - size) / (size - 1)


def _principal(square: Matrix) -> tuple[float, Vector]:
    """Return the largest eigenvalue of a positive square, and its eigenvector summing to 1."""
    values, vectors = np.linalg.eig(square)
    first = int(values.real.argmax())
    vector = np.abs(vectors[:, first].real)  # all of one sign, by Perron's theorem
    return float(values[first].real), vector / vector.sum()
