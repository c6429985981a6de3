"""What must not change a score: units of measurement, the order of rows and of indicators."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rankscope.methods.aggregation import Arithmetic, Generalised, Geometric
from rankscope.methods.normalisation import MinMax, NoNormalisation, PercentileRank, ZScore
from rankscope.methods.treatment import Log, NoTreatment, SkewKurtosis, Winsorise
from rankscope.testing import indices
from tests.laws.law import (
    Index,
    Score,
    broken_by,
    same,
    score,
    with_framework,
    with_method,
    with_values,
)

SEEDS = st.integers(0, 2**32)
MIXED = indices(aggregations=(Arithmetic(), Geometric(), Generalised(-1.0)))
CASES = st.tuples(indices(normalisation=MinMax()), SEEDS)
TREATMENTS = [
    NoTreatment(),
    Log("smallest"),
    Log("range"),
    SkewKurtosis(max_points=1),
    Winsorise(0.1, 0.9),
]


def measured_otherwise(case: tuple[Index, int], scored: Score = score) -> bool:
    """Scores do not change when indicators are measured in other units."""
    index, seed = case
    factors = 10.0 ** np.random.default_rng(seed).integers(-30, 30, index[1].values.shape[1])
    return same(scored(with_values(index, index[1].values * factors)), scored(index), 1e-6)


@pytest.mark.parametrize("treatment", TREATMENTS, ids=str)
@given(case=CASES, normalisation=st.sampled_from([MinMax(), ZScore(), PercentileRank()]))
def test_the_unit_of_measurement_does_not_matter(
    treatment: Any, normalisation: Any, case: tuple[Index, int]
) -> None:
    index = with_method(case[0], treatment=treatment, normalisation=normalisation)

    assert measured_otherwise((index, case[1]))


def test_the_unit_of_measurement_matters_without_a_scale() -> None:
    def unscaled(index: Index) -> np.ndarray:
        return score(with_method(index, normalisation=NoNormalisation()))

    assert broken_by(partial(measured_otherwise, scored=unscaled), CASES)


def rows_permuted(case: tuple[Index, int], scored: Score = score) -> bool:
    """A unit's score does not depend on the row it stands in."""
    (definition, table), seed = case
    order = np.random.default_rng(seed).permutation(len(table.units))
    return same(scored((definition, table.of_rows(order))), scored((definition, table))[order])


@given(st.tuples(MIXED, SEEDS))
def test_the_order_of_the_units_does_not_matter(case: tuple[Index, int]) -> None:
    assert rows_permuted(case)


def test_that_law_catches_a_score_that_knows_its_row() -> None:
    def by_row(index: Index) -> np.ndarray:
        return score(index) + 1e-6 * np.arange(len(index[1].units))

    assert broken_by(partial(rows_permuted, scored=by_row), CASES)


def columns_permuted(case: tuple[Index, int], scored: Score = score) -> bool:
    """Neither the order of columns in the table nor that of siblings in the tree matters."""
    index, seed = case
    rng = np.random.default_rng(seed)
    order = rng.permutation(len(index[1].columns))
    columns = tuple(index[1].columns[i] for i in order)
    table = replace(index[1], columns=columns, values=index[1].values[:, order])

    def turned(node: Any) -> Any:
        children = tuple(node.children[i] for i in rng.permutation(len(node.children)))
        return node.model_copy(update={"children": children})

    return same(scored(with_framework((index[0], table), turned)), scored(index))


@given(st.tuples(MIXED, SEEDS))
def test_the_order_of_the_indicators_does_not_matter(case: tuple[Index, int]) -> None:
    assert columns_permuted(case)


def test_that_law_catches_a_score_that_takes_columns_as_they_stand() -> None:
    def by_position(index: Index) -> np.ndarray:
        columns = tuple(sorted(index[1].columns))
        return score((index[0], replace(index[1], columns=columns)))

    assert broken_by(partial(columns_permuted, scored=by_position), CASES)
