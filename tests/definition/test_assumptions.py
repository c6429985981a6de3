"""What an index assumes could be otherwise: read with its place, checked, and written back."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING, Any

import openpyxl
import pytest
import yaml

from rankscope.catalogue import open_index
from rankscope.definition import check_definition, definition_text, read_definition
from rankscope.definition import write_definition as write
from rankscope.definition.assumptions import Assumptions, MeasurementError
from rankscope.definition.ranges import score_range
from rankscope.definition.variants import apply_variant
from rankscope.findings import Severity, errors_among
from rankscope.methods.admissible import Bounded, Bounds, Linear, Perturbed
from rankscope.methods.aggregation import Geometric
from rankscope.methods.normalisation import MinMax, PercentileRank, ZScore
from rankscope.methods.treatment import Chain, Log, SkewKurtosis, Winsorise
from rankscope.pipeline import bind
from tests.definition.support import GOOD, changed, examined, findings_of
from tests.definition.test_schema import complaints

if TYPE_CHECKING:
    from pathlib import Path

    from rankscope.definition.model import IndexDefinition

LINE = GOOD.count("\n") + 2
"""The line of the first key below `assumptions:`."""

MEAN = "  aggregation: arithmetic\n"
SCORES = f"{MEAN}  normalisation: {{method: z_score, mean: 10, deviation: 2}}\n"


def assuming(keys: str, text: str = GOOD) -> str:
    """Return a definition with assumptions, a line for each key."""
    return f"{text}assumptions:\n" + "".join(f"  {key}\n" for key in keys.split("\n"))


def assumed(keys: str, text: str = GOOD) -> Assumptions:
    definition, findings = examined(assuming(keys, text))
    assert errors_among(findings) == ()
    assert definition is not None
    assert definition.assumptions is not None
    return definition.assumptions


@pytest.mark.parametrize(
    ("keys", "field", "value"),
    [
        ("weights: perturbed", "weights", Perturbed()),
        ("weights: {method: perturbed, by: 25%}", "weights", Perturbed(0.25)),
        ("weights: {method: bounded, by: 1/3}", "weights", Bounded(1 / 3)),
        ("weights: {method: bounds, of: {economy: [50%, 2/3]}}", "weights",
         Bounds((("economy", (0.5, 2 / 3)),))),
        ("weights: {method: linear, of: [[-1, 2, 0]]}", "weights", Linear(((-1, 2, 0),))),
        ("levels: [1, 2]", "levels", (1, 2)),
        ("normalisation: [min_max, z_score]", "normalisation", (MinMax(), ZScore())),
        ("treatment: [log, winsorise]", "treatment", (Log(), Winsorise())),
        ("treatment: [[log, winsorise]]", "treatment", (Chain(of=(Log(), Winsorise())),)),
        ("leave_out: [indicators, gdp]", "leave_out", ("indicators", "gdp")),
        ("leave_out_chance: 50%", "leave_out_chance", 0.5),
        ("errors: [{indicator: gdp, relative: 5%}, {absolute: 1/2}]", "errors",
         (MeasurementError(indicator="gdp", relative=0.05), MeasurementError(absolute=0.5))),
        ("multiple_imputation: true", "multiple_imputation", True),
    ],
)  # fmt: skip
def test_short_and_long_forms_are_read(keys: str, field: str, value: Any) -> None:
    text = assuming(keys)
    definition, findings = examined(text)

    assert errors_among(findings) == ()
    assert definition is not None
    assert getattr(definition.assumptions, field) == value
    assert complaints(text) == []
    assert examined(definition_text(definition))[0] == definition


def test_a_choice_of_the_published_method_changes_single_parameters_of_it() -> None:
    keys = "normalisation: [z_score, {deviation: 3}, {method: z_score, mean: 0}, min_max]"

    found = assumed(keys, changed(MEAN, SCORES))

    assert found.normalisation == (ZScore(10, 2), ZScore(10, 3), ZScore(0, 2), MinMax())


def test_what_adds_to_the_published_method_is_written_so_that_it_does_again() -> None:
    text = assuming("normalisation: [z_score, {mean: 0}]", changed(MEAN, SCORES))
    definition, _ = examined(text)
    assert definition is not None

    written = yaml.safe_load(definition_text(definition))["assumptions"]["normalisation"]

    assert written == ["z_score", {"method": "z_score", "mean": 0}]
    assert examined(definition_text(definition))[0] == definition


@pytest.mark.parametrize(
    ("keys", "line", "words"),
    [
        ("levels: [1]\nweights: perturbd", 1, "Did you mean perturbed?"),
        ("weights: {method: perturbed, by: 125%}", 0, "perturbed.by must be a number from 0 to"),
        ("weights: {method: bounds}", 0, "the lowest and the highest share"),
        ("weights: {method: bounds, of: {a: [0.5, 0.1]}}", 0, "the lowest and the highest share"),
        ("levels: [0]", 0, "assumptions.levels[1] must be at least 1"),
        ("weights: perturbed\nnormalisation: z_score", 1, "Write `normalisation: [z_score]`."),
        ("aggregation_by_level: [geometric]", 0, "must be a list, got 'geometric'. Write `[geom"),
        ("treatment: [log, [winsorise, lg]]", 0, "treatment has no method 'lg'. Did you mean log?"),
        ("normalisation: [min_max, {to: [9, 1]}]", 0, "min_max.to must be two numbers"),
        ("errors: [{indicatr: gdp}]", 0, "errors[1] has no key 'indicatr'. Did you mean indicator"),
        ("errors: [{relative: -5%}]", 0, "errors[1].relative must be at least 0, got '-5%'"),
        ("leave_out_chance: 150%", 0, "assumptions.leave_out_chance must be at most 1"),
        ("tables: 1", 0, "assumptions.tables must be at least 2"),
        ("wieghts: perturbed", 0, "assumptions has no key 'wieghts'. Did you mean weights?"),
    ],
)
def test_a_fault_is_named_at_its_line(keys: str, line: int, words: str) -> None:
    text = assuming(keys)

    definition, findings = examined(text)

    assert definition is None
    assert [one.place for one in findings] == [f"t.yaml:{LINE + line}"]
    assert words in str(findings[0])


@pytest.mark.parametrize(
    "keys", ["weights: perturbd", "levels: [x]", "aggregation: [medium]", "tables: 1.5"]
)
def test_editors_refuse_it_too(keys: str) -> None:
    assert examined(assuming(keys))[0] is None
    assert complaints(assuming(keys))


def test_faults_elsewhere_are_told_besides() -> None:
    text = assuming("weights: perturbd", changed("source: wb}", "source: wbb}"))

    assert {"method-wrong", "source-unknown"} <= findings_of(text).keys()


@pytest.mark.parametrize(
    ("keys", "id", "line", "words"),
    [
        ("levels: [1, 3]\nweights: perturbed", "assumption-level", 0,
         "no level 3: they go from 1, the children of index, to 2."),
        ("weights: perturbed\nlevels: [1, 1]", "assumption-twice", 1, "levels names 1 twice"),
        ("levels: [1]\nleave_out: [pillars]", "assumption-unused", 0, "no weights are named"),
        ("leave_out: [gdpp]", "node-unknown", 0, "Did you mean gdp?"),
        ("leave_out: [gdp, trade, gdp]", "assumption-twice", 0, "names gdp twice"),
        ("leave_out: [index]", "assumption-whole", 0, "Write `pillars`"),
        ("weights: perturbed\nleave_out_chance: 0.2", "assumption-unused", 1, "leave_out_chance"),
        ("errors: [{indicator: tradde, relative: 1}]", "node-unknown", 0, "Did you mean trade?"),
        ("errors: [{indicator: health, relative: 1}]", "assumption-of-aggregate", 0, "aggregate"),
        ("errors: [{indicator: gdp}]", "assumption-error-zero", 0, "The error of gdp has no size"),
        ("errors: [{}]", "assumption-error-zero", 0, "The error of the other indicators has no"),
        ("errors: [{relative: 1}, {absolute: 1}]", "assumption-twice", 0, "of all the others twi"),
        ("weights: simplex\ntables: 40", "assumption-unused", 1, "assumptions.tables has no ef"),
        ("multiple_imputation: true", "imputation-without-draws", 0, "imputation: [regression]"),
        ("normalisation: [min_max, min_max]", "assumption-twice", 0, "names min_max twice"),
        ("normalisation: [min_max, {to: [0, 100]}]", "assumption-twice", 0, "count double"),
        ("aggregation_by_level: [[arithmetic, geometric, arithmetic]]", "assumption-twice", 0, ""),
        ("aggregation: [minimum]\naggregation_by_level: [[median]]", "assumption-conflict", 1, ""),
        ("aggregation_by_level: [[], [], [median]]", "level-unused", 0, "names 3 levels, and 2"),
        ("normalisation: [z_score]", "assumption-unpublished", 0, "normalisation, min_max, is not"),
        ("aggregation_by_level: [[], [median]]", "assumption-unpublished", 0, "of level 2, arith"),
        ("weights: {method: bounds, of: {econ: [0, 1]}}", "node-unknown", 0, "Did you mean econ"),
        ("levels: [1]\nweights: {method: bounds, of: {economy: [0, 1], gdp: [0, 1]}}",
         "assumption-unused", 1, "The bounds of gdp have no effect"),
        ("weights: {method: bounds, of: {economy: [0.7, 1], health: [0.4, 1]}}",
         "admissible-refused", 0, "below index can not vary as assumed: bounds: the low ends"),
        ("weights: {method: bounds, of: {gdp: [0, 0.2], trade: [0, 0.2]}}",
         "admissible-refused", 0, "below economy can not vary"),
        ("weights: {method: linear, of: [[1, 2, 3, 4]]}", "admissible-refused", 0, "3 children"),
        ("aggregation: [arithmetic, geometric]", "assumption-impossible", 0,
         "The aggregation geometric can not be built, whatever is assumed beside it"),
        ("aggregation: [geometric]\nnormalisation: [min_max, {to: [1, 100]}]",
         "assumption-impossible", 1, "The normalisation min_max can not be built"),
        ("normalisation: [min_max, goalposts]", "assumption-impossible", 0, "has no goalposts"),
        ("imputation: [none, latest]", "assumption-impossible", 0, "a table with periods"),
        ("treatment: [none, {method: winsorise, within: zones}]", "assumption-impossible", 0,
         "Did you mean zone?"),
        ("aggregation_by_level: [[], [arithmetic, ratio, harmonic]]", "assumption-impossible", 0,
         "harmonic"),
        ("normalisation: [min_max]", "assumption-nothing", -1, "let nothing vary"),
        ("weights: {method: perturbed, by: 0}", "assumption-nothing", -1, "let nothing vary"),
    ],
)  # fmt: skip
def test_what_contradicts_itself_is_told(keys: str, id: str, line: int, words: str) -> None:
    found = [one for one in examined(assuming(keys))[1] if one.id == id]

    assert found
    assert found[0].place == f"t.yaml:{LINE + line}"
    assert any(words in one.sentence + one.remedy for one in found)


@pytest.mark.parametrize(
    "keys",
    [
        "weights: perturbed",
        "weights: simplex\nlevels: [2]",
        "weights: {method: bounds, of: {economy: [0.4, 0.6], gdp: [0.1, 1]}}",
        "multiple_imputation: true\nimputation: [none, regression]",
        "errors: [{relative: 1%}]\ntables: 5",
        "leave_out: [indicators, pillars]\nleave_out_chance: 0.1",
        # one of the scales takes a geometric mean, and one of the means takes each scale
        "normalisation: [min_max, {to: [1, 100]}, z_score]\naggregation: [arithmetic, geometric]",
        # the published scale between other ends counts as the published one
        "normalisation: [{to: [1, 100]}, percentile_rank]",
        "aggregation_by_level: [[arithmetic, {method: geometric, zeros: zero}], [arithmetic, sum]]",
    ],
)
def test_what_can_be_done_is_passed_over(keys: str) -> None:
    assert [one for one in examined(assuming(keys))[1] if one.severity is not Severity.NOTE] == []


def test_an_impossible_mean_is_one_that_the_ranges_refuse() -> None:
    """The check says what the ranges of scores say, for each scale by itself."""
    keys = "normalisation: [{to: [%g, 100]}]\naggregation: [arithmetic, geometric]"
    for low in (-1, 0, 1):
        text = assuming(keys % low)
        definition, findings = examined(text)
        assert definition is not None
        scale = definition.model_copy(
            update={"method": definition.method.model_copy(
                update={"normalisation": MinMax(to=(low, 100))})}
        )  # fmt: skip
        [*ends] = score_range(scale, scale.framework.children[0], 1)

        refused = any(one.id == "assumption-impossible" for one in findings)

        assert refused == (not Geometric().accepts(*ends))


def test_what_is_wrong_anyway_is_told_once() -> None:
    text = changed(MEAN, "  aggregation: geometric\n")
    found = examined(assuming("imputation: [none, median]", text))[1]

    assert [one.id for one in errors_among(found)] == ["mean-needs-positive"]


def test_thousands_of_choices_are_checked_in_good_time() -> None:
    steps = ", ".join(f"{{method: winsorise, lower: {k / 10_000}}}" for k in range(1, 3_000))
    scales = ", ".join(f"{{to: [{k}, 101]}}" for k in range(100))
    keys = f"treatment: [none, {steps}]\nnormalisation: [{scales}]\naggregation: [arithmetic, sum]"

    assert errors_among(examined(assuming(keys))[1]) == ()


def test_in_a_workbook_bounds_stand_in_one_cell_and_dots_in_codes_do_no_harm(
    tmp_path: Path,
) -> None:
    text = changed("code: economy", "code: eco.nomy")
    keys = "weights: {method: bounds, of: {eco.nomy: [0.1, 2/3], health: [0.3, 0.9]}}\n"
    keys += "aggregation_by_level: [[arithmetic, geometric], []]\n"
    keys += "normalisation: [{to: [1, 100]}]\nleave_out: [eco.nomy, pillars]"
    definition, findings = examined(assuming(keys, text))
    assert definition is not None
    assert errors_among(findings) == ()

    file = write(definition, tmp_path / "a.xlsx")
    cells = {row[0]: row[1] for row in openpyxl.load_workbook(file)["Method"].values}

    assert (
        cells["assumptions.weights.of"] == "eco.nomy = 0.1, 0.6666666666666666; health = 0.3, 0.9"
    )
    assert cells["assumptions.aggregation_by_level.1.2.method"] == "geometric"
    assert cells["assumptions.aggregation_by_level.2"] == "[]"
    assert cells["assumptions.normalisation.1.to"] == "1, 100"
    assert read_definition(file) == definition


@pytest.mark.parametrize(
    "keys",
    [
        "{}",
        "{aggregation_by_level: [[], []]}",
        "{levels: [2]}",
        "{weights: {method: linear, of: [[1, -1, 0]]}}",
        "{tables: 30}",
    ],
)
def test_odd_assumptions_are_lossless_both_ways(tmp_path: Path, keys: str) -> None:
    definition, _ = examined(f"{GOOD}assumptions: {keys}\n")
    assert definition is not None

    assert read_definition(write(definition, tmp_path / "a.xlsx")) == definition
    assert read_definition(write(definition, tmp_path / "a.yaml")) == definition


def variant_of(keys: str, variant: str) -> IndexDefinition:
    text = assuming(keys) + f"variants:\n  - {{name: other, {variant}}}\n"
    definition, findings = examined(text)
    assert definition is not None
    assert errors_among(findings) == ()
    return apply_variant(definition, "other")


def test_a_variant_keeps_what_is_assumed_but_for_nodes_that_are_gone() -> None:
    keys = """\
