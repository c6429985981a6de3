"""What the report says is so."""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pytest

from rankscope._registry import Method, methods_of, stages
from rankscope.data.table import Status
from rankscope.methods.treatment import NoTreatment, Treatment
from rankscope.report.countries import parts
from rankscope.report.coverage import gaps
from rankscope.report.facts import facts_by_unit
from rankscope.report.figures import Side, gauges, per_words
from rankscope.report.head import head, message
from rankscope.report.material import gather
from rankscope.report.method import method
from rankscope.report.ranking import ranking
from rankscope.report.sources import sources
from rankscope.testing import examples_of
from tests.support.indices import indicator, make_index, pillar

if TYPE_CHECKING:
    from rankscope.catalogue.open import Index
    from rankscope.pipeline.result import Result
    from rankscope.report.countries import Part
    from rankscope.report.material import Material


def material_of(**given: object) -> Material:
    index = make_index(**given)  # type: ignore[arg-type]
    return gather(index, index.build())


@pytest.fixture(scope="module")
def packaged_material(packaged: Index, built: Result) -> Material:
    return gather(packaged, built)


@pytest.fixture(scope="module")
def by_code(packaged_material: Material) -> dict[str, Part]:
    return {part.code: part for part in parts(packaged_material)}


def side(unit: str, kind: str, decimals: int | None = None) -> Side:
    return Side(0, np.zeros(1), unit, decimals, kind)


def test_the_message_names_the_first_three_with_their_scores() -> None:
    material = material_of()
    lead, more = message(material)
    first = [material.result.names[row] for row in material.result.order()[:3]]

    assert [lead.index(name) for name in first] == sorted(lead.index(name) for name in first)
    assert "The gap between first and second is" in more


def test_the_message_compares_the_views(packaged_material: Material) -> None:
    _, more = message(packaged_material)

    assert "first in scale" in more or "first both in scale" in more


def test_the_head_counts_what_is_there(packaged_material: Material) -> None:
    numbers = head(packaged_material).numbers

    assert numbers[0].value == str(packaged_material.result.ranked())
    assert numbers[1].words == "indicators in 3 pillars and 7 sub-pillars"


def test_the_ranking_is_found_by_other_names(packaged_material: Material) -> None:
    rows = {row.anchor: row for row in ranking(packaged_material).rows}

    assert "cote d'ivoire" in rows["CIV"].search or "ivory" in rows["CIV"].search
    assert "rus" in rows["RUS"].search.split()


def test_income_groups_go_from_low_to_high(packaged_material: Material) -> None:
    income = ranking(packaged_material).filters[1]

    assert income.options[0] == "Low"
    assert income.options[-1] == "High"


def test_bars_add_up_to_the_score(packaged_material: Material) -> None:
    first = ranking(packaged_material).rows[0].standings[0]
    drawn = sum(float(one.width) for one in first.segments) / 100 * packaged_material.high

    assert drawn == pytest.approx(float(first.score), abs=0.1)


@pytest.mark.parametrize(
    ("shown", "value", "text"),
    [
        (side("1 member, 0 not", "dummy"), 1.0, "yes"),
        (side("1 member, 0 not", "dummy"), 0.5, "0.5"),
        (side("of 3 fields", "share", 3), 2 / 3, "2 of 3 fields"),
        (side("of 3 fields", "share", 3), 0.5, "1.5 of 3 fields"),
        (side("% of GDP", "ratio", 2), 4.156, "4.16% of GDP"),
        (side("kWh", "amount", 0), 1.011e12, "1.01 trillion kWh"),
        (side("", "interval", 2), -0.904, "−0.90"),
        (side("of 3 fields", "share"), float("nan"), "– of 3 fields"),
    ],
)
def test_a_figure_reads_as_people_say_it(shown: Side, value: float, text: str) -> None:
    assert shown.written(value) == text


def test_what_a_count_is_divided_by_is_said(packaged: Index) -> None:
    by_code = {one.code: one for one in packaged.definition.indicators()}

    assert per_words(packaged.definition, by_code["github_developers"]) == "per 1,000 inhabitants"
    assert per_words(packaged.definition, by_code["supercomputing"]) == "per billion US$ of GDP"


def test_values_are_divided_as_the_index_divides_them() -> None:
    material = material_of(views=True)
    gauge = gauges(material)[0]
    table = material.plan.table

    assert gauge.relative is not None
    np.testing.assert_allclose(
        gauge.relative.values, table.column("a") / table.column("people_living") * 1000
    )


