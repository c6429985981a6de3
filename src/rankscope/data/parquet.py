"""From the bytes of a Parquet file to its grid, and back; needs pyarrow, an extra."""

from __future__ import annotations

import io

from rankscope.data.grid import Counting, Grid, text_of
from rankscope.findings import Finding, error

try:
    import pyarrow as pa
    from pyarrow import parquet
except ImportError:  # the extra is not installed
    pa = parquet = None

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
