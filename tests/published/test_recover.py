"""Weights recovered from published tables, beside what is known of them from elsewhere."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from numpy.testing import assert_allclose

from rankscope.analyses.exact.reach import reach
from rankscope.analyses.recover import (
    Recovered,
    Total,
    recover_by_period,
    recover_from_ranks,
    recover_weights,
)
from rankscope.pipeline.result import build
from tests.analyses.recover.tables import brute_shares
from tests.published.test_global_ai_index import gaii as gaii_2021

DATA = Path(__file__).parents[2].parent / "shared" / "data"
COMPONENTS_2021 = (5, 3, 2, 5, 3, 1, 5)
"""The whole numbers behind the seven sub-pillars of the Global AI Index of 2021."""

pytestmark = [pytest.mark.shared, pytest.mark.usefixtures("shared"), pytest.mark.slow]


def gaii(year: int) -> pd.DataFrame:
    """Return a published table by country, its cells as printed."""
    path = DATA / "published" / f"gaii-{year}.csv"
    return pd.read_csv(path, dtype=str, keep_default_na=False).set_index("iso3")


def pillars(table: pd.DataFrame) -> pd.DataFrame:
    start = [name.lower() for name in table.columns].index("talent")
    return table.iloc[:, start : start + 7]


def case(name: str) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return data and published results of a case, by the same rows."""
    data = pd.read_csv(
        DATA / "cases" / name / "data.csv", keep_default_na=False, na_values=["", "-"]
    ).set_index("id")
    return data, pd.read_csv(DATA / "cases" / name / "published.csv").set_index("id").loc[
        data.index
    ]


def ids(found: Recovered) -> set[str]:
    return {one.id for one in found.findings}


def holds(found: Recovered, shares: Any) -> bool:
    own = np.array(shares) / np.sum(shares)
    return bool(
        (found.shares[:, 0] <= own + 1e-9).all() and (own <= found.shares[:, 1] + 1e-9).all()
    )


# ── the Global AI Index ──────────────────────────────────────────────────────


@pytest.fixture(scope="module")
def edition_2021() -> Recovered:
    table = gaii(2021)
    return recover_weights(pillars(table), table["Total score"])


def test_2021_intervals_are_the_optima_of_linear_programs(edition_2021: Recovered) -> None:
    table = gaii(2021)
    truth = brute_shares(
        pillars(table).to_numpy(float),
        table["Total score"].to_numpy(float),
        (0.005, 0.005),
        shifted=True,
    )

    assert edition_2021.total is Total.SHIFTED
    assert_allclose(edition_2021.shares, truth, atol=1e-6)
    assert_allclose(edition_2021.shares[0], [0.20796, 0.20868], atol=1e-5)


def test_2021_whole_numbers_and_rows(edition_2021: Recovered) -> None:
    assert str(edition_2021.whole_numbers) == "5:3:2:5:3:1:5"
    assert edition_2021.whole_numbers is not None
    assert edition_2021.whole_numbers.others == ()
    assert edition_2021.whole_numbers.complete
    assert edition_2021.wrong.at_least == 0
    assert edition_2021.allows(COMPONENTS_2021).possible
    assert "recover-scale-unknown" in ids(edition_2021)


def test_2021_planted_errors_are_named() -> None:
    table = gaii(2021)
    cell, swapped = table.copy(), table.copy()
    cell.loc["RUS", "Talent"] = f"{float(table.loc['RUS', 'Talent']) + 2:.2f}"
    swapped.loc[["SGP", "LUX"], "Total score"] = table.loc[["LUX", "SGP"], "Total score"].to_numpy()
    one, two = (
        recover_weights(pillars(own), own["Total score"], most_wrong=0.04)
        for own in (cell, swapped)
    )

    assert one.wrong.certain == ("RUS",)
    assert two.wrong.certain == ("SGP", "LUX")
    for found in (one, two):
        assert str(found.whole_numbers) == "5:3:2:5:3:1:5"


def test_2021_ranks_alone_hold_the_weights() -> None:
    table = gaii(2021)
    found = recover_from_ranks(pillars(table), table["rank"])

    assert not found.refused
    assert holds(found, COMPONENTS_2021)
    assert found.identified.widest > 0.02


def test_2024_has_wider_intervals_and_other_weights(edition_2021: Recovered) -> None:
    table = gaii(2024)
    found = recover_weights(pillars(table), table["overall"])
    claim = found.allows(COMPONENTS_2021)

    assert found.total is Total.SHIFTED
    assert found.identified.widest > 100 * edition_2021.identified.widest
    assert "recover-wide" in ids(found)
    assert not claim.possible
    assert claim.at_least > 5
    assert claim.findings[0].id == "recover-impossible"
    for total in Total.AS_GIVEN, Total.SCALED:
        own = recover_weights(pillars(table), table["overall"], total=total)
        assert not own.allows(COMPONENTS_2021).possible


def test_2024_total_is_of_scale_and_intensity() -> None:
    table = gaii(2024)
    found = recover_weights(table[["scale", "intensity"]], table["overall"])

    assert not found.refused
    assert_allclose(found.shares.mean(axis=1), [0.82, 0.18], atol=0.01)
    assert found.identified.widest < 0.03
    assert (
        recover_weights(table[["scale", "intensity"]], table["overall"], total="scaled and shifted")
        .allows([0.82, 0.18])
        .possible
    )


