"""A table as it was printed: numbers with their decimals, and so the intervals they stand for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from rankscope._words import did_you_mean, join_words, visible
from rankscope.errors import DataError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rankscope.shapes import Mask, Matrix, Vector

MOST_DECIMALS = 12
"""More decimals than these are binary noise, not print."""


@dataclass(frozen=True, slots=True, eq=False)
class PrintedColumns:
    """Printed numbers, (rows, columns), NaN for a gap, and the decimals of each column."""

    units: tuple[str, ...]
    names: tuple[str, ...]
    values: Matrix
    decimals: tuple[int, ...]

    @property
    def halves(self) -> Vector:
        """Half a unit of the last decimal of each column, (columns,)."""
        return np.array([0.5 * 10.0**-places for places in self.decimals])

    def whole(self) -> Mask:
        """Return which rows have no gap, (rows,)."""
        return np.asarray(np.isfinite(self.values).all(axis=1))

    def intervals(
        self, limits: tuple[float, float] | None, *, exact_ends: bool
    ) -> tuple[Matrix, Matrix]:
        """Return the ends of what each number can have been, both (rows, columns).

        No number lies beyond ``limits``; with ``exact_ends`` the only number of a column that
        is printed as a limit is that limit.
        """
        low, high = self.values - self.halves, self.values + self.halves
        if limits is None:
            return low, high
        low, high = np.clip(low, *limits), np.clip(high, *limits)
        for limit in limits if exact_ends else ():
            at = self.values == limit
            alone = at & (at.sum(axis=0) == 1)
            low, high = np.where(alone, limit, low), np.where(alone, limit, high)
        return low, high

    def turned(
        self,
        limits: tuple[float, float] | None,
        polarity: Mapping[str, int] | None,
        *,
        exact_ends: bool = False,
    ) -> tuple[Matrix, Matrix]:
        """Return the same with columns of polarity -1 under their other sign.

        Raises
        ------
        DataError
            When a polarity is not 1 or -1, or that of no column.
        """
        for name, sign in (polarity or {}).items():
            if name not in self.names or sign not in (1, -1):
                known = join_words(map(visible, self.names[:8]), "and")
                raise DataError(
                    f"polarity: {visible(str(name))!r} with {sign}. Give 1 or -1 for one of "
                    f"{known}."
                )
        low, high = self.intervals(limits, exact_ends=exact_ends)
        turned = np.array([(polarity or {}).get(name, 1) < 0 for name in self.names])
        return np.where(turned, -high, low), np.where(turned, -low, high)


def printed_columns(
    table: Any,
    *,
    decimals: int | Sequence[int] | Mapping[str, int] | None = None,
    names: Sequence[str] | None = None,
    units: Sequence[str] | None = None,
) -> PrintedColumns:
    """Read columns of printed numbers: a data frame or an array, of numbers or of texts.

    Decimals that are not given are those of the texts, trailing zeros included, or for
    numbers the fewest that write them: if all numbers of a column happen to end in 0 that
    is too few, and the intervals are too wide, never too narrow.

    Raises
    ------
    DataError
        When a cell is neither a number nor a gap, or names or decimals do not fit.
    """
    texts = np.asarray(table, dtype=object)
    if texts.ndim == 1:
        texts = texts[:, None]
    if texts.ndim != 2 or not texts.size:
        raise DataError("recover needs a table of numbers: a row for each unit, and columns.")
    heads = _heads(table, names, texts.shape[1])
    rows = _labels(table, units, texts.shape[0])
    values = _numbers(texts, rows, heads)
    given = _given(decimals, heads)
    places = tuple(
        _decimals(texts[:, column], values[:, column]) if known is None else known
        for column, known in enumerate(given)
    )
    return PrintedColumns(rows, heads, values, places)


def _heads(table: Any, names: Sequence[str] | None, count: int) -> tuple[str, ...]:
    if names is None:
        own = getattr(table, "columns", None)
        if own is None:
            name = getattr(table, "name", None)
            own = [name or "total"] if count == 1 else range(1, count + 1)
        names = [str(name) for name in own]
    if len(names) != count or len(set(names)) != count:
        raise DataError(f"names: there are {count} columns; give each a name of its own.")
    return tuple(names)


def _labels(table: Any, units: Sequence[str] | None, count: int) -> tuple[str, ...]:
    if units is None:
        own = getattr(table, "index", None)
        named = range(1, count + 1) if own is None or callable(own) else own
        return tuple(str(unit) for unit in named)
    labels = tuple(str(unit) for unit in units)
    if len(labels) != count:
        raise DataError(f"units: there are {count} rows, and {len(labels)} names of units.")
    return labels


def _numbers(texts: Any, rows: tuple[str, ...], heads: tuple[str, ...]) -> Matrix:
    """Return the numbers of a table of objects, (rows, columns), NaN for gaps."""
    try:
        values = texts.astype(float)  # quick, where all cells are numbers
    except (TypeError, ValueError):
        values = np.empty(texts.shape)
        for (row, column), cell in np.ndenumerate(texts):
            values[row, column] = _number(cell, rows[row], heads[column])
    return np.where(np.isfinite(values), values, np.nan)


def _number(cell: Any, unit: str, name: str) -> float:
    if cell is None or cell == "":
        return np.nan
    try:
        value = float(cell)
    except (TypeError, ValueError):
        shown = visible(str(cell))
        raise DataError(
            f"{visible(name)} of {visible(unit)} is {shown!r}, which is no number. Correct it, "
            "or leave the cell empty."
        ) from None
    return value if np.isfinite(value) else np.nan


def _given(
    decimals: int | Sequence[int] | Mapping[str, int] | None, names: tuple[str, ...]
) -> list[int | None]:
    """Return the decimals that were given for each column, None where none were."""
    if decimals is None:
        return [None] * len(names)
    if isinstance(decimals, int | float):
        return [_checked(decimals)] * len(names)
    if isinstance(decimals, Mapping):
        for name in decimals:
            if name not in names:
                known = did_you_mean(str(name), names)
                raise DataError(f"decimals: no column is called {visible(str(name))!r}. {known}")
        return [_checked(decimals[name]) if name in decimals else None for name in names]
    if len(decimals) != len(names):
        shown = join_words(map(visible, names[:6]), "and")
        raise DataError(f"decimals: give one number, or one for each of {shown}.")
    return [_checked(places) for places in decimals]


def _checked(places: Any) -> int:
    if isinstance(places, bool) or not isinstance(places, int | np.integer):
        raise DataError(f"decimals: {visible(str(places))} is no whole number.")
    if not -9 <= places <= MOST_DECIMALS:
        raise DataError(f"decimals: {places} is not between -9 and {MOST_DECIMALS}.")
    return int(places)


def _decimals(texts: Any, values: Vector) -> int:
    """Return the decimals of a column, read off its texts or its numbers.

    >>> _decimals(np.array(["0.50", "12"], dtype=object), np.array([0.5, 12.0]))
    2
    """
    written = [text.strip() for text in texts if isinstance(text, str) and text.strip()]
    if written and not any("e" in text.lower() for text in written):
        return min(max(len(text.partition(".")[2]) for text in written), MOST_DECIMALS)
    known = values[np.isfinite(values)]
    near = 1e-13 * np.abs(known).max(initial=0.0)
    for places in range(MOST_DECIMALS):
        if (np.abs(np.round(known, places) - known) <= np.maximum(near, 1e-15)).all():
            return places
    return MOST_DECIMALS
