"""The packaged AI Capacity Index keeps the rules that its method page gives itself."""

from __future__ import annotations

import csv
import json
from fractions import Fraction
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
import yaml

SOURCE = Path(__file__).parents[2] / "src" / "rankscope"
FOLDER = SOURCE / "catalogue" / "ai_capacity"

DEFINITION: dict[str, Any] = yaml.safe_load((FOLDER / "index.yaml").read_text(encoding="utf-8"))
VALUES = pd.read_csv(FOLDER / "values.csv", keep_default_na=False, dtype={"year": str})
FACTS = pd.read_csv(FOLDER / "facts.csv", keep_default_na=False, dtype=str)
TIES = pd.read_csv(FOLDER / "ties.csv", keep_default_na=False, dtype=str)


def leaves(node: dict[str, Any]) -> list[dict[str, Any]]:
    children = node.get("children", [])
    return [leaf for child in children for leaf in leaves(child)] if children else [node]


def effective_weights(node: dict[str, Any], share: float = 1.0) -> dict[str, float]:
    children = node.get("children", [])
    if not children:
        return {node["code"]: share}
    total = sum(child.get("weight", 1) for child in children)
    return {
        code: weight
        for child in children
        for code, weight in effective_weights(child, share * child.get("weight", 1) / total).items()
    }


INDICATORS = {leaf["code"]: leaf for leaf in leaves(DEFINITION["framework"])}
CONTEXT = {variable["code"]: variable for variable in DEFINITION["context"]}
SOURCES = {source["code"] for source in DEFINITION["sources"]}
SUB_PILLARS = {
    sub["code"]: sub for pillar in DEFINITION["framework"]["children"] for sub in pillar["children"]
}


def wide() -> pd.DataFrame:
    table = VALUES.pivot(index="unit", columns="indicator", values="value")
    for code, indicator in INDICATORS.items():
        if indicator.get("absent_is_zero"):
            table[code] = table[code].fillna(0)
    return table


def ranked() -> pd.Index:
    """Zeros read from a census count neither as observed nor as missing."""
    weights = pd.Series(effective_weights(DEFINITION["framework"]))
    observed = VALUES.pivot(index="unit", columns="indicator", values="value")[
        weights.index
    ].notna()
    census = [code for code in weights.index if INDICATORS[code].get("absent_is_zero")]
    judged = observed | ~observed.columns.isin(census)
    coverage = (observed * weights).sum(axis=1) / (judged * weights).sum(axis=1)
    enough = float(Fraction(DEFINITION["method"]["screening"]["at_least"]))
    return coverage.index[coverage >= enough]


def test_at_least_a_hundred_and_twenty_economies_are_ranked() -> None:
    assert len(ranked()) >= 120


@pytest.mark.shared
def test_every_economy_of_the_global_ai_index_is_ranked() -> None:
    published = SOURCE.parents[1].parent / "shared" / "data" / "published" / "gaii-2024.csv"
    if not published.exists():
        pytest.skip("the published tables lie beside the checkout of developers only")
    with published.open(encoding="utf-8", newline="") as file:
        theirs = {row["iso3"] for row in csv.DictReader(file)}
    assert theirs <= set(ranked())


def test_there_are_thirty_indicators_and_three_in_each_of_seven_sub_pillars() -> None:
    assert len(INDICATORS) >= 30
    assert len(SUB_PILLARS) == 7
    assert all(len(sub["children"]) >= 3 for sub in SUB_PILLARS.values())


def test_the_table_holds_every_indicator_and_denominator_and_no_other() -> None:
    assert set(VALUES["indicator"]) == set(INDICATORS) | set(CONTEXT)


def test_no_figure_stands_twice_and_rows_are_sorted() -> None:
    keys = list(zip(VALUES["unit"], VALUES["indicator"], strict=True))
    assert keys == sorted(set(keys))


def test_every_unit_is_in_the_register() -> None:
    with (SOURCE / "units" / "countries.csv").open(encoding="utf-8", newline="") as file:
        known = {row["code"] for row in csv.DictReader(file)}
    assert set(VALUES["unit"]) | set(FACTS["unit"]) <= known


