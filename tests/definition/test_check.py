"""A definition that contradicts itself is told where and how to mend it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings

from rankscope._words import did_you_mean
from rankscope.definition import IndexDefinition, check_definition, examine_definition
from rankscope.findings import errors_among
from rankscope.units import GROUPINGS
from tests.definition.strategies import definitions
from tests.definition.support import GOOD, changed, examined, findings_of

if TYPE_CHECKING:
    from pathlib import Path

TRADE, MEAN, POP = "kind: share", "aggregation: arithmetic", "denominator: pop, s"
ECONOMY, TITLE = "name: Economy", "title: Trial"
GEOMETRIC = "aggregation: geometric"
POWER = "aggregation: {method: generalised, power: 2}"
RANKS = "normalisation: {method: percentile_rank, to: [0, 1]}"


FROM_ONE = "normalisation: {method: min_max, to: [1, 100]}"


def under(line: str, key: str) -> str:
    return f"{line}\n      {key}"


def with_(keys: str) -> str:
    return f"kind: share, {keys}"


@pytest.mark.parametrize(
    ("old", "new", "id", "line", "words"),
    [
        ("code: trade", "code: gdp", "code-duplicate", 18, "first at t.yaml:17."),
        ("code: trade", "code: GDP", "code-similar", 18, "differs from 'gdp' only by capitals"),
        ("code: trade", "code: zone", "code-of-variable", 18, "both a node and a variable"),
        ("code: trade", "code: unit", "code-of-column", 18, "also that of the units or periods"),
        ("code: zone", "code: pop", "code-duplicate", 9, "first at t.yaml:8."),
        ("name: Trade", "name: GDP", "name-duplicate", 18, "The name 'GDP' is there twice"),
        (TRADE, "unit: x", "kind-missing", 18, "Add `kind:` with count, amount, ratio"),
        ("polarity: -1", "polarity: 0", "polarity-zero", 23, "must be 1 or -1, got 0."),
        (ECONOMY, under(ECONOMY, "unit: km"), "indicator-key-on-aggregate", 16, "economy.unit"),
        (ECONOMY, under(ECONOMY, "goalposts: [0, 1]"), "indicator-key-on-aggregate", 16, "data"),
        (TRADE, with_("steps: [round]"), "", 0, ""),
        (TRADE, with_("min_available: {at_least: 1}"), "aggregate-key-on-indicator", 18,
         "trade.min_available"),
        (TRADE, with_("weighting: equal"), "aggregate-key-on-indicator", 18, "trade.weighting"),
        (ECONOMY, under(ECONOMY, "treatment: log"), "indicator-key-on-aggregate", 16, "economy.t"),
        (ECONOMY, under(ECONOMY, "target: 3"), "indicator-key-on-aggregate", 16, "economy.target"),
        ("code: trade,", "code: trade, column: unit,", "code-of-column", 18, "The column 'unit'"),
        ("{file: data.csv}", "{file: data.csv, period_column: trade}", "code-of-column", 18, "per"),
        (TRADE, with_("weight: 0"), "weight-zero", 18, "does not count"),
        (MEAN, "weights: equal", "", 0, ""),
        (TRADE, with_("source: wbb"), "source-unknown", 18, "Did you mean wb?"),
        ("count, source: wb", "count, source: who", "source-unknown", 8, "pop.source is 'who'"),
        (POP, "denominator: popp, s", "variable-unknown", 17, "Did you mean pop?"),
        (POP, "denominator: gdp, s", "variable-is-node", 17, "gdp.denominator is 'gdp'"),
        (POP, "denominator: beds, s", "variable-is-node", 17, "such as beds_total"),
        (POP, "denominator: zone, s", "variable-is-group", 17, "holds names of groups"),
        (TRADE, "kind: interval, denominator: pop", "denominator-unused", 18, "of kind interval"),
        (TRADE, with_("per: 100"), "per-unused", 18, "there is no denominator"),
        (TRADE, with_("goalposts: [3, 1]"), "goalposts-reversed", 18, "got [3, 1]"),
        (TRADE, with_("goalposts: [1, 3]"), "goalposts-unused", 18, "is min_max"),
        (TRADE, with_("normalisation: goalposts"), "goalposts-missing", 18, "trade has no"),
        (TRADE, with_("composite: true"), "composite-inside", 18, "counted twice"),
        (TRADE, with_("absent_is_zero: true"), "absent-is-zero", 18, "a share as zero"),
        (TITLE, f"{TITLE}\nviews: {{scale: 0, intensity: 0}}", "views-all-zero", 4, "both 0"),
        (TITLE, f"{TITLE}\nviews: {{rank_intensity_from: {{variable: po, at_least: 1}}}}",
         "variable-unknown", 4, "Did you mean pop?"),
        (TRADE, "kind: count", "", 0, ""),
        (MEAN, "imputation: {method: median, within: zones}",
         "grouping-unknown", 25, "Did you mean zone?"),
        (MEAN, "imputation: {method: median, within: zone}", "", 0, ""),
        (MEAN, GEOMETRIC, "mean-needs-positive", 25,
         ("can reach 0. Write `normalisation: {method: min_max, to: [1, 100]}`, or "
         "`{method: geometric, zeros: zero}` if one zero shall make the whole zero, or take")),
        (MEAN, "aggregation: {method: generalised, power: -1}", "mean-needs-positive", 25,
         "`{method: generalised, power: -1.0, zeros: zero}`"),
        (MEAN, "aggregation: {method: generalised, power: -1}",
         "mean-needs-positive", 25, "to: [1, 100]"),
        (MEAN, POWER, "", 0, ""),
        (MEAN, f"{POWER}\n  normalisation: z_score", "mean-needs-positive", 25,
         "any negative number. Write `normalisation: {method: min_max, to: [0, 100]}`"),
        (MEAN, f"{GEOMETRIC}\n  {RANKS}",
         "mean-needs-positive", 25, "{method: percentile_rank, to: [0.01, 1]}"),
        (MEAN, f"{GEOMETRIC}\n  {FROM_ONE}", "", 0, ""),
        (ECONOMY, under(ECONOMY, "steps: [min_max]"), "", 0, ""),
    ],
)  # fmt: skip
def test_a_contradiction_is_found_at_its_line(
    old: str, new: str, id: str, line: int, words: str
) -> None:
    found = findings_of(changed(old, new))

    if not id:
        assert found == {}
    else:
        assert set(found) == {id}
        assert found[id].place == f"t.yaml:{line}"
        assert words in f"{found[id].sentence} {found[id].remedy}"


CLASSES = "normalisation: {method: thresholds, limits: [1], scores: [0, 99]}"
PANEL = "{file: data.csv, period_column: year, periods: [2012, 2014]}"
TWO_SETS = (
    f"{MEAN}\nweight_sets:\n  - {{name: a, weights: {{gdp: 1}}}}\n"
    "  - {name: a, weights: {gdp: 2}}"
)
BROKEN_SQUARE = "{method: ahp, comparisons: [[1, 9, 1/9], [1/9, 1, 9], [9, 1/9, 1]]}"


@pytest.mark.parametrize(
    ("old", "new", "id", "line", "words"),
    [
        (MEAN, "weights: {method: given, set: expert}", "weight-set-unknown", 25, "None are"),
        (MEAN, f"{MEAN}\nweight_sets: [{{name: a, weights: {{gdq: 1}}}}]", "node-unknown", 26,
         "The weight set a names the node 'gdq', and there is none. Did you mean gdp?"),
        (MEAN, TWO_SETS, "weight-set-duplicate", 28, "first at t.yaml:27"),
        (MEAN, f"{MEAN}\nweight_sets: [{{name: a, weights: {{index: 1}}}}]", "root-weight", 26, ""),
        ("name: Index", "name: Index\n  weight: 2", "root-weight", 13, "index is the whole"),
        (MEAN, "aggregation: sum\n  aggregation_by_level: [sum, sum]", "method-unused", 25,
         "every"),
        (ECONOMY, under(ECONOMY, "weighting: {method: budget, points: [1, 2, 3]}"),
         "weighting-refuses", 16, "budget.points speaks of 3 children, and there are 2"),
        (ECONOMY, under(ECONOMY, "weighting: {method: ahp, comparisons: [[1]]}"),
         "weighting-refuses", 16, "ahp.comparisons speaks of 1 children"),
        (TRADE, with_("target: 3"), "target-unused", 18, "is min_max"),
        (TRADE, with_("normalisation: distance_to_target"), "target-missing", 18, "no target"),
        (TRADE, with_("normalisation: distance_to_target, target: 3"), "", 0, ""),
        (TRADE, with_("normalisation: ratio_to_target, target: 0"), "target-refused", 18, "is 0"),
        (TRADE, with_(f"polarity: -1, {CLASSES}"),
         "polarity-unused", 18, "higher scores"),
        (TRADE, with_("polarity: -1, goalposts: [9, 2], normalisation: goalposts"),
         "goalposts-reversed", 18, "also where less is better"),
        (ECONOMY, under(ECONOMY, "steps: [ratio_to_target]"), "step-wrong", 16, "has no target"),
        (MEAN, "aggregate_steps: [distance_to_target]", "step-wrong", 25, "has no target"),
        (ECONOMY, under(ECONOMY, "steps: [{method: distance_to_reference, unit: FIN}]"), "", 0, ""),
        (ECONOMY, under(ECONOMY, "polarity: -1"), "", 0, ""),
        (MEAN, f"{MEAN}\n  normalisation: z_score", "", 0, ""),
        (MEAN, f"{MEAN}\n  ranking: {{best: lowest}}", "ranking-lowest", 26, "lowest score"),
        (MEAN, f"{MEAN}\n  aggregation_by_level: [sum, sum, sum]", "level-unused", 26, "2 have"),
        (MEAN, f"{MEAN}\n  scales: per_period", "panel-missing", 26, "has no effect"),
        (MEAN, f"{MEAN}\n  imputation: latest", "panel-missing", 26, "imputation latest needs"),
        (TRADE, with_("period_weights: {2012: 2}"), "panel-missing", 18, "trade.period_weights"),
        (MEAN, f"{MEAN}\n  screening: {{keep: [a, b], drop: [b]}}", "screening-contradicts", 26,
         "keeps and drops b"),
        ("{file: data.csv}", "{file: a.xlsx, decimal: ','}", "text-key-unused", 4, "no text"),
        (MEAN, f"{MEAN}\npublished: {{file: ../p.csv}}", "data-path", 26, "published.file is"),
        (MEAN, f"{MEAN}\npublished: {{columns: [{{column: A, node: gpd}}]}}", "node-unknown", 26,
         "Did you mean gdp?"),
        (TRADE, with_("group_weights: {Africa: 2}"), "group-weights-half", 18, "weights_by"),
        (TRADE, with_("weights_by: zon, group_weights: {A: 2}"), "grouping-unknown", 18, "zone?"),
        (ECONOMY, under(ECONOMY, "aggregation: ratio"), "", 0, ""),
    ],
)  # fmt: skip
def test_what_has_no_effect_or_no_meaning_is_found_at_its_line(
    old: str, new: str, id: str, line: int, words: str
) -> None:
    found = findings_of(changed(old, new))

    assert set(found) == ({id} if id else set())
    if id:
        assert found[id].place == f"t.yaml:{line}"
        assert words in f"{found[id].sentence} {found[id].remedy}"


def test_comparisons_that_contradict_each_other_are_told() -> None:
    text = changed("code: trade,", "code: debt, name: Debt, kind: share}\n        - {code: trade,")
    text = changed(ECONOMY, under(ECONOMY, f"weighting: {BROKEN_SQUARE}"), text)

    (finding,) = findings_of(text).values()

    assert finding.id == "comparisons-inconsistent"
    assert "up to 0.1 is usual" in finding.remedy


VARIANT = f"{MEAN}\nvariants:\n  - name: other\n    "


@pytest.mark.parametrize(
    ("change", "id", "words"),
    [
        ("drop: [trade]", "", ""),
        ("drop: [trad]", "node-unknown", "Did you mean trade?"),
        ("weights: {gpd: 2}", "node-unknown", "The variant other names the node 'gpd'"),
        ("nodes: [{code: gpd, weight: 2}]", "node-unknown", "Did you mean gdp?"),
        ("drop: [index]", "variant-drops-all", "leaves out all indicators"),
        ("drop: [economy, beds, smog]", "variant-drops-all", "leaves out all"),
        ("title: Other", "variant-empty", "changes nothing"),
        ("nodes: [{code: gdp}]", "variant-empty", "changes nothing"),
        ("weights: {gdp: 2} | nodes: [{code: gdp, weight: 3}]", "variant-twice", "changes twice"),
        ("drop: [gdp] | weights: {gdp: 2}", "variant-twice", "leaves out and weighs"),
        ("periods: [2012]", "panel-missing", "keeps periods"),
        ("method: {aggregation: geometric}", "mean-needs-positive", "In the variant other: The"),
        ("method: {aggregation: geometric, normalisation: {to: [1, 100]}}", "", ""),
        ("method: {normalisation: goalposts}", "goalposts-missing", "has no goalposts"),
        ("nodes: [{code: gdp, aggregation: sum}]", "aggregate-key-on-indicator", "gdp.aggre"),
        ("method: {weights: {method: given, set: a}}", "weight-set-unknown", "weight set 'a'"),
        ("method: coinr", "", ""),
        ("method: {weights: equal, aggregation: geometric}", "mean-needs-positive", "zeros: zero"),
        ("exclude: [NOR]", "", ""),
    ],
)
def test_a_variant_is_checked_as_the_definition_it_makes(change: str, id: str, words: str) -> None:
    found = findings_of(changed(MEAN, VARIANT + change.replace(" | ", "\n    ")))

    assert set(found) == ({id} if id else set())
    assert all(words in f"{one.sentence} {one.remedy}" for one in found.values())
    assert all(int(one.place.rpartition(":")[2]) >= 27 for one in found.values())


def test_two_variants_of_one_name_are_told_apart_by_nobody() -> None:
    found = findings_of(
        changed(
            MEAN, f"{MEAN}\nvariants:\n  - {{name: a, drop: [gdp]}}\n  - {{name: a, drop: [smog]}}"
        )
    )

    assert set(found) == {"variant-duplicate"}


def test_a_negative_aggregate_without_known_ends_changes_its_sign() -> None:
    text = changed(MEAN, f"{MEAN}\n  normalisation: z_score")
    text = changed(ECONOMY, under(ECONOMY, "polarity: -1"), text)

    assert set(findings_of(text)) == {"mirror-around-zero"}


def test_goalposts_on_a_scale_from_one_suit_a_panel_and_a_geometric_mean() -> None:
    text = GOOD.replace("kind:", "goalposts: [1, 5], kind:").replace(
        "goalposts: [1, 5], kind: group", "kind: group"
    )
    text = text.replace("Population, goalposts: [1, 5],", "Population,")
    text = changed("{file: data.csv}", "{file: data.csv, period_column: year}", text)
    scale = "normalisation: {method: goalposts, to: [1, 100]}"

    assert findings_of(changed(MEAN, f"{GEOMETRIC}\n  {scale}", text)) == {}
    refused = findings_of(changed(MEAN, f"{GEOMETRIC}\n  normalisation: goalposts", text))
    assert "{method: goalposts, to: [1, 100]}" in refused["mean-needs-positive"].remedy


def test_what_needs_more_or_fewer_children_says_how_many() -> None:
    text = changed(ECONOMY, under(ECONOMY, "aggregation: ratio"))
    more = changed(
        "code: trade,", "code: debt, name: Debt, kind: share}\n        - {code: trade,", text
    )

    assert findings_of(text) == {}
    assert "takes 2" in findings_of(more)["children-number"].sentence


def test_periods_are_those_that_are_kept() -> None:
    text = changed("{file: data.csv}", PANEL)
    known = changed(TRADE, with_("period_weights: {2012: 0}"), text)

    assert findings_of(known) == {}
    assert "2013" in findings_of(known.replace("2012: 0", "2013: 0"))["period-unknown"].sentence
    zero = known.replace("period_weights", "weight: 0, period_weights")
    assert "period-weight-of-zero" in findings_of(zero)


def test_counts_need_denominators_when_there_are_views() -> None:
    text = changed("title: Trial", "title: Trial\nviews: {}")

    assert findings_of(text) == {}
    assert findings_of(changed(TRADE, "kind: count", text))["denominator-missing"]


def test_views_that_make_no_difference_are_a_slip() -> None:
    text = changed("kind: amount, denominator: pop, source: wb", TRADE)
    text = changed("kind: count, denominator: pop}", "kind: share}", text)
    text = changed("title: Trial", "title: Trial\nviews: {}", text)

    assert set(findings_of(text)) == {"views-unused"}


def test_a_rescaled_pillar_can_reach_zero_again() -> None:
    text = changed(MEAN, f"{GEOMETRIC}\n  {FROM_ONE}")
    text = changed("name: Health", under("name: Health", "steps: [min_max]"), text)

    assert "the scores below index can reach 0" in findings_of(text)["mean-needs-positive"].sentence


def test_a_child_without_weight_does_not_forbid_a_mean() -> None:
    text = changed("name: Health", "name: Health\n      aggregation: geometric")
    text = text.replace("code: beds,", "code: beds, normalisation: {method: min_max, to: [1, 9]},")

    assert "mean-needs-positive" in findings_of(text)
    assert "mean-needs-positive" not in findings_of(
        changed("code: smog,", "code: smog, weight: 0,", text)
    )


def test_weights_that_are_all_zero_or_ignored_are_named() -> None:
    zero = GOOD.replace("code: beds,", "code: beds, weight: 0,")
    zero = zero.replace("code: smog,", "code: smog, weight: 0,")
    ignored = changed("code: beds,", "code: beds, weight: 2,")
    ignored = changed(MEAN, "weights: equal", ignored)

    assert set(findings_of(zero)) == {"weights-all-zero"}
    assert set(findings_of(ignored)) == {"weights-ignored"}


def test_a_variant_may_override_weights_but_not_its_own() -> None:
    weighed = changed("code: beds,", "code: beds, weight: 2,")
    equal = changed(MEAN, f"{VARIANT}method: {{weights: equal}}", weighed)

    assert findings_of(equal) == {}
    assert set(findings_of(f"{equal}    weights: {{gdp: 3}}\n")) == {"weights-ignored"}


@pytest.mark.parametrize(
    ("marks", "words"),
    [
        ("thousands: ','", ""),
        ("decimal: ',', thousands: .", ""),
        ("thousands: .", 'so is data.decimal where it is not given. Write `decimal: ","`'),
        ("decimal: ',', thousands: ','", 'are both ",". Write `decimal: "."`'),
    ],
)
def test_one_mark_can_not_stand_for_thousands_and_decimals(marks: str, words: str) -> None:
    found = findings_of(changed("{file: data.csv}", f"{{file: data.csv, {marks}}}"))

    assert set(found) == ({"marks-equal"} if words else set())
    assert all(words in f"{one.sentence} {one.remedy}" for one in found.values())


def test_without_any_grouping_the_way_to_one_is_told() -> None:
    text = changed(MEAN, "imputation: {method: median, within: nost}")
    text = changed("  - {code: zone, name: Zone, kind: group}\n", "", text)
    own = changed(TITLE, f"{TITLE}\nunits: {{register: own}}", text)

    assert findings_of(own)["grouping-unknown"].remedy == (
        "Declare a variable of kind group, or `units: {register: iso3166}`."
    )


@pytest.mark.parametrize("fault", ["drop: [nope]", "method: {treatment: lgo}", "weight: {gdp: 1}"])
def test_published_columns_are_looked_at_beside_faulty_variants(fault: str) -> None:
    text = changed(MEAN, f"{VARIANT}{fault}\n  - {{name: more, drop: [gone]}}")
    found = examined(f"{text}published: {{columns: [{{column: x, node: gpd}}]}}\n")[1]

    said = " ".join(one.sentence for one in found if one.id == "node-unknown")
    assert "'gpd'" in said
    assert "'gone'" in said


@pytest.mark.parametrize("method", ["{long}", "{{method: {long}}}", "{{method: log, {long}: 1}}"])
def test_a_name_without_end_is_cut(method: str) -> None:
    long = "x" * 9_999
    found = findings_of(changed(MEAN, f"treatment: {method.format(long=long)}"))

    assert found
    assert all(len(str(one)) < 1_000 for one in found.values())
    assert len(did_you_mean("y", [long])) < 100


def test_a_framework_without_children_is_no_index() -> None:
    text = GOOD[: GOOD.index("  children:")]

    assert set(findings_of(text)) == {"framework-without-indicators"}


def test_a_framework_deeper_than_a_file_can_hold_is_refused() -> None:
    definition, _ = examined(GOOD)
    assert definition is not None
    node = definition.framework
    for level in range(14):
        node = node.model_copy(
            update={"code": f"up{level}", "name": str(level), "children": (node,)}
        )

    deep = definition.model_copy(update={"framework": node})

    assert "framework-too-deep" in {one.id for one in check_definition(deep)}


@pytest.mark.parametrize(
    "file",
    ["/etc/passwd", "../data.csv", "a/../../b.csv", "https://x.org/a.csv", "file:a.csv",
     "C:\\a.csv", "\\\\host\\a.csv", "a\\b.csv", "~/a.csv", "C:a.csv"],
)  # fmt: skip
@pytest.mark.parametrize("key", ["file", "facts"])
def test_data_stay_in_the_folder(file: str, key: str) -> None:
    data = (
        f"data: {{file: a.csv, {key}: '{file}'}}" if key != "file" else f"data: {{file: '{file}'}}"
    )

    found = findings_of(changed("data: {file: data.csv}", data))

    assert set(found) == {"data-path"}
    assert f"data.{key} is '" in found["data-path"].sentence


def test_a_link_may_not_lead_out_of_the_folder(tmp_path: Path) -> None:
    home = tmp_path / "home"
    home.mkdir()
    (tmp_path / "secret.csv").touch()
    (home / "data.csv").symlink_to(tmp_path / "secret.csv")
    (home / "index.yaml").write_text(GOOD)

    _, findings = examine_definition(home)

    assert [one.id for one in findings] == ["data-path"]
    assert "is a link out of the folder" in findings[0].sentence


def test_a_link_inside_the_folder_is_fine(tmp_path: Path) -> None:
    (tmp_path / "real.csv").touch()
    (tmp_path / "data.csv").symlink_to(tmp_path / "real.csv")
    (tmp_path / "index.yaml").write_text(GOOD)

    assert examine_definition(tmp_path)[1] == ()


@pytest.mark.parametrize("group", GROUPINGS)
def test_the_register_of_countries_brings_groupings(group: str) -> None:
    text = changed(MEAN, f"imputation: {{method: median, within: {group}}}")
    own = changed("title: Trial", "title: T\nunits: {register: own}", text)

    assert findings_of(text) == {}
    assert set(findings_of(own)) == {"grouping-unknown"}


def test_without_a_file_the_place_is_the_code_of_the_node() -> None:
    definition, _ = examined(changed(TRADE, "unit: x"))
    assert definition is not None

    assert [one.place for one in check_definition(definition)] == ["trade"]


@pytest.mark.slow
@settings(max_examples=40)
@given(definitions())
def test_the_strategy_draws_definitions_that_agree_with_themselves(
    definition: IndexDefinition,
) -> None:
    assert errors_among(check_definition(definition)) == ()


@pytest.mark.parametrize(
    ("old", "new", "id", "severity", "words"),
    [
        (TRADE, with_("normalisation: {method: min_max, to: [0, 1]}"), "scales-differ", "warning",
         "different scales: trade has a width of 1 and gdp has a width of 100, which counts for"),
        (TRADE, with_("normalisation: {method: min_max, to: [0, 10]}"), "", "", ""),
        (TRADE, with_("normalisation: {method: min_max, to: [0, 1]}, weight: 0"), "weight-zero",
         "note", ""),
        (TRADE, with_("normalisation: none"), "scales-differ", "warning",
         "gdp has a width of 100 and trade the raw values, without normalisation"),
        (TRADE, with_("normalisation: none, steps: [min_max]"), "", "", ""),
        (TRADE, with_("normalisation: {method: z_score, mean: 50}"), "", "", ""),
        (MEAN, f"{MEAN}\n  normalisation: none", "", "", ""),
        (ECONOMY, under(ECONOMY, "steps: [{method: linear, factor: 0.01}]"), "scales-differ",
         "warning", "index averages"),
        (ECONOMY, under(ECONOMY, "aggregation: minimum"), "", "", ""),
        (TRADE, "kind: rank", "rank-polarity", "note", "rank 1 counts as the worst"),
        (TRADE, "kind: rank, polarity: -1", "", "", ""),
        (TRADE, "kind: rank, normalisation: {method: categorical, scores: [[1, 100], [2, 0]]}",
         "", "", ""),
    ],
)  # fmt: skip
def test_what_gives_other_numbers_than_one_thinks_is_told(
    old: str, new: str, id: str, severity: str, words: str
) -> None:
    found = findings_of(changed(old, new))

    assert {one.id: one.severity for one in found.values()} == ({id: severity} if id else {})
    assert all(words in one.sentence for one in found.values())


def test_steps_that_replace_the_general_ones_are_told() -> None:
    text = changed(MEAN, f"{MEAN}\n  indicator_steps: [round, {{method: linear, factor: 2}}]")
    own = changed(TRADE, with_("steps: [round, absolute]"), text)
    (finding,) = findings_of(own).values()

    assert finding.id == "steps-replaced"
    assert finding.place == "t.yaml:18"
    assert "trade.steps replace method.indicator_steps: linear falls away." in finding.sentence
    assert findings_of(changed(TRADE, with_("steps: []"), text)) == {}
    both = "steps: [round, {method: linear, factor: 2}, absolute]"
    assert findings_of(changed(TRADE, with_(both), text)) == {}


def test_steps_after_no_normalisation_see_negated_values() -> None:
    text = changed(MEAN, f"{MEAN}\n  normalisation: none")
    text = changed("polarity: -1", "polarity: -1, steps: [{method: cap, high: 10}]", text)
    (finding,) = findings_of(text).values()

    assert finding.id == "steps-negated"
    assert (
        "its steps see the values with their sign turned, and cap comes first" in finding.sentence
    )


@pytest.mark.parametrize(
    ("aggregation", "weights", "words"),
    [
        ("sum", (60, 40), "takes weights as they are given: 60 times gdp and 40 times trade."),
        ("difference", (50, 50), "50 times trade"),
        ("product", (60, 40), "gdp to the power of 60 and trade to the power of 40"),
        ("product", (2, 3), "gdp to the power of 2"),
        ("product", (1, 2), ""),
        ("sum", (2, 3), ""),
        ("sum", (0.6, 0.4), ""),
        ("arithmetic", (60, 40), ""),
    ],
)  # fmt: skip
def test_percentages_that_are_not_divided_by_their_sum_are_told(
    aggregation: str, weights: tuple[float, float], words: str
) -> None:
    text = changed(ECONOMY, under(ECONOMY, f"aggregation: {aggregation}"))
    text = changed("code: gdp,", f"code: gdp, weight: {weights[0]},", text)
    text = changed("code: trade,", f"code: trade, weight: {weights[1]},", text)
    found = findings_of(text)

    told = [one.sentence for one in found.values() if one.id == "weights-as-given"]
    assert len(told) == bool(words)
    assert all(words in one for one in told)


def test_weight_0_stays_0_under_every_weighting() -> None:
    text = changed(TRADE, with_("weight: 0"), changed(MEAN, "weights: equal"))
    found = findings_of(text)

    assert set(found) == {"weight-zero"}
    both = changed("kind: amount,", "kind: amount, weight: 0,", text)
    assert findings_of(both)["weights-all-zero"].severity == "error"
    points = changed(ECONOMY, under(ECONOMY, "weighting: {method: budget, points: [9]}"), text)
    assert set(findings_of(points)) == {"weight-zero"}


@pytest.mark.parametrize(
    ("key", "same"),
    [
        ("aggregation: geometric", True),
        ("aggregation: sum", False),
        ("steps: [round]", False),
        ("polarity: -1", False),
    ],
)
def test_a_single_child_is_its_parent_only_where_nothing_happens_to_it(
    key: str, same: bool
) -> None:
    lines = changed(
        "[0, 100]", "[1, 100]", GOOD + "  normalisation: {method: min_max, to: [0, 100]}\n"
    )
    text = changed(ECONOMY, under(ECONOMY, key), lines)
    text = changed("        - {code: trade, name: Trade, kind: share}\n", "", text)
    note = findings_of(text)["single-child"]

    assert ("always equals it" in note.sentence) == same
