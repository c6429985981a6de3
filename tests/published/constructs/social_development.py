"""Indices of development, hunger, gender and human capital, worked in plain pandas."""

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
    half_up,
    lowest_first,
    mean_of,
    standardised,
)

LOW, HIGH = np.log(100), np.log(75_000)


def ihdi() -> Worked:
    drawing = Drawing(1)
    for name, low, high in [("life", 18, 88), ("expected", 3, 20), ("mean", 0, 15)]:
        drawing.add(name, low, high, gaps=0.03)
    drawing.add("gni", 80, 90_000, 0, gaps=0.03)
    for name in ("life_inequality", "education_inequality", "income_inequality"):
        drawing.add(name, 2, 50, gaps=0.05)
    t = drawing.table
    t.loc["u003", ["expected", "mean"]] = 0.0
    t.loc["u003", ["life", "gni", "life_inequality"]] = [70.0, 900.0, 20.0]
    t.loc["u003", ["education_inequality", "income_inequality"]] = 30.0
    life = between(t["life"], 20, 85)
    school = (between(t["expected"], 0, 18) + between(t["mean"], 0, 15)) / 2
    income = between(np.log(t["gni"]), LOW, HIGH)
    hdi = np.cbrt(life * school * income)
    parts = {
        "health": life * (1 - t["life_inequality"] / 100),
        "education": school * (1 - t["education_inequality"] / 100),
        "income": income * (1 - t["income_inequality"] / 100),
    }
    adjusted = np.cbrt(parts["health"] * parts["education"] * parts["income"])
    loss = (1 - adjusted / hdi.replace(0, NAN)) * 100
    scores = {**parts, "ihdi": adjusted, "hdi": hdi, "loss": loss}
    assert adjusted["u003"] == 0
    return Worked(t, scores, lowest_first(loss))


def gii() -> Worked:
    drawing = Drawing(2)
    drawing.add("mmr", 3, 1_500, 0, gaps=0.05)
    drawing.add("abr", 1, 180, gaps=0.02)
    drawing.add("f_seats", 0, 50, 0)
    for name in ("f_school", "m_school", "f_work", "m_work"):
        drawing.add(name, 10, 95)
    t = drawing.table
    t["m_seats"] = 100 - t["f_seats"]
    t.loc["u004", ["f_seats", "m_seats"]] = [0, 100]
    mmr = t["mmr"].clip(10, 1000)
    seats, school = t["f_seats"].clip(lower=0.1), t["f_school"].clip(lower=0.1)
    births = np.sqrt(10 / mmr / t["abr"])
    women = np.cbrt(births * np.sqrt(seats * school) * t["f_work"])
    men = np.cbrt(np.sqrt(t["m_seats"] * t["m_school"]) * t["m_work"])
    power = (np.sqrt(seats * school) + np.sqrt(t["m_seats"] * t["m_school"])) / 2
    equal = np.cbrt((births + 1) / 2 * power * (t["f_work"] + t["m_work"]) / 2)
    both = 2 / (1 / women + 1 / men)
    scores = {"women": women, "men": men, "both": both, "equal": equal, "gii": 1 - both / equal}
    return Worked(t, scores, lowest_first(half_up(scores["gii"], 3)))


def gdi() -> Worked:
    drawing = Drawing(3)
    drawing.add("life_f", 45, 89, gaps=0.04)
    drawing.add("life_m", 40, 84)
    drawing.add("school_f", 0.5, 15)
    drawing.add("school_m", 0.5, 15)
    drawing.add("wage", 0.5, 1, 2, gaps=0.04)
    drawing.add("active_f", 0.1, 0.6, 2)
    drawing.add("women", 0.45, 0.55, 2)
    drawing.add("gni", 600, 90_000, 0)
    drawing.add("gni_m", 600, 90_000, 0)
    t = drawing.table
    t["active_m"] = 1 - t["active_f"]
    bill = t["wage"] * t["active_f"] / (t["wage"] * t["active_f"] + t["active_m"])
    income_f = between(np.log(bill * t["gni"] / t["women"]), LOW, HIGH)
    income_m = between(np.log(t["gni_m"]), LOW, HIGH)
    women = np.cbrt(between(t["life_f"], 22.5, 87.5) * between(t["school_f"], 0, 15) * income_f)
    men = np.cbrt(between(t["life_m"], 17.5, 82.5) * between(t["school_m"], 0, 15) * income_m)
    whole = women / men
    group = pd.Series(np.digitize((whole - 1).abs(), [0.025, 0.05, 0.075, 0.1], right=True) + 1.0,
                      t.index).where(whole.notna())  # fmt: skip
    scores = {"hdi_f": women, "hdi_m": men, "income_f": income_f, "gdi": whole}
    return Worked(t, scores, best_first(whole), {"group": group})


