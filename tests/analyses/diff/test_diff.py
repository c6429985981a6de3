"""The edition diff against the mean over all orders, worked out by other code."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.testing import assert_allclose, assert_array_equal

from rankscope.analyses.diff import diff
from rankscope.analyses.diff.mixtures import build_mixture
from rankscope.analyses.diff.side import side_of
from tests.analyses.diff.editions import ALL, NEW_UNITS, OLD_UNITS, built, one_order, orders_average

OLD, NEW = frozenset(), frozenset(ALL)
BOTH = [unit for unit in OLD_UNITS if unit in NEW_UNITS]


@pytest.fixture(scope="module")
def found():
    return diff(built(OLD), built(NEW))


def test_changes_of_all_kinds_are_shared_as_the_mean_over_all_orders(found):
    scores, ranks = orders_average(found.units)
    assert [player.code for player in found.players] == list(ALL)
    assert_allclose(found.score_shares, scores, atol=1e-11)
    assert_allclose(found.rank_shares, ranks, atol=1e-11)
    assert np.abs(scores).max(axis=0).min() > 0.5  # every cause matters, so the test says something
    assert not np.allclose(one_order(found.units, range(6))[0], scores, atol=0.1)
    assert {*found.units} == {*BOTH}


def test_shares_add_up_to_the_last_digit(found):
    total = found.score_shares.sum(axis=1)
    assert_allclose(total, found.score_change, rtol=1e-12, atol=1e-13)
    assert_allclose(found.rank_shares.sum(axis=1), found.places_gained, atol=1e-9)
    assert_array_equal(found.score_before, _of(built(OLD), found.units).score)
    assert_array_equal(found.rank_after, _of(built(NEW), found.units).rank)


@pytest.mark.parametrize("taken", [OLD, NEW])
def test_nothing_new_is_the_old_edition_to_the_last_bit_and_all_new_the_new_one(taken):
    (old, _), (new, _) = side_of(built(OLD)), side_of(built(NEW))
    mixture, edition = build_mixture(old, new, taken), built(taken)
    assert mixture.units == edition.units
    assert_array_equal(mixture.scores, edition.scores)
    assert_array_equal(mixture.ranks, edition.ranks)


@pytest.mark.parametrize("player", ALL)
def test_where_one_thing_changed_all_is_its_doing(player):
    found = diff(built(OLD), built(frozenset({player})))
    assert [one.code for one in found.players] == [player]
    assert found.players[0].words
    assert_array_equal(found.score_shares[:, 0], found.score_change)
    assert_array_equal(found.rank_shares[:, 0], found.places_gained)
    assert np.abs(found.score_change).max() > 0.1


@pytest.mark.parametrize("player", ALL)
def test_what_has_not_changed_is_no_player(player):
    found = diff(built(OLD), built(NEW - {player}))
    assert [one.code for one in found.players] == [one for one in ALL if one != player]


def test_an_edition_compared_with_itself_has_no_causes():
    found = diff(built(NEW), built(NEW))
    assert found.players == ()
    assert found.score_shares.shape == (len(NEW_UNITS), 0)
    assert not found.score_change.any()
    assert not found.places_gained.any()
    assert found.findings == ()
    assert found.sentence(found.units[0]) == f"{found.units[0]} stays 1st."


def test_turned_round_shares_change_their_sign(found):
    back = diff(built(NEW), built(OLD))
    rows = [back.row(unit) for unit in found.units]
    assert_allclose(back.score_shares[rows], -found.score_shares, atol=1e-11)
    assert_allclose(back.rank_shares[rows], -found.rank_shares, atol=1e-11)
    forth, twin = (one_order(found.units, order) for order in (range(6), range(5, -1, -1)))
    assert not np.allclose(forth, twin, atol=0.1)  # one order alone does not keep the law


def test_who_and_what_came_and_went(found):
    assert {*found.entered} == {"K", "L", "M"}
    assert {*found.left} == {"I", "J"}
    assert found.indicators_entered == ("Name of f",)
    assert found.indicators_left == ("Name of e",)
    assert (found.old.ranked, found.new.ranked) == (10, 11)
    words = {one.code: one.words for one in found.players}
    assert words["units"] == "3 entered and 2 left"
    assert words["framework"] == "1 indicator entered, 1 indicator left and 1 node changed"
    assert words["weights"] == (
        "Name of c 14.3% (was 50%), Name of a 57.1% (was 25%), and 1 more with another weight"
    )
    assert words["aggregation"] == "1 node aggregated otherwise"


def test_the_frame_adds_up(found):
    frame = found.frame()
    places = [one for one in frame.columns if one.startswith("places: ")]
    assert len(places) == 6
    assert_allclose(frame[places].sum(axis=1), frame["places gained"], atol=1e-9)
    assert list(frame.index) == list(found.units)
    assert frame["rank after"].is_monotonic_increasing


class _of:  # noqa: N801 - a pair of columns
    def __init__(self, result, units):
        rows = [result.units.index(unit) for unit in units]
        self.score, self.rank = result.score()[rows], result.rank()[rows]
