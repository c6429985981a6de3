"""Bad files: each gets one clear sentence with its place and its mend."""

from __future__ import annotations

import io
import os
import zipfile

import openpyxl
import pytest

from rankscope.data import parquet
from rankscope.data.grid import LISTED
from rankscope.data.read import examine_table
from tests.data.making import define, examine, long, wide

GOOD = "FRA,1,2,3,4,EU"
LONG = "unit,indicator,value,year,source,status"

BAD_CSV = {
    "wrong delimiter": (
        wide("DEU,1,2,3,4,EU").replace(",", ";"),
        "data-delimiter",
        "values.csv:1",
        'With the delimiter "," there is only one column',
        'declare data.delimiter: ";"',
    ),
    "wrong delimiter, tab": (
        wide("DEU,1,2,3,4,EU").replace(",", "\t"),
        "data-delimiter",
        "values.csv:1",
        "only one column",
        'declare data.delimiter: "tab"',
    ),
    "decimal commas": (
        wide('DEU,"1,5",2,3,4,', 'FRA,"2,25",2,3,4,'),
        "data-decimal",
        "values.csv:2",
        '"gdp": "1,5" has a decimal comma; the like stands in 1 more cell',
        'declare data.decimal: ","',
    ),
    "one decimal comma among points": (
        wide('DEU,"1,5",2,3,4,', "FRA,2.25,2,3,4,"),
        "data-decimal",
        "values.csv:2",
        '"gdp": "1,5" has a decimal comma.',
        'Write the decimal mark as ".".',
    ),
    "thousands": (
        wide('DEU,"1,234",2,3,4,', GOOD),
        "data-thousands",
        "values.csv:2",
        '"gdp": "1,234" has separators of thousands',
        "without separators",
    ),
    "thousands with spaces": (
        wide("DEU,1 234 567,2,3,4,", GOOD),
        "data-thousands",
        "values.csv:2",
        '"gdp": "1 234 567" has separators of thousands',
        "without separators",
    ),
    "percent sign": (
        wide("DEU,1,12%,3,4,", GOOD),
        "data-percent",
        "values.csv:2",
        '"net": "12%" has a percent sign',
        "data.signs",
    ),
    "another encoding": (
        wide("Côte d’Ivoire,1,2,3,4,").encode("cp1252"),
        "data-encoding",
        "values.csv:2",
        "Byte 0xf4 at offset 30 is not utf-8",
        'As cp1252 it reads "Côte d’Ivoire"; if that is right, declare data.encoding: cp1252.',
    ),
    "Cyrillic in another encoding": (
        wide("Россия,1,2,3,4,").encode("cp1251"),
        "data-encoding",
        "values.csv:2",
        "is not utf-8",
        'As cp1251 it reads "Россия,1,2,3"; if that is right, declare data.encoding: cp1251.',
    ),
    "UTF-16": (
        wide(GOOD).encode("utf-16"),
        "data-encoding",
        "values.csv:1",
        "The file is UTF-16",
        "declare data.encoding: utf-16",
    ),
    "UTF-16 without a mark": (
        wide(GOOD).encode("utf-16-le"),
        "data-encoding",
        "values.csv:1",
        "The file is UTF-16",
        "Save it as UTF-8",
    ),
    "NUL": (
        wide(GOOD, "DEU,1\0,2,3,4,").encode(),
        "data-encoding",
        "values.csv:3",
        "The line holds a NUL character",
        "Save it again as CSV in UTF-8",
    ),
    "empty file": ("", "data-empty", "values.csv", "The file is empty", "a header and a row"),
    "only blank lines": ("\n \n,,\n", "data-empty", "values.csv", "The file is empty", "a header"),
    "header only": (wide(), "data-empty", "values.csv:1", "a header but no rows", "Add a row"),
    "short row": (
        wide(GOOD, "DEU,1,2"),
        "data-ragged",
        "values.csv:3",
        "The row has 3 cells, the header 6",
        "needs quotation marks",
    ),
    "long row": (
        wide(GOOD, "DEU,1,2,3,4,EU,more"),
        "data-ragged",
        "values.csv:3",
        "The row has 7 cells, the header 6",
        "needs quotation marks",
    ),
    "duplicate header": (
        wide("DEU,1,2,3", header="unit,gdp,net,gdp"),
        "data-header",
        "values.csv:1",
        'Columns 2 and 4 are both called "gdp"',
        "Give each column its own name",
    ),
    "nameless column": (
        wide("DEU,1,2,3,4,EU,9", header="unit,gdp,net,top500,pop,bloc,"),
        "data-header",
        "values.csv:1",
        "Column 7 has values but no name",
        "Name it",
    ),
    "quotation mark never closed": (
        wide(GOOD, 'DEU,"1,2,3,4,EU'),
        "data-quotes",
        "values.csv:3",
        "a quotation mark is out of place",
        "Close each quoted cell",
    ),
    "very long cell": (
        wide(GOOD, f'DEU,1,2,3,4,"{"x" * 200_000}"'),
        "data-quotes",
        "values.csv:3",
        "longer than 131,072 characters",
        "never closed",
    ),
    "duplicate units": (
        wide(GOOD, GOOD),
        "data-unit-twice",
        "values.csv:3",
        '"FRA" has a row already, at values.csv:2',
        "Keep one row for each unit",
    ),
    "two names of one unit": (
        wide(GOOD, "France,1,2,3,4,EU"),
        "data-unit-twice",
        "values.csv:3",
        '"France" is the unit FRA, as is "FRA" at values.csv:2',
        "Keep one row for each unit",
    ),
    "several years in a wide table": (
        wide("FRA,2022,1", "FRA,2023,1", header="unit,year,gdp"),
        "data-unit-twice",
        "values.csv:3",
        '"FRA" has a row already, at values.csv:2',
        "keep the rows of one year",
    ),
    "unknown unit": (
        wide(GOOD, "Germny,1,2,3,4,EU"),
        "unit-unknown",
        "values.csv:3",
        'No unit goes by "Germny"',
        "Germany (DEU)",
    ),
    "no unit": (
        wide(GOOD, ",1,2,3,4,EU"),
        "data-unit-empty",
        "values.csv:3",
        'no unit in column "unit"',
        "Name its unit",
    ),
    "undeclared text": (
        wide("DEU,n/a,2,3,4,", "FRA,n/a,2,3,4,", "ITA,1,n/a,3,4,"),
        "data-text",
        "values.csv:2",
        '"gdp": "n/a" is not a number; the same text stands in 2 more cells, in "gdp" and "net".',
        'Add "n/a" to data.missing',
    ),
    "names where numbers are wanted": (
        wide("DEU,Berlin,2,3,4,", "FRA,Paris,2,3,4,", "ITA,Rome,2,3,4,", "ESP,,2,3,4,"),
        "data-text",
        "values.csv:2",
        '"gdp": all values are texts, such as "Berlin".',
        "as a context variable of kind group",
    ),
    "answers where numbers are wanted": (
        wide("DEU,Yes,2,3,4,", "FRA,No,2,3,4,", "ITA,Yes,2,3,4,"),
        "data-text",
        "values.csv:2",
        '"gdp": "Yes" is not a number; the same text stands in 1 more cell.',
        'or give each text its number under `data.recode`, such as `{"Yes": 1}`.',
    ),
    "several answers where numbers are wanted": (
        wide("DEU,high,2,3,4,", "FRA,low,2,3,4,", "ITA,middle,2,3,4,"),
        "data-text",
        "values.csv:2",
        '"gdp": all values are texts, such as "high".',
        'leave it out, or give each text its number under `data.recode`, such as `{"high": 1}`.',
    ),
    "the sign of a currency": (
        wide("DEU,$5,2,3,4,", GOOD),
        "data-text",
        "values.csv:2",
        '"gdp": "$5" is not a number',
        'Declare `data.signs: ["$"]`, or write the number without the sign.',
    ),
    "a mark after a number": (
        wide('DEU,"1.5 *",2,3,4,', GOOD),
        "data-text",
        "values.csv:2",
        '"1.5 *" is not a number',
        'Declare `data.signs: ["*"]`',
    ),
    "digit separators of programmers": (
        wide("DEU,1_000,2,3,4,", GOOD),
        "data-text",
        "values.csv:2",
        '"gdp": "1_000" is not a number',
        "else correct it",
    ),
    "digits of another script": (
        wide("DEU,٣,2,3,4,", GOOD),
        "data-text",
        "values.csv:2",
        '"٣" is not a number',
        "else correct it",
    ),
    "undeclared bound": (
        wide("DEU,<5,2,3,4,", GOOD),
        "data-censored",
        "values.csv:2",
        '"gdp": "<5" is a bound, not a number',
        'add "<5" to data.censored',
    ),
    "infinity": (
        wide("DEU,inf,2,3,4,", GOOD),
        "data-infinite",
        "values.csv:2",
        '"gdp": "inf" is not a finite number',
        "data.missing",
    ),
    "not a number": (
        wide("DEU,NaN,2,3,4,", GOOD),
        "data-infinite",
        "values.csv:2",
        '"gdp": "NaN" is not a finite number',
        "data.missing",
    ),
    "overflow": (
        wide("DEU,1e999,2,3,4,", GOOD),
        "data-infinite",
        "values.csv:2",
        '"1e999" is not a finite number',
        "Correct it",
    ),
    "too large to compute with": (
        wide("DEU,1e200,2,3,4,", GOOD),
        "data-extreme",
        "values.csv:2",
        '"gdp": "1e200" is not between 1e-100 and 1e+100',
        "another unit",
    ),
    "too small to divide by": (
        wide("DEU,1,2,3,1e-320,", GOOD),
        "data-extreme",
        "values.csv:2",
        '"pop": "1e-320" is not between 1e-100 and 1e+100',
        "another unit",
    ),
    "an indicator without a column": (
        wide("DEU,1,2,3,4", header="unit,gdp,Net,top500,pop"),
        "data-column-missing",
        "values.csv:1",
        'no column "net" for the indicator "NET"',
        'Did you mean the column "Net"?',
    ),
    "no column of units": (
        wide("DEU,1,2,3,4", header="Unit,gdp,net,top500,pop"),
        "data-column-missing",
        "values.csv:1",
        'no column "unit"',
        "declare data.unit_column. Did you mean Unit?",
    ),
    "an indicator without data": (
        wide("DEU,1,,3,4,", "FRA,1,,3,4,"),
        "data-no-values",
        "values.csv",
        '"net" has no value for any unit',
        "take it out of the definition",
    ),
    "a census without data": (
        wide("DEU,1,1,,4,", "FRA,1,1,,4,"),
        "data-no-values",
        "values.csv",
        '"top500" has no value',
        "Add its values",
    ),
    "a long table declared wide": (
        long("DEU,gdp,1"),
        "data-layout",
        "values.csv:1",
        "those of a long table",
        "Declare data.layout: long",
    ),
}

