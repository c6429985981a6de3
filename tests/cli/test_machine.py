from __future__ import annotations

import csv
import io
import json
import math

from hypothesis import given
from hypothesis import strategies as st

from rankscope.cli.machine import as_csv, as_json
from rankscope.cli.sheet import Answer, Sheet
from tests.cli.running import TINY

LIVE = ("=", "+", "-", "@", "\t", "\r", "\n")


def answer(*rows):
    return Answer({"index": "x"}, (Sheet("rows", rows, ()),))


def cells(*rows):
    return list(csv.reader(io.StringIO(as_csv(answer(*rows)), newline="")))[1:]


@given(st.text())
def test_any_text_comes_back_from_json(text):
    assert json.loads(as_json(answer({"a": text})))["rows"] == [{"a": text}]


@given(st.text())
def test_json_never_steers_a_terminal(text):
    said = as_json(answer({"a": text, text: 1})).replace("\n", "")

    assert said.isprintable() or " " in said
    assert not any(ord(c) < 32 or 0x7F <= ord(c) < 0xA0 or 0x202A <= ord(c) <= 0x202E for c in said)


@given(st.floats())
def test_numbers_are_not_rounded_and_what_is_no_number_is_null(number):
    (found,) = json.loads(as_json(answer({"a": number})))["rows"]

    assert found["a"] == (number if math.isfinite(number) else None)


@given(st.text(min_size=1))
def test_no_text_is_a_formula_in_a_spreadsheet(text):
    ((cell,),) = cells({"a": text})

    assert not cell.lstrip(" ").startswith(LIVE) or math.isfinite(float(cell))


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_numbers_stay_numbers_in_csv(number):
    assert float(cells({"a": number, "b": 1})[0][0]) == number


def test_nested_keys_and_lists_lie_flat_in_csv():
    said = as_csv(answer({"unit": "X", "nodes": {"a": 1.5, "b": None}, "missing": ("c", "d")}))

    assert said == "unit,nodes.a,nodes.b,missing\nX,1.5,,c;d\n"


def test_facts_with_formulas_are_harmless_in_csv(run, tiny):
    values = (tiny / "index.yaml").read_text("utf-8")
    (tiny / "index.yaml").write_text(values.replace("name: Means", 'name: "=1+1"'))
    done = run("show", "DEU", "-i", tiny, "--csv")

    assert ",'=1+1," in done.out
    assert ",=1+1" not in done.out


def test_the_ending_of_a_file_decides_the_form(run, tmp_path):
    for name in ("a.json", "a.csv", "a.txt"):
        assert run("rank", TINY, "-o", tmp_path / name).out == ""

    assert json.loads((tmp_path / "a.json").read_text("utf-8"))["index"] == "tiny"
    assert (tmp_path / "a.csv").read_text("utf-8").startswith("rank,unit,")
    assert (tmp_path / "a.txt").read_text("utf-8").startswith("Tiny Index")


def test_other_endings_are_refused_before_anything_is_written(run, tmp_path):
    done = run("rank", TINY, "-o", tmp_path / "a.xlsx")

    assert done.code == 2
    assert "must end in .json, .csv or .txt, got '.xlsx'" in done.err
    assert list(tmp_path.iterdir()) == []


def test_two_forms_at_once_are_refused(run):
    done = run("rank", TINY, "--json", "--csv")

    assert done.code == 2
    assert "Choose one" in done.err
