"""A definition is read with all faults at once, each at its line and in its author's words."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest

from rankscope._registry import methods_of, stages
from rankscope.definition import examine_definition, read_definition
from rankscope.definition.located import place_order
from rankscope.definition.synonyms import METHODS, method_meant
from rankscope.errors import DefinitionError
from tests.definition.support import GOOD, changed, examined, findings_of


def test_a_good_definition_has_no_findings() -> None:
    definition, findings = examined(GOOD)

    assert findings == ()
    assert definition is not None
    assert [node.code for node in definition.indicators()] == ["gdp", "trade", "beds", "smog"]


SHARE, MEAN, LONG = "kind: share", "aggregation: arithmetic", "x" * 20_001


def trade(keys: str) -> str:
    return f"kind: share, {keys}"


@pytest.mark.parametrize(
    ("old", "new", "line", "words"),
    [
        ("title: Trial", "title:", 3, "title is empty; it must be a text."),
        ("title: Trial", "title: Trial\ntitel: T", 4, "no key 'titel'. Did you mean title"),
        ("title: Trial\n", "", 1, "title is missing. Add `title: …`"),
        ("name: trial", "name: 1 st", 2, "name must be a letter and then up to 63"),
        ("{file: data.csv}", "data.csv", 4, "data must be a mapping with keys such as file"),
        ("file: data.csv", "layout: tall, file: a", 4, "must be long or wide, got 'tall'."),
        ("file: data.csv", "missing: .., file: a", 4, "data.missing must be a list, got '..'."),
        ("title: Figures", "title: F, address: ftp://x", 6, "wb.address must be an address that"),
        ("kind: group", "kind: grop", 9, "rank, dummy or group, got 'grop'. Did you mean group?"),
        (SHARE, trade("weight: -1"), 18, "weight must be at least 0, got '-1'."),
        (SHARE, trade("weight: heavy"), 18, "trade.weight must be a number, got"),
        (SHARE, trade("weight: nan"), 18, "weight must be a number, got 'nan'."),
        (SHARE, trade("weight: 1/0"), 18, "weight must be a number, got '1/0'."),
        (SHARE, trade("weight: '0,5'"), 18, "Write a decimal point: 0.5."),
        (SHARE, trade("weight: 25%"), 18, "Write 0.25."),
        (SHARE, trade("weight: [1]"), 18, "weight must be a number, got [1]."),
        (SHARE, trade("decimals: 1.5"), 18, "must be a whole number, got '1.5'."),
        (SHARE, trade("decimals: 13"), 18, "must be at most 12, got '13'."),
        (SHARE, trade("per: 0"), 18, "trade.per must be more than 0, got '0'."),
        (SHARE, trade("composite: maybe"), 18, "must be true or false, got 'maybe'."),
        (SHARE, trade("goalposts: [1]"), 18, "the lower one first, got [1]."),
        (SHARE, trade("goalposts: [1, 2, 3]"), 18, "two numbers, the lower one first"),
        (SHARE, trade("colour: red"), 18, "trade has no key 'colour'. Did you mean column?"),
        ("polarity: -1", "polarity: -2", 23, "smog.polarity must be 1 where more is better or -1"),
        (MEAN, "aggregation: geometrc", 25, "no method 'geometrc'. Did you mean geometric or"),
        (MEAN, "weights: equl", 25, "weighting has no method 'equl'. Did you mean equal?"),
        (MEAN, "normalisation:\n    method: min_max\n    to: [5, 1]", 27,
         "min_max.to must be two numbers, the lower one first"),
        (MEAN, "normalisation: {method: min_max,\n    too: [1, 5]}", 26,
         "min_max has no parameter 'too'."),
        (MEAN, "normalisation:", 25, "method.normalisation is empty"),
        (MEAN, "treatment: {method: winsorise, lower: 0.9, upper: 0.1}", 25,
         "winsorise.lower must be less than winsorise.upper"),
        (MEAN, "imputation: constant", 25, "constant.value must be"),
        (MEAN, "min_available: {at_least: 3/2}", 25, "must be at most 1"),
        (MEAN, "preset: coiner", 25, "method.preset must be default or coinr, got 'coiner'. Did"),
        (MEAN, "treatment: {method: winsorise, lower: 2}", 25, "winsorise.lower must be a number"),
        (MEAN, "indicator_steps: [round, ruond]", 25, "step has no method 'ruond'. Did you mean"),
        (MEAN, "indicator_steps: round", 25, "indicator_steps must be a list, got 'round'. Write"),
        (MEAN, "ranking: {ties: first}", 25, "ties must be best, worst, dense or order"),
        (MEAN, f"{MEAN}\nweight_sets:\n  - name: a\n    weights:\n      gdp: 1\n      beds: -2", 30,
         "weights.beds must be at least 0, got '-2'."),
        (MEAN, f"{MEAN}\nweight_sets:\n  - {{name: a, weights: [1, 2]}}", 27, "names to num"),
        (MEAN, f"{MEAN}\nvariants:\n  - {{name: a, method: {{preset: x}}}}", 27, "must be default"),
        (MEAN, f"{MEAN}\nvariants:\n  - {{name: a, dropp: [gdp]}}", 27, "Did you mean drop?"),
        (MEAN, f"{MEAN}\nvariants:\n  - {{name: a, nodes: [{{code: gdp, weigt: 2}}]}}", 27,
         "gdp has no key 'weigt'. Did you mean weight"),
        (MEAN, f"{MEAN}\npublished: {{columns: [{{column: A, of: sore}}]}}", 26, "score or rank"),
        (SHARE, trade("period_weights: {2012: x}"), 18, "trade.period_weights.2012 must be a num"),
        (SHARE, trade("target: high"), 18, "trade.target must be a number, got 'high'."),
        ("name: Index\n", f"name: Index\n  description: {LONG}\n", 13, "has 20,001 characters"),
        ("name: GDP", 'name: "G\\nDP"', 17, "gdp.name must be one line of text"),
        ("    - code: health", "    -\n    - code: health", 19, "index.children[2] is empty"),
    ],
)  # fmt: skip
def test_a_fault_is_named_at_its_line(old: str, new: str, line: int, words: str) -> None:
    definition, findings = examined(changed(old, new))

    assert definition is None
    assert words in "\n".join(one.sentence + " " + one.remedy for one in findings)
    assert {one.place for one in findings} == {f"t.yaml:{line}"}


def test_all_faults_are_raised_together_in_the_order_of_the_file(tmp_path: Path) -> None:
    text = changed("title: Trial", "titel: Trial")
    text = changed(SHARE, "kind: shares, weight: -1", text)
    text = changed(MEAN, "aggregation: medium", text)
    file = tmp_path / "index.yaml"
    file.write_text(text)

    with pytest.raises(DefinitionError) as raised:
        read_definition(file)

    places = [one.place.rpartition(":")[2] for one in raised.value.findings]
    assert places == ["1", "3", "18", "18", "25"]
    assert str(raised.value).count("\n") == 4


def test_wrong_values_and_contradictions_are_told_together() -> None:
    text = changed(SHARE, "kind: shares, weight: -1")
    text = changed("denominator: pop}", "denominator: popp}", text)
    text = changed(MEAN, "aggregation: medium", text)

    definition, findings = examined(text)

    assert definition is None
    assert [(one.id, one.place.rpartition(":")[2]) for one in findings] == [
        ("value-wrong", "18"),
        ("value-wrong", "18"),
        ("variable-unknown", "22"),
        ("method-wrong", "25"),
    ]


def test_what_follows_from_a_wrong_value_is_not_told() -> None:
    text = changed("kind: group", "kind: grop")
    text = changed(MEAN, "imputation: {method: median, within: zone}", text)

    assert set(findings_of(text)) == {"value-wrong"}


@pytest.mark.parametrize("children", ["[]", ""])
def test_an_aggregate_without_children_is_no_indicator(children: str) -> None:
    found = findings_of(changed(SHARE, f"children: {children}"))

    assert set(found) == {"aggregate-without-children"}
    assert found["aggregate-without-children"].place == "t.yaml:18"


@pytest.mark.parametrize("text", ["[]", "- a", "just a text", "12"])
def test_a_file_that_is_no_mapping_is_told_how_to_begin(text: str) -> None:
    assert findings_of(text)["yaml-not-a-mapping"].remedy == "Begin with `name: my_index`."


def test_empty_texts_are_what_they_are() -> None:
    definition, findings = examined(changed("title: Trial", "title: Trial\npublisher:"))

    assert findings == ()
    assert definition is not None
    assert definition.publisher == ""


def test_norway_stays_norway_and_2026_is_a_text() -> None:
    text = changed("title: Trial", "title: NO\nedition: 2026\nunits: {exclude: [NO, on]}")

    definition, _ = examined(text)

    assert definition is not None
    assert (definition.title, definition.edition) == ("NO", "2026")
    assert definition.units.exclude == ("NO", "on")


def test_a_folder_means_its_index(tmp_path: Path) -> None:
    (tmp_path / "index.yaml").write_text(GOOD)

    assert read_definition(tmp_path) == examined(GOOD)[0]


@pytest.mark.parametrize(
    ("name", "id", "words"),
    [
        ("indx.yaml", "file-missing", "Did you mean index.yaml?"),
        ("nowhere/index.yaml", "file-missing", "There is no folder"),
        ("empty", "file-missing", "The folder holds no index.yaml."),
        ("index.txt", "file-suffix", "A definition ends in .yaml, .yml or .xlsx, not in '.txt'."),
        ("nul\0.yaml", "file-missing", "nul\\u0000.yaml: There is no such file."),
    ],
)
def test_a_path_that_leads_nowhere_is_told_the_way(
    tmp_path: Path, name: str, id: str, words: str
) -> None:
    (tmp_path / "index.yaml").write_text(GOOD)
    (tmp_path / "index.txt").write_text(GOOD)
    (tmp_path / "empty").mkdir()

    definition, (finding,) = examine_definition(tmp_path / name)

    assert definition is None
    assert finding.id == id
    assert words in str(finding)


def test_a_file_that_may_not_be_read_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    (tmp_path / "index.yaml").write_text(GOOD)
    monkeypatch.setattr(Path, "open", refuse)

    assert examine_definition(tmp_path)[1][0].id == "file-unreadable"


def test_names_in_messages_can_not_move_the_cursor() -> None:
    text = changed("title: Trial", 'title: Trial\n"\u202eevil": 1')

    assert all("\u202e" not in str(one) for one in examined(text)[1])


def test_thousands_of_unknown_sources_are_told_in_good_time() -> None:
    leaf = "    - {{code: i{0}, name: N{0}, kind: rank, source: s{0}}}\n"
    known = "  - {{code: q{0}, publisher: P, title: T}}\n"
    health, context = "    - code: health\n", "context:\n"
    text = changed(health, "".join(map(leaf.format, range(2_000))) + health)
    text = changed(context, "".join(map(known.format, range(2_000))) + context, text)
    began = time.monotonic()

    _, findings = examined(text)

    assert sum(one.id == "source-unknown" for one in findings) == 2_000
    assert time.monotonic() - began < 10


def test_places_sort_as_a_reader_meets_them() -> None:
    lines = ["a.yaml:9", "a.yaml:9:3", "a.yaml:10"]
    cells = ["b!Framework!B2", "b!Framework!AA2", "b!Framework!A10"]

    assert sorted([*cells[::-1], *lines[::-1]], key=place_order) == [*lines, *cells]


def test_the_packaged_index_is_read(root: Path) -> None:
    for file in sorted((root / "src/rankscope/catalogue").glob("*/index.yaml")):
        assert read_definition(os.fspath(file)).indicators()


ECONOMY = "name: Economy"


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        (MEAN, "aggregation: mean", "aggregation has no method 'mean'. Did you mean arithmetic?"),
        (MEAN, "aggregation: {method: Weighted-Mean}", "Did you mean arithmetic?"),
        (MEAN, "imputation: average", "Did you mean mean?"),
        (MEAN, "imputation: {method: group_mean}", "Write `{method: mean, within: GROUP}`."),
        (MEAN, "imputation: group_median", "Write `{method: median, within: GROUP}`."),
        (MEAN, "normalisation: minmax", "Did you mean min_max?"),
        (MEAN, "normalisation: min-max", "Did you mean min_max?"),
        (MEAN, "normalisation: zscore", "Did you mean z_score?"),
        (MEAN, "normalisation: standardize", "Did you mean z_score?"),
        (MEAN, "normalisation: percentile", "Did you mean percentile_rank?"),
        (MEAN, "treatment: winsorize", "Did you mean winsorise?"),
        (MEAN, "weights: factor_analysis", "Write `{method: pca, use: nicoletti}`."),
        (MEAN, "aggregate_steps: [zscore]", "step has no method 'zscore'. Did you mean z_score?"),
        (SHARE, trade("direction: -1"), "no key 'direction'. Did you mean polarity?"),
        (ECONOMY, "min_available: {at_least: 3}", "write `number: 3` for so many children"),
        (ECONOMY, "steps: {method: round}", "Write `steps: [round]`."),
        (ECONOMY, "steps: {method: round, decimals: 1}", "`steps: [{method: round, decimals: 1}]`"),
        (MEAN, "indicator_steps: {method: round}", "Write `indicator_steps: [round]`."),
        (SHARE, trade("goalposts: {high: 1, low: 0}"), "Write `goalposts: [0, 1]`."),
        (SHARE, trade("goalposts: {low: a, high: 1}"), "Write `goalposts: [LOW, HIGH]`."),
        (ECONOMY, "goalposts: [0, 5]", "`steps: [{method: goalposts, goalposts: [0, 5]}]`"),
        (ECONOMY, "normalisation: min_max", "below, or write `steps: [min_max]`."),
        (ECONOMY, "normalisation: goalposts", "{method: goalposts, goalposts: [LOW, HIGH]}"),
        (ECONOMY, "kind: share", "Move it to the indicators below."),
        (SHARE, trade("normalisation: [z_score, min_max]"), "or under `method.indicator_steps`."),
    ],
)  # fmt: skip
def test_other_names_and_forms_lead_to_what_is_meant(old: str, new: str, words: str) -> None:
    said = f"{old}\n      {new}" if old == ECONOMY else new
    _, findings = examined(changed(old, said))

    assert len(findings) == 1
    assert words in str(findings[0])


def test_every_other_name_leads_to_a_method() -> None:
    for name, meant in METHODS.items():
        assert any(one in methods_of(stage) for stage in stages() for one in meant)
        assert any(method_meant(stage, name) for stage in stages())
        assert not any(name in methods_of(stage) for stage in stages()) or name == "mean"
