"""What publishers of indices of economies do, each construct worked in plain pandas beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
import pytest

from rankscope.definition.variants import apply_variant
from rankscope.pipeline import build
from tests.published.constructs.building import (
    Cases,
    Worked,
    assert_built,
    by_row,
    drawn,
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


def drawn_in(column: pd.Series) -> pd.Series:
    """Return a column whose highest values stand at the next, until it is neither too skewed."""
    while column.skew() >= 2.25 and column.kurt() >= 3.5:
        column = column.clip(upper=column[column < column.max()].max())
    return column


@case
def global_innovation() -> Worked:
    table = drawn(1, 60, "survey", "spending", "companies", "ratio", low=1, high=7, gaps=0.12)
    table["rules"] = drawn(2, 60, "rules", low=-3, high=3)["rules"]
    more = drawn(3, 60, "patents", "films", "exports", gaps=0.12)
    table = table.join(more)
    table.loc["u007", "patents"], table.loc["u009", "patents"] = 600.0, 200.0
    table.loc["u011", ["spending", "companies", "ratio"]] = NAN  # two of five in one half
    treated = table.apply(drawn_in)
    assert treated["patents"].max() < 11
    assert treated["films"].equals(table["films"])
    part = min_max(treated)
    part["ratio"] = 100 - part["ratio"]
    part["rules"] = ((table["rules"] + 2.5) / 5 * 100).clip(0, 100)
    part["survey"] = (table["survey"] - 1) / 6 * 100
    halves = {}
    institutions = part[["rules", "survey"]].mean(axis=1)
    research = weighted(part[["spending", "companies", "ratio"]], [1, 0.5, 0.5])
    halves["inputs"] = pd.concat([institutions, research], axis=1).mean(axis=1)
    halves["outputs"] = part[["patents", "films", "exports"]].mean(axis=1)
    below = {"inputs": ["rules", "survey", "spending", "companies", "ratio"], "outputs": list(more)}
    for code, columns in below.items():
        halves[code] = halves[code].where(table[columns].notna().mean(axis=1) >= 0.66)
    whole = (halves["inputs"] + halves["outputs"]) / 2
    assert whole.isna().sum() > 3
    return Worked(table, {**halves, "gii": whole, "patents": part["patents"]}, "gii")


def test_efficiency_is_the_ratio_of_the_two_halves(tmp_path: Path) -> None:
    worked = global_innovation()
    result = assert_built(tmp_path, "global_innovation", worked)

    variant = build(apply_variant(result.plan.definition, "efficiency"), result.plan.table)

    expected = worked.scores["inputs"] / worked.scores["outputs"]
    np.testing.assert_allclose(by_row(variant, worked.table, variant.score()), expected)


@case
def travel_competitiveness() -> Worked:
    table = drawn(4, 30, "homicides", "staff", "visas", "survey", low=1, high=6.9)
    scaled = 6 * (table - table.min()) / (table.max() - table.min()) + 1
    homicides = (
        -6
        * (table["homicides"] - table["homicides"].min())
        / (table["homicides"].max() - table["homicides"].min())
        + 7
    )
    enabling = (homicides + scaled["staff"]) / 2
    conditions = (scaled["visas"] + 0.5 * homicides + table["survey"]) / 2.5
    whole = (enabling + conditions) / 2
    return Worked(table, {"safety": homicides, "conditions": conditions, "ttci": whole}, "ttci")


def frontier(values: pd.Series, best: float, worst: float) -> pd.Series:
    return ((worst - values) / (worst - best)).clip(0, 1)


@case
def doing_business() -> Worked:
    table = drawn(5, 40, "procedures", "payments", "credit", low=0, high=12.4)
    table["days"] = drawn(6, 40, "days", low=0, high=120)["days"]
    table["capital"] = drawn(7, 40, "capital", low=0, high=500)["capital"].where(
        drawn(8, 40, "coin")["coin"] > 5, 0.0
    )
    table["rate"] = drawn(9, 40, "rate", low=10, high=95)["rate"]
    table.loc["u003", "rate"] = NAN
    starting = pd.concat(
        [
            frontier(table["procedures"], 1, 18),
            frontier(table["days"], 0.5, 100),
            frontier(table["capital"], 0, 400),
        ],
        axis=1,
    ).mean(axis=1)
    taxes = (frontier(table["payments"], 3, 63) + frontier(table["rate"], 26.1, 84) ** 0.8) / 2
    credit = frontier(table["credit"], 12, 0)
    whole = 100 * (starting + taxes + credit) / 3
    scores = {"starting": 100 * starting, "taxes": 100 * taxes, "ease": whole}
    ranks = ranked(np.floor(whole * 10 + 0.5) / 10)
    assert ranks.nunique() < 40  # some tie at one decimal
    return Worked(table, scores, "ease", ranks)


def test_ease_was_once_the_mean_of_percentile_ranks(tmp_path: Path) -> None:
    worked = doing_business()
    result = assert_built(tmp_path, "doing_business", worked)

    variant = build(apply_variant(result.plan.definition, "mean_of_ranks"), result.plan.table)

    topics = [worked.scores["starting"], worked.scores["taxes"], worked.table["credit"].clip(0, 12)]
    places = pd.concat(topics, axis=1).apply(lambda one: (one.rank() - 1) / (one.count() - 1) * 100)
    expected = places.mean(axis=1, skipna=False)
    np.testing.assert_allclose(by_row(variant, worked.table, variant.score()), expected)


@case
def heritage() -> Worked:
    table = drawn(10, 50, "rights", "business", "controls")
    table["business"] **= 2
    table["spending"] = drawn(11, 50, "spending", low=5, high=75)["spending"]
    table["tariff"] = drawn(12, 50, "tariff", low=0, high=40)["tariff"]
    table["barriers"] = drawn(13, 50, "barriers")["barriers"].round(-1)
    past = ["inflation", "inflation_1", "inflation_2"]
    table = table.join(drawn(14, 50, *past, low=0, high=400))
    table.loc["u002", "inflation_1"] = NAN
    prices = table[past].mul([0.665, 0.245, 0.090]).sum(axis=1, skipna=False)
    parts = {
        "rights": table["rights"] * 10,
        "spending": (100 - 0.03 * table["spending"] ** 2).clip(lower=0),
        "business": (50 * table["business"] / table["business"].mean()).clip(upper=100),
        "trade": ((50 - table["tariff"]) / 50 * 100 - table["barriers"]).clip(lower=0),
        "monetary": (100 - 6.333 * np.sqrt(prices) - table["controls"]).clip(lower=0),
    }
    assert (parts["spending"] == 0).any()
    assert (parts["business"] == 100).any()
    whole = pd.DataFrame(parts).mean(axis=1, skipna=False)
    return Worked(table, {**parts, "freedom": whole}, "freedom", ranked(whole, decimals=1))


def two_decimals(values: pd.Series) -> pd.Series:
    return np.floor(values * 100 + 0.5 + 1e-9) / 100


@case
def fraser() -> Worked:
    table = panel(15, 20, [2019, 2020], "courts", "property", low=1, high=7, gaps=0.15)
    table = table.join(panel(16, 20, [2019, 2020], "consumption", "transfers", high=45, gaps=0.15))
    table["tax"] = panel(17, 20, [2019, 2020], "tax", low=10, high=60)["tax"].round()
    table["gender"] = panel(18, 20, [2019, 2020], "gender", high=1)["gender"]
    table.loc[("u004", 2019), "gender"] = NAN
    size = pd.concat(
        [
            10 * frontier(table["consumption"], 6, 40),
            10 * frontier(table["transfers"], 0.5, 37.2),
            pd.cut(table["tax"], [0, 20.9, 25.9, 30.9, 35.9, 99], labels=[10, 9, 8, 7, 6]).astype(
                float
            ),
        ],
        axis=1,
    ).mean(axis=1)
    before = two_decimals((10 * (table[["courts", "property"]] - 1) / 6).mean(axis=1))
    law = two_decimals(before * (1 + table["gender"]) / 2)
    size = two_decimals(size)
    whole = two_decimals((size + law) / 2)
    scores = {"size": size, "law_unadjusted": before, "law": law, "efw": whole}
    return Worked(table, scores, "efw")


def loadings(parts: pd.DataFrame) -> np.ndarray:
    """Return the shares of variance of the first principal component, by its parts."""
    vectors = np.linalg.eigh(parts.dropna().corr())[1]
    return vectors[:, -1] ** 2


@case
def kof() -> Worked:
    years = list(range(2000, 2010))
    base = panel(20, 15, years, "common")["common"]
    table = panel(21, 15, years, "goods", "services", "tariffs", "investment", "debt")
    table["tariffs"] = 30 - table["tariffs"]
    table = table.add(base, axis=0) * 1.0
    table["tariffs"] -= 2 * base
    holes = panel(22, 15, years, *table.columns) < 1.5
    table = table.mask(holes) + panel(25, 15, years, *table.columns) * np.pi * 1e-3  # no ties
    filled = table.groupby("unit").transform(
        lambda one: one.interpolate(limit_direction="both", limit_area=None)
    )
    turned = filled.assign(tariffs=-filled["tariffs"]).round(9)  # rounding errors break no ties
    part = 1 + 99 * (turned.rank(method="min") - 1) / (turned.count() - 1)
    trade, finance = (
        part[list(c)] for c in (["goods", "services", "tariffs"], ["investment", "debt"])
    )
    nodes = {
        "trade": weighted(trade, list(loadings(trade))),
        "finance": weighted(finance, list(loadings(finance))),
    }
    whole = pd.DataFrame(nodes).mean(axis=1)
    return Worked(table, {**nodes, "globalisation": whole}, "globalisation")


def towards(values: pd.Series, target: float) -> pd.Series:
    """Return the part of the way from the worst value to a target above or below."""
    worst = values.max() if values.max() > target else values.min()
    worst = values.min() if target > values.median() else worst
    return 100 * ((values - worst) / (target - worst)).clip(upper=1)


@case
def environment() -> Worked:
    table = drawn(23, 45, "particles", "water", low=5, high=90)
    table = table.join(drawn(24, 45, "parks", "sea", "fish", high=14))
    table["parks"] *= 2
    landlocked = table.index[::4]
    table.loc[landlocked, ["sea", "fish"]] = NAN
    logs = np.log(table["particles"])
    part = pd.DataFrame(
        {
            "particles": towards(logs.clip(upper=logs.quantile(0.95)), np.log(10)),
            "water": towards(table["water"].clip(upper=table["water"].quantile(0.95)), 0),
            "parks": towards(table["parks"].clip(lower=table["parks"].quantile(0.05)), 17),
            "sea": towards(table["sea"], 10),
            "fish": towards(table["fish"], 0),
        }
    )
    health = 0.55 * part["particles"] + 0.45 * part["water"]
    vitality = weighted(part[["parks", "sea", "fish"]], [3, 2, 1])
    scores = {"health": health, "vitality": vitality, "epi": 0.4 * health + 0.6 * vitality}
    assert scores["epi"].notna().all()
    return Worked(table, {**dict(part.items()), **scores}, "epi")


@case
def stages() -> Worked:
    table = drawn(30, 40, "institutions", "roads", "efficiency", "innovation", gaps=0.1)
    names = np.array(["factors", "middle", "innovation"])
    table["stage"] = names[np.arange(40) % 3]
    part = min_max(table.drop(columns="stage"), 1, 7)
    basic = part[["institutions", "roads"]].mean(axis=1)
    own = {"factors": [60, 35, 5], "middle": [40, 50, 10], "innovation": [20, 50, 30]}
    weights = np.array([own[stage] for stage in table["stage"]], dtype=float)
    parts = pd.concat([basic, part["efficiency"], part["innovation"]], axis=1)
    weights = np.where(parts.notna(), weights, 0)
    whole = (parts.fillna(0) * weights).sum(axis=1) / weights.sum(axis=1)
    return Worked(table, {"basic": basic, "gci": whole}, "gci")


@case
def base_year() -> Worked:
    table = panel(31, 20, [2003, 2004, 2005], "aid", "trade", low=1)
    first = table.xs(2003, level="year")
    aid = 5 * table["aid"] / first["aid"].mean()
    low, high = first["trade"].min(), first["trade"].max()
    trade = 100 * (high - table["trade"]) / (high - low)
    return Worked(table, {"aid": aid, "trade": trade, "cdi": (aid + trade) / 2}, "cdi")


@pytest.mark.parametrize("name", CASES)
def test_scores_and_ranks_are_those_worked_by_hand(name: str, tmp_path: Path) -> None:
    assert_built(tmp_path, name, CASES[name]())
