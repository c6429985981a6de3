"""Normalisations by rank: pandas' ranks, ties and zeros, published percentiles and scores."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.testing import assert_allclose, assert_array_equal

from rankscope.errors import MethodError
from rankscope.methods.base import plain_traits
from rankscope.methods.normalisation import (
    Borda,
    ExponentialRank,
    Normalisation,
    PercentileRank,
    QuantileBands,
    QuantileGroups,
    QuantileGroupsFromTop,
    Rank,
    RankFromTop,
)
from tests.methods.test_normalisation import normalised

if TYPE_CHECKING:
    from pathlib import Path

NAN = np.nan
VALUES = (5.0, 1.0, NAN, 5.0, 9.0, 5.0, 2.0)
TIES = {"lowest": "min", "highest": "max", "average": "average", "dense": "dense"}
COLUMNS = st.lists(
    st.one_of(st.just(NAN), st.integers(-3, 3).map(float)), min_size=1, max_size=12
).map(tuple)


@given(COLUMNS, st.sampled_from(list(TIES)), st.sampled_from([1, -1]))
def test_ranks_equal_those_of_pandas(values: tuple[float, ...], ties: str, polarity: int) -> None:
    turned = pd.Series(values) * polarity

    found = normalised(Rank(ties=ties), values, polarity)
    from_top = normalised(RankFromTop(ties=ties), values, polarity)

    assert_array_equal(found, turned.rank(method=TIES[ties]))
    assert_array_equal(from_top, turned.rank(method=TIES[ties], ascending=False))


@given(COLUMNS, st.sampled_from(["lowest", "highest", "average"]))
def test_percentile_ranks_of_all_equal_those_of_pandas(
    values: tuple[float, ...], ties: str
) -> None:
    expected = pd.Series(values).rank(method=TIES[ties], pct=True)

    assert_allclose(normalised(PercentileRank((0, 1), ties, "all"), values), expected)


@pytest.mark.parametrize(
    ("count", "expected"),
    [
        ("others", [0, 0.25, 0.5, 0.75, 1]),
        ("all", [0.2, 0.4, 0.6, 0.8, 1]),
        ("middle", [0.1, 0.3, 0.5, 0.7, 0.9]),
        ("open", [1 / 6, 2 / 6, 3 / 6, 4 / 6, 5 / 6]),
    ],
)
def test_what_the_rank_is_a_share_of(count: str, expected: list[float]) -> None:
    method = PercentileRank((0, 1), count=count)

    assert_allclose(normalised(method, (1, 2, 3, 4, 5)), expected)
    assert_allclose(normalised(method, (1, 2, 3, 4, 5), polarity=-1), expected[::-1])


def test_a_percentile_is_the_share_that_scipy_counts() -> None:
    from scipy.stats import percentileofscore

    kinds = {"lowest": "strict", "highest": "weak", "average": "mean"}
    present = [value for value in VALUES if value == value]  # noqa: PLR0124  # NaN is not itself
    for ties, kind in kinds.items():
        found = normalised(PercentileRank((0, 6), ties, "all"), VALUES)
        more = {"lowest": 1, "highest": 0, "average": 0.5}[ties]
        expected = [
            percentileofscore(present, value, kind) * 6 / 100 + more if value == value else NAN  # noqa: PLR0124
            for value in VALUES
        ]

        assert_allclose(found, expected)


def test_zeros_apart_take_the_end_on_which_they_stand() -> None:
    values = (0.0, 3.0, NAN, 0.0, 1.0, 3.0, 2.0)
    method = PercentileRank(ties="highest", count="all", zeros="apart")

    assert normalised(method, values)[3:] == [0, 25, 100, 50]
    assert_array_equal(normalised(method, values, polarity=-1), [100, 50, NAN, 100, 100, 50, 75])
    assert normalised(method, (0.0, 0.0)) == [0, 0]
    assert "above zero" in method.explain(method.fit(np.ones((3, 1)), plain_traits(3, 1)), 0)


@pytest.mark.parametrize("ties", ["lowest", "highest", "average"])
def test_new_values_are_placed_among_the_fitted_ones(ties: str) -> None:
    ladder = tuple(np.linspace(-1, 11, 97))
    found = normalised(Rank(ties=ties), VALUES, then=ladder)

    assert (np.diff(found) >= 0).all()
    assert (found[0], found[-1]) == (1, 6)


def test_borda_gives_a_point_for_each_left_behind() -> None:
    assert_array_equal(normalised(Borda(), VALUES), [2, 0, NAN, 2, 5, 2, 1])
    assert_array_equal(normalised(Borda("average"), VALUES), [3, 0, NAN, 3, 5, 3, 1])


def test_groups_of_equal_size() -> None:
    values = tuple(float(one) for one in range(1, 13))
    expected = pd.qcut(list(values), 4, labels=False) + 1

    assert normalised(QuantileGroups(4), values) == list(expected)
    assert normalised(QuantileGroups(4), values, polarity=-1) == list(expected[::-1])
    assert normalised(QuantileGroupsFromTop(4), values) == list(expected[::-1])


def test_groups_that_can_not_be_equal_depend_on_where_counting_starts() -> None:
    assert normalised(QuantileGroups(2), (1, 2, 3)) == [1, 2, 2]
    assert normalised(QuantileGroupsFromTop(2), (1, 2, 3)) == [2, 2, 1]
    assert normalised(QuantileGroups(10), (7.0, NAN))[0] == 10


def test_quantile_bands_are_those_of_the_handbook() -> None:
    """OECD/JRC Handbook 2008, table 3, where percentiles of 0 to 100 are these numbers."""
    values = tuple(float(one) for one in range(101))
    found = normalised(QuantileBands(), values)
    expected = np.select(
        [np.arange(101) < edge for edge in (15, 25, 65, 85, 95)], range(0, 100, 20), 100
    )

    assert_array_equal(found, expected)
    assert found[::-1] == normalised(QuantileBands(at_limit="above"), values, polarity=-1)


def test_the_exponential_rank_runs_from_nearly_nothing_to_the_top() -> None:
    """A tenth of the units lies above 50, as the technical report says."""
    values = tuple(float(one) for one in range(1, 1001))
    found = np.array(normalised(ExponentialRank(), values))

    assert_allclose(found[-1], 100)
    assert_allclose((found > 50).mean(), 0.1, atol=0.005)
    assert_allclose(normalised(ExponentialRank(1e6), values), np.arange(1, 1001) / 10, atol=0.01)


def test_an_exponential_too_steep_to_compute_is_refused() -> None:
    with pytest.raises(MethodError, match=r"exponential_rank\.scale must be at least .+ 0\.2, got"):
        ExponentialRank(0.1)


@pytest.mark.parametrize(
    "method",
    [Rank(), Rank("dense"), PercentileRank(), ExponentialRank(), QuantileGroups()],
    ids=str,
)
def test_columns_are_ranked_each_by_itself(method: Normalisation) -> None:
    rng = np.random.default_rng(3)
    matrix = rng.integers(0, 9, (30, 200)).astype(float)
    matrix[rng.random(matrix.shape) < 0.1] = NAN
    traits = plain_traits(*matrix.shape)

    found = method.transform(matrix, method.fit(matrix, traits), traits)

    for column in (0, 77, 199):
        assert_array_equal(found[:, column], normalised(method, tuple(matrix[:, column])))


def case(shared: Path, name: str) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return what went in and what was published, by unit."""
    folder = shared / "data" / "cases" / name
    data, published = (
        pd.read_csv(folder / f"{what}.csv", index_col="id", dtype={"id": str})
        for what in ("data", "published")
    )
    return data, published.reindex(data.index)


