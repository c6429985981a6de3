"""What indices of technology, climate, cities and sport do, worked in plain pandas beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from rankscope.definition.variants import apply_variant
from rankscope.pipeline import build
from tests.published.constructs.building import (
    Cases,
    Worked,
    assert_built,
    built,
    by_row,
    drawn,
    half_up,
    min_max,
    panel,
    ranked,
    weighted,
)

if TYPE_CHECKING:
    from pathlib import Path

NAN = np.nan
CASES = Cases()
case = CASES.add


@case
def climate() -> Worked:
    table = drawn(1, 40, "per_head", "benchmark", "renewables", "energy", "trend")
    experts = drawn(2, 40, "expert1", "expert2", "expert3", low=1, high=5, gaps=0.4).round()
    table = table.join(experts)
    gap = 100 - min_max(table["per_head"] - table["benchmark"])
    down = 100 - min_max(table)
    emissions = pd.concat([down["per_head"], down["trend"], gap], axis=1).mean(axis=1)
    policy = (experts.median(axis=1) - 1) / 4 * 100
    parts = [emissions, min_max(table["renewables"]), down["energy"], policy]
    whole = weighted(pd.concat(parts, axis=1), [40, 20, 20, 20])
    return Worked(table, {"gap": gap, "policy": policy, "ccpi": whole}, "ccpi")


@case
def trilemma() -> Worked:
    table = drawn(3, 41, "security", "equity", "sustainability", "context", gaps=0.1)
    filled = table.fillna(table.mean())
    place = 100 * (filled.rank() - 1) / 40
    whole = weighted(place, [30, 30, 30, 10])
    return Worked(table, {"security": place["security"], "trilemma": whole}, "trilemma")


@case
def food_security() -> Worked:
    table = drawn(4, 50, "costs", "poverty", "availability", "exposure", "water")
    table["programmes"] = (drawn(5, 50, "programmes")["programmes"] / 4).round()
    part = min_max(table)
    affordability = 0.6 * (100 - part["costs"]) + 0.4 * (100 - part["poverty"])
    overall = 0.4 * affordability + 0.44 * part["availability"] + 0.16 * table["programmes"] * 50
    resilience = (100 - part["exposure"] + part["water"]) / 2
    whole = overall * 0.75 + overall * resilience / 100 * 0.25
    return Worked(table, {"overall": overall, "adjusted": whole}, "adjusted")


@case
def e_government() -> Worked:
    table = drawn(6, 60, "services", "literacy", "enrolment", "expected", "mean_years")
    table = table.join(drawn(7, 60, "users", "mobile", low=20, high=160))
    table.loc["u009", "services"] = NAN  # no portal: nothing there
    services = min_max(table["services"].fillna(0), 0, 1)
    both = table[["users", "mobile"]].assign(mobile=table["mobile"].clip(upper=120))
    infrastructure = min_max(((both - both.mean()) / both.std(ddof=0)).mean(axis=1), 0, 1)
    people = ["literacy", "enrolment", "expected", "mean_years"]
    capital = min_max(table[people], 0, 1).mul([3 / 9, 2 / 9, 2 / 9, 2 / 9]).sum(axis=1)
    whole = (services + infrastructure + capital) / 3
    scores = {"infrastructure": infrastructure, "capital": capital, "egdi": whole}
    return Worked(table, scores, "egdi", ranked(whole, decimals=4))


@case
def ict_development() -> Worked:
    table = drawn(8, 30, "phones", "online", high=110)
    table["schooling"] = drawn(9, 30, "schooling", high=17)["schooling"]
    table["bandwidth"] = np.exp(drawn(10, 30, "bandwidth", high=12)["bandwidth"]).round()
    table["users"] = drawn(11, 30, "users", low=1, high=90)["users"]
    table.loc["u002", "online"] = NAN
    wide = np.log10(table["bandwidth"] / table["users"] + 1) / np.log10(1001)
    access = ((table["phones"] / 60).clip(upper=1) + wide.clip(upper=1)) / 2
    use = (table["online"] / 100).clip(upper=1)
    skills = (table["schooling"] / 15).clip(upper=1)
    whole = half_up(10 * (0.4 * access + 0.4 * use + 0.2 * skills), 2)
    return Worked(table, {"access": access, "idi": whole}, "idi")


@case
def cybersecurity() -> Worked:
    answers = drawn(12, 50, "law", "regulation", "team", "standards", high=2, gaps=0.1).round()
    table = answers.map({0: "No", 1: "Partly", 2: "Yes"}.get)
    points = answers.fillna(0) / 2 * [12.5, 7.5, 11.05, 8.95]
    legal, whole = points[["law", "regulation"]].sum(axis=1), points.sum(axis=1)
    return Worked(table, {"legal": legal, "gci": whole}, "gci")


@case
def vibrancy() -> Worked:
    years = [2022, 2023]
    table = panel(13, 20, years, "papers", "models", "investment", "talent", gaps=0.2)
    table["people"] = panel(14, 20, years, "people", low=1, high=9)["people"]
    sizes = {"papers": 3, "models": 1, "investment": 1}

    def scaled(values: pd.Series) -> pd.Series:
        return values.groupby("year").transform(min_max)

    both = {
        code: (scaled(table[code]) + scaled(table[code] / table["people"])) / 2 for code in sizes
    }
    part = pd.DataFrame({**both, "talent": scaled(table["talent"])})
    research = weighted(part[["papers", "models"]], [3, 1])
    economy = weighted(part[["investment", "talent"]], [1, 1])
    whole = weighted(pd.concat([research, economy], axis=1), [7, 6])
    return Worked(table, {"research": research, "vibrancy": whole}, "vibrancy")


@case
def liveability() -> Worked:
    grades = {"acceptable": 100, "tolerable": 80, "uncomfortable": 60, "undesirable": 40}
    steps = drawn(15, 40, "stability", "health", "culture", high=3).round()
    table = steps.map(lambda step: list(grades)[int(step)])
    table["climate"] = drawn(16, 40, "climate", low=-5, high=50)["climate"]
    bend = np.interp(table["climate"], [0, 18, 24, 45], [0, 100, 100, 0])
    points = steps.map(lambda step: list(grades.values())[int(step)]).assign(climate=bend)
    whole = weighted(points, [25, 20, 25, 30])
    return Worked(table, {"liveability": whole}, "liveability")


@case
def quality_of_life() -> Worked:
    table = drawn(17, 30, "power", "safety", "housing", "cost", low=5, high=60)
    table["housing"] *= 3
    city = table.loc["u010"]
    assets = 0.4 * 100 * table["power"] / city["power"] + table["safety"] / 2
    whole = 100 + assets - table["housing"] - 0.1 * 100 * table["cost"] / city["cost"]
    assert (whole < 0).any()
    return Worked(table, {"assets": assets, "quality": whole.clip(lower=0)}, "quality")


@case
def football() -> Worked:
    table = drawn(18, 30, "result", "importance", high=4).round()
    table["opponent"] = drawn(19, 30, "opponent", low=1, high=199)["opponent"].round()
    table = table.join(drawn(20, 30, "year1", "year2", "year3", high=500, gaps=0.3))
    table.loc["u007", :] = [NAN] * 6
    table.loc["u008", "result"] = NAN
    table.loc["u008", "year1"] = 12.0
    now = table["result"] * table["importance"] * (200 - table["opponent"]).clip(lower=50)
    past = table[["year1", "year2", "year3"]].mul([0.5, 0.3, 0.2]).sum(axis=1)
    whole = half_up(now.fillna(0) + past)
    return Worked(table, {"now": now, "points": whole}, "points")


@case
def good_country() -> Worked:
    table = drawn(21, 35, "students", "journals", "troops", "arms", low=1, gaps=0.15)
    table["gdp"] = 2.0
    part = table.drop(columns="gdp").assign(arms=-table["arms"]).rank(ascending=False)
    areas = {
        "science": part[["students", "journals"]].mean(axis=1).rank(method="min"),
        "peace": part[["troops", "arms"]].mean(axis=1).rank(method="min"),
    }
    whole = pd.DataFrame(areas).mean(axis=1)
    return Worked(table, {**areas, "good": whole}, "good", ranked(whole, ascending=True))


@case
def bloomberg() -> Worked:
    table = drawn(22, 60, *"abcdefg", gaps=0.12)
    whole = min_max(table).mean(axis=1).where(table.isna().sum(axis=1) <= 1)
    assert whole.isna().sum() > 2
    return Worked(table, {"innovation": half_up(whole, 2)}, "innovation")


def at_two_deviations(column: pd.Series) -> pd.Series:
    distance = (column - column.mean()).abs() / column.std()
    inside = column[distance <= 2]
    return column.clip(inside.min(), inside.max())


@case
def innovation_scoreboard() -> Worked:
    years = [2018, 2019, 2020, 2021]
    table = panel(23, 28, years, "graduates", "patents", "sales", gaps=0.1)
    table["patents"] = (table["patents"] ** 4 / 500).round(3)
    table.loc["u005", "sales"] = NAN
    filled = table.groupby("unit").ffill().groupby("unit").bfill()
    calm = filled.apply(at_two_deviations)
    assert calm["patents"].skew() > 1 > calm["graduates"].skew()
    part = min_max(calm.assign(patents=np.sqrt(calm["patents"])), 0, 1)
    return Worked(table, {"patents": part["patents"], "eis": part.mean(axis=1)}, "eis")


@case
def digital_economy() -> Worked:
    table = panel(24, 27, [2016, 2017], "take_up", "speed", "skills", "services", high=100)
    table["price"] = panel(25, 27, [2016, 2017], "price", low=0.2, high=4)["price"]
    part = (
        pd.DataFrame(
            {
                "take_up": (table["take_up"] - 50) / 50,
                "speed": table["speed"] / 100,
                "price": (3.5 - table["price"]) / 3.1,
                "skills": table["skills"] / 85,
                "services": table["services"] / 100,
            }
        ).clip(0, 1)
        * 100
    )
    fixed = weighted(part[["take_up", "speed"]], [2, 1])
    connectivity = 0.25 * fixed + 0.75 * part["price"]
    first = part.index.get_level_values("year") == 2016
    skills = np.where(first, 0.5, 0.25)
    above = 0.25 * connectivity + skills * part["skills"] + 0.5 * part["services"]
    whole = above / (0.75 + skills)
    return Worked(table, {"fixed": fixed, "desi": whole}, "desi", ranked(whole, decimals=2))


@case
def big_mac() -> Worked:
    table = panel(26, 25, [2020, 2021], "price", "rate", low=1, high=9)
    dollars = table["price"] / table["rate"]
    home = dollars.xs("u003", level="unit")
    above = 100 * (dollars / home.reindex(dollars.index.get_level_values("year")).to_numpy() - 1)
    return Worked(table, {"valuation": above}, "valuation")


@case
def development() -> Worked:
    table = drawn(27, 22, "aid", "trade", "migration")
    z = (table - table.mean()) / table.std()
    aid = 5 * table["aid"] / table["aid"].mean()
    whole = (aid + 5 - z["trade"] + 5 + z["migration"]) / 3
    return Worked(table, {"aid": aid, "cdi": whole}, "cdi")


@case
def regional() -> Worked:
    table = drawn(28, 60, "roads", "schools", "work", "market", "innovation", low=1)
    table["market"] = (table["market"] ** 8 / 1e5).round(2) + 0.5
    assert table["market"].skew() > 1
    bent = table.assign(market=stats.boxcox(table["market"])[0])
    z = (bent - bent.mean()) / bent.std()
    basic = min_max(z[["roads", "schools"]].mean(axis=1), 1, 100)
    efficiency = min_max(z[["work", "market"]].mean(axis=1), 1, 100)
    innovation = min_max(table["innovation"], 1, 100)
    whole = basic**0.3 * efficiency**0.5 * innovation**0.2
    return Worked(table, {"basic": basic, "efficiency": efficiency, "rci": whole}, "rci")


def test_letters_of_a_trilemma_are_quarters_of_a_dimension(tmp_path: Path) -> None:
    worked = trilemma()
    result = built(tmp_path, "trilemma", worked.table)

    variant = build(apply_variant(result.plan.definition, "letters"), result.plan.table)

    filled = worked.table["security"].fillna(worked.table["security"].mean())
    quarters = np.ceil(4 * filled.rank(ascending=False, method="min") / len(filled))
    found = variant.score(variant.plan.node("security"))
    np.testing.assert_array_equal(by_row(variant, worked.table, found), quarters)


@pytest.mark.parametrize("name", CASES)
def test_scores_and_ranks_are_those_worked_by_hand(name: str, tmp_path: Path) -> None:
    assert_built(tmp_path, name, CASES[name]())
