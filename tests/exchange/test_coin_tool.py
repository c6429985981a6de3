"""COIN Tool workbooks, laid out as COINr's import_coin_tool reads them."""

from __future__ import annotations

import numpy as np
import pytest

from rankscope.data import read_table
from rankscope.definition import read_definition
from rankscope.errors import DataError
from rankscope.exchange import read_coin_tool, write_imported
from rankscope.exchange.coin_tool import examine_coin_tool
from rankscope.pipeline import build
from tests.exchange.making import book, coin_tool


def indicator(code, p, si, *, sp="sp.01", weight=1.0, direction=1, low=0.0, high=100.0):
    return {
        "code": code,
        "name": f"Indicator {code}",
        "weight": weight,
        "direction": direction,
        "low": low,
        "high": high,
        "index": "Index",
        "si": si,
        "p": p,
        "sp": sp,
    }


INDICATORS = (
    indicator("Ind.01", "p.01", "si.01"),
    indicator("Ind.02", "p.01", "si.01", weight=3.0, direction=-1),
    indicator("Ind.03", "p.02", "si.01"),
    indicator("Ind.04", "p.03", "si.02"),
)
UNITS = {"XA": (10, 5, 1, 30), "XB": (20, 10, "n/a", 20), "XC": (60, 15, 3, "n/a")}
FRAMEWORK = (
    ("p.01", 0.5, "Transport"),
    ("p.02", 0.5, "Energy"),
    ("p.03", 1.0, "Rules"),
    ("si.01", 2.0, "Physical"),
    ("si.02", 1.0, "Institutional"),
    ("Index", 1.0, "Connectivity"),
)


@pytest.fixture
def workbook(tmp_path):
    return coin_tool(tmp_path / "tool.xlsx", INDICATORS, UNITS, FRAMEWORK)


def make(tmp_path, indicators=INDICATORS, units=UNITS, framework=FRAMEWORK, **told):
    return coin_tool(tmp_path / "tool.xlsx", indicators, units, framework, **told)


def errors(path):
    found, findings = examine_coin_tool(path)
    assert found is None
    return [one for one in findings if one.severity == "error"]


def test_the_levels_in_use_make_the_tree(workbook):
    definition, _ = read_coin_tool(workbook)

    def shape(node):
        return (
            {node.code: [shape(child) for child in node.children]} if node.children else node.code
        )

    assert shape(definition.framework) == {
        "Index": [
            {"si.01": [{"p.01": ["Ind.01", "Ind.02"]}, {"p.02": ["Ind.03"]}]},
            {"si.02": [{"p.03": ["Ind.04"]}]},
        ]
    }
    assert definition.title == "Connectivity"


def test_names_weights_directions_and_goalposts(workbook):
    definition, _ = read_coin_tool(workbook)
    nodes = {node.code: node for node in definition.framework.walk()}

    assert (nodes["p.01"].name, nodes["p.01"].weight, nodes["si.01"].weight) == (
        "Transport",
        0.5,
        2,
    )
    assert (nodes["Ind.02"].name, nodes["Ind.02"].weight) == ("Indicator Ind.02", 3)
    assert [node.polarity for node in definition.indicators()] == [1, -1, 1, 1]
    assert nodes["Ind.01"].goalposts == (0, 100)


def test_goalposts_are_not_used_and_that_is_said_once(workbook):
    _, findings = examine_coin_tool(workbook)

    assert [one.sentence for one in findings if one.id == "import-scale"] == [
        "4 indicators have goalposts that the normalisation does not use."
    ]


def test_values_and_gaps(workbook):
    _, table = read_coin_tool(workbook)

    assert table.units == ("XA", "XB", "XC")
    assert table.names == ("Land XA", "Land XB", "Land XC")
    expected = [[10, 5, 1, 30], [20, 10, np.nan, 20], [60, 15, 3, np.nan]]
    np.testing.assert_array_equal(table.values, expected)


def test_the_index_by_hand(workbook):
    """Min-max to 0..100 and arithmetic means; what is missing is left out."""
    result = build(*read_coin_tool(workbook))
    transport = [(0 + 3 * 100) / 4, (20 + 3 * 50) / 4, (100 + 3 * 0) / 4]
    physical = [(transport[0] + 0) / 2, transport[1], (transport[2] + 100) / 2]
    expected = [(2 * physical[0] + 100) / 3, (2 * physical[1] + 0) / 3, physical[2]]

    np.testing.assert_allclose(result.score(), expected, atol=1e-12)


def test_the_older_tool_is_read_the_same(workbook, tmp_path):
    old = coin_tool(tmp_path / "old.xlsx", INDICATORS, UNITS, FRAMEWORK, old=True)

    assert read_coin_tool(old)[0] == read_coin_tool(workbook)[0]


