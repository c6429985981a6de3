"""What it takes to reach a rank, on small indices, against hand and SciPy."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from scipy.optimize import minimize

from rankscope.analyses.goal import goal_seek
from rankscope.analyses.scenario.run import what_if
from rankscope.errors import BindError, MethodError, UnitError
from rankscope.pipeline import build
from tests.analyses.goal.cases import LINEAR, check_reached, gains_by_hand, linear_index, unit_at
from tests.analyses.scenario.cases import by_hand
from tests.support.indices import FLAT, indicator, make_index, pillar
from tests.support.panels import defined, panel_of
from tests.support.panels import indicator as panel_indicator

CODES = tuple("abcde")
PARTS = {"normalisation": {"method": "min_max", "to": [1, 100]}}
GEOMETRIC = {**PARTS, "aggregation": "geometric"}


@pytest.mark.parametrize("rank", [12, 5, 1])
def test_squares_are_what_a_minimiser_finds(rank: int) -> None:
    result = linear_index().build()
    unit = unit_at(result, 20)
    goal = goal_seek(result, unit, rank=rank)
    gains = gains_by_hand(result, unit, CODES)
    lacking = goal.score_needed - goal.score_before
    other = minimize(
        lambda q: q @ q,
        np.ones(5),
        jac=lambda q: 2 * q,
        bounds=[(0, 1)] * 5,
        constraints={"type": "ineq", "fun": lambda q: gains @ q - lacking, "jac": lambda _: gains},
        options={"ftol": 1e-13, "maxiter": 500},
    )

    check_reached(goal)
    assert goal.exactness == "exact"
    assert goal.bound == goal.effort
    assert goal.effort == pytest.approx(other.fun, rel=1e-5)
    assert goal.score_reached == pytest.approx(goal.score_needed, rel=1e-12)
    assert goal.score_needed == result.score()[result.units.index(unit_at(result, rank))]
    assert goal.rival == unit_at(result, rank)
    assert sum(one.points for one in goal.needs) == pytest.approx(lacking)


def test_the_scenario_gives_the_same_by_hand_and_played() -> None:
    result = linear_index().build()
    unit = unit_at(result, 20)
    goal = goal_seek(result, unit, rank=4)
    scores = by_hand(result, {(unit, one.code): one.needed for one in goal.needs})
    outcome = what_if(result, goal.scenario, draws=0)
    row = result.units.index(unit)

    assert scores[row, result.plan.root] == pytest.approx(goal.score_reached, rel=1e-13)
    assert (scores[:, result.plan.root] > goal.score_reached * (1 + 1e-9)).sum() == 3
    assert outcome.rank_after(unit) == goal.rank_reached == 4
    for one in goal.needs:
        column = result.plan.table.column(one.code)
        assert one.best == (column.min() if one.code == "c" else column.max())
        assert result.units[int(np.flatnonzero(column == one.best)[0])] == one.holder
        gap = (one.needed - one.before) / (one.best - one.before)
        assert gap == pytest.approx(one.share)  # the scale is not curved here


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.integers(0, 500),
    st.integers(2, 12),
    st.sampled_from(["squares", "linear"]),
    st.booleans(),
    st.data(),
)
def test_the_answer_reaches_the_rank_and_a_hundredth_less_does_not(
    seed: int, start: int, effort: str, geometric: bool, data: st.DataObject
) -> None:
    method = GEOMETRIC if geometric else {}
    result = linear_index(units=12, seed=seed, method=method).build()
    unit = unit_at(result, start)
    rank = data.draw(st.integers(1, start - 1))
    goal = goal_seek(result, unit, rank=rank, effort=effort)  # type: ignore[arg-type]

    check_reached(goal)
    assert goal.exactness == ("bounded" if geometric else "exact")
    assert goal.bound <= goal.effort <= goal.bound * 1.02
    assert all(0 <= one.share <= 1 for one in goal.needs)


def test_equal_shares_reach_it_too_and_are_a_broken_twin() -> None:
    """What reaches the rank need not be the least effort, and the law can fail."""
    result = linear_index().build()
    unit = unit_at(result, 20)
    goal = goal_seek(result, unit, rank=3)
    gains = gains_by_hand(result, unit, CODES)
    equal = (goal.score_needed - goal.score_before) / gains.sum()
    twice = goal_seek(result, unit, rank=2)

    assert 5 * equal**2 > 1.01 * goal.effort
    with pytest.raises(AssertionError):
        check_reached(replace(twice, rank_wanted=3, rank_just_less=3))


def test_costs_move_effort_away_and_the_nearest_one_counts() -> None:
    result = linear_index().build()
    unit = unit_at(result, 20)
    plain = goal_seek(result, unit, rank=8)
    dear = goal_seek(result, unit, rank=8, costs={"left": 5, "b": 1})

    assert dear.shares["a"] < plain.shares["a"]
    assert [one.cost for one in dear.needs] == [5, 1, 1, 1, 1]
    ratio = {one.code: one.share * one.cost / one.points * one.share for one in dear.needs}
    np.testing.assert_allclose(list(ratio.values()), ratio["a"])  # one price for all


def test_linear_effort_takes_the_best_ratio_first() -> None:
    result = linear_index().build()
    unit = unit_at(result, 20)
    goal = goal_seek(result, unit, rank=8, effort="linear")
    gains = gains_by_hand(result, unit, CODES)
    parts = [share for share in goal.shares.values() if 0 < share < 1]

    assert len(parts) == 1
    assert goal.shares[CODES[int(np.argmax(gains))]] > 0
    assert goal.effort == pytest.approx(sum(goal.shares.values()))


def test_only_named_nodes_change_and_where_that_is_too_little_it_is_proved() -> None:
    result = linear_index().build()
    unit = unit_at(result, 25)
    goal = goal_seek(result, unit, rank=1, nodes=["e"])
    row = result.units.index(unit)
    most = result.score()[row] + gains_by_hand(result, unit, "e")[0]

    assert not goal.reachable
    assert [one.code for one in goal.needs] == ["e"]
    assert goal.score_at_best == pytest.approx(most)
    assert goal.proof == (
        f"Even with the best observed value in the one indicator that may change, {goal.name} "
        f"would score {most:.5g}; rank 1 takes {goal.score_needed:.5g}, the score of "
        f"{goal.rival_name}."
    )
    assert goal.rank_reached > 1
    assert np.isnan(goal.effort)
    assert goal.words() == goal.proof
    both = goal_seek(result, unit, rank=20, nodes=["left", "e"])
    assert [one.code for one in both.needs] == ["a", "b", "e"]


def test_a_unit_that_is_best_in_what_may_change_has_no_gap() -> None:
    result = linear_index().build()
    row, code = next(
        (row, code)
        for code in "abde"
        if result.rank()[row := int(np.argmax(result.plan.table.column(code)))] > 1
    )
    goal = goal_seek(result, result.units[row], rank=1, nodes=[code])

    assert not goal.reachable
    assert goal.needs == ()
    assert "has the best observed value in everything that may change" in goal.proof
    assert goal.frame().empty


def test_who_has_the_rank_needs_no_effort() -> None:
    result = linear_index().build()
    for rank in (7, 30):
        goal = goal_seek(result, unit_at(result, 7), rank=rank)
        assert goal.already
        assert goal.effort == 0
        assert goal.rank_reached == 7
        assert goal.scenario.changes == ()
        assert goal.words() == f"{goal.name} ranks 7 already: no effort is needed."


def test_missing_values_stay_missing_and_are_named() -> None:
    index = linear_index()
    unit = unit_at(index.build(), 20)
    values = index.table.values.copy()
    values[index.table.units.index(unit), 0] = np.nan
    result = build(index.definition, replace(index.table, values=values))
    goal = goal_seek(result, unit, rank=5)

    assert "a" not in goal.shares
    (found,) = [one for one in goal.findings if one.id == "goal-missing"]
    assert found.place == "a"
    check_reached(goal)
    assert goal.exactness == "exact"


def test_dummies_are_all_or_nothing() -> None:
    framework = pillar(
        "whole",
        indicator("a", kind="interval"),
        indicator("b", kind="interval"),
        indicator("c", kind="dummy", unit="yes or no"),
        indicator("d", kind="dummy", unit="yes or no", weight=0.2),
    )
    index = make_index(framework=framework)
    values = index.table.values.copy()
    values[:, 2:4] = values[:, 2:4] > 60
    result = build(index.definition, replace(index.table, values=values))
    without = [u for u in result.units if values[result.units.index(u), 2:4].sum() == 0]
    for unit in without[:3]:
        before = int(result.rank()[result.units.index(unit)])
        goal = goal_seek(result, unit, rank=max(before - 8, 1))
        if goal.already:
            continue
        check_reached(goal)
        assert goal.exactness == "exact"
        assert {goal.shares["c"], goal.shares["d"]} <= {0.0, 1.0}


def test_geometric_means_are_bounded_and_agree_with_a_minimiser() -> None:
    result = linear_index(method=GEOMETRIC).build()
    unit = unit_at(result, 20)
    goal = goal_seek(result, unit, rank=6)
    plan, row = result.plan, result.units.index(unit)
    weights = plan.effective_weights()
    nodes = [plan.node(code) for code in CODES]
    own = result.leaves.values[row]
    share = weights[nodes]

    def lacking(q: np.ndarray) -> float:
        return float(share @ np.log(own + q * (100 - own)) - np.log(goal.score_needed))

    tries = [
        minimize(
            lambda q: q @ q,
            start,
            bounds=[(0, 1)] * 5,
            constraints={"type": "ineq", "fun": lacking},
            options={"ftol": 1e-12, "maxiter": 500},
        ).fun
        for start in (np.ones(5), *np.eye(5) * 0.9 + 0.05)
    ]
    check_reached(goal)
    assert goal.exactness == "bounded"
    assert goal.bound <= min(tries) * (1 + 1e-6)
    assert goal.effort == pytest.approx(min(tries), rel=1e-3)
    assert goal.words().startswith("This effort is at most 0.0")


def test_a_mixed_tree_is_searched_and_not_proved() -> None:
    framework = {**LINEAR, "children": [dict(one) for one in LINEAR["children"]]}
    framework["children"][0]["aggregation"] = "geometric"
    result = linear_index(framework=framework, method=PARTS).build()
    unit = unit_at(result, 20)
    goal = goal_seek(result, unit, rank=6)
    weights = result.plan.effective_weights()
    own = result.leaves.values[result.units.index(unit)]
    a, b, c, d, e = (own[result.plan.nodes[result.plan.node(code)].leaf] for code in CODES)
    left, cw, dw, ew = (weights[result.plan.node(code)] for code in ("left", "c", "d", "e"))

    def lacking(q: np.ndarray) -> float:
        up = [x + s * (100 - x) for x, s in zip((a, b, c, d, e), q, strict=True)]
        mean = (up[0] * up[1] ** 2) ** (1 / 3)
        return float(left * mean + cw * up[2] + dw * up[3] + ew * up[4] - goal.score_needed)

    other = minimize(
        lambda q: q @ q,
        np.full(5, 0.5),
        bounds=[(0, 1)] * 5,
        constraints={"type": "ineq", "fun": lacking},
        options={"ftol": 1e-12, "maxiter": 500},
    )
    check_reached(goal)
    assert goal.exactness == "not proved"
    assert np.isnan(goal.bound)
    assert goal.effort == pytest.approx(other.fun, rel=1e-4)
    assert "goal-not-proved" in {one.id for one in goal.findings}
    impossible = goal_seek(result, unit, rank=1, nodes=["e"])
    assert not impossible.reachable
    assert impossible.proof


def test_two_sides_are_searched_on_a_grid_without_finding_less() -> None:
    framework = pillar(
        "whole",
        indicator("a", kind="count", denominator="people_living", per=1000, unit="persons"),
        indicator("b", kind="interval"),
    )
    result = make_index(framework=framework, views=True, units=20).build()
    unit = unit_at(result, 14)
    for effort, power in (("squares", 2), ("linear", 1)):
        goal = goal_seek(result, unit, rank=6, effort=effort)  # type: ignore[arg-type]
        check_reached(goal)
        row, table = result.units.index(unit), result.plan.table
        a, b = table.column("a"), table.column("b")
        least = np.inf
        for share in np.linspace(0, 1, 41):
            low = np.log(a[row] + a[a > 0].min())
            high = np.log(a.max() + a[a > 0].min())
            gauge = low + share * (high - low)
            value = np.exp(gauge) - a[a > 0].min()
            for other in np.linspace(0, 1, 41):
                cells = {(unit, "a"): value, (unit, "b"): b[row] + other * (b.max() - b[row])}
                if share**power + other**power >= least:
                    continue
                if by_hand(result, cells)[row, result.plan.root] >= goal.score_needed:
                    least = share**power + other**power
        assert goal.bound <= least
        assert least * 0.8 <= goal.effort <= least * (1 + 1e-3)


@pytest.mark.parametrize("ties", ["best", "worst", "dense", "order"])
def test_the_index_own_rule_for_ties_decides(ties: str) -> None:
    ranking = {"ties": ties}
    result = linear_index(method={"ranking": ranking}).build()
    goal = goal_seek(result, unit_at(result, 20), rank=9)
    check_reached(goal)
    assert goal.rank_reached == 9
    beyond = goal.score_reached > result.score()[result.units.index(goal.rival)]
    assert bool(beyond) == (ties in ("worst", "order")) or ties == "order"


def test_printed_decimals_and_lowest_first_are_respected() -> None:
    result = linear_index(method={"ranking": {"decimals": 0}}).build()
    goal = goal_seek(result, unit_at(result, 20), rank=8)
    theirs = result.score()[result.units.index(goal.rival)]
    check_reached(goal)
    assert goal.score_needed == pytest.approx(round(theirs) - 0.5)  # prints as the rival's

    result = linear_index(method={"ranking": {"best": "lowest"}}).build()
    goal = goal_seek(result, unit_at(result, 20), rank=8)
    check_reached(goal)
    assert goal.score_needed < goal.score_before
    best = {one.code: one.best for one in goal.needs}
    assert best["a"] == result.plan.table.column("a").min()
    assert best["c"] == result.plan.table.column("c").max()


def test_a_panel_is_looked_at_in_one_period() -> None:
    values = np.random.default_rng(0).uniform(1, 100, (24, 3))
    rows = [(f"{unit:02}", year) for year in ("2020", "2021") for unit in range(12)]
    table = panel_of(dict(zip(rows, values.tolist(), strict=True)), ("a", "b", "c"))
    result = build(defined(*map(panel_indicator, "abc")), table)
    first, last = result.periods
    unit = unit_at(result.of_period(first), 6)
    goal = goal_seek(result, unit, rank=2, period=first)

    assert (goal.period, goal.rank_before, goal.rank_reached) == (first, 6, 2)
    here = np.array(table.periods) == first
    assert goal.needs[0].best == values[here, 0].max()
    assert goal_seek(result, unit, rank=12).period == last


def test_what_can_not_be_is_said() -> None:
    index = linear_index()
    result = index.build()
    unit = unit_at(result, 20)
    with pytest.raises(MethodError, match="There is no rank 31: 30 units are ranked"):
        goal_seek(result, unit, rank=31)
    with pytest.raises(MethodError, match="There is no rank 0"):
        goal_seek(result, unit, rank=0)
    with pytest.raises(UnitError, match="Atlantis"):
        goal_seek(result, "Atlantis", rank=3)
    with pytest.raises(MethodError, match=r"no indicator or node 'lefd'\. Did you mean left"):
        goal_seek(result, unit, rank=3, nodes=["lefd"])
    with pytest.raises(MethodError, match="no indicator or node 'x'"):
        goal_seek(result, unit, rank=3, costs={"x": 1})
    with pytest.raises(MethodError, match="The cost of a is 0"):
        goal_seek(result, unit, rank=3, costs={"a": 0})
    with pytest.raises(BindError, match="has no view 'scale'"):
        goal_seek(result, unit, rank=3, view="scale")
    with pytest.raises(MethodError, match="squares or linear"):
        goal_seek(result, unit, rank=3, effort="cubes")  # type: ignore[arg-type]
    gaps = linear_index(units=30)
    values = gaps.table.values.copy()
    values[3, :5] = np.nan
    short = build(gaps.definition, replace(gaps.table, values=values))
    with pytest.raises(UnitError, match="has no rank in the view headline"):
        goal_seek(short, short.units[3], rank=3)


def test_tiny_indices_do_not_break() -> None:
    pair = make_index(framework=FLAT, units=2).build()
    goal = goal_seek(pair, unit_at(pair, 2), rank=1)
    assert goal.rank_reached == 1
    alone = make_index(framework=FLAT, units=1).build()
    if alone.rank()[0]:
        assert goal_seek(alone, alone.units[0], rank=1).already
