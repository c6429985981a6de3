"""How firm neighbours are: by hand, against the answers of overtaking, and on ASEM."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from numpy.testing import assert_allclose

from rankscope.analyses.overtake import overtake, robustness_radius
from rankscope.definition.method import Ranking
from rankscope.definition.model import Availability
from rankscope.methods.admissible import Perturbed
from rankscope.pipeline.result import build
from rankscope.testing import indices
from tests.analyses.overtake.test_overtaking import NAN, NESTED, THREE, built
from tests.pipeline.asem import asem

ALL = tuple(range(1, 9))


def test_two_numbers_by_hand() -> None:
    """A is ahead by 1.9, and by -2 at least: 1.9 / 3.9 of an arbitrary mix."""
    found = robustness_radius(built(THREE, [[4, 1, 0], [0, 0, 2]]))

    assert (found.higher, found.lower) == (("u0",), ("u1",))
    assert_allclose(found.points_moved, [1.9 / 6])
    assert_allclose(found.share_of_arbitrary_mix, [1.9 / 3.9])


def test_what_dominates_is_firm_for_ever() -> None:
    found = robustness_radius(built(THREE, [[4, 1, 2], [0, 0, 1]]))

    assert np.isnan(found.points_moved).all()
    assert found.share_of_arbitrary_mix.tolist() == [1.0]


def test_whoever_can_only_draw_level_needs_the_whole_mix() -> None:
    found = robustness_radius(built(THREE, [[4, 1, 2], [0, 0, 2]]))

    assert_allclose(found.points_moved, [0.8])
    assert found.share_of_arbitrary_mix.tolist() == [1.0]


def test_ties_are_not_firm_at_all() -> None:
    found = robustness_radius(built(THREE, [[4, 1, 0], [0, 1, 10], [4, 1, 0]]))

    assert_allclose(found.points_moved, 0, atol=1e-12)
    assert_allclose(found.share_of_arbitrary_mix, 0, atol=1e-12)


def test_a_mix_with_that_share_ties_and_no_smaller_one() -> None:
    """The worst mix puts all weight where the lower unit is furthest ahead."""
    result = built(THREE, np.random.default_rng(1).uniform(0, 10, (8, 3)).tolist())
    found = robustness_radius(result)
    values, given = result.leaves.values, np.array([0.5, 0.3, 0.2])
    for higher, lower, share in zip(
        found.higher, found.lower, found.share_of_arbitrary_mix, strict=True
    ):
        ahead = values[int(higher[1:])] - values[int(lower[1:])]
        mixes = share * np.eye(3) + (1 - share) * given
        assert (mixes @ ahead).min() == pytest.approx(0 if share < 1 else (mixes @ ahead).min())
        assert (mixes @ ahead).min() >= -1e-9


@settings(max_examples=12)
@given(indices(aggregations=(None,)))
def test_points_are_those_of_overtaking(index: Any) -> None:
    result = build(*index)
    for levels in (None, ALL):
        found = robustness_radius(result, levels=levels)
        pairs = list(zip(found.lower, found.higher, strict=True))[:3]
        for place, (one, other) in enumerate(pairs):
            single = overtake(result, one, other, levels=levels)
            assert_allclose(found.points_moved[place], single.fewest.points, atol=1e-7)


def test_a_set_with_walls_is_asked_pair_by_pair() -> None:
    result = built(NESTED, np.random.default_rng(2).uniform(0, 10, (5, 5)).tolist())
    found = robustness_radius(result, weights=Perturbed(0.5))
    wide = robustness_radius(result, levels=ALL)

    for place, (one, other) in enumerate(zip(found.lower, found.higher, strict=True)):
        single = overtake(result, one, other, weights=Perturbed(0.5))
        assert_allclose(found.points_moved[place], single.fewest.points, atol=1e-7)
    free = np.nan_to_num(wide.points_moved, nan=1)
    assert (np.nan_to_num(found.points_moved, nan=1) >= free - 1e-9).all()
    assert (found.share_of_arbitrary_mix >= wide.share_of_arbitrary_mix - 1e-9).all()


def test_gaps_hold_shares_of_their_pairs_only() -> None:
    values = [[1, 9, 5, 5, 5], [9, 0, 5, 4, NAN], [3, 3, 2, 2, 1], [2, 3, 2, 2, 1]]
    result = built(NESTED, values, min_available=Availability(at_least=0.1))
    found = robustness_radius(result, levels=ALL)

    assert found.higher == ("u0", "u1", "u2")
    assert found.held == (("deep",), ("deep",), ())
    assert [one.id for one in found.findings] == ["overtake-held"]


def test_neighbours_are_those_ranked_together() -> None:
    result = built(THREE, [[4, 1, 0], [0, 0, 2], [NAN] * 3, [1, 1, 1]])
    found = robustness_radius(result)

    assert found.higher == ("u0", "u3")
    assert found.lower == ("u3", "u1")
    low = built(THREE, [[4, 1, 0], [0, 0, 2], [1, 1, 1]], ranking=Ranking(best="lowest"))
    assert robustness_radius(low).higher == ("u1", "u2")


@pytest.mark.parametrize("units", [1, 2])
def test_few_units_have_few_neighbours(units: int) -> None:
    found = robustness_radius(built(THREE, [[4, 1, 0], [0, 0, 2]][:units]))

    assert len(found.frame()) == units - 1


@pytest.mark.shared
@pytest.mark.usefixtures("shared")
def test_switzerland_leads_asem_by_a_ninth_of_the_weight() -> None:
    """Over its eight pillars: 0.111 of weight moved, 0.113 of distance, 0.206 of any mix."""
    result = build(*asem())
    found = robustness_radius(result, levels=(1, 2))
    pair = overtake(result, "NLD", "CHE", levels=(1, 2))

    assert (found.higher[0], found.lower[0]) == ("CHE", "NLD")
    assert len(pair.codes) == 8
    assert found.points_moved[0] == pytest.approx(0.111, abs=5e-4)
    assert found.share_of_arbitrary_mix[0] == pytest.approx(0.206, abs=5e-4)
    assert pair.nearest.distance == pytest.approx(0.113, abs=5e-4)
    assert pair.fewest.points == pytest.approx(found.points_moved[0])
    assert pair.possible
