"""Which power means give the totals: a search over the exponent."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from rankscope.analyses.recover.models import Model, verdict
from rankscope.analyses.recover.total import Total

if TYPE_CHECKING:
    from rankscope.analyses.recover.table import Table

_REACH = 3.0
_STEP = 0.5
_CLOSE = 1e-3
_GOLDEN = (5**0.5 - 1) / 2


def possible_exponents(table: Table) -> tuple[float, float] | None:
    """Return the least and largest exponent with which a power mean gives all totals.

    Weights sum to 1 and totals are as given.  Exponents from -3 to 3 are searched, down the
    largest violation from the best of a grid; None where none was found, which proves
    nothing for those between.  Ends are known to 0.001, and lie inside.
    """
    grid = np.arange(-_REACH, _REACH + _STEP / 2, _STEP)
    beyond = [_beyond(table, exponent) for exponent in grid]
    if not np.isfinite(beyond).any():
        return None
    best = int(np.nanargmin(beyond))
    inside = float(grid[best])
    if beyond[best] > 0:
        found = _lowest(table, inside - _STEP, inside + _STEP)
        if found is None:
            return None
        inside = found
    return _edge(table, inside, -_REACH), _edge(table, inside, _REACH)


def _beyond(table: Table, exponent: float) -> float:
    """Return how far the worst total is from a power mean beyond rounding; NaN if undefined."""
    exponent = 0.0 if abs(exponent) < _CLOSE / 2 else float(exponent)
    return (
        verdict(Model(exponent, Total.AS_GIVEN), table, None).beyond
        if exponent != 1
        else (_arithmetic(table))
    )


def _arithmetic(table: Table) -> float:
    """Return the same for weights that sum to 1, which an arithmetic mean's need not."""
    walls = table.walls(1.0, shifted=False)
    if walls is None:
        return np.nan
    from rankscope.analyses.recover.cone import Cone

    cone = Cone.of(walls, sum_one=True)
    return cone.least_slack(cone.everyone()).least


def _lowest(table: Table, low: float, high: float) -> float | None:
    """Return an exponent between two that is possible, by the golden section."""
    points = [high - _GOLDEN * (high - low), low + _GOLDEN * (high - low)]
    values = [_beyond(table, point) for point in points]
    while high - low > _CLOSE / 2:
        if min(values) == 0:
            return points[values.index(0)]
        if values[0] <= values[1]:
            high, points[1], values[1] = points[1], points[0], values[0]
            points[0] = high - _GOLDEN * (high - low)
            values[0] = _beyond(table, points[0])
        else:
            low, points[0], values[0] = points[0], points[1], values[1]
            points[1] = low + _GOLDEN * (high - low)
            values[1] = _beyond(table, points[1])
    return None


def _edge(table: Table, inside: float, outside: float) -> float:
    """Return the last possible exponent on the way from a possible one, by halving."""
    if _beyond(table, outside) == 0:
        return outside
    while abs(outside - inside) > _CLOSE:
        middle = (inside + outside) / 2
        if _beyond(table, middle) == 0:
            inside = middle
        else:
            outside = middle
    return inside
