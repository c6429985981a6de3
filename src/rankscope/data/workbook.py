"""The one-workbook form of an index: the definition's sheets, and the sheet Data."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import openpyxl

from rankscope._files import write_bytes
from rankscope._words import visible
from rankscope.data.sheet_out import book_bytes, fill_sheet
from rankscope.data.table import DataTable, Status
from rankscope.data.write import Layout, rows_of_table
from rankscope.definition.write import write_definition
from rankscope.errors import OutputError

if TYPE_CHECKING:
    from rankscope.definition.model import IndexDefinition


def write_workbook(definition: IndexDefinition, table: DataTable, path: str | Path) -> Path:
    """Write definition and table as one ``.xlsx``, whole or not at all.

    Reading it gives the same definition, but for where and how the data are written,
    and the same table: wide where that says all, long where years, sources or statuses
    are known.

    Raises
    ------
    OutputError
        When the path does not end in .xlsx or can not be written.
    """
    target = Path(path)
    if target.suffix.lower() != ".xlsx":
        raise OutputError(
            f"{visible(str(target), 200)} can not be written: a workbook ends in .xlsx, "
            f"not in '{visible(target.suffix)}'."
        )
    told = _told(definition, table, target.name)
    with tempfile.TemporaryDirectory() as folder:
        file = write_definition(told, Path(folder) / target.name)
        book = openpyxl.load_workbook(file)
    fill_sheet(book, rows_of_table(table, told.data.layout, told))
    return write_bytes(target, book_bytes(book))


def _told(definition: IndexDefinition, table: DataTable, name: str) -> IndexDefinition:
    """Return the definition with the data described as the sheet has them."""
    spec = definition.data
    own_names = definition.units.register_ == "own" and table.names != table.units
    changed = {
        "file": name,
        "layout": layout_for(table, definition),
        "name_column": spec.name_column or ("name" if own_names else None),
        "decimal": ".",
    }
    return definition.model_copy(update={"data": spec.model_copy(update=changed)})


def layout_for(table: DataTable, definition: IndexDefinition) -> Layout:
    """Return the layout that loses nothing: wide where values and gaps are all there is."""
    census = {node.code for node in definition.indicators() if node.absent_is_zero}
    silent = np.array([code in census for code in table.columns], dtype=bool)
    gap = np.where(silent, Status.ABSENT, Status.MISSING)
    plain = (table.status == Status.OBSERVED) | (table.status == gap)
    told = table.years.any() or (table.sources >= 0).any() or not plain.all()
    return "long" if told else "wide"
