"""Where COINr 1.1.14 is silently wrong, stops, or does nothing: what happens here instead.

The defects and traps are those found by running COINr on its own example; the numbers in
the names are ours.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from numpy.testing import assert_allclose, assert_array_equal

from rankscope.data.table import DataTable, plain_table
from rankscope.definition.model import IndexDefinition
from rankscope.definition.read import examine_text
from rankscope.errors import BindError, MethodError
from rankscope.methods.aggregation import Copeland, Generalised, Harmonic
from rankscope.methods.base import plain_traits
from rankscope.methods.imputation import Latest
from rankscope.methods.treatment import Log, SkewKurtosis
from rankscope.methods.weighting import CorrelationBalanced, PrincipalComponents
from rankscope.pipeline import Result, bind, build, evaluate, prepare
from rankscope.pipeline.ranks import ranks_of

NAN = np.nan
LONG = [1.0, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 300]
"""One outlier: skewness 4 and excess kurtosis 16."""

TARGET = {"method": "distance_to_target", "beyond": "cap"}


def leaf(code: str, **own: Any) -> dict[str, Any]:
    return {"code": code, "name": code.upper(), "kind": "interval", **own}


def defined(*children: dict[str, Any], **keys: Any) -> IndexDefinition:
    framework = {"code": "index", "name": "Index", "children": children, **keys.pop("root", {})}
    return IndexDefinition.model_validate(
        {
            "name": "trial",
            "title": "Trial",
            "data": {"file": "x.csv", **keys.pop("data", {})},
            "units": {"register": "own"},
            "framework": framework,
            **keys,
        }
    )


def table(**columns: list[float]) -> DataTable:
    rows = len(next(iter(columns.values())))
    values = np.array(list(columns.values()), dtype=float).T
    return plain_table(tuple(f"u{row:02}" for row in range(rows)), tuple(columns), values)


def treated(result: Result, column: int = 0) -> Any:
    return result.leaves.record("treatment").matrix[:, column]


def test_the_logarithm_of_the_global_innovation_index_is_taken() -> None:
    """COINr's ``log_GII`` returns its input."""
    column = np.array(LONG)[:, None]
    method, traits = Log("gii"), plain_traits(len(column), 1)
    logged = method.transform(column, method.fit(column, traits), traits)

    expected = np.log((300 - 1) * (column - 1) / (300 - 1) + 1)
    assert_allclose(logged, expected)


def test_no_treatment_treats_nothing() -> None:
    """COINr's ``Treat(global_specs = "none")`` treats."""
    result = build(defined(leaf("a"), method={"treatment": "none"}), table(a=LONG))

    assert_array_equal(treated(result), LONG)


def test_an_override_of_one_parameter_keeps_the_others_although_there_are_gaps() -> None:
    """In COINr a partial ``indiv_specs`` leaves an indicator with gaps untreated (issue 53)."""
    definition = defined(
        leaf("a", treatment={"max_points": 3}), method={"treatment": {"method": "skew_kurtosis"}}
    )
    gappy = [*LONG, NAN]
    result = build(definition, table(a=gappy))

    assert definition.framework.children[0].treatment == SkewKurtosis(max_points=3)
    assert np.nanmax(treated(result)) == 15
    assert np.isnan(treated(result)[-1])


def test_some_periods_of_a_panel_can_be_taken() -> None:
    """COINr's ``split_to`` crashes on any subset of the periods."""
    definition = defined(leaf("a"), data={"period_column": "year", "periods": ("2020", "2021")})

    assert definition.data.periods == ("2020", "2021")


def test_balanced_weights_are_balanced_and_never_negative() -> None:
    """COINr's ``get_opt_weights`` stops early, and with more patience returns negative weights."""
    rng = np.random.default_rng(0)
    common = rng.normal(0, 1, (60, 1))
    scores = common * [1, 0.5, 0.2] + rng.normal(0, 1, (60, 3))
    weights = CorrelationBalanced().fit(scores, np.ones(3))
    total = scores @ weights
    importance = [np.corrcoef(column, total)[0, 1] for column in scores.T]

    assert (weights > 0).all()
    assert np.ptp(importance) < 1e-6


def test_both_of_two_like_steps_are_done_and_told() -> None:
    """In COINr's log the second call of a builder erases the first."""
    steps = [{"method": "min_max", "to": [0, 10]}, "round", {"method": "min_max", "to": [0, 1]}]
    result = build(defined(leaf("a", steps=steps)), table(a=[1, 2, 4.4, 9]))

    assert_allclose(result.leaves.values[:, 0], [0, 0.1, 0.4, 1])
    told = result.leaves.record("steps").explain(0, 0)
    assert told.count("becomes 0") == 2
    assert "rounded" in told


