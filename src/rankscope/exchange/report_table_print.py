"""The line from the scores of an index to the totals that its publisher printed."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from rankscope.analyses.recover import Total

if TYPE_CHECKING:
    from rankscope.analyses.recover import Recovered
    from rankscope.shapes import Vector


class Line(NamedTuple):
    """``factor`` times the score plus ``offset``, and how far off printed totals are at most."""

    factor: float
    offset: float
    error: float


def line_of(recovered: Recovered, scores: Vector, totals: Vector, half: float) -> Line:
    """Return the line from scores to totals, both (rows,), with the smallest largest difference.

    Totals as given with weights that can sum to 1 are the scores; otherwise there is a factor,
    and an offset where the total is shifted.  ``error`` is what is beyond ``half`` a unit of
    the last decimal of totals, because components are printed too coarsely.
    """
    both = np.isfinite(scores) & np.isfinite(totals)
    known, wanted = scores[both], totals[both]
    if recovered.refused or recovered.total is Total.RANKS or not known.size:
        return Line(1.0, 0.0, 0.0)
    low, high = recovered.sums
    if recovered.total is Total.AS_GIVEN and (low <= 1 <= high or recovered.model.exponent != 1):
        factor, offset = 1.0, 0.0
    else:
        factor, offset = _nearest(known, wanted, shifted=recovered.total is Total.SHIFTED)
    off = float(np.abs(factor * known + offset - wanted).max())
    return Line(factor, offset, max(0.0, off - half) * (1 + 1e-9))


def _nearest(scores: Vector, totals: Vector, *, shifted: bool) -> tuple[float, float]:
    """Return factor and offset with the smallest largest difference, by a linear program."""
    from scipy.optimize import linprog

    ones = np.full((len(scores), 1), float(shifted))
    rows = np.hstack([scores[:, None], ones])
    one = np.ones((len(scores), 1))
    found = linprog(
        c=[0.0, 0.0, 1.0],
        A_ub=np.block([[rows, -one], [-rows, -one]]),
        b_ub=np.concatenate([totals, -totals]),
        bounds=[(None, None), (None, None), (0, None)],
        method="highs",
    )
    if found.x is None or not found.success:
        return 1.0, 0.0
    return float(found.x[0]), float(found.x[1]) if shifted else 0.0
