"""Indices of risk, peace, freedom, happiness and health, worked in plain pandas."""

from __future__ import annotations

import numpy as np
import pandas as pd

from tests.published.constructs.social_table import (
    NAN,
    Drawing,
    Worked,
    best_first,
    between,
    first_component,
    groups,
    half_up,
    lowest_first,
    mean_of,
    stretched,
)


def world_risk() -> Worked:
    drawing = Drawing(20)
    drawing.skewed("exposure", 4_000)
    drawing.skewed("refugees", 3_000, gaps=0.05)
    drawing.add("population", 50, 9_000, 0)
    drawing.table["population"] *= 1_000
    drawing.add("poverty", 0, 60, gaps=0.03)
    drawing.add("coping", 5, 95, gaps=0.1)
    drawing.add("adapting", 5, 95, gaps=0.1)
    drawing.choice("region", "a", "b", "c", "")
    t = drawing.table

    def scaled(values: pd.Series) -> pd.Series:
        return 0.01 + 99.99 * stretched(values)

    def turned(values: pd.Series) -> pd.Series:
        return 0.01 + 99.99 * (1 - stretched(values))

    exposure = scaled(np.log(t["exposure"] / t["population"] * 100 + 1))
    refugees = t["refugees"] / t["population"] * 1_000
    refugees = refugees.clip(refugees.quantile(0.025), refugees.quantile(0.975))
    region = t["region"].replace("", NAN)
    coping = t["coping"].fillna(t.groupby(region)["coping"].transform("median"))
    adapting = t["adapting"].fillna(t["adapting"].median())
    susceptibility = half_up((scaled(t["poverty"]) + scaled(np.log(refugees + 1))) / 2, 2)
    parts = susceptibility * turned(coping) * turned(adapting)
    vulnerability = half_up(np.cbrt(parts), 2)
    risk = half_up(np.sqrt(exposure * vulnerability), 2)
    scores = {"susceptibility": susceptibility, "vulnerability": vulnerability, "risk": risk}
    return Worked(t, scores, best_first(risk), {"class": groups(risk, 5)})


def inform_variant() -> Worked:
    drawing = Drawing(32)
    drawing.choice("flood", 0.0, 800.0, 25_000.0, 400_000.0, 9e6)
    drawing.add("people", 100, 90_000, 0)
    drawing.table["people"] *= 1_000
    drawing.choice("conflict", 0.0, 1.0, 2.0, gaps=0.1)
    drawing.add("poverty", 0, 70, gaps=0.1)
    drawing.add("aid", 0, 18, gaps=0.3)
    drawing.add("coping", -2, 2, 2, gaps=0.05)
    t = drawing.table
    logs = np.log10(t["flood"] + 1)
    ends = np.log10(1_001), np.log10(10_000_001)
    flood = half_up(
        np.sqrt(
            half_up(10 * between(logs, *ends), 1)
            * half_up(10 * between(t["flood"] / t["people"], 0, 0.05), 1)
        ),
        1,
    )
    both = pd.DataFrame({"flood": flood, "conflict": t["conflict"] * 5})
    hazard = half_up((10 - np.exp(mean_of(np.log((10 - both) / 10 * 9 + 1), [2, 1]))) / 9 * 10, 1)
    parts = pd.DataFrame(
        {
            "a": half_up(10 * between(t["poverty"], 0, 60), 1),
            "b": half_up(10 * between(t["aid"], 0, 15), 1),
        }
    )
    vulnerability = half_up(mean_of(parts, [2, 1]), 1)
    coping = half_up(10 * (1 - between(t["coping"], -2.5, 2.5)), 1)
    risk = pd.DataFrame({"a": hazard, "b": vulnerability, "c": coping})
    with np.errstate(divide="ignore"):
        risk = half_up(np.exp(mean_of(np.log(risk).replace(-np.inf, -1e9), [0.5, 0.25, 0.25])), 1)
    assert (risk == 0).sum() > 1
    level = sum((risk >= limit).astype(float) for limit in (2, 3.5, 5, 6.5)) + 1
    scores = {"flood": flood, "hazard": hazard, "vulnerability": vulnerability, "risk": risk}
    return Worked(t.astype(object).where(t.notna(), "x"), scores, best_first(risk),
                  {"class": level})  # fmt: skip


def nd_gain() -> Worked:
    drawing = Drawing(21, 40)
    years = []
    for year in (2019, 2020, 2021, 2022):
        for name, low, high in [("business", 0, 110), ("inequality", 15, 70),
                                ("education", 0, 110), ("dependency", 0, 100)]:  # fmt: skip
            drawing.add(name, low, high, gaps=0.06)
        drawing.add("doctors", 0, 16, gaps=0.3)
        years.append(drawing.table.copy().assign(year=year))
    t = pd.concat(years).set_index("year", append=True).sort_index()
    doctors = t.groupby("id")["doctors"].transform(
        lambda one: one.interpolate(limit_direction="both")
    )
    part = {
        "economic": between(t["business"], 0, 100),
        "social": pd.DataFrame({"a": 1 - between(t["inequality"], 20, 65),
                                "b": between(t["education"], 0, 100)}).mean(axis=1),
    }  # fmt: skip
    part["readiness"] = pd.DataFrame(part).mean(axis=1)
    part["vulnerability"] = pd.DataFrame(
        {"a": between(t["dependency"], 0, 100), "b": 1 - between(doctors, 0, 14.6)}
    ).mean(axis=1)
    part["gain"] = (part["readiness"] - part["vulnerability"] + 1) * 50
    ranks = part["gain"].round(9).groupby("year").rank(ascending=False, method="min")
    return Worked(t, part, ranks)


