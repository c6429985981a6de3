"""Influence against brute force: nodes, units and years that are really taken away."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.testing import assert_array_equal
from scipy import stats

from rankscope.analyses import influence_trials
from rankscope.analyses.influence import influence
from rankscope.analyses.rank_agreement import counted_among, reversals
from rankscope.data.table import plain_table
from rankscope.errors import DataError, MethodError
from rankscope.methods.weighting import Given
from rankscope.pipeline.result import build
from rankscope.units import iso3166
from tests.laws.law import broken_by
from tests.support.indices import UNEVEN, indicator, make_index, pillar
from tests.support.panels import NAN, defined, panel_of
from tests.support.panels import indicator as node

WIDE = pillar(
    "whole",
    pillar("left", indicator("a"), indicator("b", weight=2), indicator("c", polarity=-1)),
    pillar("right", indicator("d"), indicator("e"), weight=3),
    indicator("f"),
)
STAGES = {
    "imputation": {"method": "median"},
    "treatment": {"method": "winsorise"},
    "normalisation": {"method": "z_score"},
}
WAYS = (
    {},
    {"weights": {"method": "pca", "negative": "absolute"}},
    {"weights": "entropy"},
    STAGES,
    {"imputation": "nearest_neighbours", "treatment": "skew_kurtosis"},
    {"normalisation": "percentile_rank"},
    {"aggregation": "copeland"},
    {"aggregation": "topsis"},
)


def changed(framework, code: str, change):
    """Return a framework with one node changed, or without it where ``change`` returns None."""
    children = [
        change(child) if child.code == code else changed(child, code, change)
        for child in framework.children
    ]
    kept = tuple(child for child in children if child is not None)
    return framework.model_copy(update={"children": kept})


def rebuilt(index, code: str, change):
    framework = changed(index.definition.framework, code, change)
    return build(index.definition.model_copy(update={"framework": framework}), index.table)


def deleted(_):
    return None


def unweighted(one):
    return one.model_copy(update={"weight": 0.0})


def without_rows(index, keep):
    return build(index.definition, index.table.of_rows(np.flatnonzero(keep)))


@pytest.mark.parametrize("framework", [WIDE, UNEVEN])
@pytest.mark.parametrize("change", [deleted, unweighted], ids=["deleted", "weight 0"])
def test_a_node_left_out_is_a_node_really_taken_away(framework, change) -> None:
    index = make_index(framework=framework)
    found = influence(index, of=["indicators", "pillars"])

    assert {one.code for one in found.left_out} == {
        node.code for node in index.definition.framework.walk() if node.code != "whole"
    }
    for one, ranks in zip(found.left_out, found.ranks, strict=True):
        if framework is UNEVEN and one.code in {"deepest", "deeper"}:
            continue  # without its only child an aggregate is no definition
        assert_array_equal(ranks, rebuilt(index, one.code, change).rank(), one.code)


def test_an_only_child_left_out_takes_its_parents_with_it() -> None:
    found = influence(make_index(framework=UNEVEN), of=["pillars"])
    ranks = dict(zip((one.code for one in found.left_out), found.ranks, strict=True))

    assert_array_equal(ranks["deepest"], ranks["deep"])


@pytest.mark.parametrize("view", ["headline", "scale", "intensity"])
def test_both_sides_of_an_indicator_are_left_out_together(view: str) -> None:
    index = make_index(views=True)
    found = influence(index, of=["indicators"], view=view)

    assert [one.code for one in found.left_out] == ["a", "b", "c", "d", "e"]
    assert_array_equal(found.ranks[1], rebuilt(index, "b", deleted).rank(view=view))


@pytest.mark.parametrize("method", WAYS, ids=str)
def test_a_unit_left_out_is_a_unit_really_taken_away(method) -> None:
    index = make_index(framework=WIDE, units=14, gaps=0.05, method=method)
    found = influence(index, of=["units"])

    assert [one.code for one in found.left_out] == list(found.units)
    for at, ranks in enumerate(found.ranks):
        keep = np.arange(14) != at
        assert ranks[at] == 0
        assert_array_equal(ranks[keep], without_rows(index, keep).rank())


@pytest.mark.parametrize("step", ["min_max", "rank", "z_score", "quantile_groups"])
def test_steps_of_nodes_are_fitted_without_the_unit_too(step: str) -> None:
    left, right, last = WIDE["children"]
    steps = [{"method": step}]
    framework = pillar("whole", {**left, "steps": steps}, {**right, "steps": steps}, last)
    index = make_index(framework=framework, units=14, gaps=0.05)
    for at, ranks in enumerate(influence(index, of=["units"]).ranks):
        keep = np.arange(14) != at
        assert_array_equal(ranks[keep], without_rows(index, keep).rank())


def test_weights_learnt_from_data_stay_as_they_were_learnt_when_a_node_is_left_out() -> None:
    learnt = make_index(framework=WIDE, method={"weights": "entropy"})
    weights = learnt.build().plan.fitted_weights
    nodes = [one.code for one in learnt.build().plan.nodes[:-1]]
    given = learnt.definition.framework
    for code, weight in zip(nodes, weights, strict=True):
        given = changed(given, code, lambda one, own=weight: one.model_copy(update={"weight": own}))
    method = learnt.definition.method.model_copy(update={"weights": Given()})
    frozen = learnt.definition.model_copy(update={"framework": given, "method": method})

    one, other = (
        influence(build(definition, learnt.table), of=["indicators", "pillars"])
        for definition in (learnt.definition, frozen)
    )
    assert_array_equal(one.ranks, other.ranks)


def test_within_groups_only_units_of_one_group_turn() -> None:
    index = make_index(framework=WIDE, units=60, method={"ranking": {"within": "region"}})
    found = influence(index, of=["indicators"])
    region = {unit: iso3166().get(unit).region for unit in found.units}

    assert sum(one.reversals for one in found.left_out) > 0
    for one in found.left_out:
        pairs = found.reversed_pairs(one.code)
        assert one.reversals == len(pairs)
        assert all(region[a] == region[b] for a, b in pairs)
    own = found.of_unit(found.units[0])
    assert own.of == sum(region[unit] == region[found.units[0]] for unit in found.units)


def test_the_numbers_of_a_row_are_those_of_scipy() -> None:
    index = make_index(framework=WIDE, units=40)
    found = influence(index)
    base = index.build().rank()

    for one, ranks in zip(found.left_out, found.ranks, strict=True):
        both = ranks > 0
        before = stats.rankdata(base[both], method="min")
        shift = before - ranks[both]
        assert one.compared == both.sum() == 40 - (one.kind == "unit")
        assert one.mean_shift == pytest.approx(np.abs(shift).mean())
        assert one.largest_shift == np.abs(shift).max()
        assert one.changed == (shift != 0).sum()
        assert one.spearman == pytest.approx(stats.spearmanr(before, ranks[both]).statistic)
        assert one.kendall == pytest.approx(stats.kendalltau(before, ranks[both]).statistic)
        pairs = [
            (i, j)
            for i in range(both.sum())
            for j in range(both.sum())
            if before[i] < before[j] and ranks[both][i] > ranks[both][j]
        ]
        codes = np.array(found.units)[both]
        assert one.reversals == len(pairs)
        turned = {(str(codes[i]), str(codes[j])) for i, j in pairs}
        assert set(found.reversed_pairs(one.code, one.kind)) == turned
        furthest = set(codes[np.abs(shift) == np.abs(shift).max()]) if shift.any() else set()
        assert set(one.furthest) == furthest


@given(st.lists(st.tuples(st.integers(0, 6), st.integers(0, 6), st.integers(0, 1)), max_size=25))
def test_reversals_are_the_pairs_that_turn(rows) -> None:
    one, other, groups = np.array(rows, dtype=int).reshape(-1, 3).T
    wanted = sum(
        one[i] < one[j] and other[i] > other[j] and groups[i] == groups[j]
        for i in np.flatnonzero(one * other)
        for j in np.flatnonzero(one * other)
    )

    assert reversals(one, other, groups=groups) == wanted


def test_ranks_of_some_are_counted_among_them() -> None:
    some = np.array([False, True, True, True])

    assert_array_equal(counted_among(np.array([1, 2, 2, 4]), some), [0, 1, 1, 3])


def three_units(normalisation: str = "min_max"):
    """Return an index in which a third unit decides who of two is ahead.

    First indicator (weight 3) A 2, B 1, C 10; second A 0, B 1, C 0.5.  With C the scores of
    A and B are 3/9 and 1, without it 3 and 1 (all over 4).  Goalposts and weights are powers
    of two, so that nothing is rounded.
    """
    ends = {"goalposts": (0, 16)} if normalisation == "goalposts" else {}
    framework = pillar("whole", indicator("x", weight=3, **ends), indicator("y", **ends))
    index = make_index(
        framework=framework,
        units=("A", "B", "C"),
        own=True,
        method={"normalisation": normalisation},
    )
    table = plain_table(("A", "B", "C"), ("x", "y"), np.array([[2, 0], [1, 1], [10, 0.5]]))
    return replace(index, table=table)


def test_a_rank_reversal_worked_by_hand() -> None:
    found = influence(three_units(), of=["units"])
    third = found.left_out[2]

    assert_array_equal(found.baseline.ranks, [3, 2, 1])
    assert_array_equal(found.ranks[2], [1, 2, 0])
    assert_array_equal(found.before[2], [2, 1, 0])
    assert_array_equal(found.shifts[2], [1, -1, np.nan])
    assert (third.code, third.reversals, third.mean_shift) == ("C", 1, 1.0)
    assert (third.spearman, third.kendall) == (-1.0, -1.0)
    assert found.reversed_pairs("C") == (("B", "A"),)
    assert third.unranked == ()


cells = st.lists(
    st.tuples(st.integers(0, 10), st.integers(0, 10)), min_size=3, max_size=7, unique=True
)


def no_reversals(rows, normalisation: str) -> bool:
    index = three_units(normalisation)
    units = tuple("ABCDEFG"[: len(rows)])
    table = plain_table(units, ("x", "y"), np.array(rows, dtype=float))
    found = influence(replace(index, table=table), of=["units"])
    return all(one.reversals == 0 and one.changed == 0 for one in found.left_out)


@given(cells)
def test_on_a_fixed_scale_no_unit_turns_the_order_of_others(rows) -> None:
    assert no_reversals(rows, "goalposts")


def test_on_a_scale_learnt_from_the_units_one_may() -> None:
    assert broken_by(lambda rows: no_reversals(rows, "min_max"), cells)


def test_a_constant_indicator_is_silent_and_one_that_decides_is_not() -> None:
    framework = pillar("whole", indicator("a", weight=5), indicator("b"))
    index = make_index(framework=framework, units=20)
    values = index.table.values.copy()
    values[:, 1] = 7.0
    goalposts = {"normalisation": {"method": "goalposts"}}
    fixed = pillar("whole", *({**one, "goalposts": (0, 100)} for one in framework["children"]))
    on_scale = make_index(framework=fixed, units=20, method=goalposts)
    for one in (index, on_scale):
        found = influence(replace(one, table=replace(one.table, values=values)))
        silent = [told.place for told in found.findings if told.id == "influence-silent"]
        constant = next(row for row in found.left_out if row.code == "b")

        assert silent == ["b"]
        assert (constant.mean_shift, constant.changed, constant.spearman) == (0, 0, 1)
        assert np.isnan(constant.correlation)


def test_correlations_with_the_index_are_pearsons() -> None:
    index = make_index(framework=WIDE, units=40, gaps=0.05)
    result, found = index.build(), influence(index, of=["indicators", "pillars"])

    for one in found.left_out:
        own, whole = result.score(result.plan.node(one.code)), result.score()
        both = ~np.isnan(own) & ~np.isnan(whole)
        assert one.correlation == pytest.approx(stats.pearsonr(own[both], whole[both]).statistic)


def test_an_indicator_that_goes_its_own_way_is_told() -> None:
    framework = pillar("whole", indicator("a", weight=20), indicator("b"))
    index = make_index(framework=framework, units=4)
    values = index.table.values.copy()
    values[:, :2] = [[1, 3], [2, 8], [3, 1], [4, 5]]
    found = influence(replace(index, table=replace(index.table, values=values)))
    told = {one.id: one for one in found.findings}

    assert told["influence-uncorrelated"].place == "b" == told["influence-silent"].place
    assert "moves no rank" in told["influence-silent"].sentence


def test_what_has_no_weight_is_passed_over() -> None:
    none = pillar("none", indicator("x"), indicator("y"), weight=0)
    framework = pillar("whole", pillar("one", indicator("a"), indicator("b", weight=0)), none)
    found = influence(make_index(framework=framework), of=["indicators", "pillars"])

    assert [one.code for one in found.left_out] == ["a", "one"]
    assert [one.compared for one in found.left_out] == [0, 0]  # nothing else would be left
    assert np.isnan([one.mean_shift for one in found.left_out]).all()
    assert len(found.left_out[0].unranked) == 30
    assert {one.id for one in found.findings} >= {"influence-unranked"}


def test_a_unit_that_has_nothing_else_loses_its_rank_and_is_not_compared() -> None:
    method = {"min_available": {"at_least": 0.4}}
    framework = pillar("whole", pillar("p", indicator("a"), indicator("b")), indicator("c"))
    index = make_index(framework=framework, units=("A", "B", "C"), own=True, method=method)
    values = index.table.values.copy()
    values[:, :3] = [[1, 2, 3], [2, 1, 1], [3, NAN, 4]]
    found = influence(replace(index, table=replace(index.table, values=values)))
    one = next(row for row in found.left_out if row.code == "a")

    assert (one.compared, one.unranked) == (2, ("C",))
    assert found.of_unit("C").costs == ("a",)


def panel():
    """Return a panel of four units in three years, the first of which has the widest values."""
    random = np.random.default_rng(5)
    rows = {
        (unit, year): random.uniform(0, 30 if year == "2020" else 10, 2)
        for year in ("2020", "2021", "2022")
        for unit in "ABCD"
    }
    return defined(node("x"), node("y"), normalisation={"method": "min_max"}), panel_of(
        rows, ("x", "y")
    )


def test_a_year_left_out_is_a_year_really_taken_away() -> None:
    definition, table = panel()
    found = influence(build(definition, table), of=["years"])

    assert [one.code for one in found.left_out] == ["2020", "2021"]
    assert found.period == "2022"
    for one, ranks in zip(found.left_out, found.ranks, strict=True):
        keep = np.flatnonzero(np.array(table.periods) != one.code)
        alone = build(definition, table.of_rows(keep)).of_period("2022")
        assert_array_equal(ranks, alone.rank())


def test_a_unit_of_a_panel_is_left_out_in_all_its_years() -> None:
    definition, table = panel()
    found = influence(build(definition, table), of=["units"], period="2021")
    keep = np.array(table.units) != "B"
    alone = build(definition, table.of_rows(np.flatnonzero(keep))).of_period("2021")

    assert found.units == ("A", "B", "C", "D")
    assert_array_equal(found.ranks[1][[0, 2, 3]], alone.rank())


def test_a_node_of_a_panel_is_left_out_in_all_its_years() -> None:
    definition, table = panel()
    found = influence(build(definition, table), of=["indicators"], period="2021")
    framework = changed(definition.framework, "y", unweighted)
    alone = build(definition.model_copy(update={"framework": framework}), table)

    assert [one.code for one in found.left_out] == ["x", "y"]
    assert_array_equal(found.ranks[1], alone.of_period("2021").rank())


def test_scales_of_each_year_by_itself_hear_nothing_of_others() -> None:
    definition, table = panel()
    method = definition.method.model_copy(update={"scales": "per_period"})
    own = definition.model_copy(update={"method": method})
    found = influence(build(own, table), of=["years"])

    assert [one.changed for one in found.left_out] == [0, 0]


def test_of_one_unit_what_helps_and_what_hurts_it_most() -> None:
    index = make_index(framework=WIDE, units=25)
    found = influence(index)
    published = index.build().rank()
    indicators = [at for at, one in enumerate(found.left_out) if one.kind == "indicator"]
    for row, code in enumerate(found.units):
        of_unit = found.of_unit(code)
        rises = published[row] - found.ranks[indicators, row]
        codes = np.array([found.left_out[at].code for at in indicators])
        helps = set(codes[rises == rises.min()]) if rises.min() < 0 else set()
        hurts = set(codes[rises == rises.max()]) if rises.max() > 0 else set()

        assert {move.code for move in of_unit.helps} == helps
        assert {move.code for move in of_unit.hurts} == hurts
        assert (of_unit.rank, of_unit.of) == (published[row], 25)
        assert len(of_unit.moves) == len(found.left_out) - 1  # all but the unit itself
        assert all(move.rank - move.without == move.change for move in of_unit.moves)
        widths = [abs(move.change) for move in of_unit.moves]
        assert widths == sorted(widths, reverse=True)


def test_frames_have_a_row_for_each_thing() -> None:
    found = influence(make_index(framework=WIDE, units=9))
    frame, ranks = found.frame(), found.ranks_frame()

    most = found.of("pillar")[0]
    assert frame.loc[("pillar", most.code), "mean_shift"] == frame.loc["pillar"]["mean_shift"].max()
    assert list(frame.index) == list(ranks.index)
    assert ranks.shape == (6 + 2 + 9, 9)
    assert np.isnan(ranks.loc[("unit", found.units[0]), found.units[0]])
    assert list(found.of_unit(found.units[0]).frame().columns) == [
        "name", "rank", "without", "change",
    ]  # fmt: skip


@pytest.mark.parametrize("workers", [2, 8])
def test_any_number_of_workers_gives_the_same(workers: int) -> None:
    index = make_index(framework=WIDE, units=20, gaps=0.1)

    assert_array_equal(influence(index, workers=workers).ranks, influence(index).ranks)


def test_a_refit_that_is_refused_is_told_and_the_others_are_there() -> None:
    framework = pillar("whole", indicator("a"), indicator("b"))
    index = make_index(framework=framework, units=5, method={"weights": "pca"})
    values = index.table.values.copy()  # only the last unit makes the two go together
    values[:, :2] = [[1, 5], [2, 4], [3, 3], [4, 2], [50, 50]]
    found = influence(replace(index, table=replace(index.table, values=values)), of=["units"])
    (told,) = (one for one in found.findings if one.id == "influence-refused")

    assert told.place == found.units[4]
    assert "negative loading" in told.sentence
    assert [one.compared for one in found.left_out] == [4, 4, 4, 4, 0]
    assert not found.ranks[4].any()
    assert found.of_unit(found.units[0]).costs == ()


@pytest.mark.parametrize("units", [1, 2])
def test_one_or_two_units_are_no_trouble(units: int) -> None:
    found = influence(make_index(framework=WIDE, units=units))

    assert all(
        one.largest_shift != one.largest_shift or one.largest_shift >= 0 for one in found.left_out
    )


def test_ties_stay_ties() -> None:
    index = make_index(framework=WIDE, units=6)
    values = np.tile(index.table.values[:1], (6, 1))
    values[0, :6] += [1, 1, -1, 1, 1, 1]
    found = influence(replace(index, table=replace(index.table, values=values)), of=["units"])

    assert [one.reversals for one in found.left_out] == [0] * 6
    assert [one.changed for one in found.left_out[1:]] == [0] * 5


def test_thousands_of_units_are_not_left_out_one_at_a_time(monkeypatch) -> None:
    monkeypatch.setattr(influence_trials, "MOST_UNITS", 10)
    found = influence(make_index(framework=WIDE, units=11), of=["units", "pillars"])

    assert {one.kind for one in found.left_out} == {"pillar"}
    assert [one.id for one in found.findings if "many" in one.id] == ["influence-too-many-units"]


def test_what_can_not_be_asked_is_told() -> None:
    index = make_index(framework=WIDE)
    with pytest.raises(MethodError, match=r"got 'pilars'. Did you mean pillars\?"):
        influence(index, of=["pilars"])
    with pytest.raises(MethodError, match="of must name what is left out"):
        influence(index, of=[])
    with pytest.raises(MethodError, match="workers must be"):
        influence(index, workers=0)
    with pytest.raises(DataError, match="has no periods"):
        influence(index, period="2020")
    with pytest.raises(KeyError):
        influence(index, view="sideways")
    found = influence(index, of=["pillars"])
    with pytest.raises(KeyError):
        found.of_unit("nobody")
    with pytest.raises(KeyError):
        found.reversed_pairs("nothing")
