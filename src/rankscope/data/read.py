"""Reading a table: from the file that a definition names to values of known units.

All that is wrong with a file is reported together, with the place of each fault.
"""

from __future__ import annotations

import hashlib
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from rankscope.data.build import table_of
from rankscope.data.files import bytes_beside
from rankscope.data.text import grid_of_text
from rankscope.errors import DataError
from rankscope.findings import Finding, errors_among, raise_errors

if TYPE_CHECKING:
    from rankscope.data.grid import Grid
    from rankscope.data.table import DataTable
    from rankscope.definition.model import DataSpec, IndexDefinition


def read_table(definition: IndexDefinition, folder_or_definition_path: str | Path) -> DataTable:
    """Read the table that a definition names, from the definition's folder.

    Rows are sorted by the units' codes; columns are the indicators, then the context
    variables, in the definition's order.  A value that is not there is NaN.  Only an
    indicator declared ``absent_is_zero`` reads an empty cell of a unit in the table as
    0; a text declared as missing stays missing there too.

    Raises
    ------
    DataError
        With all that is wrong, each with its place and mend.
    """
    table, findings = examine_table(definition, folder_or_definition_path)
    raise_errors(findings, DataError)
    if table is None:
        raise DataError(f"{definition.data.file} holds no table.")
    return table


def examine_table(
    definition: IndexDefinition, folder_or_definition_path: str | Path
) -> tuple[DataTable | None, tuple[Finding, ...]]:
    """Read the table that a definition names, and say all that is noteworthy about it.

    The table is None when there is an error among the findings.
    """
    where = Path(folder_or_definition_path)
    folder = where if where.is_dir() else where.parent
    name = _name(definition.data.file, where, folder)
    data, findings = bytes_beside(folder, name, "data.file")
    if data is None:
        return None, findings
    return examine_bytes(definition, data, name)


def examine_bytes(
    definition: IndexDefinition, data: bytes, origin: str
) -> tuple[DataTable | None, tuple[Finding, ...]]:
    """Read a table from the bytes of a file; ``origin`` is its name and tells its kind."""
    grid, findings = grid_of(data, origin, definition.data)
    if grid is None:
        return None, findings
    fingerprint = hashlib.sha256(data).hexdigest()
    table, more = table_of(grid, definition, fingerprint=fingerprint)
    return None if errors_among(findings) else table, (*findings, *more)


def grid_of(data: bytes, origin: str, spec: DataSpec) -> tuple[Grid | None, tuple[Finding, ...]]:
    """Read the cells, as the suffix of the file's name says."""
    suffix = PurePosixPath(origin).suffix.lower()
    if suffix == ".parquet":
        from rankscope.data.parquet import grid_of_parquet

        return grid_of_parquet(data, origin)
    if suffix == ".xlsx":
        from rankscope.data.sheet import grid_of_sheet

        return grid_of_sheet(data, origin)
    return grid_of_text(data, origin, spec)


def _name(file: str, where: Path, folder: Path) -> str:
    """Return the name of the file that is meant: a workbook may have been given another one."""
    books = where.is_file() and {Path(file).suffix.lower(), where.suffix.lower()} == {".xlsx"}
    return where.name if books and not (folder / file).is_file() else file
