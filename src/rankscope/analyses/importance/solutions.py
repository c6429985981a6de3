"""Weights for a wanted importance where the score is a weighted sum: exact, or proved away.

The score is then y = sum of w_i x_i, and everything follows from the correlations R and the
standard deviations s of the parts, with v_i = w_i s_i:

- covariance shares are v_i (R v)_i / v'R v;
- correlations with y are (R v)_i / sqrt(v'R v).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from rankscope.methods.weighting.correlation_balanced import balance

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rankscope.shapes import Matrix, Vector

SINGULAR = 1e-10
"""Parts whose correlations have a smaller eigenvalue depend on each other."""

_ROUNDED = 1e-14
"""What rounding changes in correlations; it grows with the inverse of the smallest eigenvalue."""

_STEPS = 1000


@dataclass(frozen=True, slots=True)
class Solution:
    """Weights of parts, (parts,), None where there are none to try.

    ``impossible`` is the proof that none from 0 up will do, in words, or empty; ``needed``
    (parts,) the only weights that would, one of them negative, where that is the proof.
    ``only`` says that no other weights do as well.
    """

    weights: Vector | None
    needed: Vector | None = None
    impossible: str = ""
    only: bool = False


def for_covariance(scores: Matrix, wanted: Vector, names: Sequence[str]) -> Solution:
    r"""Return the weights by which each part has its wanted share of the variance.

    ``scores`` (rows, parts) without gaps; ``wanted`` (parts,) positive, summing to 1.  The
    convex function :math:`\tfrac12 v'Rv - \sum t_i \log v_i` has its only stationary point
    where :math:`v_i (Rv)_i = t_i` for all i.  So there is exactly one solution, but where
    some weights from 0 up make the score the same for all units; then there is none: with
    :math:`Rz = 0`, :math:`0 = z'Rv = \sum z_i t_i / v_i > 0`.

    Maillard, Roncalli & Teïletche (2010), The Journal of Portfolio Management 36(4), 60-70,
    https://doi.org/10.3905/jpm.2010.36.4.060, where shares are of risk.
    """
    correlations, deviations = _moments(scores)
    cancelling = _cancelling(correlations)
    if cancelling is not None:
        weights = _shares(cancelling / deviations)
        those = [
            f"{weight:.3g} x {name}"
            for name, weight in zip(names, weights, strict=True)
            if weight > SINGULAR
        ]
        said = "is the same for all units, so that their shares can not all be above 0"
        return Solution(None, impossible=f"{' + '.join(those)} {said}")
    found = budgeted(correlations, wanted)
    return Solution(None if found is None else _shares(found / deviations), only=True)


def for_correlation(scores: Matrix, wanted: Vector, names: Sequence[str]) -> Solution:
    r"""Return the weights by which squared correlations are as wanted, and none is negative.

    ``scores`` (rows, parts) without gaps; ``wanted`` (parts,) from 0 up.  Correlations are
    proportional to c where :math:`Rv = c`, so that v is :math:`R^{-1}c` up to its size and
    nothing else: a negative weight there proves that no weights from 0 up will do.  Where
    parts depend on each other there may be many solutions, of which the shortest is taken.
    The nearest weights stand where there are none.
    """
    correlations, deviations = _moments(scores)
    target = np.sqrt(wanted / wanted.max())
    nearest, reached = balance(correlations, target)
    weights = _shares(nearest / deviations)
    if dependent(correlations):
        proof = "the parts depend on each other, and no weights from 0 up come to these proportions"
        return Solution(weights, impossible="" if reached else proof)
    v = np.linalg.solve(correlations, target)
    rounding = np.abs(v).max() * max(SINGULAR, _ROUNDED / np.linalg.eigvalsh(correlations)[0])
    v = np.where(np.abs(v) < rounding, 0.0, v)
    if (v >= 0).all():
        return Solution(_shares(v / deviations), only=True)
    needed = v / deviations / np.abs(v / deviations).sum()
    worst = int(np.argmin(needed))
    return Solution(
        weights,
        needed=needed,
        impossible=f"the only weights that would do it give {names[worst]} a negative weight, "
        f"{needed[worst]:.3f}, where the sizes of all weights sum to 1",
        only=True,
    )


def budgeted(correlations: Matrix, wanted: Vector) -> Vector | None:
    """Return the positive v, (parts,), with v_i (R v)_i = wanted_i; None where it is not reached.

    Newton's method with steps short enough for a self-concordant function to go on falling:
    Spinu (2013), An algorithm for computing risk parity weights, doi:10.2139/ssrn.2297383.
    """
    v = np.sqrt(wanted)
    for _ in range(_STEPS):
        gradient = correlations @ v - wanted / v
        step = np.linalg.solve(correlations + np.diag(wanted / v**2), gradient)
        decrement = np.sqrt(max(gradient @ step, 0.0) / wanted.min())
        v = v - step / (1.0 + decrement if decrement > 0.25 else 1.0)
        if decrement < 1e-13:
            break
    reached = np.abs(v * (correlations @ v) - wanted).max() < SINGULAR
    return v if reached and (v > 0).all() else None


def dependent(correlations: Matrix) -> bool:
    """Whether the correlations of parts, (parts, parts), are singular."""
    return bool(np.linalg.eigvalsh(correlations)[0] < SINGULAR)


def correlations_of(scores: Matrix) -> Matrix:
    """Return the correlations of parts, (parts, parts), of scores (rows, parts) without gaps."""
    return _moments(scores)[0]


def _moments(scores: Matrix) -> tuple[Matrix, Vector]:
    """Return correlations (parts, parts) and sizes in proportion to deviations, (parts,)."""
    z = scores - scores.mean(axis=0)
    deviations: Vector = np.sqrt((z**2).sum(axis=0))
    z = z / deviations
    return z.T @ z, deviations


def _cancelling(correlations: Matrix) -> Vector | None:
    """Return weights from 0 up, (parts,), with R z = 0, or None where there are none."""
    if not dependent(correlations):
        return None
    from scipy.optimize import nnls

    count = len(correlations)
    z, _ = nnls(np.vstack([correlations, np.ones(count)]), np.append(np.zeros(count), 1.0))
    return z if np.abs(correlations @ z).max() < 1e-9 * z.sum() else None


def _shares(weights: Vector) -> Vector:
    shares: Vector = weights / weights.sum()
    return shares
