"""Two periods of panels, and ranges of shares where weights are known only as a set."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.testing import assert_allclose, assert_array_equal

from rankscope.analyses.diff import diff
from rankscope.data.table import plain_table
from rankscope.definition.model import Assumptions
from rankscope.errors import DataError, MethodError
from rankscope.methods.admissible import Bounded, Linear, Recovered
from rankscope.methods.aggregation import Geometric
from rankscope.methods.normalisation import NoNormalisation
from rankscope.pipeline.result import build
from tests.analyses.diff.editions import changed
from tests.support.indices import FLAT, make_index
from tests.support.panels import defined, indicator, panel_of

PERIODS = ("2020", "2021", "2022")


def panel(units=8, seed=3):
    """Return a panel of three years, in which the last unit comes a year late."""
    random = np.random.default_rng(seed)
    cells = {
        (f"u{unit}", period): tuple(random.uniform(1, 99, 3))
        for period in PERIODS
        for unit in range(units)
        if not (unit == units - 1 and period == "2020")
    }
    return panel_of(cells, ("a", "b", "c"))


def children(**last):
    return indicator("a"), indicator("b", weight=2.0), indicator("c", **last)


def test_two_periods_of_one_index_differ_in_data_and_units():
    result = build(defined(*children(), scales="per_period"), panel())
    found = diff(result, result, old_period="2020", new_period="2022")
    assert [one.code for one in found.players] == ["data", "units"]
    assert (found.old.period, found.new.period, found.entered) == ("2020", "2022", ("u7",))
    assert found.findings == ()
    for period, scores in (("2020", found.score_before), ("2022", found.score_after)):
        alone = result.of_period(period)
        rows = [alone.units.index(unit) for unit in found.units]
        assert_allclose(scores, alone.score()[rows], rtol=1e-12)
    assert diff(result, result).players == ()


def test_scales_over_all_periods_are_told():
    result = build(defined(*children()), panel())
    found = diff(result, result, old_period="2020")
    assert [one.id for one in found.findings] == ["diff-pooled", "diff-pooled"]
    assert "in 2020 is compared as built from its own rows alone" in found.findings[0].sentence


def test_weights_of_a_period_are_weights():
    later = children(period_weights=(("2022", 4.0),))
    rows = panel().of_rows(np.flatnonzero(np.array(panel().units) != "u7"))
    result = build(defined(*later, normalisation=NoNormalisation()), rows)
    found = diff(result, result, old_period="2020", new_period="2022")
    assert [(one.code, one.words) for one in found.players] == [
        ("data", "21 of 21 cells changed"),
        ("weights", "c 57.1% (was 25%)"),
    ]
    assert found.findings == ()
    # by hand: raw values, weights 1:2:1 and then 1:2:4; the mean of both orders
    before, after = (rows.of_period(one).values for one in ("2020", "2022"))
    old, new = np.array([1, 2, 1]) / 4, np.array([1, 2, 4]) / 7
    by_data = ((after - before) @ (old + new)) / 2
    order = [rows.of_period("2022").units.index(unit) for unit in found.units]
    assert_allclose(found.score_shares[:, 0], by_data[order], rtol=1e-10)


def test_a_period_that_there_is_not_is_refused():
    result = build(defined(*children()), panel())
    with pytest.raises(DataError, match="T has no period '2019'"):
        diff(result, result, old_period="2019")


def edition(values, weights, assumed, **method):
    """Return an edition of one mean, arithmetic unless told, of three printed components."""
    nodes = (indicator(code, weight=one) for code, one in zip("abc", weights, strict=True))
    made = defined(*nodes, normalisation=NoNormalisation(), **method)
    made = made.model_copy(update={"assumptions": assumed})
    return build(made, values).of_period()


def printed(seed):
    return panel(seed=seed).of_period("2022")


def known(*rules):
    return Assumptions(weights=Linear(of=rules))


NARROW = (
    (1.0, 0.0, 0.0, 0.3),
    (-1.0, 0.0, 0.0, -0.2),
    (0.0, 1.0, 0.0, 0.5),
    (0.0, -1.0, 0.0, -0.4),
)
"""The first share from 0.2 to 0.3, the second from 0.4 to 0.5."""


def test_ranges_hold_the_shares_and_lie_within_what_the_set_allows():
    old = edition(printed(1), (0.25, 0.45, 0.3), known(*NARROW))
    new = edition(printed(2), (0.3, 0.4, 0.3), known(*NARROW))
    found = diff(old, new, ranges=3000)
    for shares, ends in (
        (found.score_shares, found.score_ranges),
        (found.rank_shares, found.rank_ranges),
    ):
        assert ends.shape == (len(found.units), 2, 2)
        assert (ends[..., 0] <= shares).all()
        assert (shares <= ends[..., 1]).all()
    assert (found.score_ranges[..., 1] - found.score_ranges[..., 0]).min() > 0.1
    # by data: the mean of both weights times the change, at most over the corners of both sets
    corners = np.array([(a, b, 1 - a - b) for a in (0.2, 0.3) for b in (0.4, 0.5)])
    rows = [[one.units.index(unit) for unit in found.units] for one in (old, new)]
    before, after = (one.plan.table.values[at] for one, at in zip((old, new), rows, strict=True))
    reach = (after - before) @ corners.T
    low, high = found.score_ranges[:, 0].T
    assert_allclose(low, reach.min(axis=1), atol=1e-9)
    assert_allclose(high, reach.max(axis=1), atol=1e-9)
    assert found.findings[-1].id == "diff-ranges"
    assert "points of the score are exact" in found.findings[-1].sentence


def test_a_set_for_one_edition_makes_weights_a_cause():
    same = (0.25, 0.45, 0.3)
    old = edition(printed(1), same, known(*NARROW))
    new = edition(printed(1), same, None)
    assert diff(old, new).players == ()
    found = diff(old, new, ranges=500)
    assert [one.code for one in found.players] == ["weights"]
    assert not found.score_shares.any()
    assert (found.score_ranges[:, 0, 0] < 0).all()
    assert (found.score_ranges[:, 0, 1] > 0).all()
    # the change by weights is new minus old score, whatever was drawn for the old edition
    cells = new.plan.table.values[[new.units.index(unit) for unit in found.units]]
    corners = np.array([(a, b, 1 - a - b) for a in (0.2, 0.3) for b in (0.4, 0.5)])
    reach = (cells @ np.array(same))[:, None] - cells @ corners.T
    assert_allclose(found.score_ranges[:, 0, 0], reach.min(axis=1), atol=1e-9)
    assert_allclose(found.score_ranges[:, 0, 1], reach.max(axis=1), atol=1e-9)


def test_one_set_and_one_weights_are_drawn_once_for_both():
    weights = (0.25, 0.45, 0.3)
    old, new = (edition(printed(seed), weights, known(*NARROW)) for seed in (1, 2))
    found = diff(old, new, ranges=400)
    assert [one.code for one in found.players] == ["data"]
    assert (np.ptp(found.score_ranges, axis=2) > 0).all()


def test_ranges_are_the_same_for_the_same_seed_and_grow_with_draws():
    mean = {"aggregation": Geometric()}
    old = edition(printed(1), (0.25, 0.45, 0.3), known(*NARROW), **mean)
    new = edition(printed(2), (0.3, 0.4, 0.3), None, **mean)
    assert "Ranges are the ends of 300 draws" in diff(old, new, ranges=300).findings[-1].sentence
    few, again, more, other = (
        diff(old, new, ranges=draws, seed=seed).score_ranges
        for draws, seed in ((300, 5), (300, 5), (1500, 5), (300, 6))
    )
    assert_array_equal(few, again)
    assert (more[..., 0] <= few[..., 0]).all()
    assert (more[..., 1] >= few[..., 1]).all()
    assert not np.array_equal(few, other)


def test_ranges_of_two_levels_take_each_group_from_its_edition():
    index = make_index(units=10)
    of = index.definition.model_copy(update={"assumptions": Assumptions(weights=Bounded(by=0.2))})
    moved = index.definition.framework.model_dump(by_alias=True)
    moved["children"][0]["weight"] = 3.0
    other = of.model_validate({**of.model_dump(by_alias=True), "framework": moved})
    found = diff(build(of, index.table), build(other, index.table), ranges=256)
    assert [one.code for one in found.players] == ["weights"]
    assert (found.rank_ranges[..., 0] <= found.rank_shares).all()
    assert (found.rank_shares <= found.rank_ranges[..., 1]).all()


def test_ranges_without_a_set_are_refused():
    index = make_index(framework=FLAT)
    with pytest.raises(MethodError, match="Neither edition says which weights are possible"):
        diff(index.build(), index.build(), ranges=10)
    with pytest.raises(MethodError, match="at least 1, got -1"):
        diff(index.build(), index.build(), ranges=-1)


# --- weights that nobody printed ---------------------------------------------------------------


FAR = (*NARROW[:2], (0.0, 1.0, 0.0, 0.7), (0.0, -1.0, 0.0, -0.6))
"""The second share from 0.6 to 0.7, which `NARROW` rules out."""


@pytest.mark.parametrize(
    ("rules", "said"),
    [(NARROW, "that they changed is not proved"), (FAR, "they changed for certain")],
)
def test_whether_recovered_weights_changed_is_said(rules, said):
    old = edition(printed(1), (0.25, 0.45, 0.3), Assumptions(weights=Recovered(of=NARROW)))
    new = edition(printed(2), (0.25, 0.45, 0.3), Assumptions(weights=Recovered(of=rules)))
    [found] = [one for one in diff(old, new).findings if one.id == "diff-recovered"]
    assert said in found.sentence
    assert "Weights of the old and new editions were recovered" in found.sentence
    assert "Ask for ranges" in found.remedy


def test_recovered_sets_are_compared_by_codes_and_not_by_place():
    """Turned round, the same set is the same set; in the wrong order it would be another."""
    turned = tuple((*rule[2::-1], rule[3]) for rule in FAR)
    old = edition(printed(1), (0.25, 0.65, 0.1), Assumptions(weights=Recovered(of=FAR)))
    nodes = tuple(
        indicator(code, weight=one) for code, one in zip("cba", (0.1, 0.65, 0.25), strict=True)
    )
    made = defined(*nodes, normalisation=NoNormalisation())
    made = made.model_copy(update={"assumptions": Assumptions(weights=Recovered(of=turned))})
    found = diff(old, build(made, printed(2)).of_period())
    [said] = [one.sentence for one in found.findings if one.id == "diff-recovered"]
    assert "not proved" in said


def test_weights_of_one_edition_may_be_recovered():
    old = edition(printed(1), (0.25, 0.45, 0.3), None)
    new = edition(printed(2), (0.25, 0.45, 0.3), Assumptions(weights=Recovered(of=NARROW)))
    [found] = [one for one in diff(old, new).findings if one.id == "diff-recovered"]
    assert found.sentence.startswith("Weights of the new edition were recovered")
    assert "both" not in found.sentence
    ranged = diff(old, new, ranges=50).findings
    assert [one.remedy for one in ranged if one.id == "diff-recovered"] == [""]


# --- scales ------------------------------------------------------------------------------------


@pytest.mark.parametrize(("shift", "warned"), [(-40.0, True), (-1.0, False), (40.0, True)])
def test_scores_that_all_move_far_the_same_way_are_told(shift, warned):
    cells = np.random.default_rng(0).uniform(50, 99, (20, 3))
    noise = np.random.default_rng(1).normal(0, 2, (20, 3))
    index = make_index(framework=FLAT, own=True, units=20, method={"normalisation": "none"})
    units = index.table.units
    old, new = (
        build(index.definition, plain_table(units, ("a", "b", "c"), one))
        for one in (cells, cells + noise + shift)
    )
    found = [one.sentence for one in diff(old, new).findings if one.id == "diff-scale"]
    assert bool(found) == warned
    if warned:
        assert f"20 of 20 scores {'fell' if shift < 0 else 'rose'}" in found[0]


def test_a_method_without_effect_changes_no_scale():
    index = make_index(framework=FLAT)
    same = {"treatment": {"method": "winsorise", "lower": 0.0, "upper": 1.0}}
    new = build(changed(index, method=same), index.table)
    assert "diff-scale" not in [one.id for one in diff(index.build(), new).findings]
