"""Scenarios and ties are read, worded and written back like the rest of a definition."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import jsonschema
import openpyxl
import pytest
import yaml

from rankscope._registry import methods_of
from rankscope.definition import (
    definition_text,
    examine_definition,
    examine_scenarios_text,
    json_schema,
    read_definition,
    read_scenarios,
    write_definition,
)
from rankscope.errors import DefinitionError, OutputError
from rankscope.methods.change import Cooperate, Restrict, Size
from tests.definition.support import GOOD, changed, examined, findings_of

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from rankscope.definition.model import IndexDefinition

TIES = """\
ties:
  - code: papers
    name: Joint papers
    file: pairs.csv
    value_column: papers
    pair_columns: [a, b]
    where: {measure: joint = papers, 'the year': 2022}
    once_per_pair: true
    totals: of all
    feeds: [gdp, beds]
    source: wb
"""
SCENARIOS = """\
scenarios:
  - name: cut
    title: A cut, and "more"
    note: "=It is said."
    units: [RUS, "Korea, Republic of"]
    scales: refitted
    changes:
      - {act: restrict, exposed_to: chips, by: 30%}
      - {act: restrict, nodes: trade, by: {low: 0.1, high: 1/3, likely: 0.2}, units: "Korea, Rep."}
      - {act: sever, partners: [CHN, "Korea, Rep."], ties: papers, lost: {low: 0, high: 1}}
      - {act: cooperate, partners: EU, by: 0.1, both_ways: true, nodes: [economy, beds]}
      - {act: merge, units: [EU], into: EU, title: The Union; all of it, by: pop}
  - name: other
    units: [EU]
    changes:
      - {act: towards, best: true, by: 10%}
      - {act: deepen, partners: [CHN], ties: papers, times: {low: 1, high: 3}, new: 50%}
      - {act: set, to: -4, nodes: [smog]}