def test_the_share_of_zeros_is_of_the_values_that_are_there() -> None:
    """COINr's flags divide by all units, though its manual says by those available."""
    screening = {"nonzero_at_least": "2/3"}
    definition = defined(
        *map(leaf, "abcd"), method={"screening": screening, "min_available": {"at_least": 0}}
    )
    data = table(a=[1, 0, 3], b=[2, 0, 4], c=[NAN, 0, 5], d=[0, 6, 7])
    result = build(definition, data)

    assert result.leaves.ranked.tolist() == [True, False, True]  # 2 of 3 there, 1 of 4, 4 of 4


def test_goalposts_of_an_indicator_where_less_is_better() -> None:
    """COINr turns the sign first: goalposts in raw units then give zero for everyone."""
    child = leaf("a", polarity=-1, goalposts=(0, 50), normalisation="goalposts")
    result = build(defined(child), table(a=[0, 10, 50, 60]))

    assert_allclose(result.score(), [100, 80, 0, 0])


def test_a_target_of_an_indicator_where_less_is_better() -> None:
    """COINr turns the sign first, and the slope is wrong."""
    child = leaf(
        "a", polarity=-1, target=2, normalisation={"method": "distance_to_target", "beyond": "cap"}
    )
    result = build(defined(child), table(a=[1, 2, 6, 10]))

    assert_allclose(result.score(), [100, 100, 50, 0])


def test_a_share_of_the_best_where_less_is_better() -> None:
    """COINr's ``n_fracmax`` divides negative numbers by the largest of them."""
    child = leaf("a", polarity=-1, normalisation="share_of_best")
    result = build(defined(child), table(a=[2, 4, 8]))

    assert_allclose(result.score(), [100, 50, 25])


def test_a_constant_indicator_is_told() -> None:
    """COINr's min-max gives NaN and says nothing."""
    definition = defined(leaf("a"), leaf("b"), method={"min_available": {"at_least": 0.5}})
    result = build(definition, table(a=[1, 2, 3], b=[5, 5, 5]))

    assert_allclose(result.score(), [0, 50, 100])
    assert [one.place for one in result.findings if one.id == "indicator-without-spread"] == ["b"]


@pytest.mark.parametrize("mean", ["geometric", "harmonic"])
def test_a_mean_of_positive_numbers_is_refused_before_anything_is_computed(mean: str) -> None:
    """COINr's geometric mean stops half-way (issue 50); its harmonic one takes negative values."""
    z_score = defined(
        leaf("a"), leaf("b"), method={"aggregation": mean, "normalisation": "z_score"}
    )
    zero = defined(leaf("a"), leaf("b"), method={"aggregation": mean})
    data = table(a=[1, 2, 3], b=[3, 1, 2])

    with pytest.raises(BindError, match="can reach any negative number"):
        bind(z_score, data)
    with pytest.raises(BindError, match=r"to: \[1, 100\]"):
        bind(zero, data)


def test_the_range_that_helps_is_there_for_every_scale() -> None:
    """COINr's goalposts and targets can not be given a range such as 1 to 100 (issue 65)."""
    children = [
        leaf("a", goalposts=(0, 10), normalisation={"method": "goalposts", "to": [1, 100]}),
        leaf(
            "b",
            target=4,
            normalisation={"method": "distance_to_target", "to": [1, 100], "beyond": "cap"},
        ),
    ]
    definition = defined(*children, method={"aggregation": "geometric"})

    assert np.isfinite(build(definition, table(a=[0, 5, 10], b=[1, 2, 4])).score()).all()


def test_the_generalised_mean_passes_over_what_is_missing() -> None:
    """COINr's ``a_genmean`` is NA where any value is, although its manual says otherwise."""
    definition = defined(
        leaf("a"), leaf("b"), leaf("c"),
        method={"aggregation": {"method": "generalised", "power": 2}, "normalisation": "none"},
    )  # fmt: skip
    result = build(definition, table(a=[3, 1], b=[4, 1], c=[NAN, 1]))

    assert_allclose(result.score(), [np.sqrt(12.5), 1])
    assert Generalised().chart() is not None


def test_the_harmonic_mean_refuses_negative_values() -> None:
    assert not Harmonic().accepts(-1.0)
    assert not Harmonic().accepts(0.0)


def test_outranking_does_not_depend_on_the_order_of_the_rows() -> None:
    """COINr gives the weight of a gap to whichever unit comes later."""
    values = np.array([[1.0, 5, 3], [2, 1, 1], [3, 2, 2]])
    weights = np.array([[0.5, 0.5, 0], [0.4, 0.3, 0.3], [0.4, 0.3, 0.3]])
    turned = Copeland().combine(values[::-1], weights[::-1])

    assert_allclose(Copeland().combine(values, weights), turned[::-1])


