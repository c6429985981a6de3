"""Series over time, many at once: growth from first to last, and the straight line through all.

Closed forms on arrays (series, periods), NaN where a series has no value in a period.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from rankscope.shapes import Mask, Matrix, Vector, Whole


class Ends(NamedTuple):
    """The first and the last period in which each series has a value, (series,); -1 for none."""

    first: Whole
    last: Whole

    def of(self, values: Matrix) -> tuple[Vector, Vector]:
        """Return the values at both ends, each of shape (series,); NaN where there is none."""
        return _at(values, self.first), _at(values, self.last)

    def times(self, times: Vector) -> tuple[Vector, Vector]:
        """Return the times of both ends, each of shape (series,)."""
        moments = np.broadcast_to(times, (len(self.first), len(times)))
        return self.of(moments)


class Line(NamedTuple):
    """Straight lines through series, each of shape (series,).

    ``slope`` per unit of time, from two values on; ``error`` its standard error, from three
    on; ``share`` the slope over the line's own first value, where that is positive.
    """

    slope: Vector
    error: Vector
    share: Vector


def ends_of(present: Mask) -> Ends:
    """Return both ends of series whose values are ``present``, of shape (series, periods)."""
    if not present.shape[1]:
        none = np.full(len(present), -1)
        return Ends(none, none)
    some = present.any(axis=1)
    first = np.where(some, present.argmax(axis=1), -1)
    last = np.where(some, present.shape[1] - 1 - present[:, ::-1].argmax(axis=1), -1)
    return Ends(first, last)


def latest_only(values: Matrix, latest: int) -> Matrix:
    """Return series with NaN before their last so many periods, counted from the last value.

    COINr's ``use_latest``, https://doi.org/10.21105/joss.04567
    """
    places = np.arange(values.shape[1])
    last = ends_of(~np.isnan(values)).last
    return np.where(places > (last - latest)[:, None], values, np.nan)


def growth_rate(values: Matrix, times: Vector) -> Vector:
    r"""Return the compound annual growth rate, of shape (series,).

    :math:`(x_{last}/x_{first})^{1/(t_{last}-t_{first})} - 1` over the values present; NaN
    where one of the two is not positive, or there is only one.  COINr's ``CAGR``,
    https://doi.org/10.21105/joss.04567
    """
    ends = ends_of(~np.isnan(values))
    first, last = ends.of(values)
    start, stop = ends.times(times)
    defined = (first > 0) & (last > 0) & (stop > start)
    rate = np.full(len(values), np.nan)
    with np.errstate(over="ignore"):
        growth = np.log(last[defined]) - np.log(first[defined])
        rate[defined] = np.expm1(growth / (stop - start)[defined])
    return np.where(np.isfinite(rate), rate, np.nan)


def line_through(values: Matrix, times: Vector) -> Line:
    """Return the lines of least squares through series of shape (series, periods).

    ``share`` is COINr's ``prc_change``, https://doi.org/10.21105/joss.04567
    """
    present = ~np.isnan(values)
    count = present.sum(axis=1).astype(float)
    moments = np.where(present, times, 0.0)
    heights = np.where(present, values, 0.0)
    middle, height = _over(moments.sum(axis=1), count), _over(heights.sum(axis=1), count)
    across = np.where(present, times - middle[:, None], 0.0)
    up = np.where(present, values - height[:, None], 0.0)
    spread = (across**2).sum(axis=1)
    slope = _over((across * up).sum(axis=1), spread)
    left = (np.where(present, up - slope[:, None] * across, 0.0) ** 2).sum(axis=1)
    error = np.sqrt(_over(_over(left, count - 2), spread))
    start, _ = ends_of(present).times(times)
    begins = height + slope * (start - middle)
    return Line(slope, error, _over(slope, np.where(begins > 0, begins, np.nan)))


def _over(above: Vector, below: Vector) -> Vector:
    """Return quotients, NaN where the lower number is not positive."""
    out: Vector = np.divide(above, below, out=np.full(above.shape, np.nan), where=below > 0)
    return out


def _at(values: Matrix, places: Whole) -> Vector:
    found = np.full(len(places), np.nan)
    some = places >= 0
    found[some] = values[np.flatnonzero(some), places[some]]
    return found
