"""An index as COINr's iData and iMeta, and what these two tables have no place for.

Becker et al. (2022) COINr, https://doi.org/10.21105/joss.04567.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from rankscope._files import write_bytes, write_text
from rankscope._words import visible
from rankscope.data.write import delimited
from rankscope.definition.fields import EXTENSIVE
from rankscope.errors import OutputError
from rankscope.exchange.book import book_bytes
from rankscope.exchange.coinr_levels import Placed, placed_nodes
from rankscope.exchange.coinr_losses import losses
from rankscope.exchange.coinr_parameters import parameters

if TYPE_CHECKING:
    import os
    from collections.abc import Iterable, Sequence

    from rankscope.data.grid import Cell
    from rankscope.data.table import DataTable
    from rankscope.definition.model import IndexDefinition, Variable
    from rankscope.findings import Finding

DATA, META = "iData", "iMeta"
GAP = "NA"
"""What R writes for a missing value."""

_FIRST = (
    *("Level", "iCode", "iName", "Direction", "Weight", "Unit"),
    *("Target", "Denominator", "ScaleFactor", "Parent", "Type", "Kind"),
)


_LONGEST = 32_767
"""How many characters a cell of a workbook holds."""


@dataclass(frozen=True, slots=True)
class Written:
    """The files that were written, and a warning for all that is not in them."""

    paths: tuple[Path, ...]
    findings: tuple[Finding, ...]


def write_coinr(
    definition: IndexDefinition, table: DataTable, target: str | os.PathLike[str]
) -> Written:
    """Write ``iData.csv`` and ``iMeta.csv`` into a folder, or both as sheets of one ``.xlsx``.

    COINr reads them with ``new_coin(iData, iMeta)``.  Numbers keep all their digits in CSV,
    and 16 in a workbook.

    Raises
    ------
    OutputError
        When there is no such folder, or a file can not be written.
    """
    place = Path(target)
    sheets = {DATA: data_rows(definition, table), META: meta_rows(definition)}
    found = losses(definition, table)
    if place.suffix.lower() == ".xlsx":
        fit = {title: map(_fit, rows) for title, rows in sheets.items()}
        return Written((write_bytes(place, book_bytes(fit)),), found)
    if not place.is_dir():
        raise OutputError(f"There is no folder {place}. Make it first, or name a file in .xlsx.")
    texts = {title: delimited([*_with_gaps(rows)]) for title, rows in sheets.items()}
    paths = (write_text(place / f"{title}.csv", text) for title, text in texts.items())
    return Written(tuple(paths), found)


def _fit(row: Sequence[Cell]) -> list[Cell]:
    """Return a row with texts that a workbook can hold: without control characters."""
    return [visible(cell, _LONGEST) if isinstance(cell, str) else cell for cell in row]


def data_rows(definition: IndexDefinition, table: DataTable) -> list[list[Cell]]:
    """Return iData: codes and names of units, periods, groups, and all columns of numbers."""
    periods = table.periods or _years(definition, len(table.units))
    named = definition.data.name_column is not None or table.names != table.units
    columns: list[Sequence[Cell]] = [("uCode", *table.units)]
    columns += [("uName", *table.names)] if named else []
    columns += [("Time", *map(_time, periods))] if periods else []
    columns += [(name, *(text or None for text in of)) for name, of in table.labels]
    columns += [
        (code, *(None if np.isnan(value) else float(value) for value in values))
        for code, values in zip(table.columns, table.values.T, strict=True)
    ]
    return [list(row) for row in zip(*columns, strict=True)]


def meta_rows(definition: IndexDefinition) -> list[list[Cell]]:
    """Return iMeta: a row for each node, the indicators first, and for each other column."""
    found, _ = parameters(definition)
    nodes = [_node_row(one, found.get(one.code, {})) for one in placed_nodes(definition.framework)]
    divisors = {node.denominator for node in definition.indicators()}
    rows = [*nodes, *(_variable_row(one, divisors) for one in definition.context)]
    used = {name for row in rows for name, cell in row.items() if cell not in (None, "")}
    known = [*_FIRST, *sorted(used - set(_FIRST))]
    names = [name for name in known if name in used]
    return [list(names), *([row.get(name) for name in names] for row in rows)]


def _node_row(placed: Placed, columns: dict[str, Any]) -> dict[str, Cell]:
    node = placed.node
    leaf = node.is_indicator and not placed.inserted
    row: dict[str, Cell] = {
        "Level": placed.level,
        "iCode": placed.code,
        "iName": node.name,
        "Direction": 1 if placed.inserted else node.polarity,
        "Weight": node.weight,
        "Parent": placed.parent or None,
        "Type": "Indicator" if leaf else "Aggregate",
    }
    if not leaf:
        return row
    divided = node.kind in EXTENSIVE and node.denominator is not None
    row |= {"Unit": node.unit, "Kind": node.kind}
    row |= {"Denominator": node.denominator} if divided else {}
    row |= {"ScaleFactor": node.per} if divided and node.per != 1 else {}
    return row | {name: _cell(value) for name, value in columns.items()}


def _variable_row(variable: Variable, divisors: set[str | None]) -> dict[str, Cell]:
    group = variable.kind == "group"
    divides = variable.code in divisors or variable.kind in EXTENSIVE
    return {
        "iCode": variable.code,
        "iName": variable.name,
        "Unit": variable.unit,
        "Type": "Group" if group else "Denominator" if divides else "Other",
        "Kind": None if group else variable.kind,
    }


def _cell(value: Any) -> Cell:
    """Return a parameter as R writes it."""
    return str(value).upper() if isinstance(value, bool) else value


def _years(definition: IndexDefinition, count: int) -> tuple[str, ...]:
    """Return the one year of all indicators, once a row; nothing where there is none."""
    years = {node.year for node in definition.indicators()}
    year = years.pop() if len(years) == 1 else ""
    return (year,) * count if isinstance(_time(year), int | float) else ()


def _time(period: str) -> Cell:
    """Return a period as a number, which COINr wants it to be, where it is one."""
    try:
        number = float(period)
    except ValueError:
        return period
    return int(number) if number.is_integer() else number


def _with_gaps(rows: Iterable[Sequence[Cell]]) -> Iterable[list[Cell]]:
    """Return rows in which what is missing is written as R does."""
    return ([GAP if cell is None else cell for cell in row] for row in rows)
