"""Reading a table: from the file that a definition names to values of known units.

All that is wrong with a file is reported together, with the place of each fault.
"""

from __future__ import annotations

import hashlib
from pathlib import Path, PurePosixPath, PureWindowsPath
from typing import TYPE_CHECKING

from rankscope._words import did_you_mean, join_words
from rankscope.data.build import table_of
from rankscope.data.grid import quoted
from rankscope.data.text import grid_of_text
from rankscope.errors import DataError
from rankscope.findings import Finding, error, raise_errors

if TYPE_CHECKING:
    from rankscope.data.grid import Grid
    from rankscope.data.table import DataTable
    from rankscope.definition.model import DataSpec, IndexDefinition

SIZE_LIMIT = 200_000_000
"""The largest file that is read, in bytes."""

SUFFIXES = (".csv", ".tsv", ".txt", ".parquet", ".xlsx")
"""The kinds of files that are read."""


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
    fault = _fault_of_name(name) or _fault_of_file(name, folder)
    if fault:
        return None, (fault,)
    try:
        data = (folder / name).read_bytes()
    except OSError as failed:
        said = f"The file can not be read: {(failed.strerror or str(failed)).lower()}."
        return None, (error("data-file", name, said, "Check its permissions."),)
    return examine_bytes(definition, data, name)


def examine_bytes(
    definition: IndexDefinition, data: bytes, origin: str
) -> tuple[DataTable | None, tuple[Finding, ...]]:
    """Read a table from the bytes of a file; ``origin`` is its name and tells its kind."""
    grid, findings = _grid(data, origin, definition.data)
    if grid is None:
        return None, findings
    fingerprint = hashlib.sha256(data).hexdigest()
    table, more = table_of(grid, definition, fingerprint=fingerprint)
    broken = any(finding.severity == "error" for finding in findings)
    return None if broken else table, (*findings, *more)


def _grid(data: bytes, origin: str, spec: DataSpec) -> tuple[Grid | None, tuple[Finding, ...]]:
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


def _fault_of_name(file: str) -> Finding | None:
    """Refuse what no path of a definition may be: an address, a path out of the folder."""
    if "://" in file:
        mend = "Download it and name the file beside the definition."
        return error("data-path", file, "data.file is an address on the web.", mend)
    windows, posix = PureWindowsPath(file), PurePosixPath(file)
    if posix.is_absolute() or windows.drive or windows.root or ".." in windows.parts:
        said = f"data.file {quoted(file)} leads out of the definition's folder."
        mend = "Put the file beside the definition and name it relative to that."
        return error("data-path", file, said, mend)
    if posix.suffix.lower() not in SUFFIXES:
        said = f"Files of the kind {quoted(posix.suffix or posix.name)} are not read."
        return error("data-file", file, said, f"Save it as {join_words(SUFFIXES)}.")
    return None


def _fault_of_file(file: str, folder: Path) -> Finding | None:
    """Say what is wrong with the file itself: not there, behind a link, too large."""
    path = folder / file
    if not path.resolve().is_relative_to(folder.resolve()):
        mend = "Put the file itself into the folder."
        return error("data-path", file, "data.file is a link out of the definition's folder.", mend)
    if not path.is_file():
        tables = (one for one in folder.glob("*") if one.suffix.lower() in SUFFIXES)
        there = [one.name for one in tables if one.is_file()]
        said = f"There is no file {quoted(file)} beside the definition."
        return error("data-file", file, said, did_you_mean(file, there) or "Check data.file.")
    size = path.stat().st_size
    if size > SIZE_LIMIT:
        said = f"The file has {size / 1e6:,.0f} MB; the limit is {SIZE_LIMIT / 1e6:,.0f} MB."
        return error("data-file", file, said, "Leave out columns and rows that are not used.")
    return None
