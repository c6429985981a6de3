"""A workbook is lossless both ways, and read as a stranger's."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings

from rankscope.definition import (
    IndexDefinition,
    definition_text,
    examine_definition,
    read_definition,
    write_definition,
)
from rankscope.definition.workbook_write import write_workbook
from rankscope.errors import OutputError
from tests.definition.strategies import NASTY, definitions
from tests.definition.support import GOOD, changed, examined

if TYPE_CHECKING:
    from pathlib import Path

    from rankscope.findings import Finding

Change = Callable[[Any], None]


def book_of(tmp_path: Path, change: Change = lambda _: None, text: str = GOOD) -> Path:
    """Return a workbook of the good definition with something changed by hand."""
    definition, _ = examined(text)
    assert definition is not None
    file = write_definition(definition, tmp_path / "book.xlsx")
    book = openpyxl.load_workbook(file)
    change(book)
    book.save(file)
    return file


def cell(book: Any, sheet: str, row: int | str, column: str) -> Any:
    """Return a cell by the code or key in its row and the header of its column."""
    heads = {head.value: head.column for head in book[sheet][1]}
    keys = [one.value for one in book[sheet][("A" if sheet == "Method" else "B")]]
    return book[sheet].cell(row if isinstance(row, int) else keys.index(row) + 1, heads[column])


def put(sheet: str, row: int | str, column: str, value: Any) -> Change:
    def change(book: Any) -> None:
        cell(book, sheet, row, column).value = value

    return change


def found(file: Path) -> list[Finding]:
    return list(examine_definition(file)[1])


@pytest.mark.slow
@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(definition=definitions())
def test_yaml_to_workbook_to_yaml_is_the_same(tmp_path: Path, definition: IndexDefinition) -> None:
    file = tmp_path / "book.xlsx"
    file.unlink(missing_ok=True)

    again = read_definition(write_definition(definition, file))

    assert again == definition
    assert definition_text(again) == definition_text(definition)


def test_a_spreadsheet_program_may_save_it_and_nothing_is_lost(tmp_path: Path) -> None:
    text = GOOD.replace("name: Trade", "name: '=1+1'").replace("name: Beds", "name: '@SUM(A1)'")

    assert read_definition(book_of(tmp_path, text=text)) == examined(text)[0]


@pytest.mark.parametrize("text", NASTY)
def test_no_text_is_live(tmp_path: Path, text: str) -> None:
    definition, _ = examined(GOOD)
    assert definition is not None
    titled = IndexDefinition.model_validate(
        {**definition.model_dump(exclude_defaults=True), "title": text}
    )

    file = write_definition(titled, tmp_path / "book.xlsx")

    kept = cell(openpyxl.load_workbook(file), "Method", "title", "value")
    assert (kept.data_type, kept.value) == ("s", titled.title)
    assert kept.quotePrefix == titled.title.startswith(("=", "+", "-", "@"))
    assert read_definition(file) == titled


def test_the_same_definition_gives_the_same_bytes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = write_workbook(read_definition(book_of(tmp_path)), tmp_path / "a.xlsx").read_bytes()
    monkeypatch.setattr("time.time", lambda: 2e9)
    second = write_workbook(read_definition(book_of(tmp_path)), tmp_path / "b.xlsx").read_bytes()

    assert _without(first) == _without(second)


def _without(data: bytes) -> list[tuple[str, bytes, Any]]:
    """Return the parts and their dates, but for the name of the file in the sheet Method."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return [(p.filename, archive.read(p), p.date_time) for p in archive.infolist()]


def test_it_is_made_for_an_index_maker(tmp_path: Path) -> None:
    book = openpyxl.load_workbook(book_of(tmp_path))
    sheet = book["Framework"]
    heads = [head.value for head in sheet[1]]

    assert book.sheetnames == ["Data", "Framework", "Method", "Sources"]
    assert heads[:5] == ["type", "code", "name", "parent", "polarity"]
    assert all(head.font.bold and head.comment for head in sheet[1])
    assert sheet.freeze_panes == "D2"
    assert [one.value for one in sheet["A"]][1:] == [
        "Aggregate", "Aggregate", "Indicator", "Indicator", "Aggregate", "Indicator", "Indicator",
        "Variable", "Variable",
    ]  # fmt: skip
    offered = {one.formula1 for one in sheet.data_validations.dataValidation}
    assert '"1,-1"' in offered
    assert any("count,amount" in choices for choices in offered)


