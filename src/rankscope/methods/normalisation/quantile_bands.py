"""Bands between quantiles: so many points for the best twentieth, and so on down."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from rankscope._domains import Maybe, Numbers
from rankscope._registry import parameter, register
from rankscope.methods.normalisation.bands import SCORES, Bands, explain_bands
from rankscope.methods.normalisation.base import Normalisation
from rankscope.methods.normalisation.quantiles import quantiles
from rankscope.methods.normalisation.thresholds import (
    AT_LIMIT,
    check_scores,
    classes,
    scored,
    scores_of,
)
from rankscope.methods.references import HANDBOOK

if TYPE_CHECKING:
    from rankscope.methods.base import Traits
    from rankscope.shapes import Matrix


@register
@dataclass(frozen=True, slots=True)
class QuantileBands(Normalisation):
    """Score by the band between quantiles of the observed values, from the worst up.

    By default the example of a categorical scale in table 3 of the OECD/JRC Handbook
    2008: the best 5% have 100, the worst 15% nothing.  Quantiles are interpolated (type
    7).  https://doi.org/10.1787/9789264043466-en
    """

    name: ClassVar[str] = "quantile_bands"
    citation: ClassVar[str] = f"{HANDBOOK}, table 3"
    quantiles: tuple[float, ...] = parameter(
        (0.15, 0.25, 0.65, 0.85, 0.95),
        Numbers(0, 1, rising=True),
        "quantiles at which another band begins, rising, from the worst values up",
    )
    scores: tuple[float, ...] | None = parameter(
        (0.0, 20.0, 40.0, 60.0, 80.0, 100.0), Maybe(Numbers(rising=True)), SCORES
    )
    at_limit: str = parameter("above", AT_LIMIT, "the band of a value exactly on a limit")

    def __post_init__(self) -> None:
        """Check the parameters, and that there is one more score than quantiles.

        Raises
        ------
        MethodError
            When the numbers of scores and quantiles do not fit.
        """
        super(QuantileBands, self).__post_init__()
        check_scores(self.name, "quantiles", len(self.quantiles), self.scores)

    def fit(self, matrix: Matrix, traits: Traits) -> Bands:
        """Learn the limits from a matrix of shape (rows, columns)."""
        return Bands(quantiles(matrix * traits.polarity, self.quantiles), traits.polarity)

    def transform(self, matrix: Matrix, state: Bands, traits: Traits) -> Matrix:
        """Return the scores of the bands."""
        del traits
        passed = classes(matrix * state.polarity, state.limits, self.at_limit)
        return scored(passed, scores_of(self.scores, self.quantiles))

    def explain(self, state: Bands, column: int) -> str:
        """Say where the limits lie."""
        return explain_bands(state, column)

    def image(self, low: float, high: float) -> tuple[float, float]:
        """Return the lowest and the highest score."""
        del low, high
        scores = scores_of(self.scores, self.quantiles)
        return (scores[0], scores[-1])

    def in_words(self, noun: str = "unit") -> str:
        """Say how many bands there are."""
        del noun
        scores = scores_of(self.scores, self.quantiles)
        parted = ", ".join(f"{share * 100:g}%" for share in self.quantiles)
        return (
            f"A value has the score of its band, one of {len(scores)} from {scores[0]:g} to "
            f"{scores[-1]:g}; borders lie above the worst {parted} of the values"
        )
