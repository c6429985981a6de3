"""Regression: a gap takes what the most correlated columns predict."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, NamedTuple, TypeAlias

import numpy as np

from rankscope._domains import Whole
from rankscope._registry import parameter, register
from rankscope.methods.imputation.least_squares import Line, least_squares
from rankscope.methods.imputation.model import ModelBased
from rankscope.methods.imputation.standard import Standard, correlations, standard
from rankscope.methods.references import HANDBOOK

if TYPE_CHECKING:
    from rankscope.methods.base import Traits
    from rankscope.shapes import Mask, Matrix, Random

_Predictors: TypeAlias = tuple[int, ...]


class Learned(NamedTuple):
    """The standardised rows to learn from, and their scale.

    ``ordered`` holds for each column the others by falling absolute correlation with it.
    """

    rows: Matrix
    scale: Standard
    ordered: tuple[_Predictors, ...]
    correlations: Matrix


@register
@dataclass(frozen=True, slots=True)
class Regression(ModelBased):
    """Linear regression on the most correlated of the indicators that the unit has.

    For each gap the ``predictors`` indicators with the largest absolute correlation are
    taken among those that the unit has, and ordinary least squares are fitted on all
    units that have them and the target: Buck's method (1960, Journal of the Royal
    Statistical Society B 22(2), 302-306) with the number of predictors bounded, which a
    table with as many indicators as units needs.  Where too few units have them all, the
    least correlated are left out, down to the plain mean.  A single imputation: it
    understates uncertainty, and it makes indicators look more alike than they are; a
    draw for multiple imputation adds the uncertainty of the line and the scatter around
    it.  OECD/JRC Handbook 2008, section 3, https://doi.org/10.1787/9789264043466-en
    """

    name: ClassVar[str] = "regression"
    citation: ClassVar[str] = f"{HANDBOOK}, section 3"
    predictors: int = parameter(3, Whole(1, 50), "how many indicators predict a gap")

    def fit(self, matrix: Matrix, traits: Traits) -> Learned:
        """Learn which columns go together, from a matrix of shape (rows, columns)."""
        del traits
        scale = standard(matrix)
        rows = scale.forward(matrix)
        found = correlations(rows)
        strength = np.nan_to_num(np.abs(found), nan=-1.0)
        np.fill_diagonal(strength, -1.0)
        ordered = tuple(
            tuple(int(other) for other in np.argsort(-line, kind="stable") if line[other] > 0)
            for line in strength
        )
        return Learned(rows, scale, ordered, found)

    def transform(self, matrix: Matrix, state: Learned, traits: Traits) -> Matrix:
        """Fill the gaps of a matrix of shape (rows, columns); an empty column stays empty."""
        del traits
        return self._filled(matrix, state, None)

    def draw(self, matrix: Matrix, state: Learned, traits: Traits, random: Random) -> Matrix:
        """Fill the gaps with draws from the predictive distribution of each regression."""
        del traits
        return self._filled(matrix, state, random)

    def _filled(self, matrix: Matrix, state: Learned, random: Random | None) -> Matrix:
        """Fill the gaps, with predictions or, given a source of random numbers, with draws."""
        given = state.scale.forward(matrix)
        filled, lines = given.copy(), dict[tuple[int, _Predictors], Line]()
        for row, column in np.argwhere(np.isnan(given)):
            predictors = self._predictors(given[row], state, int(column))
            key = int(column), predictors
            if key not in lines:
                line = _line(state.rows, *key)
                lines[key] = line if random is None else line.drawn(random)
            filled[row, column] = lines[key].at(given[row, list(predictors)])
            if random is not None:
                filled[row, column] += lines[key].deviation * random.standard_normal()
        return state.scale.fill(matrix, filled, within_range=self.within_range)

    def _predictors(self, row: Matrix, state: Learned, column: int) -> _Predictors:
        """Return the columns to predict a gap from, the most correlated first."""
        present = [other for other in state.ordered[column] if not np.isnan(row[other])]
        chosen = present[: self.predictors]
        while chosen and _complete(state.rows, column, chosen).sum() < len(chosen) + 3:
            chosen.pop()
        return tuple(chosen)

    def explain(self, state: Learned, column: int) -> str:
        """Say what predicts gaps, and how closely the best predictor follows the column."""
        if np.isnan(state.scale.mean[column]):
            return "gaps stay gaps: there is no value to learn from"
        if not state.ordered[column]:
            return f"a gap takes the mean, {state.scale.mean[column]:.6g}: nothing predicts it"
        best = state.correlations[column, state.ordered[column][0]]
        return (
            f"a gap takes what a linear regression on up to {self.predictors} of the unit's "
            f"other indicators predicts; the closest of all has the correlation {best:.2f}"
        )

    def in_words(self, noun: str = "unit") -> str:
        """Say what a gap is filled with."""
        return (
            f"A gap is filled with what the {self.predictors} most closely related indicators "
            f"of the {noun} predict, by a straight line through the values present{self._among()}"
        )


def _complete(rows: Matrix, column: int, predictors: list[int]) -> Mask:
    """Return which rows have a column and all its predictors, of shape (rows,)."""
    gaps: Mask = np.isnan(rows[:, [column, *predictors]])
    complete: Mask = gaps.sum(axis=1) == 0
    return complete


def _line(rows: Matrix, column: int, predictors: _Predictors) -> Line:
    """Fit a column on others, over the rows that have them all."""
    complete = rows[_complete(rows, column, list(predictors))]
    return least_squares(complete[:, list(predictors)], complete[:, column])
