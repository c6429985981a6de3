"""What is added to a column before a logarithm or a power is taken of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np

from rankscope.methods.statistics import smallest_and_largest

if TYPE_CHECKING:
    from rankscope.shapes import Matrix, Vector

OFFSETS: Final = ("none", "smallest", "one", "range", "minimum_plus_one")


class Shift(NamedTuple):
    """What is added, and the least that may come out, of shape (columns,) each."""

    offset: Vector
    least: Vector

    def of(self, matrix: Matrix) -> Matrix:
        """Return the shifted matrix, shape (rows, columns), nothing below the least."""
        return np.maximum(matrix + self.offset, self.least)


def learn_shift(matrix: Matrix, offset: str) -> Shift:
    """Return the shift of each column of a matrix of shape (rows, columns).

    ``none`` adds nothing, ``one`` adds 1, and ``smallest`` the smallest positive value
    (1 where there is none).
    ``range`` puts the minimum at one hundredth of the range and ``minimum_plus_one``
    at 1; values below the minimum, as on a frozen scale, are drawn in to it.
    """
    low, high = smallest_and_largest(matrix)
    nothing = np.zeros(matrix.shape[1])
    if offset in ("none", "one"):
        return Shift(nothing + (offset == "one"), nothing)
    if offset == "smallest":
        smallest = smallest_and_largest(np.where(matrix > 0, matrix, np.nan))[0]
        return Shift(np.where(np.isnan(smallest), 1.0, smallest), nothing)
    least = nothing + 1.0
    if offset == "range":
        hundredth = 0.01 * (high - low)
        least = np.where(hundredth == 0, 1.0, hundredth)
    return Shift(least - low, least)


def shift_accepts(offset: str, low: float) -> bool:
    """Whether a column that reaches down to ``low`` stays positive with this offset."""
    if offset in ("range", "minimum_plus_one"):
        return True
    return low >= 0 if offset == "smallest" else low > (-1 if offset == "one" else 0)


def offsets_that_take(low: float) -> tuple[str, ...]:
    """Return the offsets by which a column that reaches down to ``low`` becomes positive.

    >>> offsets_that_take(0.0)
    ('smallest', 'one', 'range')
    >>> offsets_that_take(-2.0)
    ('range',)
    """
    return tuple(one for one in ("smallest", "one", "range") if shift_accepts(one, low))