def test_every_unit_has_its_denominators_unless_it_is_not_ranked() -> None:
    table = wide()
    assert table.loc[ranked(), list(CONTEXT)].notna().all(axis=None)
    assert (table["population"] >= 250_000).all()


def test_every_indicator_is_observed_for_two_thirds_or_is_a_census() -> None:
    table = wide().loc[ranked()]
    for code, indicator in INDICATORS.items():
        if not indicator.get("absent_is_zero"):
            assert table[code].notna().mean() >= 0.65, code


def test_only_complete_lists_read_absence_as_zero() -> None:
    census = {code for code, leaf in INDICATORS.items() if leaf.get("absent_is_zero")}
    assert census == {"supercomputing", "cloud_regions", "notable_models"}
    assert (VALUES.loc[VALUES["indicator"].isin(census), "value"] > 0).all()


def test_every_count_and_amount_has_a_denominator() -> None:
    for code, indicator in INDICATORS.items():
        if indicator["kind"] in {"count", "amount"}:
            assert "denominator" in indicator, code
        assert indicator.get("denominator", "gdp") in CONTEXT, code


def test_figures_printed_per_head_or_per_gdp_have_two_sides() -> None:
    """Their unit says what they were divided by and by how many of it."""
    divided = {
        "% of GDP": ("gdp", 100),
        "% of population": ("population", 100),
        "% of working-age population": ("population", 100),
        "per 100 inhabitants": ("population", 100),
        "per million inhabitants": ("population", 1_000_000),
    }
    for code, indicator in INDICATORS.items():
        if indicator["unit"] in divided:
            assert (indicator["denominator"], indicator["per"]) == divided[indicator["unit"]], code
        elif indicator["kind"] in {"ratio", "share", "interval", "dummy"}:
            assert "denominator" not in indicator, code


def test_every_indicator_says_what_and_why_and_where_from() -> None:
    for code, indicator in INDICATORS.items():
        assert indicator["description"], code
        assert indicator["rationale"], code
        assert indicator["unit"], code
        assert indicator["year"], code
        assert indicator["source"] in SOURCES, code


def test_a_source_named_in_a_cell_is_defined() -> None:
    named = set(VALUES["source"]) - {""}
    assert named <= SOURCES
    assert set(VALUES.loc[VALUES["source"] != "", "unit"]) <= {"TWN", "HKG"}


def test_every_source_is_used_and_has_publisher_address_and_licence() -> None:
    used = {leaf["source"] for leaf in INDICATORS.values()} | set(VALUES["source"])
    used |= {variable["source"] for variable in CONTEXT.values()}
    used |= {ties["source"] for ties in DEFINITION["ties"]}
    assert used - {""} == SOURCES
    for source in DEFINITION["sources"]:
        assert source["publisher"], source["code"]
        assert source["title"], source["code"]
        assert source["address"].startswith("https://"), source["code"]
        assert source["licence"], source["code"]


def test_composites_are_declared_and_at_most_three_are_of_governance() -> None:
    composites = {code for code, leaf in INDICATORS.items() if leaf.get("composite")}
    governance = {code for code, leaf in INDICATORS.items() if leaf["source"] == "wb-wgi"}
    assert composites == governance | {"online_services"}
    assert len(governance) <= 3


def test_values_lie_in_the_range_of_their_kind() -> None:
    for code, indicator in (INDICATORS | CONTEXT).items():
        values = VALUES.loc[VALUES["indicator"] == code, "value"]
        assert values.notna().all()
        if indicator["kind"] == "dummy":
            assert set(values) == {0, 1}, code
        elif indicator["kind"] == "share":
            top = 100 if indicator["unit"].startswith("%") else 1
            assert values.between(0, top).all(), code
        elif indicator["kind"] in {"count", "amount", "ratio"}:
            assert (values >= 0).all(), code


def test_years_are_years_of_this_century_and_not_of_the_future() -> None:
    years = VALUES["year"].astype(int)
    assert VALUES["year"].str.fullmatch(r"\d{4}").all()
    assert years.between(2018, int(DEFINITION["edition"])).all()


