"""Sobol' effects from evaluations: estimators on arrays, with intervals over scramblings."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rankscope.shapes import Batch, Matrix, Vector

_NOISE = 1e-14
"""A variance of at most this share of the mean square is what rounding leaves of none."""


class Moments(NamedTuple):
    """Sums over the points of one scrambling, from which effects follow.

    ``total`` and ``squares`` (outputs,) are those of the values at A and B; ``product``,
    ``step`` and ``squared_step`` (factors, outputs) those of b (ab - a), ab - a and its square.
    """

    points: int
    total: Vector
    squares: Vector
    product: Matrix
    step: Matrix
    squared_step: Matrix

    def plus(self, more: Moments) -> Moments:
        """Return the sums over the points of both."""
        return Moments(
            self.points + more.points,
            *(one + its for one, its in zip(self[1:], more[1:], strict=True)),
        )


def moments(a: Matrix, b: Matrix, ab: Batch, *, tolerance: float | Vector = 0.0) -> Moments:
    """Return the sums of the values at some points.

    ``a`` and ``b`` (points, outputs) are the values at two independent samples, ``ab``
    (factors, points, outputs) those at the first with one factor taken from the second.
    Steps of at most ``tolerance``, one number or (outputs,), are rounding and count as none.
    """
    step = ab - a
    step[np.abs(step) <= tolerance] = 0.0
    return Moments(
        points=len(a),
        total=a.sum(axis=0) + b.sum(axis=0),
        squares=(a * a).sum(axis=0) + (b * b).sum(axis=0),
        product=(b * step).sum(axis=1),
        step=step.sum(axis=1),
        squared_step=(step * step).sum(axis=1),
    )


@dataclass(frozen=True, slots=True, eq=False)
class Effects:
    """First-order and total effects of factors on outputs, (factors, outputs), with errors.

    ``first`` is the share of an output's variance that a factor explains alone, ``total``
    that with all its interactions; both as estimated, so that some may be negative.  NaN
    where an output is missing somewhere (its ``variance`` (outputs,) is NaN) or the same
    everywhere (its variance is 0).  The errors are standard errors over ``scramblings``.
    """

    first: Matrix
    total: Matrix
    first_error: Matrix
    total_error: Matrix
    variance: Vector
    scramblings: int
    points: int

    def first_interval(self, confidence: float = 0.95) -> Batch:
        """Return both ends of the interval of each first-order effect, (2, factors, outputs)."""
        return self._interval(self.first, self.first_error, confidence)

    def total_interval(self, confidence: float = 0.95) -> Batch:
        """Return both ends of the interval of each total effect, (2, factors, outputs)."""
        return self._interval(self.total, self.total_error, confidence)

    def of(self, outputs: slice) -> Effects:
        """Return the effects on some of the outputs."""
        return Effects(
            first=self.first[:, outputs],
            total=self.total[:, outputs],
            first_error=self.first_error[:, outputs],
            total_error=self.total_error[:, outputs],
            variance=self.variance[outputs],
            scramblings=self.scramblings,
            points=self.points,
        )

    def certain(self) -> Effects:
        """Return the effects of an only factor: it explains all there is, without error."""
        known = np.where(self.variance > 0, 1.0, np.nan)[None]
        return replace(self, first=known, total=known, first_error=known - 1, total_error=known - 1)

    def _interval(self, middle: Matrix, error: Matrix, confidence: float) -> Batch:
        """Return Student's interval: independent scramblings are independent estimates."""
        from scipy.special import stdtrit

        reach = float(stdtrit(self.scramblings - 1, (1 + confidence) / 2)) * error
        return np.stack([middle - reach, middle + reach])


def effects_of(scramblings: Sequence[Moments]) -> Effects:
    """Return the effects that the moments of two or more scramblings give together.

    First-order effects by the estimator of Saltelli et al. (2010) Computer Physics
    Communications 181(2), 259-270, https://doi.org/10.1016/j.cpc.2009.09.018, table 2 (b),
    with values taken from their mean, which lowers its error; total effects by that of
    Jansen (1999) Computer Physics Communications 117(1-2), 35-43,
    https://doi.org/10.1016/S0010-4655(98)00154-4.  Both are ratios of sums over all
    scramblings; their errors come from what each scrambling leaves of the ratio.
    """
    points = scramblings[0].points
    total, squares, product, step, squared_step = (
        np.stack([one[field] for one in scramblings]) for field in range(1, 6)
    )
    mean = total.mean(axis=0) / (2 * points)
    square = squares / (2 * points)
    variance = square - mean * total / points + mean**2
    parts = (product - mean * step) / points
    first, first_error = _ratio(parts, variance, square)
    whole, whole_error = _ratio(squared_step / (2 * points), variance, square)
    return Effects(
        first=first,
        total=whole,
        first_error=first_error,
        total_error=whole_error,
        variance=_known(variance, square),
        scramblings=len(scramblings),
        points=points,
    )


def _known(variance: Batch, square: Batch) -> Vector:
    """Return the mean variance, (outputs,): 0 where there is none but for rounding."""
    middle, size = variance.mean(axis=0), square.mean(axis=0)
    return np.where(middle <= _NOISE * size, 0.0, middle)


def _ratio(parts: Batch, variance: Batch, square: Batch) -> tuple[Matrix, Matrix]:
    """Return the ratio of parts (scramblings, factors, outputs) to variance, and its error."""
    known = _known(variance, square)
    there = np.where(known > 0, known, np.nan)
    ratio = parts.mean(axis=0) / there
    left = (parts - ratio * variance[:, None]) / there
    return ratio, np.sqrt((left**2).sum(axis=0) / (len(parts) * (len(parts) - 1)))
