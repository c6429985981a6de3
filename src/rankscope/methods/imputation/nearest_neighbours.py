"""Nearest neighbours: a gap takes the mean of the most similar units, by scikit-learn."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar, NamedTuple

import numpy as np

from rankscope._domains import OneOf, Whole
from rankscope._registry import parameter, register
from rankscope.methods.imputation.base import Imputation
from rankscope.methods.references import NEIGHBOURS
from rankscope.methods.statistics import mean_and_deviation

if TYPE_CHECKING:
    from rankscope.methods.base import Traits
    from rankscope.shapes import Matrix, Vector


class Neighbours(NamedTuple):
    """The fitted imputer, and what standardises the columns, of shape (columns,)."""

    imputer: Any
    mean: Vector
    deviation: Vector


@register
@dataclass(frozen=True, slots=True)
class NearestNeighbours(Imputation):
    """Mean of the ``k`` nearest units on standardised columns (Troyanskaya et al. 2001).

    Distances are taken over the columns that both units have, scaled up to all.  A
    single imputation: it understates uncertainty.
    https://doi.org/10.1093/bioinformatics/17.6.520
    """

    name: ClassVar[str] = "nearest_neighbours"
    citation: ClassVar[str] = NEIGHBOURS
    k: int = parameter(5, Whole(1, 1000), "how many neighbours")
    weights: str = parameter(
        "uniform", OneOf(("uniform", "distance")), "whether nearer neighbours count for more"
    )

    def fit(self, matrix: Matrix, traits: Traits) -> Neighbours:
        """Keep the standardised rows as possible neighbours."""
        from sklearn.impute import KNNImputer

        del traits
        mean, deviation = mean_and_deviation(matrix)
        spread = np.where(deviation > 0, deviation, 1.0)
        imputer = KNNImputer(n_neighbors=self.k, weights=self.weights, keep_empty_features=True)
        imputer.fit((matrix - mean) / spread)
        return Neighbours(imputer, mean, spread)

    def transform(self, matrix: Matrix, state: Neighbours, traits: Traits) -> Matrix:
        """Fill the gaps of a matrix of shape (rows, columns); an empty column stays empty."""
        del traits
        filled = state.imputer.transform((matrix - state.mean) / state.deviation)
        filled = filled * state.deviation + state.mean
        return np.where(np.isnan(matrix), filled, matrix)

    def explain(self, state: Neighbours, column: int) -> str:
        """Say how gaps are filled."""
        del state, column
        return f"gaps take the mean of the {self.k} most similar units"