def mpi() -> Worked:
    drawing = Drawing(4, 120)
    for name in ("nutrition", "mortality", "attendance"):
        drawing.choice(name, 0.0, 0.0, 1.0)
    drawing.choice("years", 0.0, 3.0, 5.0, 6.0, 7.0, gaps=0.03)
    drawing.choice("water", 0.0, 10.0, 30.0, 31.0, 90.0)
    drawing.choice("car", 0.0, 0.0, 1.0)
    drawing.choice("goods", 0.0, 1.0, 2.0, 4.0)
    t = drawing.table
    sixths = t["nutrition"] + t["mortality"] + t["attendance"] + (t["years"] < 6)
    poor_in = sixths * 3 + (t["water"] > 30) + ((t["car"] < 1) & (t["goods"] < 2))  # eighteenths
    score = (poor_in / 18).where(poor_in >= 6, 0).where(t["years"].notna())
    assert (poor_in == 6).sum() > 3
    poor = (poor_in >= 6).astype(float).where(t["years"].notna())
    return Worked(t, {"mpi": score}, best_first(score), {"poor": poor})


def mpi_regions() -> Worked:
    drawing = Drawing(5)
    drawing.add("headcount", 0, 90, gaps=0.05)
    drawing.add("intensity", 33.4, 70)
    for name in ("nutrition", "schooling", "water"):
        drawing.add(name, 0, 50)
    t = drawing.table
    t.loc["u002", "headcount"] = 0.0
    whole = t["headcount"] * t["intensity"] / 1e4
    parts = t["nutrition"] / 6 + t["schooling"] / 3 + t["water"] / 18
    return Worked(t, {"mpi": whole, "parts": parts}, lowest_first(whole),
                  {"printed": half_up(whole, 3)})  # fmt: skip


def ghi() -> Worked:
    drawing = Drawing(6)
    drawing.add("undernourished", 2.5, 50, gaps=0.05)
    drawing.add("mortality", 0.2, 14, 2)
    drawing.add("stunting", 1, 60)
    drawing.add("wasting", 0.2, 32)
    t = drawing.table
    t.iloc[:6] /= 20
    children = (t["stunting"] / 70 + t["wasting"] / 30) / 2 * 100
    whole = (t["undernourished"] / 80 * 100 + t["mortality"] / 35 * 100 + children) / 3
    shown = half_up(whole, 1).clip(lower=5)
    assert (shown == 5).sum() >= 4
    severity = 1.0 + sum((shown > limit).astype(float) for limit in (9.9, 19.9, 34.9, 49.9))
    return Worked(t, {"children": children, "ghi": shown}, lowest_first(shown),
                  {"severity": severity.where(shown.notna())})  # fmt: skip


def hci() -> Worked:
    drawing = Drawing(7)
    drawing.add("survival", 0.88, 0.998, 3, gaps=0.03)
    drawing.add("years", 4, 14)
    drawing.add("tests", 305, 580, 0)
    drawing.add("adults", 0.5, 0.95, 2, gaps=0.1)
    drawing.add("not_stunted", 0.5, 0.97, 2, gaps=0.4)
    t = drawing.table
    school = np.exp(0.08 * (t["years"] * t["tests"] / 625 - 14))
    terms = pd.DataFrame({"a": 0.65 * (t["adults"] - 1), "b": 0.35 * (t["not_stunted"] - 1)})
    health = np.exp(terms.mean(axis=1))
    whole = t["survival"] * school * health
    return Worked(t, {"school": school, "health": health, "hci": whole}, best_first(whole))


def gender_gap() -> Worked:
    drawing = Drawing(8)
    for name, low, high in [("labour", 0.2, 1.1), ("wages", 0.3, 0.9), ("births", 0.9, 0.97),
                            ("lives", 0.98, 1.1), ("head", 0, 1)]:  # fmt: skip
        drawing.add(name, low, high, 3, gaps=0.04)
    drawing.add("seats_f", 0, 90, 0)
    drawing.add("seats_m", 40, 120, 0)
    t = drawing.table
    capped = pd.DataFrame({"labour": t["labour"].clip(upper=1), "wages": t["wages"].clip(upper=1),
                           "births": (t["births"] / 0.944).clip(upper=1),
                           "lives": (t["lives"] / 1.06).clip(upper=1),
                           "seats": (t["seats_f"] / t["seats_m"]).clip(upper=1),
                           "head": t["head"]})  # fmt: skip
    parts = {}
    for code, below in {"economy": ["labour", "wages"], "health": ["births", "lives"],
                        "power": ["seats", "head"]}.items():  # fmt: skip
        parts[code] = mean_of(capped[below], list(1 / capped[below].std()))
    whole = pd.DataFrame(parts).mean(axis=1)
    return Worked(t, {**parts, "gap": whole}, best_first(whole))