"""
TEXT = changed("kind: share}", "kind: share, exposed_to: [chips, x.y]}") + TIES + SCENARIOS
FIRST = GOOD.count("\n") + 4
"""The line of the only change of `with_act`."""


def read(text: str = TEXT) -> IndexDefinition:
    definition, findings = examined(text)
    assert definition is not None, [str(one) for one in findings]
    return definition


def with_act(act: str) -> str:
    return f"{GOOD}scenarios:\n  - name: cut\n    changes:\n      - {act}\n    units: [RUS]\n"


def test_what_is_written_is_what_is_meant() -> None:
    cut, other = read().scenarios
    first, second, _, fourth, _ = cut.changes

    assert first == Restrict(Size(0.3, 0.3), exposed_to="chips")
    assert second == Restrict(Size(0.1, 1 / 3, 0.2), nodes=("trade",), units=("Korea, Rep.",))
    assert fourth == Cooperate(
        partners=("EU",), by=Size(0.1, 0.1), both_ways=True, nodes=("economy", "beds")
    )
    assert (cut.units, cut.scales) == (("RUS", "Korea, Republic of"), "refitted")
    assert (other.scales, other.title, len(other.changes)) == ("frozen", None, 3)
    assert read().ties[0].where == (("measure", "joint = papers"), ("the year", "2022"))
    assert read().indicators()[1].exposed_to == ("chips", "x.y")


def test_yaml_reads_back_the_same_and_an_act_stands_on_one_line() -> None:
    text = definition_text(read())

    assert read(text) == read()
    assert definition_text(read(text)) == text
    assert "\n      - {act: restrict, exposed_to: chips, by: 0.3}\n" in text
    assert "partners: [CHN], times: {low: 1, high: 3}, new: 0.5}" in text
    assert '    where:\n      measure: joint = papers\n      the year: "2022"\n' in text


def test_a_workbook_reads_back_the_same(tmp_path: Path) -> None:
    file = write_definition(read(), tmp_path / "book.xlsx")

    again = read_definition(file)

    assert again == read()
    assert definition_text(again) == definition_text(read())
    assert write_definition(again, tmp_path / "second.xlsx").is_file()
    assert read_definition(tmp_path / "second.xlsx").scenarios == again.scenarios


def test_a_workbook_shows_them_as_a_person_writes_them(tmp_path: Path) -> None:
    book = openpyxl.load_workbook(write_definition(read(), tmp_path / "book.xlsx"))
    rows = [tuple(cell.value for cell in row) for row in book["Scenarios"]]
    ties = dict(zip(*([cell.value for cell in row] for row in book["Ties"]), strict=True))
    heads = {cell.value: cell.column for cell in book["Framework"][1]}

    assert rows[0] == ("scenario", "change", "key", "value", "meaning")
    assert ("cut", 2, "by.low", 0.1) in [row[:4] for row in rows]
    assert ("cut", 4, "nodes", "economy, beds") in [row[:4] for row in rows]
    assert ("cut", None, "units.2", "Korea, Republic of") in [row[:4] for row in rows]
    assert all(row[4] for row in rows)
    assert ties["where"] == "measure = joint = papers; the year = 2022"
    assert ties["feeds"] == "gdp, beds"
    assert book["Framework"].cell(5, heads["exposed_to"]).value == "chips, x.y"


def test_a_condition_that_no_cell_can_hold_is_refused(tmp_path: Path) -> None:
    definition = read(changed("joint = papers", "a; b", TEXT))

    with pytest.raises(OutputError, match="'a; b' can not stand in a cell with others"):
        write_definition(definition, tmp_path / "book.xlsx")


def _set(row: int, column: int, value: Any) -> Callable[[Any], None]:
    def change(sheet: Any) -> None:
        sheet.cell(row, column).value = value

    return change


@pytest.mark.parametrize(
    ("change", "place", "words"),
    [
        (_set(7, 4, "restrct"), "Scenarios!D7", "Did you mean restrict?"),
        (_set(9, 4, "much"), "Scenarios!D9", "restrict.by must be a number from 0 to 1"),
        (_set(7, 2, "first"), "Scenarios!B7", "changes are counted: 1, 2 and so on"),
        (_set(6, 3, "scale"), "Scenarios!C6", "Did you mean scales?"),
        (_set(6, 4, "frozn"), "Scenarios!D6", "Did you mean frozen?"),
        (_set(8, 4, "chip"), "Scenarios!D8", "Did you mean chips?"),
        (_set(8, 3, "act"), "Scenarios!D8", "there twice, first at"),
        (_set(9, 4, "=1+1"), "Scenarios!D9", "holds a formula"),
    ],
)
def test_what_is_wrong_in_a_workbook_is_told_by_its_cell(
    tmp_path: Path, change: Callable[[Any], None], place: str, words: str
) -> None:
    file = write_definition(read(), tmp_path / "book.xlsx")
    book = openpyxl.load_workbook(file)
    change(book["Scenarios"])
    book.save(file)

    findings = [str(one) for one in examine_definition(file)[1] if place in one.place]

    assert len(findings) == 1
    assert words in findings[0]


def test_a_list_in_one_cell_may_be_typed(tmp_path: Path) -> None:
    file = write_definition(read(), tmp_path / "book.xlsx")
    book = openpyxl.load_workbook(file)
    rows = {tuple(c.value for c in row[:3]): row[3] for row in book["Scenarios"]}
    rows["cut", 4, "partners"].value = "EU; CHN"
    rows["other", None, "units"].value = "DEU, FRA"
    book.save(file)

    cut, other = read_definition(file).scenarios

    assert cut.changes[3].with_units() == ("EU", "CHN")
    assert other.units == ("DEU", "FRA")


FAULTS = [
    ("{by: 3}", "It names no act. Add a line `act: NAME`, with add, cap, "),
    ("{method: restrict, by: 3}", "An act is named by `act:`. Write `act: restrict`."),
    ("{restrict: {by: 30%}}", "Write `{act: restrict, by: …}`."),
    ("{restrict: 30%}", "Write `{act: restrict}`."),
    ("{act: , by: 1}", "It names no act."),
    ("{act: restrct, by: 0.1}", "has no act 'restrct'. Did you mean restrict?"),
    ("{act: sanction, by: 0.1}", "Did you mean restrict?"),
    ("{act: join, units: [EU]}", "Did you mean merge?"),
    ("{act: restrict}", "restrict.by is missing. Add `by: …` (the share that is lost"),
    ("restrict", "restrict.by is missing."),
    ("{act: restrict, by: 40}", "such as {low: …, high: …, likely: …}, got '40'. Write 40%."),
    ("{act: restrict, by: a lot}", "got 'a lot'."),
    ("{act: restrict, by: -0.1}", "got '-0.1'."),
    ("{act: scale, by: -1}", "scale.by must be a number of at least 0"),
    ("{act: restrict, by: [1, 2]}", "got ['1', '2']."),
    ("{act: restrict, by: {low: 0.5, high: 0.1}}", "0.5 to 0.1: its low end is the higher one."),
    ("{act: restrict, by: {low: 0.5, hi: 0.6}}", "has no key 'hi'. Did you mean high?"),
    ("{act: restrict, by: {low: 0.5}}", "is a range without `high:`."),
    ("{act: restrict, by: {low: 0.5, high: 2}}", "whose high must be a number from 0 to 1, got"),
    ("{act: restrict, by: {low: 0, high: 0.3, likely: 0.9}}", "the likely size 0.9 is outside"),
    ("{act: restrict, by: {low: 0, high: 0.3, likely: x}}", "whose likely must be a number"),
    ("{act: restrict, by: 0.1, ndes: [gdp]}", "no parameter 'ndes'. Did you mean nodes?"),
    ("{act: restrict, by: 0.1, nodes: {gdp: 1}}", "must be a list of codes of indicators or nodes"),
    ("[restrict]", "change must be an act's name or a mapping, got"),
    ("", "is empty; it must be an act's name or a mapping that begins with `act: NAME`."),
    ("{act: cooperate, by: 0.1}", "cooperate.partners is missing. Add `partners: …`"),
    ("{act: towards, by: 0.1}", "needs exactly one of unit, target and best"),
    ("{act: merge}", "merge.into is missing. Add `into: …` (the code of the new unit)."),
]  # fmt: skip


@pytest.mark.parametrize(("act", "words"), FAULTS, ids=[one[0] for one in FAULTS])
def test_an_act_that_is_none_is_told_at_its_line(act: str, words: str) -> None:
    [finding] = examined(with_act(act))[1]

    assert finding.place == f"t.yaml:{FIRST}"
    assert finding.sentence.startswith("cut.changes[1]")
    assert words in f"{finding.sentence} {finding.remedy}"


@pytest.mark.parametrize(
    ("old", "new", "id", "words"),
    [
        ("other\n    units: [EU]", "other\n    units: EU", "value-wrong", "Write `units: [EU]`."),
        ("title: A cut", "titel: A cut", "key-unknown", "Did you mean title?"),
        ("scales: refitted", "scales: refit", "value-wrong", "Did you mean refitted?"),
        ("name: other", "nam: other", "key-missing", "is missing. Add `name: …`"),
        ("pair_columns: [a, b]", "pair_columns: [a]", "value-wrong", "such as `[unit, partner]`"),
        ("pair_columns: [a, b]", "pair_columns: [a, b, c]", "value-wrong", "two columns"),
        ("where: {measure: joint = papers, 'the year': 2022}", "where: joint", "value-wrong",
         "a mapping of columns to what they hold"),
        ("    once_per_pair: true", "    direction: both", "value-wrong", "mutual or one_way"),
        ("    file: pairs.csv\n", "", "key-missing", "papers.file is missing"),
    ],
)  # fmt: skip
def test_what_is_around_acts_is_worded_too(old: str, new: str, id: str, words: str) -> None:
    finding = findings_of(changed(old, new, TEXT))[id]

    assert words in f"{finding.sentence} {finding.remedy}"


def test_one_act_where_a_list_is_wanted_is_written_out() -> None:
    text = GOOD + "scenarios: [{name: a, units: [RUS], changes: {act: restrict, by: 0.3}}]\n"

    assert findings_of(text)["value-wrong"].remedy == "Write `changes: [{act: restrict, by: 0.3}]`."


def test_a_faulty_scenario_does_not_hide_what_is_wrong_elsewhere() -> None:
    text = changed(
        "source: wb}\n        - {code: trade", "source: wbb}\n        - {code: trade", TEXT
    )
    text = changed("act: restrict, exposed", "act: restrct, exposed", text)

    assert {one.id for one in examined(text)[1]} == {"method-wrong", "source-unknown"}


def test_exposure_belongs_to_indicators() -> None:
    text = changed("name: Economy\n", "name: Economy\n      exposed_to: [chips]\n")

    assert "economy.exposed_to" in findings_of(text)["indicator-key-on-aggregate"].sentence


def complaints(text: str) -> list[str]:
    schema = jsonschema.Draft202012Validator(json_schema())
    return [one.message for one in schema.iter_errors(yaml.safe_load(text))]


def test_the_schema_takes_what_the_reader_takes() -> None:
    assert complaints(TEXT) == []
    assert complaints(definition_text(read())) == []


@pytest.mark.parametrize(
    "act",
    ["{by: 3}", "{act: restrct, by: 0.1}", "{act: restrict, by: 40}", "{act: restrict, ndes: [a]}",
     "{act: restrict, by: {low: 0.5}}", "{act: restrict, by: {low: 0, hi: 1}}", "[restrict]"],
)  # fmt: skip
def test_the_schema_refuses_what_the_reader_refuses(act: str) -> None:
    assert examined(with_act(act))[1]
    assert complaints(with_act(act))


# -- in a file of their own -------------------------------------------------------------------


ONE = "name: cut\nunits: [RUS]\nchanges:\n  - {act: restrict, nodes: [gdp], by: 30%}\n"
BOTH = "rankscope: 1\n" + SCENARIOS


def write(tmp_path: Path, text: str, name: str = "what_if.yaml") -> Path:
    file = tmp_path / name
    file.write_text(text, encoding="utf-8")
    return file


def test_a_file_holds_one_scenario_or_a_list(tmp_path: Path) -> None:
    [cut] = read_scenarios(write(tmp_path, ONE), read())
    both = read_scenarios(write(tmp_path, BOTH), read())

    assert (cut.name, cut.changes) == ("cut", (Restrict(Size(0.3, 0.3), nodes=("gdp",)),))
    assert both == read().scenarios
    assert read_scenarios(write(tmp_path, BOTH, "b.YML")) == both


def test_without_an_index_only_its_words_are_judged(tmp_path: Path) -> None:
    file = write(tmp_path, ONE.replace("gdp", "gpd"))

    assert len(read_scenarios(file)) == 1
    with pytest.raises(DefinitionError, match=r"what_if\.yaml:4: cut, .*Did you mean gdp\?"):
        read_scenarios(file, read())


def test_the_scenarios_of_the_index_itself_do_not_count(tmp_path: Path) -> None:
    assert read_scenarios(write(tmp_path, ONE), read())[0].name == read().scenarios[0].name


@pytest.mark.parametrize(
    ("text", "line", "id", "words"),
    [
        (ONE.replace("30%", "300%"), 4, "method-wrong", "cut.changes[1]: restrict.by must be"),
        (ONE.replace("units", "unit"), 2, "key-unknown", "cut has no key 'unit'. Did you mean"),
        (ONE.replace("RUS", "RUSS"), 2, "scenario-unit", "names the unit 'RUSS'"),
        (ONE.replace("[gdp]", "[gdp, economi]"), 4, "node-unknown", "Did you mean economy?"),
        (BOTH.replace("name: other", "name: cut"), 14, "scenario-duplicate", "first at t.yaml:3"),
        (BOTH.replace("[smog]", "[smug]"), 19, "node-unknown", "Did you mean smog?"),
        (BOTH.replace("ties: papers, times", "ties: paper, times"), 18, "ties-unknown", "papers?"),
        (BOTH + "colour: red\n", 20, "key-unknown", "no key 'colour' beside `scenarios:`"),
        ("scenarios: []\n", 1, "scenario-file-empty", "Write `name:` and `changes:` of one"),
        ("scenarios:\n", 1, "value-empty", "is empty"),
        ("- name: a\n", 1, "yaml-not-a-mapping", "or a list `scenarios:`"),
        (GOOD, 10, "scenario-file-definition", "This is the definition of an index"),
        ("a: &x 1\n", 1, "yaml-alias", "is not allowed"),
        ("name: a\nname: b\n", 2, "yaml-duplicate-key", "there twice"),
        ("name: a\n", 1, "scenario-empty", "The scenario a changes nothing."),
    ],
)
def test_a_file_is_judged_with_its_lines(text: str, line: int, id: str, words: str) -> None:
    index = read(TEXT.replace("  - {code: zone, name: Zone, kind: group}\n", ""))

    _, findings = examine_scenarios_text(text, index, name="t.yaml")

    [finding] = [one for one in findings if one.id == id]
    assert finding.place == f"t.yaml:{line}"
    assert words in f"{finding.sentence} {finding.remedy}"


def test_a_file_that_can_not_be_read_is_named(tmp_path: Path) -> None:
    write(tmp_path, ONE)

    with pytest.raises(DefinitionError, match=r"no such file\. Did you mean what_if\.yaml\?"):
        read_scenarios(tmp_path / "whatif.yaml")
    with pytest.raises(DefinitionError, match=r"ends in \.yaml or \.yml, not in '\.xlsx'"):
        read_scenarios(write(tmp_path, ONE, "what_if.xlsx"))
    with pytest.raises(DefinitionError, match="There is no folder"):
        read_scenarios(tmp_path / "nowhere" / "a.yaml")
    with pytest.raises(DefinitionError, match=r"no path of a file|no such file"):
        read_scenarios("a\0b.yaml")


def test_every_act_can_be_written_and_read_back() -> None:
    """Whatever acts there are: none is forgotten above."""
    used = {change.name for one in read().scenarios for change in one.changes}

    assert used | {"scale", "add", "cap"} == set(methods_of("change"))
