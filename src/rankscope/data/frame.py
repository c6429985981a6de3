"""Tables from pandas data frames, and back.  Only this module of the folder loads pandas."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

import pandas as pd

from rankscope.data.build import table_of
from rankscope.data.grid import Counting, Grid, text_of
from rankscope.data.table import DataTable, Status
from rankscope.data.write import delimited
from rankscope.errors import DataError
from rankscope.findings import raise_errors

if TYPE_CHECKING:
    from rankscope.definition.model import IndexDefinition, Node, Variable

ORIGIN = "data frame"
"""What a data frame is called in findings."""


def table_from_frame(frame: pd.DataFrame, definition: IndexDefinition) -> DataTable:
    """Return the table that a data frame holds, of shape (units, indicators), wide or long.

    Long it is when it has columns ``indicator`` and ``value``.  Units stand in the
    column that the definition names, else in the index.  True and false count as 1 and 0.

    Raises
    ------
    DataError
        With all that is wrong, each with its row and mend.
    """
    grid = _grid(frame, definition.data.unit_column)
    layout = "long" if {"indicator", "value"} <= set(grid.header) else "wide"
    spec = definition.data.model_copy(update={"layout": layout, "decimal": "."})
    told = definition.model_copy(update={"data": spec})
    text = delimited([grid.header, *grid.rows])
    fingerprint = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
    table, findings = table_of(grid, told, fingerprint=fingerprint)
    raise_errors(findings, DataError)
    if table is None:
        raise DataError(f"The {ORIGIN} holds no table.")
    return table


def _grid(frame: pd.DataFrame, unit_column: str) -> Grid:
    """Make the grid of a frame; the index becomes the column of units where there is none."""
    if unit_column not in frame.columns and not isinstance(frame.index, pd.RangeIndex):
        index = frame.index.get_level_values(0) if frame.index.nlevels == 1 else None
        if index is None:
            raise DataError(
                f"The {ORIGIN} has an index of {frame.index.nlevels} levels. Call reset_index() "
                f"and name the column of units {unit_column!r}."
            )
        frame = frame.set_axis(frame.index.rename(unit_column)).reset_index()
    columns = [_texts(frame.iloc[:, at]) for at in range(frame.shape[1])]
    rows = list(zip(*columns, strict=True))
    header = tuple(str(name).strip() for name in frame.columns)
    return Grid(ORIGIN, header, rows, range(1, len(rows) + 1), Counting.ROWS, first=0)


def _texts(column: pd.Series) -> list[str]:
    """Return the cells of a column as text, empty where pandas says missing."""
    numbers = column.astype("Int8") if pd.api.types.is_bool_dtype(column) else column
    missing = numbers.isna().tolist()
    values = zip(missing, numbers.tolist(), strict=True)
    return ["" if gone else text_of(value) for gone, value in values]


def to_long_frame(table: DataTable, definition: IndexDefinition) -> pd.DataFrame:
    """Return one row for each cell, with all that is known about it.

    Columns: unit, name, indicator, value, year (NA where unknown), source, licence, status.
    Groupings are left out.  The source is the cell's own, else the declared one.
    """
    known: dict[str, Node | Variable] = {one.code: one for one in definition.context}
    known |= {node.code: node for node in definition.indicators()}
    declared = [known[code].source if code in known else None for code in table.columns]
    licences = {source.code: source.licence for source in definition.sources}
    units, columns = table.shape
    sources = [
        table.source_of(row, column, declared[column]) or ""
        for row in range(units)
        for column in range(columns)
    ]
    years = table.years.ravel()
    names = {status.value: status.name.lower() for status in Status}
    return pd.DataFrame(
        {
            "unit": [unit for unit in table.units for _ in range(columns)],
            "name": [name for name in table.names for _ in range(columns)],
            "indicator": list(table.columns) * units,
            "value": table.values.ravel(),
            "year": pd.Series(years, dtype="Int64").mask(years == 0),
            "source": sources,
            "licence": [licences.get(source, "") for source in sources],
            "status": [names[status] for status in table.status.ravel().tolist()],
        }
    )