@pytest.mark.parametrize(
    ("change", "place", "words"),
    [
        (put("Framework", "trade", "kind", "shares"), "Framework!F5", "Did you mean share?"),
        (put("Framework", "trade", "kind", None), "Framework!A5", "has no kind"),
        (put("Framework", "trade", "parent", "econmy"), "Framework!D5", "Did you mean economy?"),
        (put("Framework", "trade", "parent", None), "Framework!B5", "'index' and 'trade' have no"),
        (put("Framework", "index", "parent", "gdp"), "Framework!A1", "No row is without a parent."),
        (put("Framework", "health", "parent", "beds"), "Framework!D6", "is its own parent"),
        (put("Framework", "trade", "code", "gdp"), "Framework!B5", "first at"),
        (put("Framework", "trade", "type", "Leaf"), "Framework!A5", "must be Aggregate, Indicator"),
        (put("Framework", "economy", "type", "Indicator"), "Framework!A3", "Make it an Aggregate."),
        (put("Framework", "trade", "type", "Aggregate"), "Framework!A5", "an empty list of"),
        (put("Framework", 1, "polarity", "polarty"), "Framework!E1", "Did you mean polarity"),
        (put("Framework", 1, "kind", "polarity"), "Framework!F1", "there twice"),
        (put("Framework", "trade", "name", "=1+1"), "Framework!C5", "The cell holds a formula"),
        (put("Framework", "trade", "name", "#REF!"), "Framework!C5", "holds the error #REF!"),
        (put("Framework", "smog", "polarity", 2), "Framework!E8", "1 where more is better"),
        (put("Method", "title", "value", None), "Method!A1", "title is missing"),
        (put("Method", "title", "key", "titel"), "Method!A1", "title is missing"),
        (put("Method", "title", "key", "name"), "Method!B4", "there twice, first at"),
        (put("Method", "title", "value", "=NOW()"), "Method!B4", "The cell holds a formula"),
        (put("Sources", 2, "title", None), "Sources!A2", "wb.title is missing"),
    ],
)  # fmt: skip
def test_a_fault_is_named_at_its_cell(
    tmp_path: Path, change: Change, place: str, words: str
) -> None:
    findings = found(book_of(tmp_path, change))

    assert any(one.place.endswith(f"book.xlsx!{place}") and words in str(one) for one in findings)


def test_faults_on_several_sheets_are_told_together(tmp_path: Path) -> None:
    def change(book: Any) -> None:
        cell(book, "Framework", "trade", "kind").value = "shares"
        cell(book, "Framework", "smog", "polarity").value = "up"
        cell(book, "Method", "name", "value").value = "no code"

    assert [one.place.partition("!")[2] for one in found(book_of(tmp_path, change))] == [
        "Framework!F5", "Framework!E8", "Method!B3",
    ]  # fmt: skip


def test_numbers_typed_as_text_and_texts_typed_as_numbers_both_work(tmp_path: Path) -> None:
    def change(book: Any) -> None:
        cell(book, "Framework", "smog", "polarity").value = "-1"
        book["Method"].append(["edition", 2026])
        book["Method"].append(["method.min_available.at_least", "2/3"])
        book["Method"].append(["units.exclude", "NOR; DEU"])

    definition = read_definition(book_of(tmp_path, change))

    assert definition.edition == "2026"
    assert definition.units.exclude == ("NOR", "DEU")
    assert definition.method.min_available.at_least == 2 / 3


def test_blanks_that_nobody_sees_mean_nothing(tmp_path: Path) -> None:
    def pad(book: Any) -> None:
        cell(book, "Framework", "index", "kind").value = " "
        for one in (one for sheet in book for row in sheet.iter_rows() for one in row):
            one.value = f" {one.value}  " if isinstance(one.value, str) else one.value

    assert read_definition(book_of(tmp_path, pad)) == read_definition(book_of(tmp_path))


def test_codes_that_are_numbers_are_told_what_a_code_is(tmp_path: Path) -> None:
    (finding,) = found(book_of(tmp_path, put("Framework", "trade", "code", 15)))

    assert finding.sentence.startswith("15.code must be a letter and then")


