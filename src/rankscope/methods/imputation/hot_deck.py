"""The hot deck: a gap takes the value of another unit, chosen at random."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

import numpy as np

from rankscope._domains import Whole
from rankscope._registry import parameter, register
from rankscope.methods.imputation.base import Imputation

if TYPE_CHECKING:
    from rankscope.methods.base import Traits
    from rankscope.shapes import Matrix, Random, Vector


@register
@dataclass(frozen=True, slots=True)
class HotDeck(Imputation):
    """The value of a random donor that has one; within a grouping, of the same group.

    Each indicator has donors of its own.  Which one a gap gets follows from the seed,
    the unit, its period and the place of the indicator, not from the rows beside it.  A
    filled column keeps the spread of the values present, but a single hot deck still
    understates uncertainty; a draw for multiple imputation takes its donors from a
    bootstrap sample, the approximate Bayesian bootstrap of Rubin & Schenker (1986,
    https://doi.org/10.1080/01621459.1986.10478280).  Andridge & Little (2010),
    https://doi.org/10.1111/j.1751-5823.2010.00103.x
    """

    name: ClassVar[str] = "hot_deck"
    citation: ClassVar[str] = (
        "Andridge & Little (2010) International Statistical Review 78(1), 40-64, "
        "doi:10.1111/j.1751-5823.2010.00103.x"
    )
    seed: int = parameter(0, Whole(0, 2**31 - 1), "where the random numbers begin")

    def fit(self, matrix: Matrix, traits: Traits) -> tuple[Vector, ...]:
        """Collect the donors' values of each column, in the order of the rows."""
        del traits
        return tuple(column[~np.isnan(column)] for column in matrix.T)

    def transform(self, matrix: Matrix, state: tuple[Vector, ...], traits: Traits) -> Matrix:
        """Fill the gaps of a matrix of shape (rows, columns)."""
        filled = matrix.copy()
        for row, column in np.argwhere(np.isnan(matrix)):
            donors = state[column]
            if donors.size:
                series, time = int(traits.series[row]), float(traits.times[row])
                filled[row, column] = donors[self._pick(donors.size, series, time, int(column))]
        return filled

    def draw(
        self, matrix: Matrix, state: tuple[Vector, ...], traits: Traits, random: Random
    ) -> Matrix:
        """Fill the gaps from a bootstrap sample of the donors."""
        del traits
        filled = matrix.copy()
        for column, donors in enumerate(state):
            gaps = np.isnan(matrix[:, column])
            if donors.size and gaps.any():
                sampled = random.choice(donors, donors.size)
                filled[gaps, column] = random.choice(sampled, int(gaps.sum()))
        return filled

    def _pick(self, among: int, series: int, time: float, column: int) -> int:
        """Return the number of a donor, the same for the same cell whatever else is filled."""
        period = int(np.float64(time).view(np.uint64))
        return int(np.random.default_rng([self.seed, series, period, column]).integers(among))

    def explain(self, state: tuple[Vector, ...], column: int) -> str:
        """Say how many donors there are."""
        count = state[column].size
        if not count:
            return "gaps stay gaps: no unit has a value to give"
        return f"a gap takes the value of one of {count} units, chosen at random"

    def in_words(self, noun: str = "unit") -> str:
        """Say what a gap is filled with."""
        return f"A gap is filled with the value of another {noun}{self._among()}, chosen at random"
