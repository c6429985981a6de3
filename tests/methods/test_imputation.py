"""Imputation: group medians by hand, nearest neighbours as scikit-learn finds them."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from numpy.testing import assert_allclose, assert_array_equal
from sklearn.impute import KNNImputer

from rankscope.methods.base import plain_traits
from rankscope.methods.imputation import GroupMedian, NearestNeighbours, NoImputation

NAN = np.nan


def with_gaps(seed: int = 0) -> np.ndarray:
    rng = np.random.default_rng(seed)
    matrix = rng.normal(size=(40, 6)) * [1, 10, 100, 1e3, 1e4, 1e5]
    matrix[rng.random(matrix.shape) < 0.2] = NAN
    return matrix


def medians(matrix: np.ndarray, strata: list[int], then: list[int] | None = None) -> np.ndarray:
    method = GroupMedian("region")
    traits = replace(plain_traits(*matrix.shape), strata=np.array(strata))
    state = method.fit(matrix, traits)
    return method.transform(matrix, state, replace(traits, strata=np.array(then or strata)))


def test_gaps_take_the_median_of_their_group() -> None:
    column = np.array([[1.0], [3.0], [8.0], [NAN], [10.0], [NAN]])

    assert_array_equal(medians(column, [0, 0, 0, 0, 1, 1])[[3, 5], 0], [3, 10])


@pytest.mark.parametrize("strata", [[0, 0, 1], [0, 0, -1]])
def test_a_gap_stays_without_values_in_the_group_or_without_a_group(strata: list[int]) -> None:
    assert_array_equal(medians(np.array([[1.0], [3.0], [NAN]]), strata)[:, 0], [1, 3, NAN])


def test_a_gap_stays_in_a_group_that_was_not_seen_when_fitting() -> None:
    found = medians(np.array([[1.0], [3.0], [NAN]]), [0, 0, 0], then=[0, 0, 5])

    assert_array_equal(found[:, 0], [1, 3, NAN])


@pytest.mark.parametrize("weights", ["uniform", "distance"])
def test_neighbours_are_those_of_scikit_learn(weights: str) -> None:
    matrix, traits = with_gaps(), plain_traits(40, 6)
    method = NearestNeighbours(3, weights)
    frame = pd.DataFrame(matrix)
    standard = ((frame - frame.mean()) / frame.std()).to_numpy()
    theirs = KNNImputer(n_neighbors=3, weights=weights).fit_transform(standard)

    ours = method.transform(matrix, method.fit(matrix, traits), traits)

    assert_allclose(ours, theirs * frame.std().to_numpy() + frame.mean().to_numpy(), rtol=1e-9)


def test_an_empty_column_stays_empty() -> None:
    matrix = with_gaps()
    matrix[:, 2] = NAN
    method, traits = NearestNeighbours(), plain_traits(40, 6)
    filled = method.transform(matrix, method.fit(matrix, traits), traits)

    assert np.isnan(filled[:, 2]).all()
    assert not np.isnan(np.delete(filled, 2, axis=1)).any()


def test_no_imputation_leaves_gaps_open() -> None:
    traits = plain_traits(40, 6)

    assert_array_equal(NoImputation().transform(with_gaps(), None, traits), with_gaps())
