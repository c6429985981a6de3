"""Bands around the mean, as wide as standard deviations."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

import numpy as np

from rankscope._domains import Maybe, Numbers
from rankscope._registry import parameter, register
from rankscope.methods.normalisation.bands import SCORES, Bands, explain_bands
from rankscope.methods.normalisation.base import Normalisation
from rankscope.methods.normalisation.thresholds import (
    AT_LIMIT,
    check_scores,
    classes,
    scored,
    scores_of,
)
from rankscope.methods.references import HANDBOOK
from rankscope.methods.statistics import mean_and_deviation

if TYPE_CHECKING:
    from rankscope.methods.base import Traits
    from rankscope.shapes import Matrix


@register
@dataclass(frozen=True, slots=True)
class StandardDeviationBands(Normalisation):
    """Score by the band around the mean, counted in sample standard deviations.

    Without ``scores`` the bands count 1, 2, 3 from the worst; a constant column is NaN.
    OECD/JRC Handbook 2008, sections 1.5 (categorical scale) and 5.2,
    https://doi.org/10.1787/9789264043466-en
    """

    name: ClassVar[str] = "standard_deviation_bands"
    citation: ClassVar[str] = f"{HANDBOOK}, sections 1.5 and 5.2"
    limits: tuple[float, ...] = parameter(
        (-1.0, 0.0, 1.0), Numbers(rising=True), "z-scores at which another band begins, rising"
    )
    scores: tuple[float, ...] | None = parameter(None, Maybe(Numbers(rising=True)), SCORES)
    at_limit: str = parameter("above", AT_LIMIT, "the band of a value exactly on a limit")

    def __post_init__(self) -> None:
        """Check the parameters, and that there is one more score than limits.

        Raises
        ------
        MethodError
            When the numbers of scores and limits do not fit.
        """
        super(StandardDeviationBands, self).__post_init__()
        check_scores(self.name, "limits", len(self.limits), self.scores)

    def fit(self, matrix: Matrix, traits: Traits) -> Bands:
        """Learn the limits from a matrix of shape (rows, columns)."""
        mean, deviation = mean_and_deviation(matrix)
        spread = np.where(deviation > 0, deviation, np.nan)
        limits = traits.polarity * mean + np.array(self.limits)[:, None] * spread
        return Bands(limits, traits.polarity)

    def transform(self, matrix: Matrix, state: Bands, traits: Traits) -> Matrix:
        """Return the scores of the bands."""
        del traits
        passed = classes(matrix * state.polarity, state.limits, self.at_limit)
        return scored(passed, scores_of(self.scores, self.limits))

    def explain(self, state: Bands, column: int) -> str:
        """Say where the limits lie."""
        return explain_bands(state, column)

    def image(self, low: float, high: float) -> tuple[float, float]:
        """Return the lowest and the highest score."""
        del low, high
        scores = scores_of(self.scores, self.limits)
        return (scores[0], scores[-1])

    def in_words(self, noun: str = "unit") -> str:
        """Say how many bands there are."""
        del noun
        scores = scores_of(self.scores, self.limits)
        return (
            f"A value has the score of its band, one of {len(scores)} from {scores[0]:g} to "
            f"{scores[-1]:g}, parted by how many standard deviations it lies from the mean"
        )
