"""Workbooks of the JRC's COIN Tool to a definition and its table.

Becker et al. (2019) COIN Tool User Guide, EUR 29899 EN, https://doi.org/10.2760/523877.
`coin_tool_layout` says which version of the layout is followed, and how it is known.
"""

from __future__ import annotations

import hashlib
import math
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rankscope._words import join_words
from rankscope.data.grid import capped, quoted
from rankscope.data.numbers import Fault, reader_of
from rankscope.errors import DataError
from rankscope.exchange.assemble import Examined, assemble, data_faults
from rankscope.exchange.coin_tool_layout import (
    CODE,
    DATABASE,
    DIRECTION,
    FRAMEWORK,
    LOWER,
    NAME,
    SPEC,
    UPPER,
    WEIGHT,
    Database,
    database_of,
)
from rankscope.exchange.coin_tool_tree import aggregates, path_above
from rankscope.exchange.entries import Entry
from rankscope.exchange.files import Table, bytes_of
from rankscope.exchange.imported import Imported
from rankscope.exchange.opening import read_sheets
from rankscope.exchange.tree import Given
from rankscope.findings import Finding, error, errors_among, raise_errors, warning

if TYPE_CHECKING:
    import os

    from rankscope.data.table import DataTable
    from rankscope.definition.model import IndexDefinition
    from rankscope.exchange.sheets import Sheet

_PIPELINE = (
    "How the tool treats, normalises and aggregates does not stand in Database and Framework: "
    "`method: coinr` stands for the JRC's usual steps. Goalposts are read and not used: "
    "`normalisation: goalposts` uses them."
)


def read_coin_tool(workbook: str | os.PathLike[str]) -> tuple[IndexDefinition, DataTable]:
    """Read an index from the sheets Database and Framework of a COIN Tool workbook.

    Raises
    ------
    DataError
        With all that is wrong, each with its cell and mend.
    """
    found, findings = examine_coin_tool(workbook)
    raise_errors(findings, DataError)
    if found is None:
        raise DataError(f"{workbook} holds no index.")
    return found.definition, found.table


def examine_coin_tool(workbook: str | os.PathLike[str]) -> Examined:
    """Read an index from a COIN Tool workbook and say all that is noteworthy about it."""
    path = Path(workbook)
    data, findings = bytes_of(path)
    if data is None:
        return None, findings
    wanted = (DATABASE.casefold(), FRAMEWORK.casefold())
    sheets, findings = read_sheets(data, path.name, wanted)
    missing = [one for one in (DATABASE, FRAMEWORK) if one.casefold() not in sheets]
    if sheets and missing:
        said = f"There is no sheet {join_words(map(quoted, missing), 'and no sheet')}."
        mend = "A workbook of the COIN Tool has both."
        findings = (error("import-sheet", path.name, said, mend),)
    if errors_among(findings):
        return None, findings
    return _examine(sheets[wanted[0]], sheets[wanted[1]], hashlib.sha256(data).hexdigest())


def _examine(database: Sheet, framework: Sheet, fingerprint: str) -> Examined:
    found = database_of(database)
    faults = [*_database_faults(found)]
    nodes = [_indicator(found, column, faults) for column in found.indicators]
    entries = (*aggregates(found, framework, faults), *nodes)
    given = Given(entries, Table(found.grid(), SPEC), database.origin, _PIPELINE, fingerprint)
    if errors_among(faults):
        return None, (*capped(faults, database.origin), *data_faults(given))
    index, findings = assemble(given)
    findings = (*capped(faults, database.origin), *findings)
    return (Imported(index.definition, index.table, findings) if index else None), findings


def _database_faults(found: Database) -> list[Finding]:
    """Say what makes the sheet no database: no values, values without a code, formulas."""
    sheet = found.sheet
    faults = [
        error("import-cell", sheet.place(CODE, column), "The column has values and no code.")
        for column in found.nameless
    ]
    used = {*range(1, 4), *found.indicators, *found.nameless}
    faults += [one for one in sheet.unsaved_findings() if _column(one) in used]
    if not found.indicators and not faults:
        said = "There is no indicator with a code in row 16 and values below, from column E on."
        faults.append(error("data-empty", sheet.origin, said, "Fill in the sheet Database."))
    if found.idle:
        said = f"What has no value at all is left out: {join_words(found.idle[:20], 'and')}."
        faults.append(warning("import-left-out", sheet.origin, said))
    return faults


def _column(finding: Finding) -> int:
    """Return the number of the column in a finding's place."""
    column = 0
    for letter in finding.place.rpartition("!")[2].rstrip("0123456789"):
        column = column * 26 + ord(letter) - ord("A") + 1 if letter.isalpha() else 0
    return column


def _number(found: Database, row: int, column: int, faults: list[Finding]) -> float | None:
    text = found.sheet.text(row, column)
    value, how = reader_of(SPEC)(text)
    if isinstance(how, Fault):
        said = f"{quoted(found.text(CODE, column))}: {quoted(text)} is not a number."
        faults.append(error("import-cell", found.sheet.place(row, column), said))
    return None if math.isnan(value) else value


def _indicator(found: Database, column: int, faults: list[Finding]) -> Entry:
    """Return an indicator, with its goalposts where both are there and apart."""
    code, sheet = found.text(CODE, column), found.sheet
    weight, direction, low, high = (
        _number(found, row, column, faults) for row in (WEIGHT, DIRECTION, LOWER, UPPER)
    )
    for row, name, value in ((WEIGHT, "weight", weight), (DIRECTION, "direction", direction)):
        if value is None and not found.text(row, column):
            said = f"{quoted(code)} has no {name}."
            faults.append(error("import-cell", sheet.place(row, column), said))
    if direction not in {None, 1.0, -1.0}:
        said = f"{quoted(code)}: the direction must be 1 or -1, got {direction:g}."
        faults.append(error("import-cell", sheet.place(DIRECTION, column), said))
    keys: dict[str, Any] = {"name": found.text(NAME, column) or code, "weight": weight}
    keys |= {"polarity": -1} if direction == -1 else {}
    if low is not None and high is not None and low < high:
        keys["goalposts"] = (low, high)
    elif low is not None or high is not None:
        said = f"{quoted(code)}: goalposts need a lower one below an upper, and are left out."
        faults.append(warning("import-scale", sheet.place(LOWER, column), said))
    parent = next(iter(path_above(found, column)), "")
    return Entry(code, "Indicator", sheet.place(CODE, column), parent, keys)