@pytest.mark.shared
def test_percentile_ranks_of_american_counties(shared: Path) -> None:
    """CDC/ATSDR Social Vulnerability Index 2018: 3,142 counties, printed with 4 decimals."""
    data, published = case(shared, "svi2018_county")
    for name in [name for name in data if name.startswith("EP_")]:
        low_income = name == "EP_PCI"  # published as 1 less the rank, so ties share the other end
        method = PercentileRank((0, 1), "highest" if low_income else "lowest")
        found = normalised(method, tuple(data[name]), polarity=-1 if low_income else 1)

        assert_array_equal(np.round(found, 4), published[f"EPL_{name[3:]}"])


@pytest.mark.shared
def test_percentiles_of_californian_tracts(shared: Path) -> None:
    """CalEnviroScreen 3.0: zeros have 0, others their share among the non-zero."""
    data, published = case(shared, "calenviroscreen3")
    method = PercentileRank(ties="highest", count="all", zeros="apart")
    too_coarse = {"Diesel PM", "Drinking Water", "Pesticides", "Tox. Release"}
    for name in set(data.columns) - {"California County"} - too_coarse:
        found = normalised(method, tuple(data[name].astype(float)))

        assert_allclose(found, published[f"{name} Pctl"], atol=0.00501)


@pytest.mark.shared
def test_exponential_ranks_of_english_neighbourhoods(shared: Path) -> None:
    """English Indices of Deprivation 2025: all 33,755 scores to 3 decimals, and all deciles."""
    data, published = case(shared, "imd2025_england")
    weights = {"Income": 0.225, "Employment": 0.225, "Education": 0.135, "Health": 0.135,
               "Crime": 0.093, "Housing_and_Services": 0.093, "Environment": 0.093}  # fmt: skip
    scores = sum(
        weight * np.array(normalised(ExponentialRank(), tuple(data[f"{domain}_rank"]), -1))
        for domain, weight in weights.items()
    )
    deciles = normalised(QuantileGroupsFromTop(10), tuple(published["rank"]), -1)

    assert_allclose(scores, published["score"], atol=0.000501)
    assert_array_equal(deciles, published["decile"])
