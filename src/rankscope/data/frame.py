"""Tables from pandas data frames, and back.  Only this module of the folder loads pandas."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

import pandas as pd

from rankscope.data.build import table_of
from rankscope.data.grid import Counting, Grid, text_of
from rankscope.data.table import DataTable, Status
from rankscope.data.write import as_written, delimited
from rankscope.errors import DataError
from rankscope.findings import raise_errors

if TYPE_CHECKING:
    from collections.abc import Hashable

    from rankscope.definition.model import DataSpec, IndexDefinition, Node, Variable

ORIGIN = "data frame"
"""What a data frame is called in findings."""


def table_from_frame(frame: pd.DataFrame, definition: IndexDefinition) -> DataTable:
    """Return the table that a data frame holds, of shape (units, indicators), wide or long.

    Long it is when it has columns ``indicator`` and ``value``.  Units, and the periods of
    a panel, stand in the columns that the definition names, else in the index.  True and
    false count as 1 and 0.

    Raises
    ------
    DataError
        With all that is wrong, each with its row and mend.
    """
    grid = _grid(frame, definition.data)
    layout = "long" if {"indicator", "value"} <= set(grid.header) else "wide"
    spec = definition.data
    own = as_written(spec).model_copy(update={"layout": layout, "recode": spec.recode})
    told = definition.model_copy(update={"data": own})
    text = delimited([grid.header, *grid.rows])
    fingerprint = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
    table, findings = table_of(grid, told, fingerprint=fingerprint)
    raise_errors(findings, DataError)
    if table is None:
        raise DataError(f"The {ORIGIN} holds no table.")
    return table


def _grid(frame: pd.DataFrame, spec: DataSpec) -> Grid:
    """Make the grid of a frame; an index that is not just numbers of rows becomes columns."""
    if spec.unit_column not in frame.columns and not isinstance(frame.index, pd.RangeIndex):
        frame = _index_as_columns(frame, spec)
    columns = [_texts(frame.iloc[:, at]) for at in range(frame.shape[1])]
    rows = list(zip(*columns, strict=True))
    header = tuple(str(name).strip() for name in frame.columns)
    return Grid(ORIGIN, header, rows, range(1, len(rows) + 1), Counting.ROWS, first=0)


def _index_as_columns(frame: pd.DataFrame, spec: DataSpec) -> pd.DataFrame:
    """Return a frame with its units and periods as columns; levels of other names go in order."""
    named = filter(None, (spec.unit_column, spec.period_column))
    missing = [name for name in named if name not in frame.columns]
    levels: list[Hashable] = list(frame.index.names)
    if len(levels) != len(missing):
        raise DataError(
            f"The {ORIGIN} has an index of {len(levels)} levels. Call reset_index() "
            f"and name the column of units {spec.unit_column!r}."
        )
    left = iter([name for name in missing if name not in levels])
    names = [level if level in missing else next(left) for level in levels]
    return frame.set_axis(frame.index.set_names(names)).reset_index()


def _texts(column: pd.Series) -> list[str]:
    """Return the cells of a column as text, empty where pandas says missing."""
    numbers = column.astype("Int8") if pd.api.types.is_bool_dtype(column) else column
    missing = numbers.isna().tolist()
    values = zip(missing, numbers.tolist(), strict=True)
    return ["" if gone else text_of(value) for gone, value in values]


def to_long_frame(table: DataTable, definition: IndexDefinition) -> pd.DataFrame:
    """Return one row for each cell, with all that is known about it.

    Columns: unit, name, in a panel the period as the definition names it, indicator, value,
    year (NA where unknown; not where periods have that name), source, licence, status.
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
    keys = {"unit": table.units, "name": table.names}
    if table.periods:
        keys[definition.data.period_column or "period"] = table.periods
    cells = {
        "indicator": list(table.columns) * units,
        "value": table.values.ravel(),
        "year": pd.Series(years, dtype="Int64").mask(years == 0),
        "source": sources,
        "licence": [licences.get(source, "") for source in sources],
        "status": [names[status] for status in table.status.ravel().tolist()],
    }
    repeated = {name: [one for one in of for _ in range(columns)] for name, of in keys.items()}
    return pd.DataFrame(repeated | {name: of for name, of in cells.items() if name not in keys})
