"""The table of observed values: what was observed, for whom, when, and where it was published."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import IntEnum
from typing import TYPE_CHECKING

import numpy as np

from rankscope.data.periods import moments

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray

    from rankscope.shapes import Matrix, Vector, Whole


class Status(IntEnum):
    """How a cell came by its value."""

    MISSING = 0
    OBSERVED = 1
    CENSORED = 2
    """Published only as too small to tell; read as missing."""
    ABSENT = 3
    """Not named by a complete census; read as zero."""
    IMPUTED = 4


@dataclass(frozen=True, slots=True, eq=False)
class DataTable:
    """Values of variables for units, each with its year, source and status.

    ``values`` is (rows, columns) with NaN for missing; ``years`` has the same
    shape, 0 where unknown; ``sources`` holds indices into ``source_codes``, -1
    where the source is the one the definition declares; ``status`` holds
    `Status` numbers.  ``labels`` holds columns of names, such as groupings.  In a panel a
    row is a unit in a period: ``periods`` names that of each row, and units repeat;
    otherwise it is empty.
    ``fingerprint`` is the SHA-256 of the file that was read, ``origin`` its name.

    Arrays have no one truth value, so tables have no ``==``: see `same_values`.
    """

    units: tuple[str, ...]
    names: tuple[str, ...]
    columns: tuple[str, ...]
    values: Matrix
    years: Whole
    sources: Whole
    status: Whole
    source_codes: tuple[str, ...] = ()
    labels: tuple[tuple[str, tuple[str, ...]], ...] = ()
    periods: tuple[str, ...] = ()
    fingerprint: str = ""
    origin: str = ""

    @property
    def shape(self) -> tuple[int, int]:
        """Return the numbers of rows and columns."""
        return len(self.units), len(self.columns)

    def column(self, code: str) -> Vector:
        """Return the values of one variable, of shape (rows,); all missing when it is not there."""
        if code not in self.columns:
            return np.full(len(self.units), np.nan)
        return self.values[:, self.columns.index(code)]

    def label(self, name: str) -> tuple[str, ...] | None:
        """Return the names in a label column, one a row, or None."""
        return dict(self.labels).get(name)

    def row(self, unit: str) -> int:
        """Return the row of a unit's code; in a panel that of its last period.

        Raises
        ------
        KeyError
            When no row has this code.
        """
        rows = [row for row, code in enumerate(self.units) if code == unit]
        if not rows:
            raise KeyError(unit)
        if not self.periods:
            return rows[0]
        times = moments(self.periods)
        return max(rows, key=lambda row: times[self.periods[row]])

    def of_period(self, period: str) -> DataTable:
        """Return the table of one period, which is no panel any more.

        Raises
        ------
        KeyError
            When no row is of this period.
        """
        rows = np.flatnonzero(np.array(self.periods) == period)
        if not rows.size:
            raise KeyError(period)
        return replace(self.of_rows(rows), periods=())

    def source_of(self, row: int, column: int, declared: str | None) -> str | None:
        """Return the code of a cell's source: its own, else the declared one."""
        own = int(self.sources[row, column])
        return self.source_codes[own] if own >= 0 else declared

    def of_rows(self, rows: Whole) -> DataTable:
        """Return the table of some rows, in the order given."""
        return replace(
            self,
            units=tuple(self.units[i] for i in rows),
            names=tuple(self.names[i] for i in rows),
            values=self.values[rows],
            years=self.years[rows],
            sources=self.sources[rows],
            status=self.status[rows],
            labels=tuple((name, tuple(of[i] for i in rows)) for name, of in self.labels),
            periods=tuple(self.periods[i] for i in rows) if self.periods else (),
        )

    def same_values(self, other: DataTable) -> bool:
        """Whether another table says the same, wherever both were read from.

        Values are equal to the last bit, and missing is equal to missing.
        """
        return (
            (self.units, self.names, self.columns) == (other.units, other.names, other.columns)
            and (self.labels, self.periods) == (other.labels, other.periods)
            and np.array_equal(self.values, other.values, equal_nan=True)
            and np.array_equal(self.years, other.years)
            and np.array_equal(self.status, other.status)
            and np.array_equal(self.own_sources(), other.own_sources())
        )

    def own_sources(self) -> NDArray[np.object_]:
        """Return each cell's own source, of shape (rows, columns); empty where it has none."""
        return np.array([*self.source_codes, ""], dtype=object)[self.sources]

    def to_frame(self) -> pd.DataFrame:
        """Return the values as a data frame: units (and periods) as index, variables as columns."""
        import pandas as pd

        index = pd.Index(self.units, name="unit")
        if self.periods:
            index = pd.MultiIndex.from_arrays([index, self.periods], names=["unit", "period"])
        return pd.DataFrame(self.values, index=index, columns=list(self.columns))


def plain_table(
    units: tuple[str, ...],
    columns: tuple[str, ...],
    values: Matrix,
    *,
    names: tuple[str, ...] | None = None,
) -> DataTable:
    """Make a table, without years and sources, from a matrix of shape (rows, columns)."""
    matrix = np.asarray(values, dtype=float)
    status = np.where(np.isnan(matrix), Status.MISSING, Status.OBSERVED).astype(np.int64)
    return DataTable(
        units=units,
        names=names or units,
        columns=columns,
        values=matrix,
        years=np.zeros(matrix.shape, dtype=np.int64),
        sources=np.full(matrix.shape, -1, dtype=np.int64),
        status=status,
    )