def test_outranking_can_be_the_aggregation_of_an_index() -> None:
    """COINr's ``Aggregate(f_ag = "a_copeland")`` stops with an error."""
    definition = defined(*map(leaf, "abc"), method={"aggregation": "copeland"})
    result = build(definition, table(a=[1, 2, 3], b=[2, 3, 1], c=[1, 2, 3]))

    assert result.rank().tolist() == [3, 2, 1]


def test_ties_of_binary_noise_are_ties_but_for_the_preset() -> None:
    """COINr ranks 0.1 + 0.2 above 0.3."""
    data = table(a=[0.1 + 0.2, 0.3, 0.1])
    ours = defined(leaf("a"), method={"normalisation": "none"})
    theirs = defined(leaf("a"), method={"preset": "coinr", "normalisation": "none"})

    assert build(ours, data).rank().tolist() == [1, 1, 3]
    assert build(theirs, data).rank().tolist() == [1, 2, 3]


def test_without_its_only_child_a_group_takes_no_part() -> None:
    """In COINr removing the only element of a group divides 0 by 0."""
    group = {"code": "g", "name": "G", "children": [leaf("b")]}
    plan = bind(defined(leaf("a"), group), table(a=[1, 2, 3], b=[3, 1, 2]))
    weights = plan.weights()
    weights[plan.node("b")] = 0
    scores = evaluate(plan, prepare(plan), weights)

    assert_allclose(scores[:, plan.root], [0, 50, 100])


def test_a_component_that_loads_negatively_is_no_weight() -> None:
    """COINr takes raw loadings of arbitrary sign as weights."""
    rng = np.random.default_rng(1)
    common = rng.normal(0, 1, (50, 1))
    scores = common * [1, 1, -1] + rng.normal(0, 0.3, (50, 3))

    with pytest.raises(MethodError, match="child 3"):
        PrincipalComponents().fit(scores, np.ones(3))


def test_the_last_observation_is_carried_for_years_not_for_places() -> None:
    """COINr's ``max_time`` counts the periods in the table."""
    traits = plain_traits(3, 1)

    traits = replace(
        traits, series=np.zeros(3, dtype=np.int64), times=np.array([2010.0, 2012, 2020])
    )
    method, column = Latest(limit=5), np.array([[7.0], [NAN], [NAN]])
    filled = method.transform(column, method.fit(column, traits), traits)

    assert_array_equal(filled[:, 0], [7, 7, NAN])


def test_winsorising_takes_ties_together_and_ranks_stay() -> None:
    """One pass of COINr's loop can draw in more values than ``winmax``."""
    values = [*range(1, 40), *[500.0] * 6]
    result = build(defined(leaf("a"), method={"treatment": "skew_kurtosis"}), table(a=values))

    assert (np.diff(treated(result)) >= 0).all()


def test_one_level_may_hold_groups_that_are_combined_in_their_own_ways() -> None:
    """COINr has one function for a level (issue 35)."""
    groups = [
        {"code": "g", "name": "G", "aggregation": "minimum", "children": [leaf("a"), leaf("b")]},
        {"code": "h", "name": "H", "aggregation": "maximum", "children": [leaf("c"), leaf("d")]},
    ]
    definition = defined(*groups, method={"normalisation": "none"})
    result = build(definition, table(a=[1, 4], b=[2, 3], c=[1, 4], d=[2, 3]))

    assert result.score(result.plan.node("g")).tolist() == [1, 3]
    assert result.score(result.plan.node("h")).tolist() == [2, 4]


def test_a_pillar_can_count_against_the_index() -> None:
    """COINr has no direction above the indicators (issue 66)."""
    risk = {"code": "risk", "name": "Risk", "polarity": -1, "children": [leaf("b")]}
    result = build(defined(leaf("a"), risk), table(a=[1, 2, 3], b=[0, 5, 10]))

    assert_allclose(result.score(result.plan.node("risk")), [100, 50, 0])
    assert_allclose(result.score(), [50, 50, 50])


def test_an_unknown_preset_or_key_is_told() -> None:
    """In COINr what is not understood is passed over in silence (issue 60)."""
    text = "name: t\ntitle: T\ndata: {file: x.csv}\nmethod: {preset: coiner}\n"
    found = examine_text(
        text + "framework: {code: i, name: I, children: [{code: a, name: A, kind: share}]}\n"
    )

    assert found[0] is None
    assert "coiner" in " ".join(one.sentence for one in found[1])


def test_ranks_of_a_draw_follow_the_rule_of_the_index() -> None:
    definition = defined(leaf("a"), method={"normalisation": "none", "ranking": {"best": "lowest"}})
    result = build(definition, table(a=[3, 1, 2]))

    assert result.rank().tolist() == [3, 1, 2]
    assert ranks_of(result.plan, result.scores[..., 0])[0].tolist() == [3, 1, 2]
