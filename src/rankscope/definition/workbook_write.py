"""A definition written as one Excel workbook that an index maker can go on working in."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, get_args

from rankscope._files import write_bytes
from rankscope._registry import methods_of
from rankscope._workbook import LIVE, packed
from rankscope.definition.described import described_model
from rankscope.definition.fields import VariableKind
from rankscope.definition.model import IndexDefinition, MethodSpec, Model, Node
from rankscope.definition.workbook_cells import (
    AGGREGATE,
    DATA,
    FRAMEWORK,
    INDICATOR,
    METHOD,
    PUBLISHED,
    SCENARIOS,
    SOURCE_KEYS,
    SOURCES,
    TIES,
    VARIABLE,
    VARIANTS,
    WEIGHTS,
    field_at,
)
from rankscope.definition.workbook_open import opened_book
from rankscope.definition.workbook_scenarios import (
    SCENARIO_COLUMNS,
    columns_of_ties,
    scenario_rows,
)
from rankscope.definition.workbook_sheets import (
    VARIANT_COLUMNS,
    columns_of_published,
    variant_rows,
    weight_rows,
)
from rankscope.definition.workbook_values import dotted, listed
from rankscope.errors import DefinitionError, OutputError

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

FIRST_COLUMNS = ("type", "code", "name", "parent")
STAGES = ("imputation", "treatment", "normalisation", "aggregation")
BESIDE = ("framework", "context", "sources", "weight_sets", "variants", "ties", "scenarios")
"""Keys that have sheets of their own."""
LAST_ROW = 2_000
"""Down to which row the lists of choices reach."""

_MEANINGS = {
    "type": "Aggregate, Indicator, or Variable (a denominator or grouping, no part of the index).",
    "parent": "The code of the aggregate that the row belongs to; empty for the index itself.",
}
_WIDTHS = {"name": 36, "description": 48, "rationale": 48, "title": 48, "address": 40, "note": 48}


def write_workbook(
    definition: IndexDefinition, file: Path, *, data: Iterable[Sequence[object]] | None = None
) -> Path:
    """Write a workbook with the sheets Data, Framework, Method and so on, whole or not at all.

    ``data`` are the rows of the sheet Data, header first; without them the values
    of a workbook that is already there are kept.

    Raises
    ------
    OutputError
        When the file can not be written, or what is there is no workbook.
    """
    from openpyxl import Workbook

    book = Workbook()
    rows = _kept_data(file) if data is None else data
    _fill_data(book.active, rows)
    _fill_framework(book, definition)
    _fill_method(book, definition, file.name)
    if definition.sources:
        _fill_sources(book, definition)
    _fill_beside(book, definition)
    return write_bytes(file, packed(book))


def _kept_data(file: Path) -> list[Sequence[object]]:
    """Return the rows of the sheet Data of a workbook that is already there."""
    if not file.is_file():
        return []
    try:
        with opened_book(file, values=True) as book:
            if DATA not in book.sheetnames:
                return []
            return [tuple(row) for row in book[DATA].iter_rows(values_only=True)]
    except DefinitionError as broken:
        raise OutputError(f"{broken} Its sheet Data can not be kept: move it away first.") from None


def _fill_data(sheet: Worksheet | Any, rows: Iterable[Sequence[object]]) -> None:
    sheet.title = DATA
    for number, row in enumerate(rows, 1):
        for column, value in enumerate(row, 1):
            _put(sheet, number, column, value)
    sheet.freeze_panes = "B2"


def _fill_framework(book: Workbook, definition: IndexDefinition) -> None:
    method = definition.method
    rows = [*_node_rows(definition.framework, "", method), *map(_variable_row, definition.context)]
    used = {key for row in rows for key in row}
    columns = [*FIRST_COLUMNS, *sorted(used - set(FIRST_COLUMNS), key=_column_order)]
    sheet = book.create_sheet(FRAMEWORK)
    _fill_table(sheet, columns, rows, "framework")
    sheet.freeze_panes = "D2"
    _offer(sheet, columns, "type", (AGGREGATE, INDICATOR, VARIABLE))
    _offer(sheet, columns, "kind", get_args(VariableKind))
    _offer(sheet, columns, "polarity", ("1", "-1"))
    for stage in STAGES:
        _offer(sheet, columns, f"{stage}.method", sorted(methods_of(stage)))


def _node_rows(node: Node, parent: str, method: MethodSpec) -> Iterator[dict[str, object]]:
    """Yield a row for a node and for each below it, parents first."""
    kind = INDICATOR if node.is_indicator else AGGREGATE
    given = dotted(listed(_dumped(node, "children", method)))
    yield {"type": kind, **given, "parent": parent}
    for child in node.children:
        yield from _node_rows(child, node.code, method)


def _variable_row(variable: Model) -> dict[str, object]:
    return {"type": VARIABLE, **dotted(_dumped(variable))}


def _dumped(part: Model, leave_out: str = "", method: MethodSpec | None = None) -> dict[str, Any]:
    """Return the keys of a part; an inner part all at default shows one of them."""
    context = {"method": method}
    keys = part.model_dump(
        by_alias=True, exclude_defaults=True, exclude={leave_out}, context=context
    )
    for key, value in keys.items():
        inner = getattr(part, key, None)
        if value == {} and isinstance(inner, Model):
            name = next(iter(type(inner).model_fields))
            keys[key] = {name: getattr(inner, name)}
        elif isinstance(inner, Model):
            keys[key] = _dumped(inner, method=method)
    return keys


def _column_order(key: str) -> tuple[int, str]:
    """Return where a column belongs: in the order of the model."""
    first = key.partition(".")[0]
    names = list(Node.model_fields)
    return (names.index(first) if first in names else len(names), key)


def _fill_method(book: Workbook, definition: IndexDefinition, name: str) -> None:
    parts = _dumped(definition, method=definition.method)
    for key in BESIDE:
        parts.pop(key, None)
    if definition.published is not None:
        own = _dumped(definition.published, "columns")
        parts["published"] = {**own, "missing": definition.published.missing}
        parts["published"].pop("columns", None)
    keys = {"rankscope": 1, **dotted(parts)}
    if keys.get("data.file") == name:
        del keys["data.file"]
    rows = [{"key": key, "value": value, "meaning": _meaning(key)} for key, value in keys.items()]
    sheet = book.create_sheet(METHOD)
    _fill_table(sheet, ["key", "value", "meaning"], rows, "")
    sheet.freeze_panes = "A2"
    for letter, width in (("A", 32), ("B", 56), ("C", 72)):
        sheet.column_dimensions[letter].width = width


def _fill_sources(book: Workbook, definition: IndexDefinition) -> None:
    rows = [_dumped(source) for source in definition.sources]
    sheet = book.create_sheet(SOURCES)
    _fill_table(sheet, list(SOURCE_KEYS), rows, "sources")
    sheet.freeze_panes = "B2"


def _fill_beside(book: Workbook, definition: IndexDefinition) -> None:
    """Fill the sheets Weights, Variants and so on, as far as there is anything to tell."""
    if definition.weight_sets:
        columns, rows = weight_rows(definition)
        _fill_table(book.create_sheet(WEIGHTS), columns, rows, "")
    if definition.variants:
        changes = [
            {
                **row,
                "meaning": _meaning(f"variants.{'nodes.' if row.get('node') else ''}{row['key']}"),
            }
            for row in variant_rows(definition)
        ]
        _fill_table(book.create_sheet(VARIANTS), [*VARIANT_COLUMNS, "meaning"], changes, "")
    columns, rows = columns_of_published(definition)
    if rows:
        _fill_table(book.create_sheet(PUBLISHED), columns, rows, "published.columns")
    if definition.ties:
        columns, rows = columns_of_ties(definition)
        _fill_table(book.create_sheet(TIES), columns, rows, "ties")
    if definition.scenarios:
        _fill_table(book.create_sheet(SCENARIOS), SCENARIO_COLUMNS, scenario_rows(definition), "")
    for title in {WEIGHTS, VARIANTS, TIES, SCENARIOS, PUBLISHED} & set(book.sheetnames):
        book[title].freeze_panes = "B2"


def _fill_table(
    sheet: Worksheet, columns: Sequence[str], rows: Iterable[Mapping[str, object]], owner: str
) -> None:
    """Fill a sheet below a bold header whose comments explain the columns."""
    from openpyxl.comments import Comment
    from openpyxl.styles import Alignment, Font
    from openpyxl.utils import get_column_letter

    for column, key in enumerate(columns, 1):
        head = sheet.cell(1, column, key)
        head.font = Font(bold=True)
        meaning = _MEANINGS.get(key) or (_meaning(f"{owner}.{key}") if owner else "")
        if meaning:
            head.comment = Comment(meaning, "rankscope", height=80, width=260)
        width = _WIDTHS.get(key.split(".")[0], max(12, len(key) + 2))
        sheet.column_dimensions[get_column_letter(column)].width = width
    for number, row in enumerate(rows, 2):
        for column, key in enumerate(columns, 1):
            cell = _put(sheet, number, column, row.get(key))
            if len(str(row.get(key) or "")) > 60:
                cell.alignment = Alignment(wrap_text=True, vertical="top")


def _put(sheet: Worksheet, row: int, column: int, value: object) -> Any:
    """Put a value into a cell; a text is a text, whatever it begins with."""
    if isinstance(value, float) and float(f"{value:.16g}") != value:
        value = repr(value)  # a workbook keeps 16 digits of a number
    cell: Any = sheet.cell(row, column)
    cell.value = None if value == "" else value
    if isinstance(value, str) and value:
        cell.data_type = "s"
        cell.quotePrefix = value.startswith(LIVE)
    return cell


def _meaning(key: str) -> str:
    """Return what a key means, from the model, or of the parameter of a method."""
    described_model()
    loc = tuple(part for part in key.split(".") if not part.isdigit())
    while loc:
        field = field_at(loc)
        if field is not None:
            return str(field.description or "")
        loc = loc[:-1]
    return ""


def _offer(sheet: Worksheet, columns: Sequence[str], key: str, choices: Iterable[str]) -> None:
    """Give the cells of a column a list of choices."""
    from openpyxl.utils import get_column_letter
    from openpyxl.worksheet.datavalidation import DataValidation

    if key not in columns:
        return
    letter = get_column_letter(list(columns).index(key) + 1)
    offered = DataValidation(type="list", formula1=f'"{",".join(choices)}"', allow_blank=True)
    offered.error, offered.errorTitle = f"Known are {', '.join(choices)}.", key
    sheet.add_data_validation(offered)
    offered.add(f"{letter}2:{letter}{LAST_ROW}")
