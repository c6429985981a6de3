"""Nodes of other publishers, from their printed components to their printed scores."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

from rankscope.methods.aggregation import (
    Aggregation,
    Geometric,
    Maximum,
    Product,
    ScaledGeometric,
    Sum,
)

FOLDER = Path(__file__).parents[2].parent / "shared" / "data" / "cases"
pytestmark = [pytest.mark.shared, pytest.mark.usefixtures("shared")]

INFORM = ScaledGeometric(ends=(0, 10))


def case(name: str) -> pd.DataFrame:
    """Return components and what was published, side by side."""
    data, published = (
        pd.read_csv(FOLDER / name / f"{part}.csv", dtype={"id": str}, na_values=["x"]).set_index(
            "id"
        )
        for part in ("data", "published")
    )
    return data.join(published)


def combined(method: Aggregation, table: pd.DataFrame) -> Any:
    values = table.to_numpy(dtype=float)
    weights = (~np.isnan(values)).astype(float)
    if method.shares:
        total = weights.sum(axis=1, keepdims=True)
        weights = np.divide(weights, total, out=np.zeros(weights.shape), where=total > 0)
    return method.combine(np.nan_to_num(values, nan=1.0), weights)


def half_up(values: Any, decimals: int) -> Any:
    return np.floor(values * 10**decimals + 0.5 + 1e-9) / 10**decimals


@pytest.mark.parametrize(
    ("node", "children"),
    [
        ("Natural", ["Earthquake", "Flood", "Tsunami", "Tropical Cyclone", "Drought", "Epidemic"]),
        ("HAZARD & EXPOSURE", ["Natural", "Human"]),
        (
            "Other Vulnerable Groups",
            ["Health Conditions", "Children U5", "Recent Shocks", "Food Security"],
        ),
        ("Vulnerable Groups", ["Uprooted people", "Other Vulnerable Groups"]),
        ("VULNERABILITY", ["Socio-Economic Vulnerability", "Vulnerable Groups"]),
        ("LACK OF COPING CAPACITY", ["Institutional", "Infrastructure"]),
    ],
)
def test_the_scaled_geometric_means_of_inform(node: str, children: list[str]) -> None:
    table = case("inform2020")

    assert np.array_equal(half_up(combined(INFORM, table[children]), 1), table[node])


def test_the_geometric_mean_and_the_maximum_of_inform() -> None:
    table = case("inform2020")
    dimensions = ["HAZARD & EXPOSURE", "VULNERABILITY", "LACK OF COPING CAPACITY"]
    projected = 0.7 * table["Projected Conflict Risk"]
    current = table["Current Highly Violent Conflict Intensity"]
    human = combined(Maximum(), pd.concat([projected, current], axis=1))

    assert np.array_equal(
        half_up(combined(Geometric("zero"), table[dimensions]), 1), table["score"]
    )
    assert np.array_equal(half_up(human, 1), table["Human"])


def test_the_product_of_calenviroscreen() -> None:
    table = case("calenviroscreen3")
    product = combined(Product(), table[["Pollution Burden Score", "Pop. Char. Score"]])
    known = table["score"].notna().to_numpy()

    assert known.sum() == 7929
    # both factors are printed to two decimals and lie below ten
    assert np.abs(product - table["score"])[known].max() < 2 * 0.005 * 10


def test_the_sums_of_percentiles_of_the_social_vulnerability_index() -> None:
    table = case("svi2018_county")
    themes = table[[f"SPL_THEME{theme}" for theme in range(1, 5)]]
    known = table["sum_score"].notna().to_numpy()
    percentiles = table[["EPL_AGE65", "EPL_AGE17", "EPL_DISABL", "EPL_SNGPNT"]]

    assert known.sum() == 3141
    assert np.abs(combined(Sum(), themes) - table["sum_score"])[known].max() < 1e-9
    assert np.abs(combined(Sum(), percentiles) - table["SPL_THEME2"]).max() < 1e-9
