"""Ranks in place of values, from the worst or from the best, and Borda's points."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

import numpy as np

from rankscope._domains import OneOf
from rankscope._registry import parameter, register
from rankscope.methods.normalisation.base import Normalisation
from rankscope.methods.normalisation.order import SHARED, Order, dense_ranks, fit_order, ranks
from rankscope.methods.references import COINR, HANDBOOK

if TYPE_CHECKING:
    from rankscope.methods.base import Traits
    from rankscope.shapes import Matrix

_TIES = OneOf((*SHARED.choices, "dense"))
_SHARING = {
    "lowest": "equal values share the lowest rank they span",
    "highest": "equal values share the highest rank they span",
    "average": "equal values share the mean of the ranks they span",
    "dense": "equal values share a rank and the next value has the next one",
}


def _ranked(matrix: Matrix, state: Order, ties: str) -> Matrix:
    return dense_ranks(matrix, state) if ties == "dense" else ranks(matrix, state, ties)


@register
@dataclass(frozen=True, slots=True)
class Rank(Normalisation):
    """Rank among the values present: 1 is the worst, n the best.

    With ``lowest`` ties as COINr's ``n_rank``, with ``average`` as Compind's ranking.
    OECD/JRC Handbook 2008, section 1.5, https://doi.org/10.1787/9789264043466-en
    """

    name: ClassVar[str] = "rank"
    citation: ClassVar[str] = f"{HANDBOOK}, section 1.5"
    ties: str = parameter("lowest", _TIES, "the rank that equal values share")

    def fit(self, matrix: Matrix, traits: Traits) -> Order:
        """Learn the order of the values of a matrix of shape (rows, columns)."""
        return fit_order(matrix, traits.polarity)

    def transform(self, matrix: Matrix, state: Order, traits: Traits) -> Matrix:
        """Return the ranks of values among the fitted ones."""
        del traits
        return _ranked(matrix, state, self.ties)

    def explain(self, state: Order, column: int) -> str:
        """Say among how many values the rank is taken."""
        return f"rank among {state.present[column]} values, 1 the worst"

    def image(self, low: float, high: float) -> tuple[float, float]:
        """Return 1 and no upper end: the last rank depends on how many there are."""
        del low, high
        return (1.0, np.inf)

    def in_words(self, noun: str = "unit") -> str:
        """Say where counting starts."""
        del noun
        return f"A value becomes its rank, counted from 1 for the worst; {_SHARING[self.ties]}"


@register
@dataclass(frozen=True, slots=True)
class RankFromTop(Normalisation):
    """Rank as it is printed: 1 is the best.

    More is then worse: meant as the last step of an index whose published score is
    a rank, and not to be combined with scores in which more is better.
    """

    name: ClassVar[str] = "rank_from_top"
    monotone: ClassVar[bool] = False
    ties: str = parameter("lowest", _TIES, "the rank that equal values share")

    def fit(self, matrix: Matrix, traits: Traits) -> Order:
        """Learn the order of the values of a matrix of shape (rows, columns)."""
        return fit_order(matrix, -traits.polarity)

    def transform(self, matrix: Matrix, state: Order, traits: Traits) -> Matrix:
        """Return the ranks of values among the fitted ones."""
        del traits
        return _ranked(matrix, state, self.ties)

    def explain(self, state: Order, column: int) -> str:
        """Say among how many values the rank is taken."""
        return f"rank among {state.present[column]} values, 1 the best"

    def image(self, low: float, high: float) -> tuple[float, float]:
        """Return 1 and no upper end: the last rank depends on how many there are."""
        del low, high
        return (1.0, np.inf)

    def in_words(self, noun: str = "unit") -> str:
        """Say where counting starts."""
        del noun
        return f"A value becomes its rank, counted from 1 for the best; {_SHARING[self.ties]}"


@register
@dataclass(frozen=True, slots=True)
class Borda(Normalisation):
    """Borda's points: one for each value left behind.

    The rank from the worst less 1, as COINr's ``n_borda``; with ``average`` ties a
    value also has half a point for each that equals it.
    https://doi.org/10.21105/joss.04567
    """

    name: ClassVar[str] = "borda"
    citation: ClassVar[str] = COINR
    ties: str = parameter("lowest", SHARED, "the rank, from the worst, that equal values share")

    def fit(self, matrix: Matrix, traits: Traits) -> Order:
        """Learn the order of the values of a matrix of shape (rows, columns)."""
        return fit_order(matrix, traits.polarity)

    def transform(self, matrix: Matrix, state: Order, traits: Traits) -> Matrix:
        """Return the points of values among the fitted ones."""
        del traits
        return ranks(matrix, state, self.ties) - 1

    def explain(self, state: Order, column: int) -> str:
        """Say how many points the best can have."""
        return f"one point for each value left behind among {state.present[column]}"

    def image(self, low: float, high: float) -> tuple[float, float]:
        """Return 0 and no upper end: the most points depend on how many there are."""
        del low, high
        return (0.0, np.inf)

    def in_words(self, noun: str = "unit") -> str:
        """Say what a point is given for."""
        half = " and half a point for each equal one" if self.ties == "average" else ""
        return f"A value becomes points: one for each other {noun} that is behind it{half}"
