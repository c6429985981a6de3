"""COINr's iMeta: one row for each indicator, aggregate, and other column of iData.

The columns are those of COINr's ``check_iMeta`` (Becker et al. 2022,
https://doi.org/10.21105/joss.04567, version 1.1).  Two more are read where they are there:
``ScaleFactor``, which COINr itself takes from the argument ``denomby``, and ``Kind``, which
is rankscope's own.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, get_args

from rankscope._words import did_you_mean, join_words
from rankscope.data.grid import checked_header, quoted
from rankscope.definition.fields import VariableKind
from rankscope.exchange.coinr_cells import Cells
from rankscope.exchange.coinr_scales import COLUMNS, FLAGS, NUMBERS, scales_of
from rankscope.exchange.entries import TYPES, Entry
from rankscope.findings import Finding, error, note, warning

if TYPE_CHECKING:
    from rankscope.exchange.entries import EntryType
    from rankscope.exchange.files import Table

REQUIRED = ("Level", "iCode", "Parent", "Direction", "Weight", "Type")
OPTIONAL = ("iName", "Unit", "Denominator", "ScaleFactor", "Kind", *NUMBERS, *FLAGS)
SPECIAL = ("uCode", "uName", "Time")
"""Columns of iData that iMeta need not speak of."""


@dataclass(frozen=True, slots=True)
class MetaRow:
    """An entry and its level, NaN-free: None where it has none."""

    entry: Entry
    level: int | None


def read_meta(table: Table) -> tuple[tuple[MetaRow, ...], tuple[Finding, ...]]:
    """Return the rows of iMeta, as far as they can be told, and all that is wrong with them."""
    grid = table.grid
    faults = checked_header(grid)
    faults += [
        error(
            "import-column",
            grid.head(),
            f"There is no column {quoted(name)} in iMeta.",
            did_you_mean(name, [one for one in grid.header if one and one not in OPTIONAL]),
        )
        for name in REQUIRED
        if name not in grid.header
    ]
    if faults:
        return (), tuple(faults)
    cells = Cells(table, faults)
    rows = [_row(cells, row) for row in range(len(grid.rows))]
    if not rows:
        faults.append(error("data-empty", grid.head(), "iMeta has a header but no rows."))
    return tuple(row for row in rows if row is not None), (*faults, *_notes(table))


def _row(cells: Cells, row: int) -> MetaRow | None:
    """Return what a row says; None where it has no code or no type, or needs none."""
    code, given = cells.text(row, "iCode"), cells.text(row, "Type")
    if code in SPECIAL:
        return None
    if not code:
        cells.fault(row, "iCode", "is empty.", "Name the column of iData, or delete the row.")
        return None
    kind = next((one for one in TYPES if one.casefold() == given.casefold()), None)
    if kind is None:
        cells.fault(row, "Type", f"must be {join_words(TYPES)}, got {quoted(given)}.")
        return None
    if kind not in {"Indicator", "Aggregate"}:
        keys = _column_keys(cells, row)
        return MetaRow(Entry(code, kind, cells.place(row), keys=keys), None)
    return _node(cells, row, code, kind)


def _column_keys(cells: Cells, row: int) -> dict[str, Any]:
    """Return what is known about a column that is no indicator."""
    keys = {"name": cells.text(row, "iName"), "unit": cells.text(row, "Unit")}
    return {**{key: text for key, text in keys.items() if text}, **_kind(cells, row)}


def _kind(cells: Cells, row: int) -> dict[str, str]:
    kind = cells.text(row, "Kind").casefold()
    known = [one for part in get_args(VariableKind) for one in (get_args(part) or (part,))]
    if kind and kind not in known:
        cells.fault(row, "Kind", f"must be {join_words(known)}, got {quoted(kind)}.")
    return {"kind": kind} if kind in known else {}


def _node(cells: Cells, row: int, code: str, kind: EntryType) -> MetaRow:
    """Return a node of the framework."""
    level, direction = cells.number(row, "Level"), cells.number(row, "Direction")
    weight = cells.number(row, "Weight")
    _check_level(cells, row, kind, level)
    if direction not in {1.0, -1.0} and (direction is not None or _gap(cells, row, "Direction")):
        got = quoted(cells.text(row, "Direction") or "NA")
        cells.fault(row, "Direction", f"must be 1 or -1, got {got}.")
    if weight is None and _gap(cells, row, "Weight"):
        cells.fault(row, "Weight", "is missing.", "Equal weights are all 1.")
    elif weight is not None and weight < 0:
        cells.fault(row, "Weight", f"must be at least 0, got {weight:g}.")
    keys: dict[str, Any] = {"name": cells.text(row, "iName"), "weight": weight}
    if direction == -1:
        keys["polarity"] = -1
    if kind == "Indicator":
        keys |= _indicator_keys(cells, row, direction or 1.0)
    told = {key: value for key, value in keys.items() if value not in (None, "")}
    entry = Entry(code, kind, cells.place(row), cells.text(row, "Parent"), told)
    return MetaRow(entry, int(level) if level is not None else None)


def _gap(cells: Cells, row: int, name: str) -> bool:
    """Whether a cell is empty, and so not told of as a fault yet."""
    return not cells.text(row, name)


def _check_level(cells: Cells, row: int, kind: EntryType, level: float | None) -> None:
    if level is None:
        if _gap(cells, row, "Level"):
            cells.fault(row, "Level", "is missing.", "Indicators are at level 1.")
    elif level != int(level) or level < 1:
        cells.fault(row, "Level", f"must be a whole number from 1, got {level:g}.")
    elif (level == 1) != (kind == "Indicator"):
        mend = "Level 1 is that of the indicators, and of nothing else."
        cells.fault(row, "Level", f"is {level:g}, and the row is of type {kind}.", mend)


def _indicator_keys(cells: Cells, row: int, polarity: float) -> dict[str, Any]:
    numbers = {name: cells.number(row, name) for name in NUMBERS}
    values: dict[str, Any] = numbers | {name: cells.flag(row, name) for name in FLAGS}
    values = {name: value for name, value in values.items() if value is not None}
    return {
        "unit": cells.text(row, "Unit"),
        "denominator": cells.text(row, "Denominator"),
        "per": cells.number(row, "ScaleFactor"),
        **_kind(cells, row),
        **scales_of(cells.table.grid.header).keys(values, polarity),
    }


def _notes(table: Table) -> list[Finding]:
    """Say which columns are not used, and what the parameters of normalisation mean."""
    grid = table.grid
    left = [name for name in grid.header if name and name not in {*REQUIRED, *OPTIONAL}]
    place, notes = grid.head(), []
    if left:
        said = (
            f"iMeta has more columns, which are not used: {join_words(map(quoted, left), 'and')}."
        )
        notes.append(note("import-left-out", place, said))
    scales = scales_of(grid.header)
    if len(scales.complete) > 1:
        said = f"iMeta has the parameters of {join_words(scales.complete, 'and')}."
        mend = "Which one COINr used stands in the R script: write it as method.normalisation."
        notes.append(warning("import-scale", place, said, mend))
    elif scales.chosen:
        used = join_words(map(quoted, COLUMNS[scales.chosen]), "and")
        said = f"Normalisation is taken from {used}, as COINr's {scales.chosen} does."
        notes.append(note("import-scale", place, said))
    return notes