weights: {method: bounds, of: {economy: [0.2, 1], gdp: [0.1, 0.5]}}
leave_out: [indicators, gdp, trade, economy]
leave_out_chance: 0.5
errors: [{indicator: gdp, relative: 5%}, {indicator: trade, absolute: 1}, {relative: 1%}]
treatment: [none, log]"""
    made = variant_of(keys, "drop: [gdp]")

    assert made.assumptions == Assumptions(
        weights=Bounds((("economy", (0.2, 1.0)),)),
        leave_out=("indicators", "trade", "economy"),
        leave_out_chance=0.5,
        errors=(
            MeasurementError(indicator="trade", absolute=1), MeasurementError(relative=0.01),
        ),
        treatment=made.assumptions.treatment if made.assumptions else (),
    )  # fmt: skip
    assert errors_among(check_definition(made)) == ()


def test_levels_that_a_variant_does_not_have_do_not_become_all_levels() -> None:
    text = GOOD.replace("code: health", "code: wealth", 1)
    shallow = changed(
        text[text.index("    - code: economy") : text.index("method:")],
        "    - {code: a, name: A, kind: share}\n"
        "    - {code: b, name: B, children: [{code: c, name: C, kind: share}, "
        "{code: d, name: D, kind: share}]}\n",
        text,
    )
    keys = "weights: perturbed\nlevels: [2]\nleave_out: [c]\nleave_out_chance: 0.5\n"
    keys += "aggregation_by_level: [[], [arithmetic, median]]"
    definition, _ = examined(assuming(keys, shallow) + "variants: [{name: flat, drop: [b]}]\n")
    assert definition is not None

    made = apply_variant(definition, "flat").assumptions

    assert made == Assumptions(aggregation_by_level=((),))


def test_assumptions_are_judged_with_the_index_and_not_with_its_variants() -> None:
    keys = "normalisation: [min_max, z_score]\naggregation: [arithmetic, sum]"
    text = assuming(keys) + "variants: [{name: ranks, method: {normalisation: percentile_rank}}]\n"

    assert [one for one in examined(text)[1] if one.severity is not Severity.NOTE] == []


def test_the_packaged_index_assumes_what_can_be_built() -> None:
    index = open_index("ai-capacity")
    found = index.definition.assumptions
    assert found is not None

    assert found.weights == Perturbed(0.25)
    assert found.levels == (1, 2)
    assert found.treatment == (SkewKurtosis(), SkewKurtosis(max_points=0))
    assert found.normalisation == (MinMax(to=(1, 100)), PercentileRank(to=(1, 100)))
    assert [one for one in index.findings if "assum" in one.id] == []
    for scale, *means in itertools.product(found.normalisation, *found.aggregation_by_level):
        changes = {"normalisation": scale, "aggregation_by_level": tuple(means)}
        method = index.definition.method.model_copy(update=changes)
        alone = {"method": method, "variants": (), "assumptions": None}
        bind(index.definition.model_copy(update=alone), index.table)
