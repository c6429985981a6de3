"""Scores by thresholds, and by bands that the data themselves draw."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

import numpy as np

from rankscope._domains import Maybe, Numbers, OneOf
from rankscope._registry import parameter, register
from rankscope.errors import MethodError
from rankscope.methods.normalisation.base import Normalisation
from rankscope.methods.normalisation.order import NOISE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rankscope.methods.base import Traits
    from rankscope.shapes import Matrix

AT_LIMIT = OneOf(("above", "below"))
"""Whether a value exactly on a limit belongs to the class above it or below it."""


def classes(matrix: Matrix, limits: Matrix, at_limit: str) -> Matrix:
    """Return how many of its column's limits each value has passed, (rows, columns).

    ``limits`` has the shape (limits, columns); NaN where a value or a limit is missing.  A
    value that is off a limit by binary noise alone is on it: 0.7 - 0.4 is 0.3.
    """
    passed = np.zeros(matrix.shape)
    side = -1.0 if at_limit == "above" else 1.0
    for limit in limits:
        bound = limit + side * NOISE * np.abs(limit)
        passed += matrix >= bound if at_limit == "above" else matrix > bound
    known = ~np.isnan(matrix) & ~np.isnan(limits).any(axis=0)
    return np.where(known, passed, np.nan)


def scored(passed: Matrix, scores: Sequence[float]) -> Matrix:
    """Return the scores of classes counted from 0, of the shape of ``passed``."""
    missing = np.isnan(passed)
    return np.where(missing, np.nan, np.array(scores)[np.where(missing, 0, passed).astype(int)])


def scores_of(given: tuple[float, ...] | None, limits: Sequence[float]) -> tuple[float, ...]:
    """Return the scores of the classes between limits: 1, 2, 3 and so on where none are given."""
    return given or tuple(float(number) for number in range(1, len(limits) + 2))


def check_scores(method: str, limits: str, count: int, scores: tuple[float, ...] | None) -> None:
    """Check that there is one more score than limits.

    Raises
    ------
    MethodError
        Naming the method, its parameter and both numbers.
    """
    if scores is not None and len(scores) != count + 1:
        raise MethodError(
            f"{method}.scores must have one number more than {method}.{limits}, {count + 1}: one "
            f"for each class below, between and above them, got {len(scores)}."
        )


@register
@dataclass(frozen=True, slots=True)
class Thresholds(Normalisation):
    """Score by the class of the raw value between fixed limits.

    Without ``scores`` the classes count 1, 2, 3 from the lowest.  The scores set the
    direction, and polarity is not applied on top.  OECD/JRC Handbook 2008, section 1.5
    (categorical scale), https://doi.org/10.1787/9789264043466-en
    """

    name: ClassVar[str] = "thresholds"
    row_wise: ClassVar[bool] = True
    monotone: ClassVar[bool] = False
    sets_direction: ClassVar[bool] = True
    limits: tuple[float, ...] = parameter(
        None, Numbers(rising=True), "the raw values at which another class begins, rising"
    )
    scores: tuple[float, ...] | None = parameter(
        None, Maybe(Numbers()), "the score of each class, from the lowest values up"
    )
    at_limit: str = parameter("above", AT_LIMIT, "the class of a value exactly on a limit")

    def __post_init__(self) -> None:
        """Check the parameters, and that there is one more score than limits.

        Raises
        ------
        MethodError
            When the numbers of scores and limits do not fit.
        """
        super(Thresholds, self).__post_init__()
        check_scores(self.name, "limits", len(self.limits), self.scores)

    def fit(self, matrix: Matrix, traits: Traits) -> None:
        """Learn nothing."""
        del matrix, traits

    def transform(self, matrix: Matrix, state: None, traits: Traits) -> Matrix:
        """Return the scores of the classes."""
        del state, traits
        limits = np.repeat(np.array(self.limits)[:, None], matrix.shape[1], axis=1)
        return scored(classes(matrix, limits, self.at_limit), self._scores())

    def explain(self, state: None, column: int) -> str:
        """Give the limits and scores."""
        del state, column
        return self._list()

    def image(self, low: float, high: float) -> tuple[float, float]:
        """Return the lowest and the highest score."""
        del low, high
        return (min(self._scores()), max(self._scores()))

    def in_words(self, noun: str = "unit") -> str:
        """Give the limits and scores."""
        del noun
        return f"A value has the score of its class: {self._list()}"

    def _scores(self) -> tuple[float, ...]:
        return scores_of(self.scores, self.limits)

    def _list(self) -> str:
        first, *others = self._scores()
        below, start = ("below", "from") if self.at_limit == "above" else ("up to", "above")
        pairs = zip(self.limits, others, strict=True)
        steps = [f"{score:g} {start} {limit:g}" for limit, score in pairs]
        return ", ".join([f"{first:g} {below} {self.limits[0]:g}", *steps])