BAD_LONG = {
    "value twice": (
        ("DEU,gdp,1,,,", "Germany,gdp,2,,,"),
        "data-value-twice",
        "values.csv:3",
        '"gdp" of DEU has a value already, at values.csv:2',
        "Keep one row for each unit and indicator",
    ),
    "letter case of a code": (
        ("DEU,GDP,1,,,",),
        "data-indicator-unknown",
        "values.csv:2",
        'no indicator "GDP"; 1 row has it',
        "Did you mean gdp?",
    ),
    "year": (
        ("DEU,gdp,1,2019/20,,",),
        "data-year",
        "values.csv:2",
        'The year "2019/20" is not a whole number',
        "Write one year",
    ),
    "half a year": (
        ("DEU,gdp,1,2019.5,,",),
        "data-year",
        "values.csv:2",
        '"2019.5" is not a whole number',
        "Write one year",
    ),
    "source": (
        ("DEU,gdp,1,,WB,",),
        "data-source",
        "values.csv:2",
        'declares no source "WB"',
        "Did you mean wb?",
    ),
    "status": (
        ("DEU,gdp,1,,,guessed",),
        "data-status",
        "values.csv:2",
        'no status "guessed"',
        "Write missing, observed,",
    ),
    "status against value": (
        ("DEU,gdp,1,,,missing",),
        "data-status",
        "values.csv:2",
        'The value "1" has the status "missing"',
        "Correct the status",
    ),
    "an indicator without rows": (
        ("DEU,gdp,1,,,",),
        "data-no-values",
        "values.csv",
        '"net" has no value',
        "Add its values",
    ),
}


