"""A definition read from one Excel workbook.

Framework has a row for each node and each context variable, Method a row for each
key, Sources a row for each publication; Weights has a column for each weight set,
Variants a row for each change, Ties a row for each table of pairs, Scenarios a row for
each key of an act, Published a row for each printed column.  The result is the same tree
that YAML gives, with cells for places.  The sheet Data belongs to ``rankscope.data``.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from rankscope._words import did_you_mean, join_words, visible
from rankscope.definition.located import Loc, Located
from rankscope.definition.model import Node, Printed, TiesSpec
from rankscope.definition.workbook_cells import (
    FRAMEWORK,
    METHOD,
    NODE_LOC,
    PUBLISHED,
    SCENARIOS,
    SOURCE_KEYS,
    SOURCES,
    TIES,
    VARIABLE,
    VARIANTS,
    WEIGHTS,
    Sheet,
    cell_text,
    is_list,
    value_of,
)
from rankscope.definition.workbook_open import opened_book
from rankscope.definition.workbook_scenarios import scenarios_of
from rankscope.definition.workbook_sheets import variants_of, weight_sets_of
from rankscope.definition.workbook_tree import Rows, branch, framework_of
from rankscope.definition.workbook_values import with_parameters
from rankscope.definition.yaml_words import stop
from rankscope.errors import DefinitionError
from rankscope.findings import Finding, error, raise_errors

MAX_ROWS = 20_000
MAX_COLUMNS = 400
TITLES = (FRAMEWORK, METHOD, SOURCES, WEIGHTS, VARIANTS, TIES, SCENARIOS, PUBLISHED)
"""The sheets of a definition."""


def read_workbook(file: Path) -> Located:
    """Return the tree of a workbook; its Data sheet is the data file unless another is named.

    Raises
    ------
    DefinitionError
        When the file is no workbook within the limits, lacks a sheet, or its rows
        make no tree; formulas and errors in cells are all named.
    """
    faults: list[Finding] = []
    with opened_book(file) as book:
        sheets = {sheet.title.casefold(): sheet for sheet in book.worksheets}
        read = {
            title: Sheet(
                str(file), title, tuple(_cells(sheets[title.casefold()], file, title, faults))
            )
            for title in TITLES
            if title.casefold() in sheets
        }
    for title in (FRAMEWORK, METHOD):
        if title not in read:
            there = join_words([visible(sheet) for sheet in book.sheetnames[:9]], "and")
            stop("workbook-sheet", str(file), f"There is no sheet {title}.", f"There is {there}.")
    tree = _whole(read, file, faults)
    raise_errors(faults, DefinitionError)
    return tree


def _cells(
    sheet: Any, file: Path, title: str, faults: list[Finding]
) -> Iterator[tuple[int, dict[int, str]]]:
    """Yield the rows that hold anything; formulas and errors become faults."""
    sheet.reset_dimensions()  # what the file says of its size may be forged
    place = Sheet(str(file), title, ()).place
    for number, row in enumerate(sheet.iter_rows(max_row=MAX_ROWS + 1, max_col=MAX_COLUMNS + 1), 1):
        texts: dict[int, str] = {}
        for column, cell in enumerate(row, 1):
            text = cell_text(cell.value)
            if text is None:
                continue
            if cell.data_type in {"f", "e"}:
                faults.append(_live(cell.data_type, place(number, column), text))
                continue
            texts[column] = text
        if number > MAX_ROWS or MAX_COLUMNS + 1 in texts:
            said = f"The sheet has more than {MAX_ROWS:,} rows or {MAX_COLUMNS} columns."
            stop("workbook-too-large", place(number, 1), said, "Remove what is beyond the table.")
        if texts:
            yield number, texts


def _live(data_type: str, place: str, text: str) -> Finding:
    if data_type == "e":
        said = f"The cell holds the error {visible(text)}."
        return error("workbook-formula", place, said, "Write the value.")
    said = "The cell holds a formula, which is not computed here."
    return error("workbook-formula", place, said, "Replace it by its value.")


def _whole(read: Mapping[str, Sheet], file: Path, faults: list[Finding]) -> Located:
    """Return the tree of all sheets together."""
    tree = _method_tree(read[METHOD], faults)
    rows = _framework_rows(read[FRAMEWORK], faults)
    nodes = tuple(row for row in rows if not _is_variable(row))
    context = tuple(_without(row, "type", "parent") for row in rows if _is_variable(row))
    members, keys = dict(tree.value) if isinstance(tree.value, dict) else {}, dict(tree.keys)
    members["framework"] = framework_of(Rows(nodes, f"{file}!{FRAMEWORK}!A1"), faults)
    if context:
        members["context"] = Located(context, f"{file}!{FRAMEWORK}!A1")
    if SOURCES in read:
        members["sources"] = Located(
            tuple(_source_rows(read[SOURCES], faults)), f"{file}!{SOURCES}!A1"
        )
    _beside(read, members, faults)
    data = members.get("data", Located({}, f"{file}!{METHOD}!A1"))
    if isinstance(data.value, dict) and "file" not in data.value:
        own = Located(file.name, data.place)
        members["data"] = Located({**data.value, "file": own}, data.place, data.keys)
    return with_parameters(Located(members, f"{file}!{METHOD}!A1", keys))


def _beside(read: Mapping[str, Sheet], members: dict[str, Located], faults: list[Finding]) -> None:
    """Add what the sheets Weights, Variants and so on hold to the keys of a definition."""
    if WEIGHTS in read:
        members["weight_sets"] = weight_sets_of(read[WEIGHTS], faults)
    if VARIANTS in read:
        members["variants"] = variants_of(read[VARIANTS], faults)
    if TIES in read:
        rows = _table_rows(read[TIES], tuple(TiesSpec.model_fields), ("ties",), faults)
        members["ties"] = Located(tuple(rows), read[TIES].place(1, 1))
    if SCENARIOS in read:
        members["scenarios"] = scenarios_of(read[SCENARIOS], faults)
    if PUBLISHED in read:
        loc: Loc = ("published", "columns")
        rows = _table_rows(read[PUBLISHED], tuple(Printed.model_fields), loc, faults)
        place = read[PUBLISHED].place(1, 1)
        own = members.get("published", Located({}, place))
        inner = {**(own.value if isinstance(own.value, dict) else {})}
        inner["columns"] = Located(tuple(rows), place)
        members["published"] = Located(inner, own.place, own.keys)


def _is_variable(row: Located) -> bool:
    kind = row.get("type")
    return kind is not None and str(kind.value).strip().casefold() == VARIABLE.casefold()


def _without(row: Located, *keys: str) -> Located:
    members = row.value if isinstance(row.value, dict) else {}
    kept = {key: value for key, value in members.items() if key not in keys}
    return Located(kept, row.place, row.keys)


def _method_tree(sheet: Sheet, faults: list[Finding]) -> Located:
    """Return the tree of the keys with dots in the first column and values in the second."""
    leaves: dict[tuple[str, ...], Located] = {}
    keys: dict[tuple[str, ...], str] = {}
    for row, texts in sheet.rows:
        path = tuple(texts.get(1, "").strip().split("."))
        if path == ("",) or (row == 1 and path == ("key",)):
            continue
        place = sheet.place(row, 2)
        if path in leaves:
            said = f"The key '{visible('.'.join(path))}' is there twice, first at {keys[path]}."
            faults.append(error("workbook-duplicate-key", place, said, "Remove one of the two."))
        value = value_of(
            texts.get(2), place, as_list=is_list(path), as_member=path[-1].isdecimal(), loc=path
        )
        if value is not None:
            leaves[path], keys[path] = value, place
    return branch(leaves, sheet.place(1, 1), faults)


def _framework_rows(sheet: Sheet, faults: list[Finding]) -> tuple[Located, ...]:
    known = ("type", "parent", *_node_keys())
    return tuple(_table_rows(sheet, known, NODE_LOC, faults))


def _source_rows(sheet: Sheet, faults: list[Finding]) -> Iterator[Located]:
    return _table_rows(sheet, SOURCE_KEYS, ("sources",), faults)


def _table_rows(
    sheet: Sheet, known: tuple[str, ...], loc: Loc, faults: list[Finding]
) -> Iterator[Located]:
    """Yield one mapping for each row below the header."""
    columns = _columns(sheet, known, faults)
    lists = {column for column, path in columns.items() if is_list((*loc, *path))}
    for row, texts in sheet.rows[1:]:
        leaves = {}
        for column in sorted(columns.keys() & texts.keys()):
            place, as_list = sheet.place(row, column), column in lists
            value = value_of(
                texts[column], place, as_list=as_list, as_member=False, loc=(*loc, *columns[column])
            )
            if value is not None:
                leaves[columns[column]] = value
        if leaves:
            yield branch(leaves, sheet.place(row, 1), faults)


def _columns(
    sheet: Sheet, known: tuple[str, ...], faults: list[Finding]
) -> dict[int, tuple[str, ...]]:
    """Return the keys of the columns, split at their dots; those not known are faults."""
    columns: dict[int, tuple[str, ...]] = {}
    for column, key in sheet.header().items():
        path = tuple(key.lower().split("."))
        if path[0] in known and path not in columns.values():
            columns[column] = path
            continue
        place = sheet.place(sheet.rows[0][0], column)
        why = "there twice" if path in columns.values() else "not known"
        said = f"The column '{visible(key)}' is {why}."
        faults.append(error("workbook-column", place, said, did_you_mean(key, list(known))))
    return columns


def _node_keys() -> list[str]:
    return [key for key in Node.model_fields if key != "children"]
