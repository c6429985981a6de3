"""Weights that the scores themselves give: what such methods share."""

from __future__ import annotations

from abc import abstractmethod
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from rankscope.errors import MethodError
from rankscope.methods.statistics import mean_and_deviation
from rankscope.methods.weighting.base import Weighting

if TYPE_CHECKING:
    from rankscope.shapes import Mask, Matrix, Vector


@dataclass(frozen=True, slots=True)
class Learnt(Weighting):
    """A weighting that reads its weights from the scores.

    An only child has weight 1.  A child without values, or with one value only, tells no
    unit from another: its weight is 0.
    """

    def fit(self, scores: Matrix, given: Vector) -> Vector:
        """Return weights of shape (children,) that sum to 1; ``scores`` are (rows, children).

        Raises
        ------
        MethodError
            When no child gets a weight, or the method can not work with these scores.
        """
        if scores.shape[1] == 1:
            return np.ones(1)
        found = self.learn(scores, given)
        if not found.any():
            raise MethodError(
                f"{self.name} finds no weights for {scores.shape[1]} children: by its measure none "
                "of them adds anything. Use the weighting given or equal here."
            )
        return np.asarray(found / found.max() / (found / found.max()).sum())

    @abstractmethod
    def learn(self, scores: Matrix, given: Vector) -> Vector:
        """Return weights on any scale, of shape (children,); there are two children or more."""


def varying(scores: Matrix) -> Mask:
    """Return which columns have two different values or more, of shape (children,)."""
    _, deviation = mean_and_deviation(scores)
    return deviation > 0


def complete_rows(scores: Matrix) -> Matrix:
    """Return the rows without a gap in any column that has values, of shape (rows, children)."""
    filled = ~np.isnan(scores).all(axis=0)
    return scores[~np.isnan(scores[:, filled]).any(axis=1)]


def require_from(name: str, scores: Matrix, low: float, *, above: bool = False) -> None:
    """Raise `MethodError` when a score of shape (rows, children) is below ``low``.

    With ``above`` it may not be ``low`` itself either.
    """
    wrong = scores <= low if above else scores < low
    if not wrong.any():
        return
    child = int(wrong.any(axis=0).argmax())
    worst = float(np.nanmin(scores[:, child]))
    raise MethodError(
        f"{name} needs scores {'above' if above else 'of at least'} {low:g}, and "
        f"{child_of(child, scores.shape[1])} has {worst:g}. Normalise to another scale, such as "
        "min_max with to: [1, 100]."
    )


def child_of(position: int, count: int) -> str:
    """Return how messages name a child, which has no name here.

    >>> child_of(0, 5)
    'child 1 of 5'
    """
    return f"child {position + 1} of {count}"