def test_the_data_file_is_the_workbook_unless_another_is_named(tmp_path: Path) -> None:
    own = book_of(tmp_path, lambda book: book["Method"].delete_rows(5))

    definition = read_definition(own)
    again = openpyxl.load_workbook(write_definition(definition, own))

    assert definition.data.file == "book.xlsx"
    assert "data.file" not in [one.value for one in again["Method"]["A"]]


def test_writing_again_keeps_the_data(tmp_path: Path) -> None:
    definition = read_definition(book_of(tmp_path))
    file = write_workbook(
        definition, tmp_path / "d.xlsx", data=[("unit", "gdp"), ("=A", 0.1 + 0.2)]
    )

    write_definition(definition, file)

    kept = list(openpyxl.load_workbook(file)["Data"].iter_rows(values_only=True))
    assert kept == [("unit", "gdp"), ("=A", "0.30000000000000004")]


def test_what_is_no_workbook_is_not_overwritten(tmp_path: Path) -> None:
    definition = read_definition(book_of(tmp_path))
    (tmp_path / "x.xlsx").write_text("mine")

    with pytest.raises(OutputError, match="move it away first"):
        write_definition(definition, tmp_path / "x.xlsx")

    assert (tmp_path / "x.xlsx").read_text() == "mine"


def test_a_missing_sheet_is_named(tmp_path: Path) -> None:
    (finding,) = found(book_of(tmp_path, lambda book: book.remove(book["Method"])))

    assert finding.id == "workbook-sheet"
    assert finding.remedy == "There is Data, Framework and Sources."


def packed(tmp_path: Path, parts: dict[str, bytes], keep: bool = True) -> Path:
    """Return a workbook with parts put in by a stranger."""
    file = book_of(tmp_path)
    given = zipfile.ZipFile(io.BytesIO(file.read_bytes()))
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in given.namelist() if keep else ():
            if name not in parts:
                archive.writestr(name, given.read(name))
        for name, data in parts.items():
            archive.writestr(name, data)
    return file


BOMB = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaa">]><x>&a;</x>'
ROW = '<row r="%d"><c r="A%d" t="inlineStr"><is><t>x</t></is></c></row>'


@pytest.mark.parametrize(
    ("parts", "id"),
    [
        ({"zeros.bin": bytes(70_000_000)}, "workbook-too-large"),
        ({"zeros.bin": bytes(2_000_000)}, "workbook-too-large"),
        ({f"p{n}": b"" for n in range(501)}, "workbook-too-large"),
        ({"xl/sharedStrings.xml": BOMB}, "workbook-broken"),
        ({"xl/styles.xml": BOMB.decode().encode("utf-16")}, "workbook-broken"),
        ({"xl/workbook.xml": b"<broken"}, "workbook-broken"),
        ({"xl/worksheets/sheet2.xml": b"<worksheet><sheetData><row r='x'/>"}, "workbook-broken"),
    ],
    ids=["unpacked", "ratio", "entries", "entities", "utf-16 entities", "xml", "sheet"],
)
def test_hostile_workbooks_are_refused(tmp_path: Path, parts: dict[str, bytes], id: str) -> None:
    assert [one.id for one in found(packed(tmp_path, parts))] == [id]


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04", b"\xd0\xcf\x11\xe0old", b"name: x"])
def test_what_is_no_workbook_is_said_to_be_none(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "a.xlsx").write_bytes(data)

    assert [one.id for one in found(tmp_path / "a.xlsx")] == ["workbook-broken"]


def test_a_forged_dimension_and_a_row_far_below_cost_nothing(tmp_path: Path) -> None:
    sheet = (
        '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
        '<dimension ref="A1:XFD1048576"/><sheetData>'
        + ROW % (1, 1)
        + ROW % (1_048_576, 1_048_576)
        + "</sheetData></worksheet>"
    )

    findings = found(packed(tmp_path, {"xl/worksheets/sheet2.xml": sheet.encode()}))

    assert findings


def test_more_rows_than_an_index_has_are_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("rankscope.definition.workbook.MAX_ROWS", 5)

    assert [one.id for one in found(book_of(tmp_path))] == ["workbook-too-large"]


def test_an_unwritten_column_is_an_optional_one(tmp_path: Path) -> None:
    text = changed("kind: share", "kind: share, normalisation: {method: min_max, to: [1, 9]}")
    file = book_of(tmp_path, text=text)

    assert (
        cell(openpyxl.load_workbook(file), "Framework", "trade", "normalisation.to").value == "1, 9"
    )
    assert read_definition(file) == examined(text)[0]