def test_an_economy_that_can_not_sign_has_no_value_for_commitments() -> None:
    commitments = {"ai_summits", "military_ai", "ai_convention", "ai_partnership"}
    rows = VALUES[VALUES["indicator"].isin(commitments)]
    assert not set(rows["unit"]) & {"TWN", "HKG", "MAC", "PRI"}
    assert rows.groupby("indicator")["unit"].nunique().nunique() == 1


def test_shares_of_use_repeated_in_a_whole_neighbourhood_are_left_out() -> None:
    shares = VALUES.loc[VALUES["indicator"] == "ai_use", "value"].value_counts()
    assert (shares <= 3).all()
    assert (shares >= 3).sum() <= 1


def test_votes_are_facts_and_not_scored() -> None:
    votes = FACTS[FACTS["fact"].str.startswith("Vote on UN resolution")]
    assert votes["fact"].nunique() == 3
    assert set(votes["value"]) == {"yes", "no", "abstain", "absent"}
    assert set(votes["indicator"]) == {""}


def test_every_other_fact_names_the_indicator_that_counts_it() -> None:
    others = FACTS[~FACTS["fact"].str.startswith("Vote on UN resolution")]
    assert set(others["indicator"]) < set(INDICATORS)
    assert (others.groupby("fact")["indicator"].nunique() == 1).all()


def test_every_fact_has_a_day_and_a_page() -> None:
    assert not FACTS.duplicated(["unit", "fact"]).any()
    assert pd.to_datetime(FACTS["date"], format="%Y-%m-%d").notna().all()
    assert FACTS["source"].str.match(r"https://\S+$").all()


def test_the_data_package_describes_every_table() -> None:
    package = json.loads((FOLDER / "datapackage.json").read_text(encoding="utf-8"))
    assert package["licenses"][0]["name"] == DEFINITION["licence"]
    assert {one["path"] for one in package["resources"]} == {
        file.name for file in FOLDER.glob("*.csv")
    }
    for resource, table in zip(package["resources"], (VALUES, FACTS, TIES), strict=True):
        assert [field["name"] for field in resource["schema"]["fields"]] == list(table.columns)


@pytest.mark.parametrize("number", [0, 1, 2])
def test_every_table_keeps_its_schema(number: int) -> None:
    """Types, constraints and keys, as the Table Schema of Frictionless means them."""
    package = json.loads((FOLDER / "datapackage.json").read_text(encoding="utf-8"))
    resource = package["resources"][number]
    table = pd.read_csv(FOLDER / resource["path"], keep_default_na=False, dtype=str)
    for field in resource["schema"]["fields"]:
        column, rules = table[field["name"]], field.get("constraints", {})
        there = column[~column.isin(resource["schema"]["missingValues"])]
        assert not rules.get("required") or len(there) == len(column), field["name"]
        assert there.str.fullmatch(rules.get("pattern", ".*")).all(), field["name"]
        assert there.isin(rules.get("enum", list(there))).all(), field["name"]
        if field["type"] == "number":
            assert (pd.to_numeric(there) >= rules.get("minimum", float("-inf"))).all()
    assert not table.duplicated(resource["schema"]["primaryKey"]).any()
    assert table[resource["schema"]["primaryKey"]].ne("").all(axis=None)


def test_ties_are_between_units_of_the_index_and_feed_indicators() -> None:
    assert set(TIES["unit"]) | set(TIES["partner"]) <= set(VALUES["unit"])
    assert set(TIES["ties"]) == {ties["where"]["ties"] for ties in DEFINITION["ties"]}
    assert {code for ties in DEFINITION["ties"] for code in ties["feeds"]} <= set(INDICATORS)
    keys = list(zip(TIES["ties"], TIES["unit"], TIES["partner"], strict=True))
    assert len(set(keys)) == len(keys)


def test_the_method_page_and_the_sources_name_every_indicator() -> None:
    for page in ("METHOD.md", "SOURCES.md"):
        text = (FOLDER / page).read_text(encoding="utf-8")
        assert [code for code in INDICATORS if f"`{code}`" not in text] == [], page
