"""Writing: what is written reads back the same, and no spreadsheet runs it."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings

from rankscope.data.table import Status
from rankscope.data.write import delimited, rows_of_table, write_table
from rankscope.errors import OutputError
from tests.data.making import define, read, tables, wide

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
