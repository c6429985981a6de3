"""Expectation-maximisation: a gap takes its mean given all that the unit has."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, NamedTuple

import numpy as np

from rankscope._domains import Between, Whole
from rankscope._registry import parameter, register
from rankscope.methods.imputation.model import ModelBased
from rankscope.methods.imputation.multivariate_normal import Normal, fit_normal
from rankscope.methods.imputation.standard import Standard, standard

if TYPE_CHECKING:
    from rankscope.methods.base import Traits
    from rankscope.shapes import Mask, Matrix, Random


class Likeliest(NamedTuple):
    """The distribution of the standardised columns that vary, the rows behind it, their scale."""

    normal: Normal
    rows: Matrix
    scale: Standard
    usable: Mask
    rounds: int
    settled: bool


@register
@dataclass(frozen=True, slots=True)
class ExpectationMaximisation(ModelBased):
    """Conditional mean under the likeliest multivariate normal distribution.

    Means and covariances of all indicators are estimated from the table with its gaps by
    expectation-maximisation (Dempster, Laird & Rubin 1977).  ``ridge`` draws the
    covariances towards 0, which a table with as many indicators as units needs; 0 is
    plain maximum likelihood.  A single imputation: it understates uncertainty; a draw
    for multiple imputation estimates anew from a bootstrap sample of the units and draws
    from the conditional distribution (Honaker & King 2010,
    https://doi.org/10.1111/j.1540-5907.2010.00447.x).
    https://doi.org/10.1111/j.2517-6161.1977.tb01600.x
    """

    name: ClassVar[str] = "expectation_maximisation"
    citation: ClassVar[str] = (
        "Dempster, Laird & Rubin (1977) Journal of the Royal Statistical Society B 39(1), 1-38, "
        "doi:10.1111/j.2517-6161.1977.tb01600.x"
    )
    ridge: float = parameter(
        0.05, Between(0, 1), "the share by which covariances are drawn towards 0"
    )
    max_rounds: int = parameter(200, Whole(1, 100_000), "the most rounds of estimation")

    def fit(self, matrix: Matrix, traits: Traits) -> Likeliest:
        """Estimate the distribution from a matrix of shape (rows, columns)."""
        del traits
        scale = standard(matrix)
        usable = scale.varies
        rows = scale.forward(matrix)[:, usable]
        normal, rounds, settled = fit_normal(rows, self.ridge, self.max_rounds)
        return Likeliest(normal, rows, scale, usable, rounds, settled)

    def transform(self, matrix: Matrix, state: Likeliest, traits: Traits) -> Matrix:
        """Fill the gaps of a matrix of shape (rows, columns); an empty column stays empty."""
        del traits
        given = state.scale.forward(matrix)[:, state.usable]
        return self._filled(matrix, state, state.normal.expected(given))

    def draw(self, matrix: Matrix, state: Likeliest, traits: Traits, random: Random) -> Matrix:
        """Fill the gaps with draws, under estimates from a bootstrap sample of the rows."""
        del traits
        given = state.scale.forward(matrix)[:, state.usable]
        sample = random.choice(state.rows, len(state.rows)) if len(state.rows) else state.rows
        normal = state.normal
        if not np.isnan(sample).all(axis=0).any():
            normal, _, _ = fit_normal(sample, self.ridge, self.max_rounds)
        return self._filled(matrix, state, normal.drawn(given, random))

    def _filled(self, matrix: Matrix, state: Likeliest, usable: Matrix) -> Matrix:
        """Fill gaps from the usable columns; others take the mean, their only value."""
        filled = np.zeros(matrix.shape)
        filled[:, state.usable] = usable
        return state.scale.fill(matrix, filled, within_range=self.within_range)

    def explain(self, state: Likeliest, column: int) -> str:
        """Say what gaps take, and whether the estimates settled."""
        if np.isnan(state.scale.mean[column]):
            return "gaps stay gaps: there is no value to learn from"
        if not state.usable[column]:
            return f"a gap takes the only value there is, {state.scale.mean[column]:.6g}"
        end = f"settled after {state.rounds}" if state.settled else f"not settled in {state.rounds}"
        rounds = "round" if state.rounds == 1 else "rounds"
        return (
            "a gap takes its expected value given the unit's other indicators, under a "
            f"multivariate normal distribution; {end} {rounds}"
        )

    def in_words(self, noun: str = "unit") -> str:
        """Say what a gap is filled with."""
        return (
            f"A gap is filled with the value to be expected from all other figures of the {noun}, "
            f"given how the indicators go together in the values present{self._among()}"
        )
