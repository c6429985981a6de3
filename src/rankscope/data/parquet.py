"""From the bytes of a Parquet file to its grid, and back; needs pyarrow, an extra."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

from rankscope.data.grid import Cell, Counting, Grid, text_of
from rankscope.errors import OutputError
from rankscope.findings import Finding, error

try:
    import pyarrow as pa
    from pyarrow import parquet
except ImportError:  # the extra is not installed
    pa = parquet = None

if TYPE_CHECKING:
    from collections.abc import Sequence

INSTALL = 'Install what reads Parquet: pip install "rankscope[parquet]".'


def grid_of_parquet(data: bytes, origin: str) -> tuple[Grid | None, tuple[Finding, ...]]:
    """Read the columns as text; nulls and not-a-number are empty cells."""
    if parquet is None:
        return None, (error("data-format", origin, "Parquet needs a further package.", INSTALL),)
    try:
        table = parquet.read_table(io.BytesIO(data))
    except (pa.ArrowException, OSError) as broken:
        said = f"The file is no proper Parquet: {str(broken).splitlines()[0]}"
        return None, (error("data-format", origin, said, "Write it again."),)
    columns = [[text_of(value) for value in column.to_pylist()] for column in table.columns]
    rows = list(zip(*columns, strict=True))
    names = tuple(name.strip() for name in table.column_names)
    lines = range(1, len(rows) + 1)
    return Grid(origin, names, rows, lines, Counting.ROWS, first=0), ()


def parquet_bytes(rows: Sequence[Sequence[Cell]]) -> bytes:
    """Return rows, the header first, as Parquet: columns of numbers where all cells are.

    Raises
    ------
    OutputError
        When the extra is not installed.
    """
    if parquet is None:
        raise OutputError(f"Parquet needs a further package. {INSTALL}")
    header, *cells = rows
    columns = [_typed([row[at] for row in cells]) for at in range(len(header))]
    out = io.BytesIO()
    parquet.write_table(pa.table(columns, names=[str(name) for name in header]), out)
    return out.getvalue()


def _typed(cells: Sequence[Cell]) -> Any:
    """Return a column as numbers, unless one of its cells is a text."""
    for kind, arrow_type in ((int, pa.int64()), ((int, float), pa.float64())):
        if all(cell is None or isinstance(cell, kind) for cell in cells):
            return pa.array(cells, arrow_type)
    return pa.array([None if cell is None else text_of(cell) for cell in cells], pa.string())
