"""Scores of categories: each value that may occur is given its score."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

import numpy as np

from rankscope._domains import Pairs
from rankscope._registry import parameter, register
from rankscope.methods.normalisation.base import Normalisation

if TYPE_CHECKING:
    from rankscope.methods.base import Traits
    from rankscope.shapes import Matrix, Vector


@register
@dataclass(frozen=True, slots=True)
class Categorical(Normalisation):
    """Score by a list of values: stars, yes and no, stages of a law.

    Other values have no score: `refused_values` names them, so that data with any are
    refused.  The scores set the direction, and polarity is not applied on top.
    OECD/JRC Handbook 2008, section 1.5 (categorical scale),
    https://doi.org/10.1787/9789264043466-en
    """

    name: ClassVar[str] = "categorical"
    row_wise: ClassVar[bool] = True
    monotone: ClassVar[bool] = False
    sets_direction: ClassVar[bool] = True
    scores: tuple[tuple[float, float], ...] = parameter(
        None, Pairs(least=1), "pairs of a value and its score, values rising"
    )

    def fit(self, matrix: Matrix, traits: Traits) -> None:
        """Learn nothing."""
        del matrix, traits

    def transform(self, matrix: Matrix, state: None, traits: Traits) -> Matrix:
        """Look the values up; NaN where a value is not listed."""
        del state, traits
        values, scores = np.array(self.scores).T
        at = np.minimum(np.searchsorted(values, matrix), len(values) - 1)
        return np.where(values[at] == matrix, scores[at], np.nan)

    def explain(self, state: None, column: int) -> str:
        """Give the list."""
        del state, column
        return self._list()

    def refused_values(self, values: Vector, polarity: float) -> tuple[float, ...]:
        """Return the values that are not listed."""
        del polarity
        return tuple(np.setdiff1d(values, [value for value, _ in self.scores]).tolist())

    def image(self, low: float, high: float) -> tuple[float, float]:
        """Return the lowest and the highest score."""
        del low, high
        scores = [score for _, score in self.scores]
        return (min(scores), max(scores))

    def in_words(self, noun: str = "unit") -> str:
        """Give the list."""
        del noun
        return f"Each value that may occur has a score of its own: {self._list()}"

    def _list(self) -> str:
        return ", ".join(f"{value:g} becomes {score:g}" for value, score in self.scores)