def fragile() -> Worked:
    drawing = Drawing(22, 40)
    years = []
    for year in (2022, 2023):
        for name in ("security", "elites", "grievance", "economy"):
            drawing.add(name, 0.1, 10, gaps=0.01)
        years.append(drawing.table.copy().assign(year=year))
    t = pd.concat(years).set_index("year", append=True)
    total = half_up(t.sum(axis=1, skipna=False), 1)
    return Worked(t, {"fragility": total},
                  total.groupby("year").rank(ascending=False, method="min"))  # fmt: skip


def peace() -> Worked:
    drawing = Drawing(23)
    drawing.add("crime", 1, 5)
    drawing.choice("homicide", 0.4, 2.0, 2.1, 6.0, 9.9, 20.0, 31.5)
    drawing.add("jail", 10, 1_100, 0)
    drawing.skewed("exports")
    drawing.choice("relations", 1.0, 2.0, 3.0, 4.0, 5.0, gaps=0.04)
    t = drawing.table
    homicide = 1 + sum((t["homicide"] > limit).astype(float) for limit in (2, 6, 10, 20))
    jail = 1 + 4 * between(t["jail"], 0, 1000)
    internal = (3 * t["crime"] + 4 * homicide + 3 * jail) / 10
    external = (2 * (1 + 4 * stretched(t["exports"])) + 5 * t["relations"]) / 7
    whole = 0.6 * internal + 0.4 * external
    scores = {"internal": internal, "external": external, "peace": whole}
    return Worked(t, scores, lowest_first(half_up(whole, 3)))


def corruption() -> Worked:
    """Each source has a mean and a deviation in the base year: 45 and 20 on the new scale."""
    drawing = Drawing(24)
    base = {"a": (3, 1.25), "b": (55, 12.5), "c": (3, 1.6), "d": (5, 2), "e": (5, 2.5)}
    for name, (mean, deviation) in base.items():
        drawing.add(name, mean - 3 * deviation, mean + 3 * deviation, gaps=0.3)
    t = drawing.table
    own = pd.DataFrame({
        name: (45 + 20 * (-1 if name == "c" else 1) * (t[name] - mean) / deviation).clip(0, 100)
        for name, (mean, deviation) in base.items()
    })  # fmt: skip
    whole = half_up(own.mean(axis=1).where(own.notna().sum(axis=1) >= 3), 0)
    assert 0 < whole.isna().sum() < 20
    return Worked(t, {"cpi": whole, "c": own["c"]}, best_first(whole))


def freedom() -> Worked:
    drawing = Drawing(25)
    for name, top in [("elections", 12), ("pluralism", 16), ("government", 12), ("cleansing", 4),
                      ("expression", 16), ("associations", 12), ("law", 16),
                      ("personal", 16)]:  # fmt: skip
        drawing.choice(name, *[float(points) for points in range(top + 1)])
    drawing.table.loc["u001", "law"] = NAN
    t = drawing.table
    political = t["elections"] + t["pluralism"] + t["government"] - t["cleansing"]
    civil = t["expression"] + t["associations"] + t["law"] + t["personal"]
    bands = {"political": (political.clip(lower=0), [6, 12, 18, 24, 30, 36]),
             "civil": (civil, [8, 17, 26, 35, 44, 53])}  # fmt: skip
    rating = {
        code: pd.Series(7.0 - np.digitize(points, limits), t.index).where(points.notna())
        for code, (points, limits) in bands.items()
    }
    whole = (rating["political"] + rating["civil"]) / 2
    status = pd.Series(np.select([whole <= 2.5, whole <= 5], [1.0, 2.0], 3.0), t.index)
    return Worked(t, {**rating, "rating": whole}, lowest_first(whole, "dense"),
                  {"status": status.where(whole.notna())})  # fmt: skip


