"""A scenario gives what building the changed index by hand gives."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pytest

from rankscope.analyses.scenario.run import what_if
from rankscope.analyses.uncertainty.compile_design import design_of
from rankscope.analyses.uncertainty.draws import DesignDraws
from rankscope.errors import MethodError, UnitError
from rankscope.pipeline.prepare import prepare
from tests.analyses.scenario.cases import anew, by_hand, index_with, scenario, value_of

if TYPE_CHECKING:
    from rankscope.pipeline.result import Result

HALF = {"act": "restrict", "nodes": ["a", "c"], "by": 0.5}


@pytest.fixture(scope="module", params=["plain", "views", "gaps", "geometric"])
def result(request: pytest.FixtureRequest) -> Result:
    more = {
        "plain": {},
        "views": {"views": True},
        "gaps": {"gaps": 0.15},
        "geometric": {"method": {"normalisation": {"to": [1, 100]}, "aggregation": "geometric"}},
    }[request.param]
    return index_with(**more).build()


def test_scores_and_ranks_are_those_of_the_changed_table(result: Result) -> None:
    found = what_if(result, scenario(HALF), draws=0)
    cells = {("AFG", code): value_of(result, "AFG", code) / 2 for code in "ac"}

    scores = by_hand(result, cells)
    row = result.units.index("AFG")
    np.testing.assert_allclose(found.after.scores[0], scores, rtol=1e-12, atol=1e-12)
    ahead = (scores[:, -1] > scores[row, -1]).sum()
    assert found.rank_after("AFG") == (0 if np.isnan(scores[row, -1]) else ahead + 1)


def test_an_empty_scenario_changes_nothing_to_the_last_bit(result: Result) -> None:
    found = what_if(result, scenario(), draws=1024)

    np.testing.assert_array_equal(found.after.scores, result.scores)
    np.testing.assert_array_equal(found.after.ranks, result.ranks)
    assert found.chances is not None
    assert not found.chances.better().any()
    assert not found.chances.worse().any()
    np.testing.assert_array_equal(found.chances.before.counts, found.chances.after.counts)


def test_a_change_of_nothing_leaves_every_draw_as_it_is(result: Result) -> None:
    found = what_if(result, scenario({"act": "scale", "by": 1.0}), draws=1024)

    assert found.subjects == ()
    np.testing.assert_array_equal(found.after.scores, result.scores)


def test_others_keep_their_scores_on_the_frozen_scale(result: Result) -> None:
    found = what_if(result, scenario(HALF), draws=0)

    others = np.array(result.units) != "AFG"
    np.testing.assert_allclose(
        found.after.scores[:, others], result.scores[:, others], rtol=1e-13, equal_nan=True
    )


def test_contributions_add_up_to_the_change(result: Result) -> None:
    found = what_if(result, scenario(HALF), draws=0)
    parts = found.nodes("AFG")["contribution"]
    pillars = parts[["means", "ends"]].sum()

    assert pillars == pytest.approx(parts["whole"], abs=1e-9, nan_ok=True)
    if "geometric" not in str(result.plan.definition.method.aggregation.name):
        row = result.units.index("AFG")
        change = found.after.score()[row] - result.score()[row]
        assert parts["whole"] == pytest.approx(change, abs=1e-9, nan_ok=True)


def test_refitted_scales_are_those_of_the_index_built_anew() -> None:
    index = index_with()
    result = index.build()
    best = result.units[int(np.nanargmax(result.plan.table.column("c")))]
    found = what_if(result, scenario(HALF, units=(best,), scales="refitted"), draws=0)
    cells = {(best, code): value_of(result, best, code) / 2 for code in "ac"}
    whole = anew(index, cells)

    np.testing.assert_allclose(found.after.scores, whole.scores, rtol=1e-12)
    np.testing.assert_array_equal(found.after.ranks, whole.ranks)
    others = np.array(result.units) != best  # the best value of a scale moved: so does everybody
    assert not np.allclose(found.after.score()[others], result.score()[others])


def test_probabilities_are_those_of_each_draw_by_itself() -> None:
    """The same draws, worked out with the index built on a changed table."""
    index = index_with(assumptions={"weights": "perturbed", "leave_out": ["indicators"]})
    result = index.build()
    draws = 1024
    found = what_if(result, scenario(HALF), draws=draws, seed=3)
    cells = {("AFG", code): value_of(result, "AFG", code) / 2 for code in "ac"}

    values = result.plan.table.values.copy()
    for (unit, code), value in cells.items():
        values[result.units.index(unit), result.plan.table.columns.index(code)] = value
    table = replace(result.plan.table, values=values)
    changed = replace(result, leaves=prepare(result.plan, table=table, fitted=result.leaves))
    before = DesignDraws(design_of(result, seed=3))(0)
    after = DesignDraws(design_of(changed, seed=3))(0)
    row = result.units.index("AFG")
    first = 1 + (before > before[:, [row]]).sum(axis=1)
    second = 1 + (after > after[:, [row]]).sum(axis=1)

    assert found.chances is not None
    both = found.both.index("AFG")
    assert found.chances.worse()[both] == pytest.approx((second > first).mean(), abs=1e-12)
    assert found.chances.mean_places()[both] == pytest.approx((first - second).mean(), abs=1e-12)
    [change] = found.chances.score_changes.T
    np.testing.assert_allclose(change, after[:, row] - before[:, row], atol=1e-10)


def test_a_range_is_drawn_and_its_middle_is_shown() -> None:
    result = index_with(assumptions={"weights": {"method": "perturbed", "by": 0}}).build()
    ranged = scenario({"act": "restrict", "nodes": ["c"], "by": {"low": 0.2, "high": 0.6}})
    middle = scenario({"act": "restrict", "nodes": ["c"], "by": 0.4})
    found = what_if(result, ranged, draws=4096)
    row = result.units.index("AFG")

    assert found.after.score()[row] == what_if(result, middle, draws=0).after.score()[row]
    assert found.chances is not None
    change = found.chances.score_changes[:, 0]
    slope = (found.after.score()[row] - result.score()[row]) / 0.4  # linear in the size
    assert change.min() == pytest.approx(0.6 * slope, rel=0.02)
    assert change.max() == pytest.approx(0.2 * slope, rel=0.02)
    assert np.quantile(change, 0.25) == pytest.approx(0.5 * slope, rel=0.01)


def test_any_number_of_workers_gives_the_same() -> None:
    result = index_with(gaps=0.1).build()
    ranged = scenario({"act": "restrict", "nodes": ["c"], "by": {"low": 0.2, "high": 0.6}})
    one, two = (what_if(result, ranged, draws=9000, workers=workers) for workers in (1, 2))

    assert one.chances is not None
    assert two.chances is not None
    np.testing.assert_array_equal(one.chances.gained, two.chances.gained)
    np.testing.assert_array_equal(one.chances.score_changes, two.chances.score_changes)


def test_acts_follow_their_order() -> None:
    result = index_with().build()
    first = {"act": "set", "nodes": ["c"], "to": 40}
    second = {"act": "scale", "nodes": ["c"], "by": 0.5}
    one = what_if(result, scenario(first, second), draws=0)
    other = what_if(result, scenario(second, first), draws=0)

    assert one.values()[0].after == 20
    assert other.values()[0].after == 40
    assert [stretch.act for stretch in one.stretches] == ["set", "scale"]
    assert one.stretches[-1].rank == one.rank_after("AFG")


def test_what_is_exposed_is_found_by_its_mark() -> None:
    result = index_with().build()
    found = what_if(
        result, scenario({"act": "restrict", "exposed_to": "imports", "by": 0.1}), draws=0
    )

    assert [one.indicator for one in found.values()] == ["c"]


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"act": "scale", "nodes": ["x"], "by": 2}, "no indicator or node 'x'"),
        ({"act": "scale", "nodes": ["e"], "by": 2}, "e is of kind interval"),
        ({"act": "add", "nodes": ["c"], "by": 1000}, "would become"),
        ({"act": "restrict", "exposed_to": "import", "by": 0.1}, "Did you mean imports"),
        ({"act": "merge", "units": ["ALB", "AND"], "into": "AUS"}, "AUS is the code of another"),
        ({"act": "sever", "ties": "joint", "partners": ["ALB"], "lost": 1}, "no ties 'joint'"),
    ],
)
def test_what_makes_no_sense_is_refused_in_words(change: dict[str, object], words: str) -> None:
    with pytest.raises(MethodError, match=words):
        what_if(index_with().build(), scenario(change), draws=0)


@pytest.mark.parametrize("who", ["Atlantis", "Zimbabwe"])
def test_a_unit_that_is_not_there_is_named(who: str) -> None:
    with pytest.raises(UnitError, match=rf"trial, change 1 \(restrict\).*{who}"):
        what_if(index_with().build(), scenario(HALF, units=(who,)), draws=0)


def test_groups_and_names_mean_units() -> None:
    result = index_with().build()
    by_group = what_if(result, scenario(HALF, units=("Africa",)), draws=0)

    africa = {"AGO", "DZA"} & {*result.units}
    assert africa <= {*by_group.subjects}
    assert what_if(result, scenario(HALF, units=("Albania",)), draws=0).subjects == ("ALB",)


def test_an_imputed_value_is_no_stock_that_can_be_lost() -> None:
    result = index_with(gaps=0.3, method={"imputation": "mean"}).build()
    row = int(np.flatnonzero(np.isnan(result.plan.table.column("c")) & (result.rank() > 0))[0])
    unit = result.units[row]
    found = what_if(
        result, scenario({"act": "restrict", "nodes": ["c"], "by": 0.5}, units=(unit,)), draws=0
    )

    assert found.subjects == ()
    assert found.rank_after(unit) == found.rank_before(unit)
