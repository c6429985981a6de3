"""The one-workbook form: definition and table in one file, and nothing lost."""

from __future__ import annotations

import openpyxl
import pytest
from hypothesis import given, settings

from rankscope.data.read import read_table
from rankscope.data.workbook import LONGEST, layout_for, write_workbook
from rankscope.definition.read import read_definition
from rankscope.errors import OutputError
from tests.data.making import define, read, tables, wide

OWN = {"register": "own"}


@given(table=tables())
@settings(max_examples=25)
def test_everything_survives_a_workbook(table, tmp_path_factory):
    assert_survives(table, define(units=OWN), tmp_path_factory.mktemp("book"))


@given(table=tables(full=False))
@settings(max_examples=25)
def test_values_and_gaps_survive_a_workbook(table, tmp_path_factory):
    assert_survives(table, define(units=OWN), tmp_path_factory.mktemp("book"))


@pytest.mark.parametrize("column", ["year", "when"])
@given(table=tables(panel=True))
@settings(max_examples=25)
def test_panels_survive_a_workbook(column, table, tmp_path_factory):
    spec = define(units=OWN, period_column=column)
    assert_survives(table, spec, tmp_path_factory.mktemp("book"))


def test_a_panel_by_years_keeps_their_column_where_it_says_all(tmp_path):
    gdp = {"code": "gdp", "kind": "amount"}
    spec = define(gdp, units=OWN, period_column="year", layout="long")
    rows = ("A,2020,gdp,1,wb", "A,2021,gdp,2,wb", "A,2021,pop,2,wb")
    table = read("\n".join(["unit,year,indicator,value,source", *rows]), spec)
    assert_survives(table, spec, tmp_path)
    assert read_definition(tmp_path / "index.xlsx").data.period_column == "year"


def test_a_workbook_keeps_columns_codes_and_numbers_of_another_tongue(tmp_path):
    spec = define(
        {"code": "gdp", "column": "BIP (Mrd)", "kind": "amount"},
        units=OWN,
        delimiter=";",
        decimal=",",
        thousands=".",
        recode={"1": 5, "5": 1},
    )
    table = read("unit;BIP (Mrd);pop\nA;1,234;2\nB;1;2\n", spec)
    assert_survives(table, spec, tmp_path)


def test_a_workbook_keeps_censored_and_missing_apart(tmp_path):
    spec = define(units=OWN, missing=[".."], censored=["<5"], delimiter=";", decimal=",")
    rows = ("A;<5;2,5;..;4;x", "B;1;2;;4;", "C;1;2;7;4;")
    text = wide(*rows, header="unit;gdp;net;top500;pop;bloc")
    assert_survives(read(text, spec), spec, tmp_path)


@pytest.mark.slow
def test_the_packaged_index_survives_a_workbook(root, tmp_path):
    path = root / "src/rankscope/catalogue/ai_capacity/index.yaml"
    definition = read_definition(path)
    assert_survives(read_table(definition, path), definition, tmp_path)


def test_the_other_keys_of_a_definition_survive(tmp_path):
    spec = define(units={"register": "own", "exclude": ["Z"]}, unit_column="id", missing=["-999"])
    table = read("id,gdp,net,top500\nA,1,2,3\nB,4,5,6\n", spec)
    again = read_definition(write_workbook(spec, table, tmp_path / "index.xlsx"))
    told = spec.model_copy(update={"data": again.data})
    assert again == told
    assert again.data.missing == ("-999",)


@pytest.mark.parametrize(
    ("text", "layout"),
    [
        (wide("A,1,2,3,4,"), "wide"),
        (wide("A,1,,3,4,", "B,1,2,,4,"), "wide"),
        (wide("A,1,<5,3,4,", "B,1,2,3,4,"), "long"),
        (wide("A,1,2,..,4,", "B,1,2,3,4,"), "long"),
    ],
)
def test_the_layout_is_wide_where_that_says_all(text, layout):
    spec = define(units=OWN, missing=[".."], censored=["<5"])
    assert layout_for(read(text, spec), spec) == layout


def test_a_renamed_workbook_still_finds_its_data(tmp_path):
    spec = define(units=OWN)
    table = read(wide("A,1,2,3,4,x"), spec)
    renamed = write_workbook(spec, table, tmp_path / "old.xlsx").rename(tmp_path / "new.xlsx")
    assert read_table(read_definition(renamed), renamed).same_values(table)


def test_what_is_wrong_in_a_workbook_names_the_cell(tmp_path):
    spec = define(units=OWN)
    path = write_workbook(spec, read(wide("A,1,2,3,4,x"), spec), tmp_path / "index.xlsx")
    book = openpyxl.load_workbook(path)
    book["Data"]["C2"] = "about 2"
    book.save(path)
    with pytest.raises(Exception, match=r'index\.xlsx!Data!C2: "net": "about 2" is not a number'):
        read_table(read_definition(path), path)


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "#N/A", "TRUE", "007"])
def test_texts_are_texts_in_a_workbook(text, tmp_path):
    spec = define(units=OWN)
    table = read(wide(f"{text},1,2,3,4,x"), spec)
    path = write_workbook(spec, table, tmp_path / "index.xlsx")
    cell = openpyxl.load_workbook(path)["Data"]["A2"]
    assert (cell.value, cell.data_type) == (text, "s")


@pytest.mark.parametrize("text", ["a\x07", "x" * (LONGEST + 1)])
def test_a_text_that_no_workbook_can_hold_is_an_error_and_leaves_the_old_file(text, tmp_path):
    path = tmp_path / "index.xlsx"
    path.write_bytes(b"old")
    spec = define(units=OWN)
    with pytest.raises(OutputError, match=r"Data!F2: .* no workbook can"):
        write_workbook(spec, read(wide(f"A,1,2,3,4,{text}"), spec), path)
    assert path.read_bytes() == b"old"
    assert [one.name for one in tmp_path.iterdir()] == ["index.xlsx"]


def test_the_same_index_gives_the_same_bytes(tmp_path):
    spec = define(units=OWN)
    table = read(wide("A,1,2,3,4,x"), spec)
    first, second = (
        write_workbook(spec, table, tmp_path / name / "a.xlsx") for name in _folders(tmp_path)
    )
    assert first.read_bytes() == second.read_bytes()


def test_another_ending_is_refused_by_name(tmp_path):
    spec = define(units=OWN)
    with pytest.raises(OutputError, match=r"ends in \.xlsx, not in '\.xls'"):
        write_workbook(spec, read(wide("A,1,2,3,4,x"), spec), tmp_path / "index.xls")


def assert_survives(table, definition, folder):
    path = write_workbook(definition, table, folder / "index.xlsx")
    again = read_definition(path)
    assert again.framework == definition.framework
    assert read_table(again, path).same_values(table)


def _folders(path):
    for name in ("one", "two"):
        (path / name).mkdir()
        yield name
