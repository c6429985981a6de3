"""Ordinary least squares with what is needed to draw from its posterior."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from rankscope.shapes import Matrix, Random, Vector


class Line(NamedTuple):
    """A fitted linear regression.

    ``coefficients`` of shape (predictors + 1,), the intercept first; ``root``
    (predictors + 1, rank) times its transpose is the inverse of X'X; ``deviation`` of the
    residuals on ``freedom`` degrees of freedom.
    """

    coefficients: Vector
    root: Matrix
    deviation: float
    freedom: int

    def at(self, predictors: Vector) -> float:
        """Return the prediction at predictors of shape (predictors,)."""
        return float(self.coefficients[0] + predictors @ self.coefficients[1:])

    def drawn(self, random: Random) -> Line:
        """Return the line with coefficients and deviation drawn from their posterior.

        Under the usual prior that says nothing (Rubin 1987, Multiple Imputation for
        Nonresponse in Surveys, pages 166-167, https://doi.org/10.1002/9780470316696).
        """
        if self.freedom < 1:
            return self
        deviation = self.deviation * float(np.sqrt(self.freedom / random.chisquare(self.freedom)))
        shift = self.root @ random.standard_normal(self.root.shape[1])
        return self._replace(
            coefficients=self.coefficients + deviation * shift, deviation=deviation
        )


def least_squares(predictors: Matrix, target: Vector) -> Line:
    """Fit a target of shape (rows,) on predictors (rows, predictors), with an intercept.

    Where predictors depend on each other linearly, the shortest of all solutions.
    """
    design = np.column_stack([np.ones(len(target)), predictors])
    left, size, right = np.linalg.svd(design, full_matrices=False)
    kept = size > size.max(initial=0.0) * max(design.shape) * np.finfo(float).eps
    root = right[kept].T / size[kept]
    coefficients = root @ (left[:, kept].T @ target)
    residuals = target - design @ coefficients
    freedom = len(target) - int(kept.sum())
    deviation = float(np.sqrt(residuals @ residuals / freedom)) if freedom > 0 else 0.0
    return Line(coefficients, root, deviation, freedom)
