"""What rankings of universities do, each construct worked in plain pandas beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from scipy import stats

from tests.published.constructs.building import (
    Cases,
    Worked,
    assert_built,
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
def shanghai() -> Worked:
    five = ["alumni", "award", "hici", "ns", "pub"]
    table = (drawn(1, 40, *five) ** 2).round()
    table.loc[table.index[::3], "award"] = 0.0
    table.loc[["u005", "u017"], "ns"] = NAN  # of social sciences
    table["staff"] = drawn(2, 40, "staff", low=100, high=900)["staff"].round()
    part = half_up(100 * np.sqrt(table[five] / table[five].max()), 1)
    together = weighted(part, [10, 20, 20, 20, 20])
    size = together / table["staff"]
    part["pcp"] = 100 * size / size.max()
    whole = weighted(part, [10, 20, 20, 20, 20, 10])
    total = half_up(100 * whole / whole.max(), 1)
    return Worked(table, {"award": part["award"], "pcp": part["pcp"], "total": total}, "total")


@case
def times_higher() -> Worked:
    table = panel(3, 25, [2011, 2012], "reputation", "staff", "citations", "income")
    table["reputation"] = table["reputation"] ** 3
    table.loc[("u004", 2011), "income"] = NAN
    table.loc[("u008", 2012), "staff"] = NAN
    bent = table.assign(reputation=np.log(table["reputation"] + 1))
    part = bent.groupby("year").transform(
        lambda one: 100 * stats.norm.cdf((one - one.mean()) / one.std())
    )
    enough = part["reputation"].notna()  # 15 of 19.5 of the weight is more than two thirds
    teaching = half_up(weighted(part[["reputation", "staff"]], [15, 4.5]), 1).where(enough)
    first = part.index.get_level_values("year") == 2011
    citations, income = np.where(first, 32.5, 30), np.where(first, 5, 7.5)
    above = 30 * teaching + citations * part["citations"] + income * part["income"]
    overall = half_up(above / (30 + citations + income), 1)
    return Worked(table, {"teaching": teaching, "overall": overall}, "overall")


@case
def qs() -> Worked:
    table = drawn(4, 50, "academic", "employer", "students", "citations", gaps=0.1)
    table.loc["u020", "academic"] = 90.0
    table["staff_count"] = drawn(5, 50, "staff", low=1, high=9)["staff"]
    ratio = table.drop(columns="staff_count").assign(
        citations=table["citations"] / table["staff_count"], students=-table["students"]
    )
    z = ((ratio - ratio.mean()) / ratio.std(ddof=0)).clip(-3, 3)
    assert (z == 3).any(axis=None)
    part = min_max(z, 1, 100)
    weights = np.array([40, 10, 20, 20])
    enough = (part.notna() * weights).sum(axis=1) >= 45
    overall = weighted(part, list(weights)).where(enough)
    whole = half_up(min_max(overall, 1, 100), 1)
    return Worked(table, {"students": part["students"], "overall": whole}, "overall")


@case
def us_news() -> Worked:
    table = drawn(6, 80, "peers", "graduation", "debt", gaps=0.05)
    table["salaries"] = np.exp(drawn(7, 80, "salaries", high=3)["salaries"])
    filled = table.fillna(table.mean())
    filled = filled.assign(debt=-filled["debt"], salaries=np.log(filled["salaries"]))
    z = (filled - filled.mean()) / filled.std()
    overall = half_up(min_max(weighted(z, [20, 22, 5, 8])))
    return Worked(table, {"overall": overall}, "overall")


@case
def times_impact() -> Worked:
    others = [f"goal{number}" for number in range(1, 7)]
    table = drawn(8, 60, *others, high=100, gaps=0.4)
    table["goal17"] = drawn(9, 60, "goal17", high=100, gaps=0.1)["goal17"]
    enough = table[others].notna().sum(axis=1) >= 3
    best = table[others].apply(lambda row: row.nlargest(3).mean(), axis=1).where(enough)
    overall = 0.22 * table["goal17"] + 0.78 * best
    return Worked(table, {"best": best, "overall": overall}, "overall")


@case
def leiden() -> Worked:
    table = drawn(10, 40, "top", "oa", low=0, high=50).round()
    table["papers"] = drawn(11, 40, "papers", low=60, high=100)["papers"].round()
    table.loc["u001", "papers"] = 0.0
    share = table["top"] / table["papers"].where(table["papers"] > 0)
    return Worked(table, {"leiden": share}, "leiden", ranked(half_up(share, 3)))


@case
def cwur() -> Worked:
    table = drawn(12, 30, "education", "employment", "output").round()
    table.loc[["u003", "u009"], "education"] = NAN
    part = -np.log(table.rank(ascending=False, method="min"))
    overall = min_max(weighted(part, [25, 25, 50]), 65, 100)
    return Worked(table, {"overall": overall}, "overall")


@pytest.mark.parametrize("name", CASES)
def test_scores_and_ranks_are_those_worked_by_hand(name: str, tmp_path: Path) -> None:
    assert_built(tmp_path, name, CASES[name]())
