"""Indices of other publishers, from their components to their printed scores and ranks."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

from rankscope.data.table import plain_table
from rankscope.definition.model import Availability, Node
from rankscope.methods.aggregation import Arithmetic, Geometric
from rankscope.methods.normalisation import Goalposts, NoNormalisation
from rankscope.methods.steps import Round
from rankscope.methods.treatment import Log
from rankscope.pipeline import Result, build
from rankscope.testing import make_index

FOLDER = Path(__file__).parents[2].parent / "shared" / "data" / "cases"
TINY = 1e-12
"""A geometric mean takes no zeros: the low end lies this far above, and changes no decimal."""

pytestmark = [pytest.mark.shared, pytest.mark.usefixtures("shared")]


def case(name: str) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return the components and what was published, by unit."""
    data, published = (
        pd.read_csv(FOLDER / name / f"{file}.csv", dtype={"id": str}, keep_default_na=False,
                    na_values=[""]).set_index("id") for file in ("data", "published")
    )  # fmt: skip
    return data, published.reindex(data.index)


def built(data: pd.DataFrame, framework: Node, **method: Any) -> Result:
    codes = tuple(leaf.code for leaf in framework.indicators())
    table = plain_table(tuple(data.index), codes, data[list(codes)].to_numpy(dtype=float))
    return build(*make_index(framework, table, **method))


def post(code: str, low: float, high: float, **own: Any) -> Node:
    return Node(code=code, name=code, kind="share", goalposts=(low, high), **own)


def human_development() -> Node:
    """Goalposts, caps, a logarithm, a geometric mean, and three decimals before the ranking."""
    schooling = (post("expected_schooling", 0, 18), post("mean_schooling", 0, 15))
    return Node(
        code="hdi",
        name="Human Development Index",
        min_available=Availability(at_least=1),
        steps=(Round(3),),
        children=(
            post("life_expectancy", 20, 85),
            Node(
                code="education",
                name="Education",
                children=schooling,
                aggregation=Arithmetic(),
                min_available=Availability(at_least=1),
            ),
            post("gni_pc", 100, 75_000, treatment=Log("none")),
        ),
    )


def test_human_development_index_of_2022() -> None:
    data, published = case("hdi2022")
    result = built(data, human_development(), aggregation=Geometric(),
                   normalisation=Goalposts((TINY, 1)))  # fmt: skip

    np.testing.assert_allclose(result.score(), published["score"], atol=1e-9)
    np.testing.assert_array_equal(result.rank(), published["rank"].fillna(0))


def test_logistics_performance_index_of_2018() -> None:
    data, published = case("lpi_2018")
    weights = (0.17004, 0.14787, 0.18564, 0.16474, 0.16162, 0.17008)
    names = list(data.columns[1:])
    codes = [f"c{place}" for place in range(6)]
    children = tuple(
        Node(code=code, name=name, kind="interval", weight=weight)
        for code, name, weight in zip(codes, names, weights, strict=True)
    )
    root = Node(code="lpi", name="LPI", children=children)
    result = built(data[names].set_axis(codes, axis=1), root, normalisation=NoNormalisation())

    np.testing.assert_allclose(result.score(), published["score"], atol=2e-5)
    assert (result.rank() == published["rank"]).mean() > 0.97