@pytest.mark.parametrize("case", BAD_CSV.values(), ids=BAD_CSV)
def test_a_bad_file_is_named_with_place_value_and_mend(case):
    text, id, place, sentence, remedy = case
    check(text, define(), id, place, sentence, remedy)


@pytest.mark.parametrize("case", BAD_LONG.values(), ids=BAD_LONG)
def test_a_bad_long_table_is_named_with_place_value_and_mend(case):
    rows, id, place, sentence, remedy = case
    check(long(*rows, header=LONG), define(layout="long"), id, place, sentence, remedy)


def test_a_wide_table_declared_long_says_so():
    check(
        wide(GOOD),
        define(layout="long"),
        "data-layout",
        "values.csv:1",
        'A long table needs a column "indicator"',
        "Declare data.layout: wide",
    )


def test_a_decimal_point_where_commas_are_declared_is_an_error():
    text = wide("DEU;1.5;2;3;4;", header="unit;gdp;net;top500;pop;bloc")
    spec = define(delimiter=";", decimal=",")
    check(text, spec, "data-point", "values.csv:2", '"1.5" has a decimal point', 'Write "."')


@pytest.mark.parametrize("encoding", ["klingon", "hex", "rot13"])
def test_an_encoding_that_does_not_exist_is_named(encoding):
    spec = define(encoding=encoding)
    check(wide(GOOD), spec, "data-encoding", "values.csv", f'no encoding "{encoding}"', "utf-8")


