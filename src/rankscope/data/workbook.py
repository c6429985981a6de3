"""The one-workbook form of an index: the definition's sheets, and the sheet Data."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from rankscope._words import visible
from rankscope._workbook import UNFIT, letters
from rankscope.data.grid import quoted
from rankscope.data.sheet import DATA_SHEET
from rankscope.data.table import DataTable, Status
from rankscope.data.write import as_written, rows_of_table
from rankscope.definition.workbook_write import write_workbook as write_sheets
from rankscope.errors import OutputError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rankscope.data.grid import Cell
    from rankscope.data.write import Layout
    from rankscope.definition.model import IndexDefinition

LONGEST = 32_767
"""How many characters a cell of a workbook can hold."""

YEAR = "year"
"""The column of a long table that says from which year a value is."""


def write_workbook(definition: IndexDefinition, table: DataTable, path: str | Path) -> Path:
    """Write definition and table as one ``.xlsx``, whole or not at all.

    Reading it gives the same definition, but for where and how the data are written,
    and the same table: wide where that says all, long where years, sources or statuses
    are known.

    Raises
    ------
    OutputError
        When the path does not end in .xlsx or can not be written, or a text can not
        stand in a workbook.
    """
    target = Path(path)
    if target.suffix.lower() != ".xlsx":
        raise OutputError(
            f"{visible(str(target), 200)} can not be written: a workbook ends in .xlsx, "
            f"not in '{visible(target.suffix)}'."
        )
    told = _told(definition, table, target.name)
    rows = list(rows_of_table(table, told.data.layout, told))
    _check_texts(rows)
    return write_sheets(told, target, data=rows)


def layout_for(table: DataTable, definition: IndexDefinition) -> Layout:
    """Return the layout that loses nothing: wide where values and gaps are all there is."""
    census = {node.code for node in definition.indicators() if node.absent_is_zero}
    silent = np.array([code in census for code in table.columns], dtype=bool)
    gap = np.where(silent, Status.ABSENT, Status.MISSING)
    plain = (table.status == Status.OBSERVED) | (table.status == gap)
    told = table.years.any() or (table.sources >= 0).any() or not plain.all()
    return "long" if told else "wide"


def _told(definition: IndexDefinition, table: DataTable, name: str) -> IndexDefinition:
    """Return the definition with the data described as the sheet has them."""
    spec = definition.data
    layout = layout_for(table, definition)
    own_names = definition.units.register_ == "own" and table.names != table.units
    own_years = layout == "long" and spec.period_column == YEAR and not _periods_are_years(table)
    changed = {
        "file": name,
        "layout": layout,
        "name_column": spec.name_column or ("name" if own_names else None),
        "period_column": "period" if own_years else spec.period_column,
    }
    return definition.model_copy(update={"data": as_written(spec).model_copy(update=changed)})


def _periods_are_years(table: DataTable) -> bool:
    """Whether each cell that has a value is of the year that its row's period names."""
    periods = np.array([[period] for period in table.periods])
    silent = np.isnan(table.values) & (table.years == 0)
    return bool((silent | (table.years.astype(str) == periods)).all())


def _check_texts(rows: Sequence[Sequence[Cell]]) -> None:
    """Refuse the first text that no workbook can hold, with its cell."""
    for line, row in enumerate(rows, start=1):
        for column, cell in enumerate(row):
            if isinstance(cell, str) and (len(cell) > LONGEST or UNFIT.search(cell)):
                place = f"{DATA_SHEET}!{letters(column)}{line}"
                raise OutputError(
                    f"{place}: {quoted(cell)} is longer than {LONGEST:,} characters or holds one "
                    "that no workbook can. Shorten it, or write CSV."
                )