def test_four_levels_above_the_indicators(tmp_path):
    given = [
        one | {"sp": sp}
        for one, sp in zip(INDICATORS, ("sp.01", "sp.02", "sp.03", "sp.04"), strict=True)
    ]
    framework = [*FRAMEWORK, *((f"sp.0{at}", 1.0, f"Part {at}") for at in range(1, 5))]
    definition, _ = read_coin_tool(make(tmp_path, given, framework=framework))

    leaf = definition.framework.children[0].children[0].children[0].children[0]
    assert leaf.code == "Ind.01"
    assert definition.framework.children[0].children[0].children[1].name == "Part 2"


def test_what_is_not_filled_in_is_left_out(tmp_path):
    idle = indicator("Ind.05", "p.03", "si.02") | {"name": "Idle"}
    blank = indicator("Ind.06", "--", "--") | {"name": "--", "weight": None}
    units = {code: (*values, "n/a", None) for code, values in UNITS.items()}
    units["XD"] = ("n/a",) * 6
    found, findings = examine_coin_tool(make(tmp_path, (*INDICATORS, idle, blank), units))

    assert [node.code for node in found.definition.indicators()][-1] == "Ind.04"
    assert "XD" not in found.table.units
    (said,) = [one.sentence for one in findings if one.id == "import-left-out"]
    assert "Idle (Ind.05)" in said
    assert "Land XD" in said


def test_gaps_between_columns_keep_their_places(tmp_path):
    change = {f"F{row}": None for row in range(7, 20)} | {"G19": "three"}
    (found,) = errors(make(tmp_path, change=change))

    assert (found.id, found.place) == ("data-text", "tool.xlsx!Database!G19")


@pytest.mark.parametrize(
    ("change", "id_", "place"),
    [
        ({"E7": None}, "import-cell", "E7"),
        ({"E7": "much"}, "import-cell", "E7"),
        ({"E8": 2}, "import-cell", "E8"),
        ({"E8": None}, "import-cell", "E8"),
        ({"E16": None}, "import-cell", "E16"),
        ({"F12": "si.02"}, "import-parent", "F11"),
        ({"E16": "Ind.02"}, "data-header", "F16"),
        ({"F18": "many"}, "data-text", "F18"),
        ({"F18": "1,5"}, "data-decimal", "F18"),
        ({"F18": "=A1"}, "data-formula", "F18"),
        ({"C18": "XA"}, "data-unit-twice", "C18"),
    ],
)
def test_faults_are_named_with_their_cells(tmp_path, change, id_, place):
    found = errors(make(tmp_path, change=change))

    assert (id_, f"tool.xlsx!Database!{place}") in {(one.id, one.place) for one in found}


def test_all_faults_are_said_at_once(tmp_path):
    found = errors(make(tmp_path, change={"E7": "x", "F8": 3, "G17": "y"}))

    assert [one.place.rpartition("!")[2] for one in found] == ["E7", "F8", "G17"]


def test_goalposts_that_make_no_scale_are_left_out(tmp_path):
    found, findings = examine_coin_tool(make(tmp_path, change={"E9": 100, "F10": None}))

    assert [node.goalposts for node in found.definition.indicators()][:2] == [None, None]
    wrong = [one for one in findings if one.id == "import-scale" and one.severity == "warning"]
    assert [one.place for one in wrong] == [
        "tool.xlsx!Database!E9",
        "tool.xlsx!Database!F9",
    ]


def test_an_aggregate_that_the_framework_does_not_name_is_a_warning(tmp_path):
    found, findings = examine_coin_tool(make(tmp_path, framework=FRAMEWORK[1:]))
    nodes = {node.code: node for node in found.definition.framework.walk()}

    assert (nodes["p.01"].name, nodes["p.01"].weight) == ("p.01", 1)
    assert "import-left-out" in [one.id for one in findings if one.severity == "warning"]


def test_it_is_written_and_read_again(workbook, tmp_path):
    definition, table = read_coin_tool(workbook)
    write_imported(definition, table, tmp_path / "home")
    again = read_definition(tmp_path / "home")

    assert again == definition
    assert read_table(again, tmp_path / "home").same_values(table)


@pytest.mark.parametrize("sheets", [{"Database": [["x"]]}, {"Framework": [["x"]]}])
def test_a_missing_sheet_is_named(tmp_path, sheets):
    (found,) = errors(book(tmp_path / "tool.xlsx", sheets | {"Notes": [["x"]]}))

    assert found.id == "import-sheet"


def test_an_empty_database_is_refused(tmp_path):
    path = book(tmp_path / "tool.xlsx", {"Database": [["x"]], "Framework": [["x"]]})
    with pytest.raises(DataError, match="row 16"):
        read_coin_tool(path)


def test_a_workbook_with_macros_is_read_and_they_are_not(workbook, tmp_path):
    named = tmp_path / "tool.xlsm"
    named.write_bytes(workbook.read_bytes())

    assert read_coin_tool(named)[0] == read_coin_tool(workbook)[0]
