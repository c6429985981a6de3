"""Where the rows of a panel stand in a matrix of units by periods."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from rankscope.data.periods import moments

if TYPE_CHECKING:
    from rankscope.data.table import DataTable
    from rankscope.shapes import Matrix, Vector, Whole


@dataclass(frozen=True, slots=True)
class PanelGrid:
    """The units of a panel in the order of their codes, and its periods in that of time.

    ``times`` (periods,); ``rows`` and ``columns`` are places in a matrix of units by periods,
    one for each row of the panel.
    """

    units: tuple[str, ...]
    names: tuple[str, ...]
    periods: tuple[str, ...]
    times: Vector
    rows: Whole
    columns: Whole

    def spread(self, column: Vector | Whole) -> Matrix:
        """Return a column of shape (rows,) as a matrix (units, periods), NaN for no row."""
        matrix = np.full((len(self.units), len(self.times)), np.nan)
        matrix[self.rows, self.columns] = column
        return matrix


def panel_grid(table: DataTable) -> PanelGrid:
    """Return where each row of a panel stands."""
    named = dict(zip(table.units, table.names, strict=True))
    clock = moments(table.periods)
    row_of = {unit: row for row, unit in enumerate(sorted(named))}
    column_of = {period: column for column, period in enumerate(clock)}
    return PanelGrid(
        units=tuple(row_of),
        names=tuple(named[unit] for unit in row_of),
        periods=tuple(clock),
        times=np.array(list(clock.values())),
        rows=np.array([row_of[unit] for unit in table.units], dtype=np.int64),
        columns=np.array([column_of[period] for period in table.periods], dtype=np.int64),
    )
