"""COINr's iData and iMeta, from CSV or Excel, to a definition and its table.

Becker et al. (2022) COINr, https://doi.org/10.21105/joss.04567.  What the tables hold is
read; the steps of the R script are not in them, so that COINr's defaults stand for them.
"""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import TYPE_CHECKING

from rankscope.data.grid import capped
from rankscope.errors import DataError
from rankscope.exchange.assemble import Examined, assemble, data_faults
from rankscope.exchange.coinr_meta import read_meta
from rankscope.exchange.coinr_tree import tree_findings
from rankscope.exchange.files import Table, bytes_of, is_book, read_table_file
from rankscope.exchange.tree import Given
from rankscope.findings import Finding, error, errors_among, raise_errors

if TYPE_CHECKING:
    import os

    from rankscope.data.table import DataTable
    from rankscope.definition.model import IndexDefinition

DATA, META = "iData", "iMeta"
"""The names of COINr's two tables, and of their sheets."""

_PIPELINE = (
    "The steps of the R script are not in iData and iMeta: `method: coinr` stands for COINr's "
    "defaults (treatment by skewness and kurtosis, min-max 0 to 100, arithmetic means)."
)


def read_coinr(
    idata: str | os.PathLike[str],
    imeta: str | os.PathLike[str] | None = None,
    *,
    encoding: str = "utf-8",
) -> tuple[IndexDefinition, DataTable]:
    """Read an index from COINr's tables: two files, or one workbook with sheets of their names.

    Raises
    ------
    DataError
        With all that is wrong in both tables, each with its place and mend.
    """
    found, findings = examine_coinr(idata, imeta, encoding=encoding)
    raise_errors(findings, DataError)
    if found is None:
        raise DataError(f"{idata} holds no index.")
    return found.definition, found.table


def examine_coinr(
    idata: str | os.PathLike[str],
    imeta: str | os.PathLike[str] | None = None,
    *,
    encoding: str = "utf-8",
) -> Examined:
    """Read an index from COINr's tables and say all that is noteworthy; None with an error."""
    first, second = Path(idata), Path(imeta if imeta is not None else idata)
    if imeta is None and not is_book(first):
        said = "One text file can not hold both iData and iMeta."
        return None, (error("import-file", str(first), said, "Name both files, or a workbook."),)
    data, found = read_table_file(first, DATA, "uCode", encoding)
    meta, more = read_table_file(second, META, "iCode", encoding)
    findings = tuple(dict.fromkeys((*found, *more)))  # of one workbook all is said twice
    if data is None or meta is None:
        return None, findings
    if "iCode" in data.grid.header and "uCode" in meta.grid.header:
        data, meta, first = meta, data, second
    return _examine(data, meta, findings, _fingerprint(first))


def _examine(data: Table, meta: Table, findings: tuple[Finding, ...], fingerprint: str) -> Examined:
    rows, faults = read_meta(meta)
    faults = capped((*faults, *tree_findings(rows)), meta.grid.origin)
    entries = tuple(row.entry for row in rows)
    given = Given(entries, data, meta.grid.origin, _PIPELINE, fingerprint)
    findings = (*findings, *faults)
    if errors_among(findings):
        return None, (*findings, *data_faults(given))
    found, more = assemble(given)
    findings = (*findings, *more)
    if found is None:
        return None, findings
    return type(found)(found.definition, found.table, findings), findings


def _fingerprint(path: Path) -> str:
    data, _ = bytes_of(path)
    return hashlib.sha256(data).hexdigest() if data is not None else ""
