"""Texts that a definition declares: numbers that they stand for, signs, marks of thousands."""

from __future__ import annotations

import math

import pytest

from rankscope.data.numbers import Fault, reader_of
from rankscope.data.read import read_table
from rankscope.data.table import Status
from rankscope.definition.model import DataSpec, IndexDefinition


def read(text, **spec):
    return reader_of(DataSpec(file="x.csv", **spec))(text)


def test_a_text_may_stand_for_a_number():
    spec = {"recode": {"Yes": 1, "No": "0", "B+": "10/3"}}

    assert read(" Yes ", **spec) == (1, Status.OBSERVED)
    assert read("No", **spec) == (0, Status.OBSERVED)
    assert read("B+", **spec) == (10 / 3, Status.OBSERVED)
    assert read("yes", **spec)[1] is Fault.TEXT


def test_a_censored_text_with_a_number_is_imputed():
    assert read("<5", censored=("<5",), recode={"<5": 2.5}) == (2.5, Status.IMPUTED)
    assert read("<5", censored=("<5",))[1] is Status.CENSORED


@pytest.mark.parametrize(("text", "value"), [("45.3%", 45.3), ("$ 12", 12), ("-3 %", -3)])
def test_declared_signs_are_passed_over(text, value):
    assert read(text, signs=("%", "$")) == (value, Status.OBSERVED)


@pytest.mark.parametrize(
    ("text", "thousands", "value"),
    [("1,234,567", ",", 1234567), ("1,234.5", ",", 1234.5), ("12 345", "space", 12345),
     ("12\u202f345", "space", 12345), ("1'000", "'", 1000), ("999", ",", 999)],
)  # fmt: skip
def test_declared_marks_of_thousands_are_passed_over(text, thousands, value):
    assert read(text, thousands=thousands) == (value, Status.OBSERVED)


def test_marks_that_do_not_part_thousands_stay_faults():
    found, status = read("12,34", thousands=",")

    assert math.isnan(found)
    assert isinstance(status, Fault)


def test_continental_numbers():
    assert read("1.234,5", thousands=".", decimal=",") == (1234.5, Status.OBSERVED)


@pytest.mark.parametrize("layout", ["wide", "long"])
def test_two_indicators_may_share_a_column(tmp_path, layout):
    children = [
        {"code": code, "name": code, "kind": "share", "column": "x"} for code in ("plain", "logged")
    ]
    definition = IndexDefinition.model_validate(
        {
            "name": "t",
            "title": "T",
            "units": {"register": "own"},
            "data": {"file": "d.csv", "layout": layout},
            "framework": {"code": "r", "name": "R", "children": children},
        }
    )
    text = "unit,x\nu,1\nv,2\n"
    if layout == "long":
        text = "unit,indicator,value\nu,x,1\nv,x,2\n"
    (tmp_path / "d.csv").write_text(text, "utf-8")

    assert read_table(definition, tmp_path).values.tolist() == [[1, 1], [2, 2]]