def wps() -> Worked:
    drawing = Drawing(9)
    ends = {"education": (0, 15), "parliament": (0, 50), "laws": (0, 100), "bias": (105, 120),
            "violence": (0, 50), "safety": (0, 100)}  # fmt: skip
    for name, (low, high) in ends.items():
        drawing.add(name, low, high * 1.02, 0, gaps=0.01)
    drawing.choice("region", "north", "south", "east", "")
    t = drawing.table
    part = pd.DataFrame({name: between(t[name], *ends[name]) for name in ends})
    part[["bias", "violence"]] = 1 - part[["bias", "violence"]]
    part = 0.01 + 0.99 * part
    means = {"inclusion": part["education"] + part["parliament"],
             "justice": part["laws"] + part["bias"],
             "security": part["violence"] + part["safety"]}  # fmt: skip
    means = {code: total / 2 for code, total in means.items()}
    whole = np.cbrt(means["inclusion"] * means["justice"] * means["security"])
    regional = whole[t["region"] != ""].groupby(t["region"]).rank(ascending=False, method="min")
    ranks = best_first(half_up(whole, 3))
    return Worked(t, {**means, "wps": whole}, ranks, {"region_rank": regional.reindex(t.index)})


def sdg() -> Worked:
    drawing = Drawing(10, 80)
    drawing.add("poverty", 0, 60, gaps=0.1)
    drawing.skewed("poverty2", 10, gaps=0.1)
    drawing.add("yields", 0.5, 9)
    drawing.add("diet", 2.2, 2.6, 2, gaps=0.15)
    drawing.add("doctors", 0, 6, gaps=0.1)
    drawing.choice("region", "a", "b", "c")
    t = drawing.table
    enough = t.drop(columns="region").notna().mean(axis=1) >= 0.8
    used = t[enough]
    assert 0 < (~enough).sum() < 20

    def to(values: pd.Series, best: float, sign: int) -> pd.Series:
        values, best = values * sign, best * sign
        worst = values.quantile(0.025)
        return between(values, worst, best) * 100

    diet = used["diet"].fillna(used.groupby("region")["diet"].transform("mean"))
    part = {
        "poverty": to(used["poverty"], 0, -1),
        "poverty2": to(used["poverty2"], 0, -1),
        "yields": to(used["yields"], used["yields"].nlargest(5).mean(), 1),
        "diet": to(diet, diet.nsmallest(5).mean(), -1),
        "doctors": to(used["doctors"], 4, 1),
    }
    goals = {"goal1": pd.DataFrame(part)[["poverty", "poverty2"]].mean(axis=1),
             "goal2": (part["yields"] + part["diet"]) / 2, "goal3": part["doctors"]}  # fmt: skip
    whole = pd.DataFrame(goals).mean(axis=1)
    rating = 1 + sum((goals["goal1"] >= limit).astype(float) for limit in (40, 60, 80))
    scores = {**part, **goals, "sdg": whole}
    return Worked(t, {code: one.reindex(t.index) for code, one in scores.items()},
                  best_first(whole).reindex(t.index),
                  {"rating": rating.where(goals["goal1"].notna()).reindex(t.index)})  # fmt: skip


def spi() -> Worked:
    """The publisher's way: loadings on z-scores, then between its worst and its best case."""
    drawing = Drawing(11)
    level = drawing.rng.normal(0, 1, 60)
    ends = {"hunger": (60, 2), "mortality": (1200, 1), "births": (20, 100), "piped": (0, 100),
            "toilets": (0, 100), "freedom": (0, 40), "property": (0, 100)}  # fmt: skip
    for name, (worst, best) in ends.items():
        drawing.add(name, 0, 1)
        noise = drawing.table[name]
        share = 0.5 + 0.15 * level + 0.4 * (noise - 0.5)
        drawing.table[name] = (worst + (best - worst) * share).round(2)
    t = drawing.table
    components = {}
    for code, below in {"nutrition": ["hunger", "mortality", "births"],
                        "water": ["piped", "toilets"],
                        "rights": ["freedom", "property"]}.items():  # fmt: skip
        signs = np.array([np.sign(ends[one][1] - ends[one][0]) for one in below])
        z = t[below].apply(standardised) * signs
        loadings = first_component(z)
        best, worst = ((np.array([ends[one][end] for one in below]) - t[below].mean())
                       / t[below].std() * signs @ np.diag(loadings) for end in (1, 0))  # fmt: skip
        raw = (z * loadings).sum(axis=1)
        components[code] = 100 * (raw - worst.sum()) / (best.sum() - worst.sum())
    needs = (components["nutrition"] + components["water"]) / 2
    whole = (needs + components["rights"]) / 2
    return Worked(t, {**components, "needs": needs, "spi": whole}, best_first(whole))


CASES = (ihdi, gii, gdi, mpi, mpi_regions, ghi, hci, gender_gap, wps, sdg, spi)
