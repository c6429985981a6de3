"""The abstract imputation over time, and the neighbours of each cell in its own series."""

from __future__ import annotations

from dataclasses import KW_ONLY, dataclass
from typing import TYPE_CHECKING, ClassVar, NamedTuple

import numpy as np

from rankscope._domains import Between, Maybe
from rankscope._registry import parameter
from rankscope.errors import MethodError
from rankscope.methods.base import PERIOD
from rankscope.methods.imputation.base import Imputation

if TYPE_CHECKING:
    from rankscope.methods.base import Traits
    from rankscope.shapes import Mask, Matrix, Vector, Whole

_SLACK = 1e-9
"""So that three months and three months count as half a year."""


@dataclass(frozen=True, slots=True)
class Panel(Imputation):
    """Fills a gap from the same unit's values in other periods; without a panel, no gap.

    ``limit`` counts in the unit of the periods: years where the periods are years, so
    that a table with a year left out is read right.  (COINr's ``max_time`` counts the
    time points that the table happens to have.)
    """

    monotone: ClassVar[bool] = False
    needs_panel: ClassVar[bool] = True
    _: KW_ONLY
    limit: float | None = parameter(
        None,
        Maybe(Between(low=0)),
        "the longest time, in the unit of the periods, between a gap and the value used",
    )

    def __post_init__(self) -> None:
        """Check the parameters, and that other periods may be looked at."""
        super(Panel, self).__post_init__()
        if PERIOD in self.groupings():
            raise MethodError(
                f"{self.name}.within must not be {PERIOD}: it looks at other periods of a unit. "
                "Leave the line out."
            )

    def fit(self, matrix: Matrix, traits: Traits) -> None:
        """Learn nothing: each series stands for itself."""
        del matrix, traits

    def _reaches(self, distance: Matrix) -> Mask:
        """Whether values at this distance in time may be used, of any shape; NaN is no value."""
        with np.errstate(invalid="ignore"):
            near = distance <= (np.inf if self.limit is None else self.limit + _SLACK)
        reaches: Mask = near & ~np.isnan(distance)
        return reaches

    def _limited(self) -> str:
        years = "year" if self.limit == 1 else "years"
        return "" if self.limit is None else f", at most {self.limit:g} {years} away"


class Observed(NamedTuple):
    """The nearest observed values on one side of each cell, in its own series.

    Numbers of rows, of shape (rows, columns), -1 where there is none: ``first`` is the
    nearest, ``second`` the one beyond it.
    """

    first: Whole
    second: Whole

    def values(self, matrix: Matrix) -> Matrix:
        """Return the nearest values, of shape (rows, columns); NaN where there is none."""
        return _at(matrix, self.first)

    def times(self, times: Vector) -> Matrix:
        """Return the times of the nearest values, of shape (rows, columns)."""
        return _at(np.broadcast_to(times[:, None], self.first.shape), self.first)

    def slopes(self, matrix: Matrix, times: Vector) -> Matrix:
        """Return change per time over the two nearest values; 0 where there is only one."""
        moments = np.broadcast_to(times[:, None], matrix.shape)
        rise = _at(matrix, self.first) - _at(matrix, self.second)
        run = _at(moments, self.first) - _at(moments, self.second)
        return np.divide(rise, run, out=np.zeros(rise.shape), where=np.abs(run) > 0)


def earlier(matrix: Matrix, traits: Traits) -> Observed:
    """Return the observed values before each cell of a matrix of shape (rows, columns)."""
    return _looking(matrix, np.lexsort((traits.times, traits.series)), traits.series)


def later(matrix: Matrix, traits: Traits) -> Observed:
    """Return the observed values after each cell of a matrix of shape (rows, columns)."""
    return _looking(matrix, np.lexsort((-traits.times, traits.series)), traits.series)


def _looking(matrix: Matrix, order: Whole, series: Whole) -> Observed:
    """Look back along rows in this order, which keeps each series together."""
    first = np.full(matrix.shape, -1)
    second = np.full(matrix.shape, -1)
    last = np.full(matrix.shape[1], -1)
    before = np.full(matrix.shape[1], -1)
    current = None
    for row in order:
        if series[row] != current:
            last[:], before[:], current = -1, -1, series[row]
        first[row], second[row] = last, before
        present = ~np.isnan(matrix[row])
        before = np.where(present, last, before)
        last = np.where(present, row, last)
    return Observed(first, second)


def _at(matrix: Matrix, rows: Whole) -> Matrix:
    """Return the cells of the given rows, of shape (rows, columns); NaN for row -1."""
    if not len(matrix):
        return matrix
    found: Matrix = np.take_along_axis(matrix, np.maximum(rows, 0), axis=0)
    return np.where(rows >= 0, found, np.nan)
