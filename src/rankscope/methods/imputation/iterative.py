"""Iterative imputation: every column in turn is predicted from all others, by scikit-learn."""

from __future__ import annotations

import warnings
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar, NamedTuple

import numpy as np

from rankscope._domains import Whole
from rankscope._registry import parameter, register
from rankscope.methods.imputation.model import ModelBased
from rankscope.methods.imputation.standard import Standard, standard

if TYPE_CHECKING:
    from rankscope.methods.base import Traits
    from rankscope.shapes import Mask, Matrix, Random

_FEWEST_ROWS = 3

_ROUNDS_OF_DRAWS = 10
"""Chains of draws forget where they began within five to ten rounds (the cited paper)."""


class Chained(NamedTuple):
    """The fitted imputer on the standardised columns that vary, and their scale.

    Without two such columns there is no imputer and gaps take the mean.
    """

    imputer: Any
    rows: Matrix
    scale: Standard
    usable: Mask
    rounds: int
    settled: bool


@register
@dataclass(frozen=True, slots=True)
class Iterative(ModelBased):
    """Bayesian ridge regressions in turn until the fillings settle: chained equations.

    Gaps start at the mean; then each indicator is regressed on all others, its gaps take
    the predictions, and so on round after round (van Buuren & Groothuis-Oudshoorn 2011;
    scikit-learn's ``IterativeImputer``).  A single imputation: it understates
    uncertainty; a draw for multiple imputation runs the chain anew, for ten rounds at
    most, and samples every filling from its predictive distribution.  https://doi.org/10.18637/jss.v045.i03
    """

    name: ClassVar[str] = "iterative"
    citation: ClassVar[str] = (
        "van Buuren & Groothuis-Oudshoorn (2011) Journal of Statistical Software 45(3), "
        "doi:10.18637/jss.v045.i03"
    )
    max_rounds: int = parameter(20, Whole(1, 1000), "the most rounds over all indicators")

    def fit(self, matrix: Matrix, traits: Traits) -> Chained:
        """Fit the chain on a matrix of shape (rows, columns)."""
        del traits
        scale = standard(matrix)
        usable = scale.varies
        rows = scale.forward(matrix)[:, usable]
        if len(rows) < _FEWEST_ROWS or usable.sum() < 2:
            return Chained(None, rows, scale, usable, 0, settled=True)
        imputer, settled = self._fitted(rows)
        return Chained(imputer, rows, scale, usable, imputer.n_iter_, settled)

    def transform(self, matrix: Matrix, state: Chained, traits: Traits) -> Matrix:
        """Fill the gaps of a matrix of shape (rows, columns); an empty column stays empty."""
        del traits
        return self._filled(matrix, state, state.imputer)

    def draw(self, matrix: Matrix, state: Chained, traits: Traits, random: Random) -> Matrix:
        """Fill the gaps by a chain of its own that samples from predictive distributions."""
        del traits
        if state.imputer is None or not np.isnan(matrix).any():
            return self._filled(matrix, state, None)
        imputer, _ = self._fitted(state.rows, random)
        return self._filled(matrix, state, imputer)

    def _fitted(self, rows: Matrix, random: Random | None = None) -> tuple[Any, bool]:
        """Return an imputer fitted on rows, and whether the fillings settled."""
        from sklearn.exceptions import ConvergenceWarning
        from sklearn.experimental import enable_iterative_imputer  # noqa: F401  # makes the next
        from sklearn.impute import IterativeImputer
        from sklearn.linear_model import BayesianRidge

        rounds = self.max_rounds if random is None else min(self.max_rounds, _ROUNDS_OF_DRAWS)
        imputer = IterativeImputer(
            BayesianRidge(),
            max_iter=rounds,
            sample_posterior=random is not None,
            random_state=0 if random is None else int(random.integers(2**31)),
        )
        with warnings.catch_warnings(record=True) as caught:
            warnings.simplefilter("always")
            imputer.fit(rows)
        return imputer, not any(issubclass(one.category, ConvergenceWarning) for one in caught)

    def _filled(self, matrix: Matrix, state: Chained, imputer: Any) -> Matrix:
        """Fill gaps by an imputer of the usable columns; others take the mean, their only value."""
        given = state.scale.forward(matrix)
        filled = np.zeros(matrix.shape)
        if imputer is not None and len(matrix):
            filled[:, state.usable] = imputer.transform(given[:, state.usable])
        return state.scale.fill(matrix, filled, within_range=self.within_range)

    def explain(self, state: Chained, column: int) -> str:
        """Say what predicts gaps, and whether the chain settled."""
        if np.isnan(state.scale.mean[column]):
            return "gaps stay gaps: there is no value to learn from"
        if state.imputer is None or not state.usable[column]:
            return f"a gap takes the mean, {state.scale.mean[column]:.6g}: nothing predicts it"
        end = f"settled after {state.rounds}" if state.settled else f"not settled in {state.rounds}"
        rounds = "round" if state.rounds == 1 else "rounds"
        return f"a gap takes what a ridge regression on all others predicts; {end} {rounds}"

    def in_words(self, noun: str = "unit") -> str:
        """Say what a gap is filled with."""
        return (
            f"A gap is filled with what all other figures of the {noun} predict, by rules learned "
            f"from the values present{self._among()}, again and again until they change no more"
        )