@pytest.mark.slow
def test_the_recovered_set_answers_how_firm_a_rank_is(edition_2021: Recovered) -> None:
    """Weights that nobody printed leave Russia's rank as it was printed, exactly."""
    definition, table = gaii_2021()
    framework = definition.framework.model_copy(update={"steps": ()})
    result = build(definition.model_copy(update={"framework": framework}), table)
    found = reach(result, weights=edition_2021.admissible(), units=["RUS"])
    printed = int(gaii(2021).loc["RUS", "rank"])

    assert (found.best_to, found.worst_to) == (printed, printed)


# ── other indices ────────────────────────────────────────────────────────────

EARLY = (30, 30, 32.5, 2.5, 5)
LATE = (30, 30, 30, 2.5, 7.5)


def test_the_documented_weights_of_universities_and_their_change() -> None:
    data, published = case("the_2011_2016")
    columns = ["teaching", "research", "citations", "income", "international"]
    found = recover_by_period(data[columns], published["score"], data["year"])
    changes = {change.after: change for change in found.changes}

    for year, own in zip(found.periods, found.each, strict=True):
        assert own.total is Total.AS_GIVEN
        assert "recover-sum-one" in ids(own)
        assert holds(own, EARLY if year == "2011" else LATE)
        assert not own.allows(LATE if year == "2011" else EARLY).possible
    assert str(found["2011"].whole_numbers) == "12:12:13:1:2"
    assert str(found["2016"].whole_numbers) == "12:12:12:1:3"
    assert {year: one.changed for year, one in changes.items()} == {
        "2012": True,
        "2013": False,
        "2014": False,
        "2015": False,
        "2016": False,
    }
    assert changes["2012"].components == ("citations", "international")
    assert recover_weights(data[columns], published["score"], exponent=1).refused


def test_weights_of_logistics_that_nobody_printed_are_loadings() -> None:
    data, published = case("lpi_2018")
    components = data.drop(columns="year")
    found = recover_weights(components, published["score"])
    sizes, axes = np.linalg.eigh(np.corrcoef(components.to_numpy().T))
    loadings = np.abs(axes[:, np.argmax(sizes)]) / components.std().to_numpy()

    assert found.total is Total.AS_GIVEN
    assert "recover-sum-one" in ids(found)
    assert found.identified.widest < 1e-5
    assert_allclose(found.centre, loadings / loadings.sum(), atol=1e-5)
    assert not found.allows(np.ones(6)).possible


def test_the_weights_of_logistics_lie_inside() -> None:
    data, published = case("lpi_2018")
    components = data.drop(columns="year")
    _, _, axes = np.linalg.svd(_standardised(components), full_matrices=False)
    loadings = np.abs(axes[0]) / components.std().to_numpy()

    assert recover_weights(components, published["score"]).allows(loadings).possible


def _standardised(table: pd.DataFrame) -> np.ndarray:
    return ((table - table.mean()) / table.std()).to_numpy()


def test_deprivation_in_england_has_weights_of_another_sum_and_two_odd_rows() -> None:
    data, published = case("imd2025_england")
    ranks = data.filter(like="_rank")
    above = (len(data) + 1 - ranks) / len(data)
    components = -23 * np.log(1 - above * (1 - np.exp(-100 / 23)))
    found = recover_weights(components, published["score"], decimals=12, total_decimals=3)

    assert found.total is Total.AS_GIVEN
    assert_allclose(found.sums, 0.999, atol=1e-6)
    assert "recover-sum-other" in ids(found)
    weights = [0.225, 0.225, 0.135, 0.135, 0.093, 0.093, 0.093]
    assert_allclose(found.weights, np.column_stack([weights, weights]), atol=1e-6)
    assert str(found.whole_numbers) == "75:75:45:45:31:31:31"
    assert found.wrong.certain == ("E01010374", "E01034692")
    fitted = components.to_numpy() @ weights
    off = np.abs(fitted - published["score"]) > 0.0005 + 1e-9
    assert set(data.index[off]) == set(found.wrong.units)


def test_human_development_is_no_arithmetic_mean() -> None:
    data, published = case("hdi2022")
    incomes = np.log(data["gni_pc"] / 100) / np.log(750)
    schooling = data["expected_schooling"] / 18, data["mean_schooling"] / 15
    components = pd.DataFrame(
        {
            "health": (data["life_expectancy"] - 20) / 65,
            "expected": schooling[0],
            "mean": schooling[1],
            "income": incomes,
        }
    ).clip(upper=1)
    education = components[["expected", "mean"]].mean(axis=1)
    three = components[["health", "income"]].assign(education=education)
    found = recover_weights(three, published["score"], total_decimals=3)
    four = recover_weights(
        components,
        published["score"],
        total_decimals=3,
        groups={"education": ["expected", "mean"]},
    )
    possible = {one.model.mean for one in found.verdicts if one.possible}

    assert possible == {"geometric mean"}
    assert "recover-other-mean" in ids(found)
    assert holds(found, [1, 1, 1])
    assert str(found.whole_numbers) == "1:1:1"
    assert found.exponents is not None
    assert max(map(abs, found.exponents)) < 0.01
    assert four.mean == "geometric mean of arithmetic means"
    assert four.names == ("education", "health", "income")


def test_peace_is_no_fixed_rule_of_its_domains() -> None:
    data, published = case("gpi_2008_2022_domains")
    columns = ["Safety and Security", "Militarisation", "Ongoing Conflict"]
    found = recover_weights(data[columns], published["score"], decimals=3, total_decimals=3)
    recent = data["year"] >= 2020
    years = recover_by_period(
        data[columns][recent], published["score"][recent], data["year"][recent], decimals=3
    )

    assert found.refused
    assert found.wrong.at_least > 25
    assert np.isnan(found.shares).all()
    assert "do not determine the score" in found.sentence()
    assert all(own.refused for own in years.each)
