"""Nearest neighbours: a gap takes the mean of the most similar units, by scikit-learn."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar, NamedTuple

import numpy as np

from rankscope._domains import OneOf, Whole
from rankscope._registry import parameter, register
from rankscope.methods.imputation.base import Imputation
from rankscope.methods.imputation.standard import Standard, standard
from rankscope.methods.references import NEIGHBOURS

if TYPE_CHECKING:
    from rankscope.methods.base import Traits
    from rankscope.shapes import Matrix, Random, Vector
    from rankscope.shapes import Whole as Numbers


class Neighbours(NamedTuple):
    """The fitted imputer, and the rows to choose from with their scale.

    Without rows there is no imputer.
    """

    imputer: Any
    rows: Matrix
    scale: Standard


@register
@dataclass(frozen=True, slots=True)
class NearestNeighbours(Imputation):
    """Mean of the ``k`` nearest units on standardised columns (Troyanskaya et al. 2001).

    Distances are taken over the columns that both units have, scaled up to all.  A
    single imputation: it understates uncertainty; a draw for multiple imputation takes
    the value of one of the ``k`` at random (Andridge & Little 2010, section 3).
    https://doi.org/10.1093/bioinformatics/17.6.520,
    https://doi.org/10.1111/j.1751-5823.2010.00103.x
    """

    name: ClassVar[str] = "nearest_neighbours"
    citation: ClassVar[str] = NEIGHBOURS
    k: int = parameter(5, Whole(1, 1000), "how many neighbours")
    weights: str = parameter(
        "uniform", OneOf(("uniform", "distance")), "whether nearer neighbours count for more"
    )

    def fit(self, matrix: Matrix, traits: Traits) -> Neighbours:
        """Keep the standardised rows of a matrix of shape (rows, columns) as neighbours."""
        from sklearn.impute import KNNImputer

        del traits
        scale = standard(matrix)
        rows = scale.forward(matrix)
        if not len(rows):
            return Neighbours(None, matrix, scale)
        imputer = KNNImputer(n_neighbors=self.k, weights=self.weights, keep_empty_features=True)
        return Neighbours(imputer.fit(rows), matrix, scale)

    def transform(self, matrix: Matrix, state: Neighbours, traits: Traits) -> Matrix:
        """Fill the gaps of a matrix of shape (rows, columns); an empty column stays empty."""
        del traits
        if state.imputer is None or not len(matrix):
            return matrix.copy()
        return state.scale.fill(matrix, state.imputer.transform(state.scale.forward(matrix)))

    def draw(self, matrix: Matrix, state: Neighbours, traits: Traits, random: Random) -> Matrix:
        """Fill each gap with the value of one of the neighbours, taken at random."""
        from sklearn.metrics.pairwise import nan_euclidean_distances

        del traits
        drawn = matrix.copy()
        gaps = np.argwhere(np.isnan(matrix))
        if not len(gaps) or not len(state.rows):
            return drawn
        forward = state.scale.forward
        distances = nan_euclidean_distances(forward(matrix), forward(state.rows))
        for row, column in gaps:
            donors = np.flatnonzero(~np.isnan(state.rows[:, column]))
            if donors.size:
                donor = self._one_of(donors, distances[row, donors], random)
                drawn[row, column] = state.rows[donor, column]
        return drawn

    def _one_of(self, donors: Numbers, distances: Vector, random: Random) -> int:
        """Return one of the nearest donors; a distance is NaN where nothing is in common."""
        near = np.argsort(distances, kind="stable")
        near = near if np.isnan(distances).all() else near[: self.k]
        closeness = np.ones(len(near))
        if self.weights == "distance" and not np.isnan(distances[near]).any():
            same = distances[near] == 0
            closeness = same * 1.0 if same.any() else 1 / distances[near]
        return int(donors[random.choice(near, p=closeness / closeness.sum())])

    def explain(self, state: Neighbours, column: int) -> str:
        """Say how gaps are filled."""
        del state, column
        return f"gaps take the mean of the {self.k} most similar units"

    def in_words(self, noun: str = "unit") -> str:
        """Say what a gap is filled with."""
        nearer = ", the nearer counting for more" if self.weights == "distance" else ""
        return (
            f"A gap is filled with the mean of the {self.k}{self._among()} that are most like "
            f"the {noun} in its other figures{nearer}"
        )