def test_a_column_that_no_indicator_uses_gets_a_warning_with_the_nearest_name():
    text = wide("DEU,1,2,3,4,5,6", header="unit,gdp,net,top500,popp,pop_,colour")
    table, findings = examine(text, define())
    unused = [one for one in findings if one.id == "data-column-unused"]
    assert table is not None
    assert {one.severity for one in unused} == {"warning"}
    assert 'the column "popp". Did you mean "pop"?' in str(unused[0])
    assert str(unused[2]).endswith('uses the column "colour".')


def test_rows_of_indicators_that_the_definition_does_not_know_get_one_warning_a_code():
    rows = [f"DEU,{code},1" for code in ("gdp", "net", "top500", "coal", "coal")]
    table, findings = examine(long(*rows), define(layout="long"))
    [finding] = [one for one in findings if one.id == "data-indicator-unknown"]
    assert table is not None
    assert (finding.severity, finding.place) == ("warning", "values.csv:5")
    assert '"coal"; 2 rows have it' in finding.sentence


@pytest.mark.parametrize("code", ["-999", "-9999", "99999"])
def test_a_number_that_looks_like_a_missing_code_gets_a_warning(code):
    rows = [
        f"{unit},{value},2,3,4," for unit, value in zip("ABCDE", [1, 5, 3, code, 2], strict=True)
    ]
    table, findings = examine(wide(*rows), define(units={"register": "own"}))
    [finding] = [one for one in findings if one.id == "data-missing-code"]
    assert table is not None
    assert (finding.severity, finding.place) == ("warning", "values.csv:5")
    assert f'add "{code}" to data.missing' in finding.remedy


def test_a_number_like_a_missing_code_among_its_likes_is_none():
    rows = [
        f"{unit},{value},2,3,4,"
        for unit, value in zip("ABCD", [9000, 9999, 9500, 8000], strict=True)
    ]
    _, findings = examine(wide(*rows), define(units={"register": "own"}))
    assert findings == ()


def test_all_unknown_units_are_named_at_once_and_the_rest_is_counted():
    rows = [f"Nowhere {number},1,2,3,4," for number in range(LISTED + 37)]
    _, findings = examine(wide(*rows), define())
    unknown = [one for one in findings if one.id == "unit-unknown"]
    assert len(unknown) == LISTED + 1
    assert unknown[-1].sentence == "and 37 more findings like the last."


def test_one_unit_under_two_names_in_a_long_table_is_a_warning():
    rows = ("Russia,gdp,1", "Russian Federation,net,1", "RUS,top500,3", "RUS,pop,3")
    table, findings = examine(long(*rows), define(layout="long"))
    assert table.units == ("RUS",)
    assert [(one.id, one.severity) for one in findings] == [("unit-collision", "warning")]


def test_a_declared_context_variable_without_a_column_is_a_warning_unless_divided_by():
    text = wide("DEU,1", header="unit,gdp")
    _, free = examine(text, define({"code": "gdp"}))
    _, needed = examine(text, define({"code": "gdp", "kind": "amount", "denominator": "pop"}))
    severity = {one.severity for one in free}, next(one.severity for one in needed)
    assert severity == ({"warning"}, "error")


def test_what_a_file_says_can_not_move_the_cursor():
    _, findings = examine(wide("DEU,\x1b[2J,2,3,4,"), define())
    assert "\x1b" not in str(findings[0])


@pytest.mark.parametrize(
    ("file", "said"),
    [
        ("https://example.org/values.csv", "address on the web"),
        ("../values.csv", "leads out of the definition's folder"),
        ("/etc/passwd.csv", "leads out of the definition's folder"),
        ("C:\\values.csv", "leads out of the definition's folder"),
        ("values.xls", 'Files of the kind ".xls" are not read'),
        ("valves.csv", 'no file "valves.csv" beside the definition. Did you mean values.csv?'),
        ("folder.csv", "There is no file"),
    ],
)
def test_a_path_that_is_not_read_says_why(tmp_path, file, said):
    (tmp_path / "values.csv").write_text(wide(GOOD))
    (tmp_path / "folder.csv").mkdir()
    table, [finding] = examine_table(define(file=file), tmp_path)
    assert table is None
    assert said in str(finding)


