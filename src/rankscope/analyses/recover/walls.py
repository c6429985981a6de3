"""What printed numbers allow: linear rows on weights, found as they are violated.

All rows are homogeneous, ``row @ x <= 0``, in columns that are the weights, an offset (where
the total may be shifted) and the total's own factor.  A component printed as x with a half
unit of e lies in [x - e, x + e]; with weights w >= 0 their weighted sum can be anything in
[sum w (x - e), sum w (x + e)], and a table is possible if that meets the total's own interval.
The product of weight and error is so met exactly, since the errors of cells are independent.
Intervals are closed: whether a half is rounded up or down moves no end, only whether the end
itself can be attained.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from rankscope.shapes import Mask, Matrix, Vector, Whole

TOLERANCE = 1e-9
"""A row is kept when it is violated by no more than this part of the largest total."""


class Cut(NamedTuple):
    """Rows that a point violates, (rows, columns), and the two table rows of each, (rows, 2)."""

    rows: Matrix
    owners: Whole


@dataclass(frozen=True, slots=True, eq=False)
class ScoreWalls:
    """Weights that give totals in [total_low, total_high] from components in [low, high].

    ``low`` and ``high`` are (rows, components); ends that are infinite bind nothing.
    ``pace`` (rows,) turns a violation into units of the total.  With ``shifted`` there is an
    offset.  Columns are scaled to be near 1: one unit of a weight's column is ``unit``
    (components,), of an offset's ``top``.
    """

    low: Matrix
    high: Matrix
    total_low: Vector
    total_high: Vector
    pace: Vector
    shifted: bool
    unit: Vector
    top: float

    @property
    def units(self) -> int:
        """The number of rows of the table."""
        return len(self.low)

    @property
    def components(self) -> int:
        """The number of weights."""
        return int(self.low.shape[1])

    @property
    def floors(self) -> Vector:
        """The smallest value of each column: 0, or minus infinity for an offset."""
        floors = np.zeros(self.components + self.shifted + 1)
        if self.shifted:
            floors[self.components] = -np.inf
        return floors

    @property
    def normal(self) -> Vector:
        """The row that is 1 for weights in their own size: the factor of the total, (columns,)."""
        return np.append(np.zeros(self.components + self.shifted), 1.0)

    def broken(self, point: Vector, left_out: Mask, most: int) -> Cut:
        """Return up to ``most`` rows on each side that a point violates, worst first."""
        weights, factor = point[: self.components], point[-1]
        offset = point[self.components] * self.top if self.shifted else 0.0
        found = []
        for upper, ends, totals in (
            (True, self.low, self.total_high),
            (False, self.high, self.total_low),
        ):
            known = np.isfinite(totals) & np.isfinite(ends).all(axis=1) & ~left_out
            means = np.where(np.isfinite(ends), ends, 0.0) @ weights + offset
            gap = np.where(np.isfinite(totals), totals, 0.0) * factor - means
            over = np.where(known, (-gap if upper else gap) * self.pace, -np.inf)
            worst = np.argpartition(-over, min(most, len(over) - 1))[:most]
            found.append((upper, worst[over[worst] > TOLERANCE]))
        return self._cut([(upper, rows) for upper, rows in found])

    def rows_of(self, units: Whole) -> Cut:
        """Return the rows of some table rows, those that bind nothing left out."""
        upper = np.isfinite(self.low[units]).all(axis=1) & np.isfinite(self.total_high[units])
        lower = np.isfinite(self.high[units]).all(axis=1) & np.isfinite(self.total_low[units])
        return self._cut([(True, units[upper]), (False, units[lower])])

    def _cut(self, sides: list[tuple[bool, Whole]]) -> Cut:
        rows, owners = [], []
        for upper, units in sides:
            ends, totals = (self.low, self.total_high) if upper else (self.high, self.total_low)
            ones = np.full((len(units), int(self.shifted)), self.top)
            row = np.hstack([ends[units], ones, -totals[units, None]])
            rows.append((row if upper else -row) * self.pace[units, None])
            owners.append(np.column_stack([units, units]))
        return Cut(np.vstack(rows), np.vstack(owners).astype(np.int64))


@dataclass(frozen=True, slots=True, eq=False)
class RankWalls:
    """Weights for which every unit can be at least as good as those ranked below it.

    ``low`` and ``high`` are (rows, components), scaled by one number; ``ranks`` (rows,), 1 is
    best.  Units of one rank have equal scores if ``ties_are_equal``.
    """

    low: Matrix
    high: Matrix
    ranks: Vector
    ties_are_equal: bool

    @property
    def units(self) -> int:
        """The number of rows of the table."""
        return len(self.low)

    @property
    def components(self) -> int:
        """The number of weights."""
        return int(self.low.shape[1])

    @property
    def floors(self) -> Vector:
        """The smallest value of each column: 0."""
        return np.zeros(self.components)

    @property
    def unit(self) -> Vector:
        """What one unit of each weight's column means: 1, since there is one scale."""
        return np.ones(self.components)

    @property
    def top(self) -> float:
        """One: there is no offset."""
        return 1.0

    @property
    def normal(self) -> Vector:
        """The row that is 1 for weights in their own size: their sum, (columns,)."""
        return np.ones(self.components)

    def broken(self, point: Vector, left_out: Mask, most: int) -> Cut:
        """Return, for the units most out of order, the unit at or above them that is worst.

        One pass: the smallest upper end among units ranked no worse, against the lower end.
        """
        high, low = self.high @ point, self.low @ point
        order = np.lexsort((high, self.ranks))
        order = order[~left_out[order]]
        if len(order) < 2:
            return self._cut(np.empty((0, 2), dtype=np.int64))
        tops = np.minimum.accumulate(high[order])
        holder = order[np.searchsorted(-tops, -tops, side="left")]
        side: Literal["left", "right"] = "right" if self.ties_are_equal else "left"
        last = np.searchsorted(self.ranks[order], self.ranks[order], side=side) - 1
        over = np.where(last >= 0, low[order] - tops[last], -np.inf)
        worst = np.argsort(-over, kind="stable")[:most]
        worst = worst[over[worst] > TOLERANCE]
        return self._cut(np.column_stack([holder[last[worst]], order[worst]]))

    def rows_of(self, units: Whole) -> Cut:
        """Return the rows of all pairs of some units."""
        better, worse = np.meshgrid(units, units, indexing="ij")
        pairs = np.column_stack([better.ravel(), worse.ravel()])
        ahead, behind = self.ranks[pairs[:, 0]], self.ranks[pairs[:, 1]]
        kept = ahead <= behind if self.ties_are_equal else ahead < behind
        return self._cut(pairs[kept & (pairs[:, 0] != pairs[:, 1])])

    def _cut(self, pairs: Whole) -> Cut:
        return Cut(self.low[pairs[:, 1]] - self.high[pairs[:, 0]], pairs.astype(np.int64))
