"""Indices of deprivation and burden of small areas, worked in plain pandas."""

from __future__ import annotations

import numpy as np
import pandas as pd
from scipy.stats import norm

from tests.published.constructs.social_table import (
    NAN,
    Drawing,
    Worked,
    best_first,
    first_component,
    groups,
    half_up,
    mean_of,
    standardised,
)


def exponential(values: pd.Series, method: str = "average") -> pd.Series:
    """Return Noble's scores of ranks, the highest value 100."""
    share = values.round(9).rank(method=method) / values.count()
    return -23 * np.log(1 - share * (1 - np.exp(-100 / 23)))


def percentile(values: pd.Series) -> pd.Series:
    """Return the share of values above zero that are not higher, 0 for zeros."""
    above = values.where(values > 0)
    return (100 * above.rank(method="max") / above.count()).where(values != 0, 0.0)


def related(drawing: Drawing, *names: str, signs: tuple[int, ...] = (), gaps: float = 0.0) -> None:
    """Add shares that go together."""
    level = drawing.rng.normal(0, 1, len(drawing.index))
    for name, sign in zip(names, signs or (1,) * len(names), strict=True):
        noise = drawing.rng.normal(0, 1, len(level))
        values = pd.Series((40 + 8 * (sign * level + 0.7 * noise)).round(1), drawing.index)
        drawing.table[name] = values.mask(drawing.rng.random(len(level)) < gaps)


def simd() -> Worked:
    drawing = Drawing(40, 90)
    related(drawing, "mortality", "alcohol", "births")
    drawing.add("income", 0, 60, 0)
    drawing.add("drive", 1, 60)
    drawing.add("bus", 1, 90)
    drawing.add("crimes", 0, 90, 0)
    drawing.add("people", 300, 1_200, 0)
    t = drawing.table
    t.loc["u005", "births"] = NAN
    normal = t.apply(lambda one: pd.Series(norm.ppf(one.rank() / (one.count() + 1)), one.index))
    below = normal[["mortality", "alcohol", "births"]]
    loadings = first_component(below)
    health = (below * loadings / loadings.sum()).sum(axis=1, skipna=False)
    access = (2 * normal["drive"] + normal["bus"]) / 3
    parts = pd.DataFrame({"income": exponential(t["income"]), "health": exponential(health),
                          "access": exponential(access),
                          "crime": exponential(t["crimes"] / t["people"])})  # fmt: skip
    mean = (parts * [12, 6, 4, 2]).sum(axis=1, skipna=False) / 24
    rank = best_first(mean)
    scores = {code: parts[code] for code in parts} | {"simd": rank}
    return Worked(t, scores, rank, {"decile": groups(mean, 10, from_top=True)})


def wimd() -> Worked:
    drawing = Drawing(41, 100)
    for name in ("income", "employment", "health", "safety"):
        drawing.add(name, 0, 40)
    drawing.choice("authority", "Gwynedd", "Powys", "Swansea")
    t = drawing.table
    weights = {"income": 0.22, "employment": 0.22, "health": 0.15, "safety": 0.1}
    parts = {name: exponential(t[name], "min") for name in weights}
    whole = sum(parts[name] * weight for name, weight in weights.items())
    ranks = best_first(whole, "first")
    local = whole.round(9).groupby(t["authority"]).rank(method="min", ascending=False)
    printed = {"decile": groups(whole, 10, from_top=True), "local_rank": local}
    return Worked(t, {**parts, "wimd": whole}, ranks, printed)


def irsd() -> Worked:
    drawing = Drawing(42, 100)
    related(drawing, "low_income", "no_internet", "jobless", "no_school", gaps=0.02)
    drawing.choice("state", "NSW", "VIC", "WA")
    t = drawing.table
    z = -t.drop(columns="state").apply(standardised, ddof=0)
    component = (z * first_component(z)).sum(axis=1, skipna=False)
    whole = 1000 + 100 * standardised(component, ddof=0)
    by_state = pd.concat([groups(one, 10) for _, one in whole.groupby(t["state"])])
    printed = {"decile": groups(whole, 10), "state_decile": by_state.reindex(t.index)}
    return Worked(t, {"irsd": whole}, best_first(whole), printed)


def adi() -> Worked:
    drawing = Drawing(43, 120)
    related(drawing, "poverty", "income", "school", signs=(1, -1, -1))
    drawing.skewed("disparity", 20)
    drawing.choice("state", "CA", "NY")
    t = drawing.table.astype(object)
    t.loc["u010", "poverty"], t.loc["u020", "income"] = "GQ", "PH"
    numbers = drawing.table.drop(columns="state").mask(t.isin(["GQ", "PH"]))
    numbers["disparity"] = np.log(numbers["disparity"] + 1)
    z = numbers.apply(standardised) * [1, -1, -1, 1]
    total = (z * [0.0977, 0.0936, 0.0970, 0.0936]).sum(axis=1, skipna=False)
    whole = 100 + 20 * standardised(total)
    by_state = pd.concat([groups(one, 10) for _, one in whole.groupby(t["state"])])
    printed = {"national": groups(whole, 100), "by_state": by_state.reindex(t.index)}
    return Worked(t, {"adi": whole}, best_first(whole), printed)


