"""Reading good files: layouts, kinds of files, places, years, sources, statuses."""

from __future__ import annotations

import hashlib
import io
import subprocess
import sys

import numpy as np
import openpyxl
import pytest

from rankscope.data.read import examine_table, read_table
from rankscope.data.table import Status
from rankscope.errors import DataError
from tests.data.making import define, examine, long, read, wide

MISSING, OBSERVED, CENSORED, ABSENT = (
    Status.MISSING,
    Status.OBSERVED,
    Status.CENSORED,
    Status.ABSENT,
)


def test_a_wide_table_has_one_row_a_unit_and_comes_out_sorted_by_code():
    table = read(wide("Sweden,3,96,1,10,EU", "DEU,4.5,93.4,36,83,EU"), define())
    assert table.units == ("DEU", "SWE")
    assert table.names == ("Germany", "Sweden")
    assert table.columns == ("gdp", "net", "top500", "pop")
    assert table.values.tolist() == [[4.5, 93.4, 36, 83], [3, 96, 1, 10]]
    assert table.label("bloc") == ("EU", "EU")


def test_columns_come_in_the_order_of_the_definition_whatever_the_files():
    table = read(wide("EU,83,36,93,4,DEU", header="bloc,pop,top500,net,gdp,unit"), define())
    assert table.values.tolist() == [[4, 93, 36, 83]]


def test_a_long_table_says_the_same_as_a_wide_one():
    rows = ("DEU,gdp,4", "DEU,net,93", "DEU,top500,36", "DEU,pop,83", "DEU,bloc,EU")
    of_long = read(long(*rows), define(layout="long"))
    assert of_long.same_values(read(wide("DEU,4,93,36,83,EU"), define()))


def test_years_and_sources_of_a_long_table_stay_with_their_values():
    header = "unit,indicator,value,year,source,note"
    rows = ("DEU,gdp,4,2023,wb,revised", "DEU,net,93,2021.0,,", "DEU,top500,36,,itu,")
    table = read(long(*rows, header=header), define(layout="long"))
    assert table.years.tolist() == [[2023, 2021, 0, 0]]
    assert [table.source_of(0, column, "declared") for column in range(3)] == [
        "wb",
        "declared",
        "itu",
    ]


def test_a_long_table_may_tell_the_status_of_a_value():
    header = "unit,indicator,value,status"
    rows = ("A,gdp,4,imputed", "A,net,93,", "A,top500,,missing", "B,gdp,,censored", "B,top500,2,")
    table = read(long(*rows, header=header), define(layout="long", units={"register": "own"}))
    assert table.status.tolist() == [
        [Status.IMPUTED, OBSERVED, MISSING, MISSING],
        [CENSORED, MISSING, OBSERVED, MISSING],
    ]


def test_only_an_empty_cell_of_a_complete_census_is_zero():
    rows = ("A,1,2,3,,", "B,,,,,", "C,1,2,..,,")
    table = read(wide(*rows), define(units={"register": "own"}, missing=[".."]))
    assert table.values[:, 2].tolist()[:2] == [3, 0]
    assert table.status[:, 2].tolist() == [OBSERVED, ABSENT, MISSING]
    assert np.isnan(table.values[1, :2]).all()


def test_a_census_says_nothing_about_units_that_the_table_does_not_have():
    rows = ("A,gdp,1", "A,net,1", "A,top500,5", "B,gdp,1")
    table = read(long(*rows), define(layout="long", units={"register": "own"}))
    assert table.units == ("A", "B")
    assert table.column("top500").tolist() == [5, 0]


@pytest.mark.parametrize("text", ["-999", "-999.0", "..", " .. ", ""])
def test_declared_missing_codes_are_missing(text):
    table = read(wide(f"A,{text},1,1,,", "B,1,1,1,,"), own(missing=["..", "-999"]))
    assert table.status[0, 0] == MISSING


def test_declared_censored_texts_are_missing_with_their_own_status():
    table = read(wide("A,<5,1,1,,", "B,1,1,1,,"), own(censored=["<5"]))
    assert np.isnan(table.values[0, 0])
    assert table.status[0, 0] == CENSORED


def test_namibia_is_no_missing_value():
    assert read(wide("NA,1,2,3,,"), define()).units == ("NAM",)


def test_own_ids_are_text_and_have_names_where_the_file_does():
    text = "id,label,gdp,net,top500\n007,Bond,1,2,3\n"
    spec = {"unit_column": "id", "name_column": "label"}
    table = read(text, own(**spec))
    assert (table.units, table.names) == (("007",), ("Bond",))


def test_units_can_be_left_out_by_code_or_as_the_file_names_them():
    rows = ("DEU,1,2,3,,", "FRA,1,2,3,,", "World,n/a,2,3,,")
    table = read(wide(*rows), define(units={"exclude": ["World", "FRA"]}))
    assert table.units == ("DEU",)


def test_a_list_of_units_to_include_makes_other_rows_no_error():
    table, findings = examine(
        wide("DEU,1,2,3,4,", "FRA,1,2,3,4,", "World,n/a,2,3,4,"), define(units={"include": ["DEU"]})
    )
    assert table.units == ("DEU",)
    assert [str(one.severity) for one in findings if one.id == "unit-unknown"] == ["warning"]


def test_units_to_leave_out_that_are_not_there_get_a_warning():
    _, findings = examine(wide("DEU,1,2,3,4,"), define(units={"exclude": ["DEV"]}))
    [finding] = [one for one in findings if one.id == "data-unit-not-there"]
    assert "Did you mean DEU?" in str(finding)