def test_a_link_out_of_the_folder_is_refused(tmp_path):
    outside, folder = tmp_path / "secret.csv", tmp_path / "index"
    outside.write_text(wide(GOOD))
    folder.mkdir()
    (folder / "values.csv").symlink_to(outside)
    table, [finding] = examine_table(define(), folder)
    assert table is None
    assert finding.id == "data-path"


def test_a_file_over_the_limit_is_not_read(tmp_path):
    path = tmp_path / "values.csv"
    path.touch()
    os.truncate(path, 200_000_001)
    _, [finding] = examine_table(define(), tmp_path)
    assert "the limit is 200 MB" in finding.sentence


def test_without_the_extra_parquet_says_what_to_install(monkeypatch):
    monkeypatch.setattr(parquet, "parquet", None)
    _, [finding] = examine(b"PAR1", define(), "values.parquet")
    assert 'pip install "rankscope[parquet]"' in finding.remedy


@pytest.mark.parametrize("name", ["values.parquet", "values.xlsx"])
@pytest.mark.parametrize("content", [b"", b"not what it says", b"PK\x03\x04 truncated"])
def test_a_damaged_file_is_a_finding(name, content):
    table, [finding] = examine(content, define(), name)
    assert table is None
    assert (finding.id, finding.place) == ("data-format", name)


def test_a_workbook_without_the_sheet_names_those_it_has():
    check_book({"Date": [["unit"]], "Other": [["unit"]]}, "data-format", "Did you mean Date?")


def test_a_formula_without_its_result_is_an_error_and_no_missing_value():
    found = check_book(
        {"Data": [["unit", "gdp"], ["DEU", "=1+1"]]}, "data-formula", "was saved without"
    )
    assert found.place == "values.xlsx!Data!B2"


def test_a_cell_right_of_the_named_columns_is_an_error():
    found = check_book(
        {"Data": [["unit", "gdp"], ["DEU", 1, None, "stray"]]}, "data-ragged", '"stray"'
    )
    assert found.place == "values.xlsx!Data!D2"


def test_a_workbook_with_entities_is_not_opened():
    book = _book({"Data": [["unit", "gdp"], ["DEU", 1]]})
    bomb = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>'
    refused(_with(book, {"xl/worksheets/sheet1.xml": bomb}), "declares a document type")


def test_an_archive_that_is_packed_too_densely_is_not_opened():
    book = _book({"Data": [["unit", "gdp"], ["DEU", 1]]})
    refused(_with(book, {"xl/media/image.bin": bytes(5_000_000)}), "packed too densely")


def test_an_archive_of_too_many_files_is_not_opened():
    book = _book({"Data": [["unit", "gdp"]]})
    refused(_with(book, {f"x/{number}": b"" for number in range(2_001)}), "the limit is 2,000")


def test_a_row_number_beyond_all_sheets_does_not_hang():
    book = _book({"Data": [["unit", "gdp"], ["DEU", 1]]})
    with zipfile.ZipFile(io.BytesIO(book)) as archive:
        sheet = archive.read("xl/worksheets/sheet1.xml")
    far = sheet.replace(b'<row r="2">', b'<row r="99999999999">').replace(b'"A2"', b'"A3"')
    table, _ = examine(_with(book, {"xl/worksheets/sheet1.xml": far}), define(), "values.xlsx")
    assert table is None


def check(text, definition, id, place, sentence, remedy):
    table, findings = examine(text, definition)
    assert table is None
    assert id in [one.id for one in findings], findings
    [found, *_] = [one for one in findings if one.id == id]
    assert (found.severity, found.place) == ("error", place)
    assert sentence in found.sentence
    assert remedy in found.remedy


def check_book(sheets, id, said):
    table, findings = examine(_book(sheets), define({"code": "gdp"}), "values.xlsx")
    assert table is None
    [found, *_] = [one for one in findings if one.id == id]
    assert said in str(found)
    return found


def refused(content, said):
    table, [finding] = examine(content, define(), "values.xlsx")
    assert table is None
    assert said in finding.sentence


def _book(sheets):
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _with(book, entries):
    """Return an archive with some entries added or replaced."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(book)) as given, zipfile.ZipFile(out, "w", 8) as made:
        for entry in given.infolist():
            if entry.filename not in entries:
                made.writestr(entry.filename, given.read(entry))
        for name, content in entries.items():
            made.writestr(name, content)
    return out.getvalue()