def svi_flags() -> Worked:
    drawing = Drawing(44, 100)
    for name, high in [("poverty", 40), ("income", 60_000), ("age", 30)]:
        drawing.add(name, 0, high, 0)
    t = drawing.table.copy()
    t.loc["u007", "income"] = -999
    numbers = t.where(t != -999)
    ranks = (numbers.rank(method="min") - 1) / (numbers.count() - 1)
    falling = numbers["income"].rank(method="min", ascending=False) - 1
    ranks["income"] = falling / (numbers["income"].count() - 1)
    shown = ranks.apply(half_up, decimals=4)
    total = half_up(shown.sum(axis=1, skipna=False), 4)
    flags = (shown >= 0.9).sum(axis=1).astype(float)
    themes = half_up((total.rank(method="min") - 1) / (total.count() - 1), 4)
    scores = {"svi": total, "flags": flags}
    return Worked(t, scores, best_first(total), {"themes": themes})


def calenviroscreen4() -> Worked:
    drawing = Drawing(45, 100)
    for name in ("ozone", "lead", "sites", "waste", "asthma", "poverty"):
        drawing.skewed(name, 8, gaps=0.03)
    t = drawing.table
    part = t.apply(percentile)
    exposures, effects = part[["ozone", "lead"]].mean(axis=1), part[["sites", "waste"]].mean(axis=1)
    burden = mean_of(pd.DataFrame({"a": exposures, "b": effects}), [1, 0.5])
    people = part[["asthma", "poverty"]].mean(axis=1)
    both = {"burden": 10 * burden / burden.max(), "population": 10 * people / people.max()}
    whole = both["burden"] * both["population"]
    printed = {"percentile": 100 * whole.round(9).rank(method="max") / whole.count()}
    return Worked(t, {**both, "ces": whole}, best_first(whole), printed)


def ejscreen() -> Worked:
    drawing = Drawing(46, 100)
    drawing.add("pm", 4, 15, gaps=0.03)
    drawing.add("low_income", 0, 1, 2)
    drawing.add("of_colour", 0, 1, 2)
    drawing.choice("state", "CA", "NY", "")
    t = drawing.table
    place = np.floor((100 * t["pm"].rank(method="max") / t["pm"].count()).round(9))
    whole = place * (t["low_income"] + t["of_colour"]) / 2
    clean = whole.round(9)
    share = 100 * clean.rank(method="max") / clean.count()
    states = clean[t["state"] != ""].groupby(t["state"])
    own = 100 * states.rank(method="max") / states.transform("count")
    printed = {"us": share, "state_percentile": own.reindex(t.index)}
    return Worked(t, {"pm": place, "ej_pm": whole}, best_first(whole), printed)


def child_opportunity() -> Worked:
    drawing = Drawing(47, 60)
    years = []
    for year in (2010, 2015):
        drawing.add("reading", 20, 80, gaps=0.05)
        drawing.add("poverty", 0, 100)
        drawing.skewed("toxics", 30)
        drawing.add("insured", 50, 100)
        years.append(drawing.table.copy().assign(year=year))
    t = pd.concat(years).set_index("year", append=True)
    t["metro"] = np.where(t.index.get_level_values(0) < "u030", "east", "west")
    raw = t.drop(columns="metro")
    centre, spread = raw["toxics"].mean(), raw["toxics"].std()
    raw["toxics"] = raw["toxics"].clip(centre - 3 * spread, centre + 3 * spread)
    z = raw.apply(standardised) * [1, -1, -1, 1]
    education_present = z["reading"].notna()  # poverty alone has 0.4 of the weight
    education = standardised(
        mean_of(z[["reading", "poverty"]], [0.6, 0.4]).where(education_present)
    )
    health = standardised(0.2 * z["toxics"] + 0.8 * z["insured"])
    whole = mean_of(pd.DataFrame({"a": education, "b": health}), [0.33, 0.67])
    hundredth = pd.concat([groups(one, 100) for _, one in whole.groupby("year")])
    level = pd.concat([groups(one, 5) for _, one in whole.groupby(t["metro"])])
    ranks = whole.round(9).groupby("year").rank(ascending=False, method="min")
    printed = {"hundredth": hundredth.reindex(t.index), "level": level.reindex(t.index)}
    return Worked(t, {"education": education, "health": health, "coi": whole}, ranks, printed)


def townsend() -> Worked:
    drawing = Drawing(48, 90)
    drawing.skewed("unemployed", 6, gaps=0.02)
    drawing.skewed("crowded", 4)
    drawing.add("no_car", 5, 60)
    drawing.add("not_owned", 5, 80)
    drawing.choice("country", "England", "Wales", "Scotland")
    t = drawing.table
    logged = t.drop(columns="country")
    logged[["unemployed", "crowded"]] = np.log(logged[["unemployed", "crowded"]] + 1)
    by = logged.groupby(t["country"])
    z = (logged - by.transform("mean")) / by.transform("std", ddof=0)
    whole = z.sum(axis=1, skipna=False)
    return Worked(t, {"townsend": whole}, best_first(whole), {"fifth": groups(whole, 5)})


CASES = (simd, wimd, irsd, adi, svi_flags, calenviroscreen4, ejscreen, child_opportunity, townsend)
