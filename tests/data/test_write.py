"""Writing: what is written reads back the same, and no spreadsheet runs it."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings

from rankscope.data.table import Status
from rankscope.data.write import as_written, delimited, rows_of_table, write_table
from rankscope.errors import OutputError
from tests.data.making import define, long, read, tables, wide

OWN = {"register": "own"}
LIVE = ["=1+1", "+1", "-1", "@SUM(A1)", "\tx"]


@pytest.mark.parametrize("suffix", ["csv", "tsv", "txt", "parquet"])
@given(table=tables())
@settings(max_examples=25)
def test_a_long_table_reads_back_the_same_in_every_kind_of_file(suffix, table, tmp_path_factory):
    path = tmp_path_factory.mktemp("long") / f"values.{suffix}"
    spec = define(units=OWN, layout="long", name_column="name")
    write_table(table, path, "long", definition=spec)
    assert read(path.read_bytes(), spec, path.name).same_values(table)


@pytest.mark.parametrize("suffix", ["csv", "tsv", "txt", "parquet"])
@given(table=tables(full=False))
@settings(max_examples=25)
def test_a_wide_table_reads_back_the_same_in_every_kind_of_file(suffix, table, tmp_path_factory):
    path = tmp_path_factory.mktemp("wide") / f"values.{suffix}"
    spec = define(units=OWN, layout="wide", name_column="name")
    write_table(table, path, "wide", definition=spec)
    assert read(path.read_bytes(), spec, path.name).same_values(table)


@pytest.mark.parametrize(("suffix", "layout"), [("csv", "long"), ("parquet", "long")])
@given(table=tables(panel=True))
@settings(max_examples=25)
def test_a_long_panel_reads_back_the_same(suffix, layout, table, tmp_path_factory):
    path = tmp_path_factory.mktemp("panel") / f"values.{suffix}"
    spec = define(units=OWN, layout=layout, name_column="name", period_column="when")
    write_table(table, path, layout, definition=spec)
    assert read(path.read_bytes(), spec, path.name).same_values(table)


@pytest.mark.parametrize("suffix", ["csv", "parquet"])
@given(table=tables(full=False, panel=True))
@settings(max_examples=25)
def test_a_wide_panel_reads_back_the_same(suffix, table, tmp_path_factory):
    path = tmp_path_factory.mktemp("panel") / f"values.{suffix}"
    spec = define(units=OWN, name_column="name", period_column="year")
    write_table(table, path, definition=spec)
    assert read(path.read_bytes(), spec, path.name).same_values(table)


PANEL = ("A,2020,1,2,3,4,x", "A,2021,5,6,7,8,x")
PANEL_HEADER = "unit,year,gdp,net,top500,pop,bloc"


def test_periods_stand_behind_the_units_and_are_numbers_where_all_are():
    spec = define(units=OWN, period_column="year")
    table = read(wide(*PANEL, header=PANEL_HEADER), spec)
    head, *rows = rows_of_table(table, "wide", spec)
    assert head[:3] == ("unit", "year", "gdp")
    assert [row[1] for row in rows] == [2020, 2021]
    assert next(iter(rows_of_table(table, "wide")))[:2] == ("unit", "period")


def test_a_long_table_of_years_has_one_column_of_them():
    spec = define(units=OWN, period_column="year", layout="long")
    rows = [f"A,{year},{code},1" for year in (2020, 2021) for code in ("gdp", "net", "top500")]
    table = read(long(*rows, header="unit,year,indicator,value"), spec)
    text = delimited(list(rows_of_table(table, "long", spec)))
    assert text.splitlines()[0].split(",").count("year") == 1
    assert read(text, spec).same_values(table)


@pytest.mark.parametrize("layout", ["wide", "long"])
def test_columns_are_called_as_the_definition_says(layout):
    indicators = ({"code": "gdp", "column": "GDP, US$"}, {"code": "net"})
    spec = define(*indicators, units=OWN)
    table = read(wide("A,1,2,3,x", header='unit,"GDP, US$",net,pop,bloc'), spec)
    text = delimited(list(rows_of_table(table, layout, spec)))
    assert "GDP, US$" in text
    assert read(text, define(*indicators, units=OWN, layout=layout)).same_values(table)


def test_two_indicators_of_one_column_have_one_column():
    indicators = ({"code": "gdp", "column": "x"}, {"code": "net", "column": "x"})
    spec = define(*indicators, units=OWN)
    table = read(wide("A,1,2,y", header="unit,x,pop,bloc"), spec)
    assert next(iter(rows_of_table(table, "wide", spec))) == ("unit", "x", "pop", "bloc")


@pytest.mark.parametrize("recode", [{"1": 5, "5": 1}, {"Yes": 3}])
def test_what_is_written_is_not_taken_for_a_code_again(recode):
    spec = define({"code": "gdp"}, units=OWN, recode=recode, thousands=".", decimal=",")
    table = read("unit;gdp;pop\nA;1;2\nB;1,234;5\n", _told(spec, delimiter=";"))
    told = _told(spec, **dict(as_written(spec.data)))
    text = delimited(list(rows_of_table(table, "wide", told)))
    assert read(text, told).same_values(table)


def _told(definition, **data):
    return definition.model_copy(update={"data": definition.data.model_copy(update=data)})


def test_a_wide_table_writes_censored_values_as_the_definition_declares_them():
    spec = define(units=OWN, censored=["<5"])
    table = read(wide("A,<5,2,3,4,", "B,1,2,,4,"), spec)
    text = delimited(list(rows_of_table(table, "wide", spec)))
    assert text == "unit,gdp,net,top500,pop,bloc\nA,<5,2,3,4,\nB,1,2,,4,\n"
    assert read(text, spec).same_values(table)


def test_a_gap_that_a_census_declares_stays_a_gap_in_a_long_table():
    spec = define(units=OWN, missing=[".."])
    table = read(wide("A,1,2,..,4,", "B,1,2,3,4,"), spec)
    text = delimited(list(rows_of_table(table, "long", spec)))
    assert "A,top500,,missing\n" in text
    again = read(text, define(units=OWN, layout="long"))
    assert again.status[0, 2] == Status.MISSING


def test_numbers_are_written_with_all_their_digits():
    table = read(wide("A,0.1,1e100,3,0.30000000000000004,"), define(units=OWN))
    text = delimited(list(rows_of_table(table, "wide")))
    assert text.splitlines()[1] == "A,0.1,1e+100,3,0.30000000000000004,"


@pytest.mark.parametrize("text", LIVE)
def test_spreadsheet_safe_csv_writes_no_live_formula(text):
    assert delimited([["unit"], [text]], spreadsheet_safe=True).splitlines()[1].strip('"')[0] == "'"
    assert "'" not in delimited([["unit"], [text]])


def test_negative_numbers_are_no_formulas():
    assert delimited([["x"], [-1.5]], spreadsheet_safe=True) == "x\n-1.5\n"


def test_another_ending_is_refused_by_name(tmp_path):
    table = read(wide("A,1,2,3,4,"), define(units=OWN))
    with pytest.raises(OutputError, match=r"ends in \.csv, .* not in '\.doc'"):
        write_table(table, tmp_path / "values.doc")


def test_tables_that_differ_in_the_last_bit_are_not_the_same():
    one = read(wide("A,0.3,2,3,4,"), define(units=OWN))
    other = read(wide("A,0.30000000000000004,2,3,4,"), define(units=OWN))
    assert one.same_values(one)
    assert not one.same_values(other)
    assert np.allclose(one.values, other.values)
