"""The correlation ratio: how much of the score a part explains along any smooth curve.

A penalised cubic spline of few pieces.  Its penalty leaves straight lines alone, so
that the ratio is never below the squared correlation, and with few or noisy units it
comes close to it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from rankscope.analyses.importance.correlations import LEAST
from rankscope.analyses.importance.parts import varies

if TYPE_CHECKING:
    from rankscope.shapes import Batch, Matrix, Random, Vector

MOST_PIECES = 10
"""Dimensions beyond the straight line, at most; and at most one for every four rows."""

_PENALTIES = np.append(np.logspace(-6, 6, 49), np.inf)
"""Tried in multiples of what shrinks the smoothest bend by half; the last is the straight line."""


@dataclass(frozen=True, slots=True)
class Smoother:
    """The curves that a part's scores can explain.

    ``line`` (rows, 1) is the straight one, ``bends`` (rows, dimensions) are orthogonal to it
    and to each other, all of length 1 and without a mean; ``firm`` (dimensions,) says how
    little each is penalised: a penalty p leaves the share firm / (firm + p).
    """

    line: Matrix
    bends: Matrix
    firm: Vector

    def ratios(self, scores: Batch) -> Vector:
        """Return the correlation ratio of scores (draws, rows), of shape (draws,).

        The variance of the fitted curve over that of the scores, the penalty chosen by
        generalised cross-validation for each draw: Craven & Wahba (1979), Numerische
        Mathematik 31, 377-403, https://doi.org/10.1007/BF01404567.
        """
        centred = scores - scores.mean(axis=1, keepdims=True)
        total = (centred**2).sum(axis=1)
        straight = ((centred @ self.line) ** 2).sum(axis=1)
        bent = (centred @ self.bends) ** 2
        kept = self._kept()
        left = (total - straight)[:, None] - bent @ (1 - (1 - kept) ** 2).T
        freedom = scores.shape[1] - 2 - kept.sum(axis=1)
        best = np.argmin(np.maximum(left, 0.0) / freedom**2, axis=1)
        explained = straight + (bent * kept[best] ** 2).sum(axis=1)
        return np.asarray(np.clip(explained / total, 0.0, 1.0))

    def _kept(self) -> Matrix:
        """Return the share of each bend that each penalty leaves, (penalties, dimensions)."""
        scale = self.firm.max(initial=0.0) or 1.0
        return np.asarray(self.firm / (self.firm + scale * _PENALTIES[:, None]))


def smoother(values: Vector) -> Smoother:
    """Return what can be explained by values (rows,) without gaps that differ, 3 or more.

    Knots are quantiles of the different values; of k different values no more than k - 2
    dimensions are bent, so that a curve can meet the mean of each band.
    """
    x = (values - values.min()) / np.ptp(values)
    line = (x - x.mean())[:, None]
    line /= np.sqrt((line**2).sum())
    different = np.unique(np.round(x, 9))
    dimensions = min(MOST_PIECES, different.size - 2, x.size // 4)
    if dimensions < 1:
        return Smoother(line, np.empty((x.size, 0)), np.empty(0))
    basis, roughness = _splines(x, different, dimensions)
    flat = np.hstack([np.ones((x.size, 1)), line])
    bent = np.linalg.svd(flat.T @ basis)[2][2:].T  # what is orthogonal to lines at the rows
    root = np.linalg.cholesky(bent.T @ roughness @ bent)
    left, firm, _ = np.linalg.svd(np.linalg.solve(root, (basis @ bent).T).T, full_matrices=False)
    return Smoother(line, left, firm**2)


def _splines(x: Vector, different: Vector, dimensions: int) -> tuple[Matrix, Matrix]:
    """Return B-splines at the rows, (rows, splines), and their roughness, (splines, splines).

    The roughness is the integral of the product of two second derivatives, which Gauss's
    rule of two points gives exactly on each piece.
    """
    from scipy.interpolate import BSpline

    degree = min(3, dimensions + 1)
    inner = np.quantile(different, np.linspace(0, 1, dimensions + 3 - degree)[1:-1])
    pieces = np.unique([0.0, *np.clip(np.round(inner, 3), 0.001, 0.999), 1.0])
    knots = np.concatenate([np.zeros(degree), pieces, np.ones(degree)])
    splines = BSpline(knots, np.eye(knots.size - degree - 1), degree)
    half = np.diff(pieces) / 2
    points = (pieces[:-1] + half)[:, None] + half[:, None] * np.array([-1, 1]) / np.sqrt(3)
    curved = splines.derivative(2)(points.ravel())
    return splines(x), curved.T @ (curved * np.repeat(half, 2)[:, None])


def correlation_ratios(part: Vector, wholes: Batch) -> Vector:
    """Return how much of the variance of each whole a part explains, (draws,).

    ``part`` (rows,) may have gaps, ``wholes`` (draws, rows) not.  NaN for fewer than three
    rows, and where either is constant.  The main effect of Paruolo, Saisana & Saltelli
    (2013), https://doi.org/10.1111/j.1467-985X.2012.01059.x, estimated by a spline.
    """
    there = ~np.isnan(part)
    found = np.full(len(wholes), np.nan)
    usable = np.array([varies(whole[there]) for whole in wholes], dtype=bool)
    if there.sum() >= LEAST and varies(part) and usable.any():
        found[usable] = smoother(part[there]).ratios(wholes[usable][:, there])
    return found


def noise_floor(part: Vector, whole: Vector, permutations: int, random: Random) -> float:
    """Return the mean correlation ratio of a part that has nothing to do with the whole.

    The scores of the whole, (rows,), are handed out to the units that have the part,
    (rows,), at random, ``permutations`` times.
    """
    there = ~np.isnan(part)
    shuffled = random.permuted(np.tile(whole[there], (permutations, 1)), axis=1)
    return float(correlation_ratios(part[there], shuffled).mean())