def test_a_part_tells_why_a_figure_is_missing() -> None:
    index = make_index(units=6)
    index.table.values[0, :2] = np.nan, 0.0
    index.table.status[0, :2] = Status.CENSORED, Status.ABSENT
    material = gather(index, index.build())
    part = next(one for one in parts(material) if one.code == index.table.units[0])
    figures = [one for block in part.blocks for one in block.figures]

    assert (figures[0].value, figures[0].mark) == ("–", "too small")
    assert figures[0].reason == "published only as too small to tell"
    assert (figures[1].value, figures[1].mark) == ("0", "none listed")


def test_what_was_filled_in_is_shown_and_marked() -> None:
    material = material_of(
        gaps=0.3, method={"imputation": {"method": "median", "within": "region"}}
    )
    figures = [f for part in parts(material) for block in part.blocks for f in block.figures]
    filled = [one for one in figures if one.mark == "filled in"]

    assert filled
    assert all(one.value != "–" for one in filled)


def test_a_score_from_some_of_the_weight_says_so() -> None:
    index = make_index(units=10)
    index.table.values[0, 1] = np.nan
    index.table.status[0, 1] = Status.MISSING
    material = gather(index, index.build())
    part = next(one for one in parts(material) if one.code == index.table.units[0])

    assert [one.partly for one in part.strips] == ["", "67%", ""]


def test_a_unit_without_a_rank_says_why() -> None:
    index = make_index(units=10, method={"screening": {"by": "weight", "at_least": 0.7}})
    index.table.values[3, :3] = np.nan
    index.table.status[3, :3] = Status.MISSING
    material = gather(index, index.build())
    part = parts(material)[-1]

    assert part.code == index.table.units[3]
    assert part.rank == "–"
    assert "and 70% are needed" in part.reason
    assert gaps(material).unranked[0].anchor == part.anchor


def test_a_small_country_without_a_rank_in_intensity_says_why(by_code: dict[str, Part]) -> None:
    iceland = by_code["ISL"]

    assert iceland.standings[2].reason == "not ranked: population below 1,000,000"
    assert iceland.standings[2].score != "–"


def test_before_and_after_follow_the_ranking(by_code: dict[str, Part]) -> None:
    ranked = [one for one in by_code.values() if not one.reason]

    assert ranked[0].before is None
    assert all(
        one.after is not None and one.after.anchor == other.anchor
        for one, other in itertools.pairwise(ranked)
    )


def test_strengths_are_above_and_weaknesses_below(by_code: dict[str, Part]) -> None:
    russia = by_code["RUS"]

    assert 0 < len(russia.strengths) <= 4
    assert all("peers" in one.peers for one in (*russia.strengths, *russia.weaknesses))
    assert russia.summary.startswith("Russia does best in")


def test_the_method_is_told_without_formulas(packaged_material: Material) -> None:
    told = method(packaged_material)
    words = " ".join(one.words for stage in told.stages for one in stage.methods)

    assert ":math:" not in words
    assert "None" not in words
    assert [stage.name for stage in told.stages][2:5] == [
        "Imputation",
        "Treatment",
        "Normalisation",
    ]
    assert told.limits is not None
    assert "Good or bad" in told.limits


def test_methods_are_told_in_words_with_their_parameters() -> None:
    told = method(material_of(method={"treatment": {"method": "skew_kurtosis", "kurtosis": 4.5}}))
    treatment = next(stage for stage in told.stages if stage.name == "Treatment")

    assert "skewness of 2 or more and excess kurtosis of 4.5 or more" in treatment.methods[0].words
    assert treatment.methods[0].citation.startswith("Becker")


def test_every_method_of_the_house_is_told_in_plain_words() -> None:
    for made in (one for stage in stages() for one in methods_of(stage).values()):
        for words in (one.in_words("country") for one in examples_of(made)):
            assert words[0].isupper(), made
            assert not words.endswith(".")
            assert made.in_words is not Method.in_words, made


def test_a_method_of_somebody_else_is_told_by_its_own_description() -> None:
    @dataclass(frozen=True, slots=True)
    class Theirs(Treatment):
        """Turns every value into gold (Midas 700 BC)."""

    assert Theirs.in_words is Method.in_words
    assert Method.in_words(NoTreatment()) == "Leaves every value as it is"


def test_sources_count_their_figures_and_not_their_zeros() -> None:
    index = make_index(units=10, framework=pillar("whole", indicator("a"), indicator("b")))
    index.table.status[:4, 0] = Status.ABSENT
    (only,) = sources(gather(index, index.build()))

    assert (only.values, only.indicators) == (16, 2)


def test_dates_of_facts_are_written_out(packaged_material: Material) -> None:
    russia = facts_by_unit(packaged_material)["RUS"]

    assert any(one.date.endswith(" December 2023") for one in russia)
