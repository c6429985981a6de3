"""The two printed tables side by side: the intervals of components and totals, row by row."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from rankscope._words import join_words, visible
from rankscope.analyses.recover.power_means import mean_of, name_of, pace_of, risen
from rankscope.analyses.recover.walls import ScoreWalls
from rankscope.errors import DataError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from rankscope.analyses.recover.printed import PrintedColumns
    from rankscope.shapes import Mask, Matrix, Vector

_FINEST = 1e-8
"""Totals are taken as good to this part of the largest at best: solvers see no further."""


@dataclass(frozen=True, slots=True, eq=False)
class Table:
    """What the components, (rows, components), and totals, (rows,), can have been.

    ``gaps`` are units of the printed table that lack a component or the total.
    """

    units: tuple[str, ...]
    names: tuple[str, ...]
    low: Matrix
    high: Matrix
    total_low: Vector
    total_high: Vector
    gaps: tuple[str, ...] = ()

    def of(self, rows: Mask) -> Table:
        """Return some of the rows."""
        return replace(
            self,
            units=tuple(unit for unit, kept in zip(self.units, rows, strict=True) if kept),
            low=self.low[rows],
            high=self.high[rows],
            total_low=self.total_low[rows],
            total_high=self.total_high[rows],
        )

    def grouped(
        self, groups: Mapping[str, Sequence[str] | Mapping[str, float]], exponent: float
    ) -> Table:
        """Return the means of groups of components as the components.

        A power mean rises with every component, so that its ends are the means of ends.

        Raises
        ------
        DataError
            When a group names a component that there is not, or a weight is not above 0.
        """
        low, high = [], []
        grouped = {name for members in groups.values() for name in members}
        alone = {name: {name: 1.0} for name in self.names if name not in grouped}
        heads = {**groups, **alone}
        for head, members in heads.items():
            at = [self._place(name, head) for name in members]
            given = members.values() if hasattr(members, "values") else [1.0] * len(at)
            weights = np.array(list(given), dtype=float)
            if not at or not (weights > 0).all():
                raise DataError(f"groups: {visible(head)} needs components, and weights above 0.")
            weights = weights / weights.sum()
            own = 1.0 if len(at) == 1 else exponent
            least = self.low[:, at] if own == 1 else np.maximum(self.low[:, at], 0.0)
            low.append(mean_of(least, weights, own))
            high.append(mean_of(self.high[:, at], weights, own))
        return replace(
            self, names=tuple(heads), low=np.column_stack(low), high=np.column_stack(high)
        )

    def walls(self, exponent: float, *, shifted: bool) -> ScoreWalls | None:
        """Return the rows on weights under a power mean; None where it has no meaning.

        That is where a number lies below 0 for certain, or for exponents of 0 or less is 0.
        """
        if exponent != 1:
            ends = np.column_stack([self.high, self.total_high])
            if (ends < 0).any() or (exponent <= 0 and (ends == 0).any()):
                return None
        size = float(np.abs(np.array([self.total_low, self.total_high])).max()) or 1.0
        own = [self.low, self.high, self.total_low, self.total_high]
        if exponent != 1:
            own = [risen(np.maximum(end, 0.0) / size, exponent) for end in own]
        pace = self._pace(size, exponent)
        return _scaled(own[0], own[1], own[2], own[3], pace, shifted)

    def _pace(self, size: float, exponent: float) -> Vector:
        """Return what one unit of f is in parts of the largest total, (rows,)."""
        if exponent == 1:
            return np.full(len(self.units), 1 / size)
        middle, half = self.total_low + self.total_high, self.total_high - self.total_low
        return pace_of(np.maximum(middle, half) / 2 / size, exponent)

    def _place(self, name: str, head: str) -> int:
        if name not in self.names:
            known = join_words(map(visible, self.names[:8]), "and")
            raise DataError(
                f"groups: {visible(head)} names the component {visible(name)!r}; there are {known}."
            )
        return self.names.index(name)

    def refuse_below_zero(self, exponent: float) -> DataError:
        """Return the error that a mean has no meaning for these numbers."""
        return DataError(
            f"The {name_of(exponent)} needs numbers above 0, and the table has others. "
            "Take the arithmetic mean."
        )


def _scaled(
    low: Matrix,
    high: Matrix,
    total_low: Vector,
    total_high: Vector,
    pace: Vector,
    shifted: bool,
) -> ScoreWalls:
    """Return the rows with each column in units in which it is near 1 at most."""
    ends = np.concatenate([low, high]) * np.tile(pace, 2)[:, None]
    columns = np.abs(np.where(np.isfinite(ends), ends, 0.0)).max(axis=0)
    columns = np.where(columns > 0, columns, 1.0)
    return ScoreWalls(
        low=low / columns,
        high=high / columns,
        total_low=total_low,
        total_high=total_high,
        pace=pace,
        shifted=shifted,
        unit=1 / columns,
        top=float(1 / pace.max()),
    )


def table_of(
    components: PrintedColumns,
    totals: PrintedColumns,
    *,
    polarity: Mapping[str, int] | None,
    limits: tuple[float, float] | None,
    exact_ends: bool,
) -> Table:
    """Return the rows that have all components and a total, as intervals.

    Raises
    ------
    DataError
        When rows do not belong together, no row is whole, or a polarity is not 1 or -1.
    """
    if len(components.units) != len(totals.units):
        raise DataError(
            f"There are {len(components.units)} rows of components and {len(totals.units)} "
            "totals. Give one total for each row."
        )
    whole = components.whole() & totals.whole()
    if not whole.any():
        raise DataError("No row has all components and a total, so nothing can be recovered.")
    low, high = components.turned(limits, polarity, exact_ends=exact_ends)
    total_low, total_high = (end[:, 0] for end in totals.intervals(limits, exact_ends=exact_ends))
    blur = _FINEST * np.abs(totals.values[whole]).max()
    middle = (total_low + total_high) / 2
    total_low = np.minimum(total_low, middle - blur)
    total_high = np.maximum(total_high, middle + blur)
    full = Table(
        units=components.units,
        names=components.names,
        low=low,
        high=high,
        total_low=total_low,
        total_high=total_high,
    )
    lacking = tuple(unit for unit, own in zip(full.units, whole, strict=True) if not own)
    return replace(full.of(whole), gaps=lacking)