@pytest.mark.parametrize("delimiter", [",", ";", "tab", "|"])
def test_every_delimiter_that_can_be_declared_is_read(delimiter):
    mark = "\t" if delimiter == "tab" else delimiter
    text = wide("DEU,1,2,3,4,EU").replace(",", mark)
    assert read(text, define(delimiter=delimiter)).values.tolist() == [[1, 2, 3, 4]]


def test_a_tsv_needs_no_declared_delimiter():
    text = wide("DEU,1,2,3,4,EU").replace(",", "\t")
    assert read(text, define(), "values.tsv").shape == (1, 4)


def test_decimal_commas_are_read_when_declared():
    text = wide("DEU;1,5;2;3;1e3;EU", header="unit;gdp;net;top500;pop;bloc")
    table = read(text, define(delimiter=";", decimal=","))
    assert table.values.tolist() == [[1.5, 2, 3, 1000]]


@pytest.mark.parametrize(
    "change",
    [
        lambda text: b"\xef\xbb\xbf" + text,
        lambda text: text.replace(b"\n", b"\r\n"),
        lambda text: text.replace(b"\n", b"\n\n"),
        lambda text: text + b",,,,,\n",
        lambda text: text.rstrip(b"\n"),
        lambda text: b"sep=,\n" + text,
        lambda text: text.replace(b"4,EU", b"4,EU,,"),
        lambda text: text.replace(b"DEU", b'"DEU"'),
        lambda text: text.replace(b"DEU", b" Germany "),
    ],
    ids=["mark", "crlf", "blank", "commas", "no-end", "excel", "trailing", "quoted", "spaces"],
)
def test_harmless_differences_are_accepted_silently(change):
    table, findings = examine(change(wide("DEU,1,2,3,4,EU").encode()), define())
    assert table.values.tolist() == [[1, 2, 3, 4]]
    assert findings == ()


def test_a_quoted_cell_may_span_lines_and_later_places_still_count_lines():
    text = 'unit,gdp,net,top500,pop,bloc\nDEU,1,2,3,4,"a\nb"\nFRA,x,2,3,4,EU\n'
    _, findings = examine(text, define())
    assert [one.place for one in findings] == ["values.csv:4"]


@pytest.mark.parametrize("encoding", ["cp1252", "utf-16", "latin-1"])
def test_a_declared_encoding_is_used(encoding):
    text = wide("Côte d'Ivoire,1,2,3,4,").encode(encoding)
    assert read(text, define(encoding=encoding)).units == ("CIV",)


def test_proper_utf_8_under_another_declaration_gets_a_warning():
    _, findings = examine(wide("DEU,1,2,3,4,é").encode(), define(encoding="cp1252"))
    assert [one.id for one in findings] == ["data-encoding"]


def test_the_fingerprint_is_that_of_the_bytes_read():
    text = wide("DEU,1,2,3,4,").encode()
    assert read(text, define()).fingerprint == hashlib.sha256(text).hexdigest()


def test_a_file_is_found_beside_its_definition(tmp_path):
    (tmp_path / "values.csv").write_text(wide("DEU,1,2,3,4,"))
    beside = read_table(define(), tmp_path / "index.yaml")
    assert read_table(define(), tmp_path).same_values(beside)
    assert beside.origin == "values.csv"


def test_the_first_sheet_cells_are_named_as_in_a_spreadsheet():
    _, findings = examine(
        _book([["unit", "gdp"], ["DEU", "n/a"]]), define({"code": "gdp"}), "b.xlsx"
    )
    assert [one.place for one in findings if one.severity == "error"] == ["b.xlsx!Data!B2"]


def test_a_workbook_may_hold_other_sheets_and_empty_rows():
    cells = [["unit", "gdp", None], [], ["DEU", 4.25, None], [None, None, None], ["FRA", 3, None]]
    table = read(_book(cells, "Notes"), define({"code": "gdp"}), "b.xlsx")
    assert table.column("gdp").tolist() == [4.25, 3]


def test_a_name_that_means_another_unit_than_the_code_gets_a_warning():
    text = "unit,name,gdp\nAUT,Australia,1\nDEU,Germany,2\n"
    _, findings = examine(text, define({"code": "gdp"}))
    found = [one for one in findings if one.id == "data-unit-name"]
    assert [(one.place, one.severity) for one in found] == [("values.csv:2", "warning")]


def test_reading_text_does_not_load_pandas():
    code = (
        "import sys; from rankscope.data import read_table; "
        "print([m for m in ('pandas', 'openpyxl', 'pyarrow', 'scipy') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_the_packaged_index_is_read_without_errors(root):
    from rankscope.definition.read import read_definition

    path = root / "src/rankscope/catalogue/ai_capacity/index.yaml"
    table, findings = examine_table(read_definition(path), path)
    assert table is not None
    assert [one for one in findings if one.severity == "error"] == []


def test_all_errors_are_raised_together(tmp_path):
    (tmp_path / "values.csv").write_text(wide("DEU,x,y,3,4,", "Atlantis,1,2,3,4,"))
    with pytest.raises(DataError) as caught:
        read_table(define(), tmp_path)
    assert [one.id for one in caught.value.findings] == ["unit-unknown", "data-text", "data-text"]
    assert len(str(caught.value).splitlines()) == 3


def own(**data):
    return define(units={"register": "own"}, **data)


def _book(rows, *more_sheets):
    book = openpyxl.Workbook()
    book.active.title = "Data"
    for row in rows:
        book.active.append(row)
    for name in more_sheets:
        book.create_sheet(name)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()
