"""Scales on which large units count for more: held against the units written out one by one."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from numpy.testing import assert_allclose

from rankscope.methods.base import plain_traits
from rankscope.methods.normalisation import WeightedPercentile, ZScore

VALUES = np.array([[1.0, 5.0], [2.0, np.nan], [4.0, 5.0], [4.0, 1.0]])
SIZES = np.array([3.0, 1.0, 2.0, 4.0])


def scaled(method, values=VALUES, sizes=SIZES, polarity=1.0):
    traits = replace(plain_traits(*values.shape), sizes=sizes)
    traits = replace(traits, polarity=np.full(values.shape[1], polarity))
    return method.transform(values, method.fit(values, traits), traits)


@pytest.mark.parametrize("deviation_of", ["sample", "population"])
def test_units_count_as_if_each_inhabitant_stood_for_himself(deviation_of):
    apart = np.repeat(VALUES, SIZES.astype(int), axis=0)
    each = scaled(ZScore(deviation_of=deviation_of), apart, np.ones(len(apart)))
    first = np.cumsum([0, 3, 1, 2])

    found = scaled(ZScore(deviation_of=deviation_of, weighted_by="population"))
    assert_allclose(found, each[first], rtol=1e-12)


def test_sizes_play_no_part_unless_they_are_asked_for():
    assert_allclose(scaled(ZScore()), scaled(ZScore(), sizes=np.ones(4)))


@pytest.mark.parametrize(
    ("ties", "expected"),
    [("lowest", [0, 30, 40, 40]), ("highest", [30, 40, 100, 100]), ("average", [15, 35, 70, 70])],
)
def test_the_share_of_inhabitants_behind(ties, expected):
    assert_allclose(scaled(WeightedPercentile(ties=ties))[:, 0], expected)


def test_where_less_is_better_those_with_more_are_behind():
    assert_allclose(scaled(WeightedPercentile(ties="lowest"), polarity=-1.0)[:, 0], [70, 60, 0, 0])


def test_a_unit_without_a_size_is_placed_and_does_not_count():
    found = scaled(WeightedPercentile(), sizes=np.array([3.0, 0.0, 2.0, 4.0]))[:, 0]

    assert_allclose(found, [100 / 3, 100 / 3, 100, 100])