def democracy() -> Worked:
    drawing = Drawing(26)
    for name in ("free", "fair", "parties", "security", "cohesion"):
        drawing.choice(name, 0.0, 0.5, 1.0, gaps=0.03)
    drawing.add("survey", 0, 90, 0, gaps=0.5)
    t = drawing.table
    answers = t[["free", "fair", "parties"]].mean(axis=1) * 10
    taken = t[["free", "security"]].apply(lambda one: one.map({0.0: -1.0, 0.5: -0.5, 1.0: 0.0}))
    elections = (answers + taken.fillna(0).sum(axis=1)).clip(lower=0)
    elections = elections.where(t[["free", "fair", "parties"]].notna().sum(axis=1) >= 2)
    survey = ((t["survey"] >= 20) * 0.5 + (t["survey"] >= 50) * 0.5).where(t["survey"].notna())
    culture = pd.DataFrame({"a": t["cohesion"], "b": survey}).mean(axis=1) * 10
    whole = half_up(mean_of(pd.DataFrame({"a": elections, "b": culture})), 2)
    regime = pd.Series(np.select([whole > 8, whole > 6, whole > 4], [1.0, 2.0, 3.0], 4.0), t.index)
    scores = {"elections": elections, "culture": culture, "democracy": whole}
    return Worked(t, scores, best_first(whole), {"regime": regime.where(whole.notna())})


def press() -> Worked:
    drawing = Drawing(27)
    drawing.add("political", 5, 90, gaps=0.02)
    drawing.add("safety", 5, 90)
    drawing.choice("killed", 0.0, 0.0, 0.0, 1.0, 4.0, NAN)
    drawing.choice("jailed", 0.0, 0.0, 2.0, 30.0)
    t = drawing.table
    contexts = (t["political"] + t["safety"]) / 2
    abuses = 100 * stretched(np.log(10 * t["killed"].fillna(0) + t["jailed"] + 1))
    second = (4 * contexts + abuses) / 5
    whole = np.maximum(contexts, second)
    scores = {"score_a": contexts, "abuses": abuses, "score_b": second, "press": whole}
    return Worked(t, scores, lowest_first(half_up(whole, 2)))


def happiness() -> Worked:
    drawing = Drawing(28)
    for name in ("y1", "y2", "y3"):
        drawing.add(name, 2.5, 7.8, 3, gaps=0.15)
    drawing.add("income", 6, 12, 2, gaps=0.05)
    drawing.add("support", 0.3, 1, 2)
    drawing.add("corruption", 0.1, 0.95, 2)
    t = drawing.table
    ladder = t[["y1", "y2", "y3"]].mean(axis=1)
    income = 0.33 * (t["income"] - t["income"].min())
    support = 2.4 * (t["support"] - t["support"].min())
    honest = 0.6 * (t["corruption"].max() - t["corruption"])
    explained = income + support + honest
    scores = {"happiness": ladder, "explained": explained, "residual": ladder - explained}
    return Worked(t, scores, best_first(ladder))


def passport() -> Worked:
    drawing = Drawing(29)
    for name in "ABCD":
        drawing.choice(name, -1.0, 0.0, 1.0, 2.0, 3.0, gaps=0.1)
    t = drawing.table
    count = (t >= 1).sum(axis=1).astype(float)
    return Worked(t, {"destinations": count}, best_first(count, "dense"))


def ghs() -> Worked:
    drawing = Drawing(30)
    drawing.choice("immunised", 60.0, 80.0, 89.0, 90.0, 95.0, 99.0, gaps=0.1)
    drawing.choice("plan", 0.0, 1.0, gaps=0.1)
    drawing.add("laboratories", 0, 20, 0, gaps=0.1)
    drawing.choice("stars", 0.0, 1.0, 2.0)
    t = drawing.table
    filled = t.fillna(0)
    points = pd.Series(
        np.select(
            [filled["immunised"] >= 95, filled["immunised"] >= 90, filled["immunised"] >= 80],
            [100, 66.7, 33.3],
            0.0,
        ),
        t.index,
    )
    prevent = 0.2 * points + 0.8 * 100 * filled["plan"]
    detect = 50 * (stretched(filled["laboratories"]) + stretched(filled["stars"]))
    whole = half_up(0.162 * prevent + 0.838 * detect, 1)
    return Worked(t, {"prevent": prevent, "detect": detect, "ghs": whole}, best_first(whole))


def haq() -> Worked:
    drawing = Drawing(31, 50)
    years = []
    level = drawing.rng.normal(0, 1, 50)
    for year in (2000, 2015):
        for name in ("measles", "sepsis", "cancer", "asthma"):
            noise = drawing.rng.normal(0, 0.6, 50)
            drawing.table[name] = np.exp(2 - level + noise - (year - 2000) / 20).round(2)
        drawing.table.iloc[:3, 0] = 0.0
        years.append(drawing.table.copy().assign(year=year))
    t = pd.concat(years).set_index("year", append=True)
    logs = t.apply(lambda one: np.log(one + one[one > 0].min()))  # zeros or not
    low, high = logs.quantile(0.01), logs.quantile(0.99)
    part = 100 * (1 - ((logs - low) / (high - low)).clip(0, 1))
    whole = 100 * stretched((part * first_component(part)).sum(axis=1))
    return Worked(t, {"measles": part["measles"], "haq": whole},
                  whole.round(9).groupby("year").rank(ascending=False, method="min"))  # fmt: skip


CASES = (
    world_risk,
    inform_variant,
    nd_gain,
    fragile,
    peace,
    corruption,
    freedom,
    democracy,
    press,
    happiness,
    passport,
    ghs,
    haq,
)
