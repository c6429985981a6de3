"""Weights for a wanted importance: exact, proved impossible, or searched for and said so."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from numpy.testing import assert_allclose, assert_array_equal

from rankscope.analyses.importance import importance, weights_for
from rankscope.analyses.importance.solutions import budgeted, for_correlation, for_covariance
from rankscope.analyses.importance.wanted import Verdict
from rankscope.errors import MethodError
from rankscope.methods.aggregation import Geometric
from rankscope.pipeline import build
from rankscope.testing import indices
from tests.analyses.importance_indices import correlated, flat, orthogonal
from tests.support.panels import defined, indicator, panel_of


def pair(correlation: float, spreads: tuple[float, float] = (1.0, 1.0), rows: int = 40):
    """Return two columns with exactly this correlation, and spreads in this proportion."""
    one, other = orthogonal(rows, 2).T
    mixed = correlation * one + np.sqrt(1 - correlation**2) * other
    return 50 + np.column_stack([one, mixed]) * spreads


def codes(wanted):
    return dict(zip("abcdefgh", map(float, wanted), strict=False))


def covariance_shares(values, weights):
    covariance = np.cov(values.T)
    return weights * (covariance @ weights) / (weights @ covariance @ weights)


def squared_shares(values, weights):
    r = np.array([np.corrcoef(column, values @ weights)[0, 1] for column in values.T])
    return r * abs(r) / (r**2).sum()


def test_of_independent_parts_weights_are_roots_of_shares_over_spreads():
    values = 50 + orthogonal(40, 3) * [1, 2, 4]
    found = weights_for(flat(values), codes([1, 4, 9]))

    truth = np.sqrt([1, 4, 9]) / [1, 2, 4]
    assert_allclose(found.weights, truth / truth.sum(), atol=1e-12)
    assert (found.verdict, found.distance < 1e-12) == (Verdict.EXACT, True)


@given(st.floats(-0.95, 0.95), st.floats(0.2, 5))
def test_two_parts_share_alike_with_weights_inverse_to_spreads(correlation, spread):
    """Whatever their correlation: Maillard, Roncalli & Teïletche (2010), section 2."""
    values = pair(correlation, (1.0, spread))
    truth = np.array([spread, 1.0]) / (1 + spread)

    for measure in ("covariance_share", "correlation"):
        found = weights_for(flat(values), "equal", measure=measure)
        assert found.verdict is Verdict.EXACT
        assert_allclose(found.weights, truth, atol=1e-9)


@given(st.floats(-0.95, 0.95), st.floats(0.02, 0.98))
def test_two_parts_have_the_weights_of_the_quadratic_equation(correlation, share):
    """With v = w s and q = v1 / v2: q² (1 - t) + q r (1 - 2t) - t = 0."""
    t, r = share, correlation
    q = max(np.roots([1 - t, r * (1 - 2 * t), -t]).real)
    found = weights_for(flat(pair(r)), codes([t, 1 - t]))

    assert found.weights[0] / found.weights[1] == pytest.approx(q, rel=1e-7)


wishes = st.integers(2, 6).flatmap(
    lambda count: st.lists(st.floats(0.05, 10), min_size=count, max_size=count)
)


@given(wishes, st.integers(0, 2**32 - 1))
def test_covariance_shares_are_always_reached(wanted, seed):
    values = correlated(30, len(wanted), seed)
    found = weights_for(flat(values), codes(wanted))
    target = np.array(wanted) / sum(wanted)

    assert found.verdict is Verdict.EXACT
    assert (found.weights > 0).all()
    assert found.weights.sum() == pytest.approx(1)
    assert_allclose(found.attained, target, atol=1e-9)
    assert_allclose(covariance_shares(values, found.weights), target, atol=1e-9)


def test_that_law_can_fail():
    """Weights in proportion to wish over spread, right for independent parts, do not reach it."""
    values = correlated(30, 4, 0, strength=0.6)
    target = np.array([0.1, 0.2, 0.3, 0.4])
    naive = np.sqrt(target) / values.std(axis=0)

    assert np.abs(covariance_shares(values, naive) - target).max() > 0.01


def test_an_index_with_the_weights_found_has_the_importance_wanted():
    values = correlated(50, 4, 3)
    found = weights_for(flat(values), codes([4, 3, 2, 1]))
    rebuilt = importance(flat(values, found.weights), permutations=1)

    assert_allclose(rebuilt.covariance_shares, [0.4, 0.3, 0.2, 0.1], atol=1e-9)
    assert "No other weights do." in found.reason


@given(st.integers(0, 2**32 - 1), wishes)
def test_correlations_are_reached_or_the_only_weights_have_a_negative_one(seed, wanted):
    values = correlated(30, len(wanted), seed)
    target = np.array(wanted) / sum(wanted)
    correlations, spread = np.corrcoef(values.T), values.std(axis=0)
    assume(np.linalg.eigvalsh(correlations)[0] > 1e-6)
    only = np.linalg.solve(correlations, np.sqrt(target)) / spread
    only /= np.abs(only).sum()
    assume(np.abs(only).min() > 1e-6)
    found = weights_for(flat(values), codes(wanted), measure="correlation")

    if (only > 0).all():
        assert found.verdict is Verdict.EXACT
        assert_allclose(found.weights, only, atol=1e-8)
        assert_allclose(squared_shares(values, found.weights), target, atol=1e-9)
    else:
        assert found.verdict is Verdict.IMPOSSIBLE
        assert_allclose(found.needed, only, atol=1e-6)
        assert_allclose(squared_shares(values, found.needed), target, atol=1e-6)
        assert (found.weights >= 0).all()
        assert found.distance > 1e-9


def test_a_correlation_that_needs_a_negative_weight_is_proved_impossible():
    """For two parts v is in proportion to (c1 - r c2, c2 - r c1)."""
    found = weights_for(flat(pair(0.9)), codes([1, 9]), measure="correlation")
    needed = np.array([1 - 0.9 * 3, 3 - 0.9 * 1])

    assert found.verdict is Verdict.IMPOSSIBLE
    assert_allclose(found.needed, needed / np.abs(needed).sum(), atol=1e-9)
    assert "give A a negative weight, -0.447" in found.reason
    assert_allclose(found.weights, [0, 1], atol=1e-12)
    assert_allclose(found.attained, np.array([0.81, 1]) / 1.81, atol=1e-9)


@pytest.mark.parametrize(("first", "verdict"), [(0.811, "exact"), (0.809, "impossible")])
def test_the_border_of_the_possible_is_where_the_first_weight_is_0(first, verdict):
    found = weights_for(flat(pair(0.9)), codes([first, 1]), measure="correlation")

    assert found.verdict.value == verdict


def test_of_three_parts_equal_correlations_may_be_impossible():
    """The third goes so closely with both others that they count twice."""
    base = orthogonal(40, 3)
    values = 50 + np.column_stack([base[:, 0], base[:, 1], base.sum(axis=1) + base[:, 0]])
    found = weights_for(flat(values), measure="correlation")
    assert_allclose(found.wanted, 1 / 3)

    only = np.linalg.solve(np.corrcoef(values.T), np.ones(3))
    assert (only < 0).sum() == 1
    assert found.verdict is Verdict.IMPOSSIBLE
    assert f"give {'ABC'[only.argmin()]} a negative weight" in found.reason


def test_unless_told_shares_are_to_be_as_the_weights_and_correlations_equal():
    values = correlated(40, 3, 1)

    assert_allclose(weights_for(flat(values, [3, 2, 1])).wanted, np.array([3, 2, 1]) / 6)
    assert_allclose(weights_for(flat(values, [3, 2, 1]), measure="correlation").wanted, 1 / 3)
    assert_allclose(
        weights_for(flat(values, [3, 2, 1]), "nominal", measure="correlation").wanted,
        np.array([3, 2, 1]) / 6,
    )


def test_children_of_weight_0_stay_there():
    values = correlated(40, 3, 1)
    for measure in ("covariance_share", "correlation", "correlation_ratio"):
        found = weights_for(flat(values, [1, 0, 2]), measure=measure)
        assert found.weights[1] == found.wanted[1] == found.attained[1] == 0

    both = weights_for(flat(values[:, [0, 2]], [1, 2])).weights
    assert_allclose(weights_for(flat(values, [1, 0, 2])).weights[[0, 2]], both)


def test_a_share_of_0_is_weight_0_but_a_correlation_of_0_is_not():
    values = pair(0.5)
    share = weights_for(flat(values), codes([1, 0]))
    assert_array_equal(share.weights, [1, 0])
    assert share.verdict is Verdict.EXACT

    correlation = weights_for(flat(values), codes([1, 0]), measure="correlation")
    assert correlation.verdict is Verdict.IMPOSSIBLE  # v in proportion to (1, -r)
    assert_allclose(correlation.needed, [2 / 3, -1 / 3], atol=1e-9)

    against = weights_for(flat(pair(-0.5)), codes([1, 0]), measure="correlation")
    assert against.verdict is Verdict.EXACT
    assert_allclose(against.weights, [2 / 3, 1 / 3], atol=1e-9)


def test_twins_are_said_to_depend_on_each_other_and_still_have_shares():
    values = correlated(30, 2, 2)
    found = weights_for(flat(values[:, [0, 1, 0]]), codes([2, 5, 3]))

    assert [one.id for one in found.findings] == ["importance-dependent"]
    assert found.verdict is Verdict.EXACT
    assert found.weights[0] / found.weights[2] == pytest.approx(2 / 3)

    same = weights_for(flat(values[:, [0, 0]]), codes([1, 3]), measure="correlation")
    assert same.verdict is Verdict.IMPOSSIBLE  # twins have one correlation
    assert "depend on each other" in same.reason
    assert weights_for(flat(values[:, [0, 0]]), measure="correlation").verdict is Verdict.EXACT


def test_parts_that_cancel_out_can_not_all_have_shares():
    values = correlated(30, 1, 3)
    found = weights_for(flat(np.hstack([values, 100 - 2 * values]), [3, 1]))

    assert found.verdict is Verdict.IMPOSSIBLE
    assert "0.667 x A + 0.333 x B is the same for all units" in found.reason
    assert np.isnan(found.weights).all()


def test_a_part_that_is_the_same_for_all_can_have_no_share():
    values = correlated(30, 3, 3)
    values[:, 1] = 7.0
    found = weights_for(flat(values))

    assert found.verdict is Verdict.IMPOSSIBLE
    assert "B has the same score for all units" in found.reason
    assert weights_for(flat(values), codes([1, 0, 1])).verdict is Verdict.EXACT


@pytest.mark.parametrize("measure", ["covariance_share", "correlation", "correlation_ratio"])
@pytest.mark.parametrize("kind", ["geometric", "gaps"])
def test_elsewhere_what_a_search_reaches_an_index_with_these_weights_has(kind, measure):
    values = correlated(40, 3, 4)
    if kind == "gaps":
        values[np.random.default_rng(1).random(values.shape) < 0.15] = np.nan
    own = {"aggregation": "geometric"} if kind == "geometric" else {}
    truth = weights_for(flat(values, [2, 1, 1], **own), measure=measure).now
    found = weights_for(flat(values, **own), codes(truth), measure=measure)
    rebuilt = importance(flat(values, found.weights, **own), permutations=1)

    assert [one.id for one in found.findings] == ["importance-searched"]
    assert found.distance < (1e-3 if measure == "correlation_ratio" else 1e-9)
    shares = {
        "covariance_share": rebuilt.shares,
        "correlation": rebuilt.correlations**2,
        "correlation_ratio": rebuilt.ratios,
    }[measure]
    assert_allclose(found.attained, shares / shares.sum(), atol=1e-9)
    if measure != "correlation_ratio":
        assert found.verdict is Verdict.EXACT
        assert_allclose(found.weights, [0.5, 0.25, 0.25], atol=1e-6)


def test_what_is_not_found_is_not_said_to_be_impossible():
    values = pair(0.9)
    found = weights_for(flat(values, aggregation="geometric"), codes([1, 9]), measure="correlation")

    assert found.verdict is Verdict.NOT_FOUND
    assert found.distance > 0.1
    assert "no proof" in found.reason
    assert f"{100 * found.distance:.2g} percentage points" in found.reason


def test_a_search_is_the_same_for_a_seed():
    result = flat(pair(0.9), aggregation="geometric")
    one, other = (weights_for(result, codes([1, 9]), measure="correlation") for _ in range(2))

    assert_array_equal(one.weights, other.weights)


def test_weights_of_a_period_are_found_on_the_scales_of_the_panel():
    cells = {
        (f"u{unit}", year): values
        for year, seed in (("1", 1), ("2", 2))
        for unit, values in enumerate(correlated(25, 2, seed))
    }
    a = indicator("a", period_weights={"1": 3.0})
    table = panel_of(cells, ("a", "b"))
    result = build(defined(a, indicator("b"), normalisation="none"), table)

    for period, seed in (("1", 1), ("2", 2)):
        found = weights_for(result, "equal", period=period)
        assert found.verdict is Verdict.EXACT
        shares = covariance_shares(correlated(25, 2, seed), found.weights)
        assert_allclose(shares, 0.5, atol=1e-9)


def test_steps_that_stretch_the_score_do_not_stand_in_the_way():
    values = correlated(40, 3, 6)
    stretched = weights_for(flat(values, steps=["min_max"]), "equal")

    assert stretched.verdict is Verdict.EXACT
    assert_allclose(stretched.weights, weights_for(flat(values), "equal").weights, atol=1e-6)


def test_sums_keep_the_sum_of_their_weights():
    values = correlated(40, 2, 6)
    found = weights_for(flat(values, [0.4, 0.5], aggregation="sum"), "equal")

    assert found.verdict is Verdict.EXACT
    assert found.weights.sum() == pytest.approx(0.9)


@pytest.mark.parametrize("values", [[[1, 2]], [[1, 2], [2, 1]], [[5, 5]] * 9])
@pytest.mark.parametrize("measure", ["covariance_share", "correlation", "correlation_ratio"])
def test_degenerate_indices_have_an_answer(values, measure):
    found = weights_for(flat(values), measure=measure)

    assert found.verdict in {Verdict.NOT_FOUND, Verdict.IMPOSSIBLE}
    assert found.reason


@given(wishes, st.integers(0, 2**32 - 1), st.floats(0, 0.97))
def test_newton_meets_every_budget(wanted, seed, strength):
    correlations = np.corrcoef(correlated(12, len(wanted), seed, strength).T)
    target = np.array(wanted) / sum(wanted)
    v = budgeted(correlations, target)

    assert v is not None
    assert_allclose(v * (correlations @ v), target, atol=1e-12)


def test_very_uneven_wishes_are_met_too():
    values = correlated(60, 6, 1)
    wanted = np.array([1e-6, 1e-4, 1e-2, 1, 1, 1])
    solution = for_covariance(values, wanted / wanted.sum(), "abcdef")

    assert solution.weights is not None
    shares = covariance_shares(values, solution.weights)
    assert_allclose(shares, wanted / wanted.sum(), rtol=1e-6)


def test_the_nearest_weights_of_an_impossible_wish_are_nearer_than_others():
    values = correlated(40, 4, 9, strength=0.6)
    target = np.array([0.05, 0.05, 0.45, 0.45])
    solution = for_correlation(values, target, "abcd")
    assert solution.impossible
    assert solution.weights is not None

    def cosine(weights):
        r = np.array([np.corrcoef(column, values @ weights)[0, 1] for column in values.T])
        return r @ np.sqrt(target) / np.linalg.norm(r)

    rng = np.random.default_rng(0)
    others = [cosine(rng.dirichlet(np.ones(4)) / values.std(axis=0)) for _ in range(2000)]
    assert cosine(solution.weights) >= max(others)


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({"wanted": {"a": 1, "x": 2}}, "Root has no child 'x'"),
        ({"wanted": {"a": 1}}, "no number for b"),
        ({"wanted": {"a": 1, "b": -1}}, "from 0 up, got -1"),
        ({"wanted": {"a": 1, "b": float("nan")}}, "from 0 up, got nan"),
        ({"wanted": {"a": 0, "b": 0}}, "0 for all children"),
        ({"wanted": {"a": 1, "b": 1, "c": 1}}, "c has weight 0"),
        ({"wanted": "same"}, "equal, nominal or a number"),
        ({"measure": "shapley"}, "measure must be"),
        ({"node": "b"}, "b is an indicator"),
    ],
)
def test_what_is_asked_wrongly_is_named(asked, said):
    with pytest.raises(MethodError, match=said):
        weights_for(flat(correlated(10, 3, 0), [1, 1, 0]), **asked)


def test_the_frame_has_a_row_for_each_child():
    frame = weights_for(flat(pair(0.9)), codes([1, 9]), measure="correlation").frame()

    assert list(frame.index) == ["a", "b"]
    assert frame.loc["a", "needed_weight"] < 0
    assert_allclose(frame["wanted_importance"], [0.1, 0.9])


@settings(max_examples=6)
@given(
    indices(aggregations=(None, Geometric())), st.sampled_from(["covariance_share", "correlation"])
)
def test_every_index_has_an_answer_that_holds_what_it_says(index, measure):
    result = build(*index)
    for node in result.plan.nodes:
        if node.children:
            importance(result, node=node.code, permutations=2)
            found = weights_for(result, node=node.code, measure=measure)
            exact = found.verdict is Verdict.EXACT
            assert exact == bool(np.abs(found.attained - found.wanted).max() < 1e-9)
            assert not exact or (found.weights >= 0).all()
