"""Whatever a file holds, reading it gives findings or a table, and never another exception."""

from __future__ import annotations

import io
import math
import zipfile

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rankscope.data.numbers import reader_of
from rankscope.data.table import Status
from tests.data.making import define, examine, numbers, wide

words = st.sampled_from(
    ["unit", "gdp", "indicator", "value", "year", "DEU", "France", "1", "1,5", "inf", "-999", '"',
     ",", ";", "\n", "\r", "\t", "|", " ", "\ufeff", "\x00", "é", "=1", "sep=;\n", "12%", "status"]
)  # fmt: skip
soup = st.lists(words, max_size=60).map("".join)
layouts = st.sampled_from(["wide", "long"])


def sound(outcome):
    """Whether there is either a table, or an error with a place."""
    table, findings = outcome
    errors = [one for one in findings if one.severity == "error"]
    return bool(errors) == (table is None) and all(one.place for one in findings)


@given(text=soup, layout=layouts, encoding=st.sampled_from(["utf-8", "utf-16", "cp1252"]))
def test_any_text_is_a_table_or_says_why_not(text, layout, encoding):
    data = text.encode(encoding, "replace")
    assert sound(examine(data, define(layout=layout)))


@given(
    data=st.binary(max_size=300), name=st.sampled_from(["a.csv", "a.tsv", "a.xlsx", "a.parquet"])
)
def test_any_bytes_are_a_table_or_say_why_not(data, name):
    assert sound(examine(data, define(), name))


@given(at=st.integers(0, 5000), byte=st.integers(0, 255))
def test_a_workbook_with_a_broken_byte_is_a_table_or_says_why_not(at, byte):
    data = bytearray(_BOOK)
    data[at % len(data)] = byte
    assert sound(examine(bytes(data), define({"code": "gdp"}), "a.xlsx"))


@given(xml=st.text(max_size=80), at=st.integers(0, 400))
def test_a_workbook_with_broken_xml_is_a_table_or_says_why_not(xml, at):
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(_BOOK)) as given_, zipfile.ZipFile(out, "w") as made:
        for entry in given_.infolist():
            content = given_.read(entry)
            if entry.filename.endswith("sheet1.xml"):
                content = content[:at] + xml.encode("utf-8", "replace") + content[at:]
            made.writestr(entry.filename, content)
    assert sound(examine(out.getvalue(), define({"code": "gdp"}), "a.xlsx"))


@given(number=numbers)
def test_every_float_is_read_as_it_is_written(number):
    assert reader_of(define().data)(repr(number)) == (number, Status.OBSERVED)


@given(text=st.text(max_size=12))
def test_a_text_is_either_a_number_or_a_fault_but_never_nan(text):
    value, how = reader_of(define().data)(text)
    assert (how is Status.OBSERVED) == (not math.isnan(value))


@pytest.mark.parametrize("depth", [50_000])
def test_thousands_of_bad_cells_give_a_short_report(depth):
    rows = [f"U{number},bad{number},x,y%,4," for number in range(depth)]
    table, findings = examine(wide(*rows), define(units={"register": "own"}))
    assert table is None
    assert len(findings) < 30


def _book() -> bytes:
    book = openpyxl.Workbook()
    book.active.title = "Data"
    for row in (["unit", "gdp"], ["DEU", 1], ["FRA", 2.5]):
        book.active.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


_BOOK = _book()
