"""What drives a score: against closed forms, pandas, and laws that can fail."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.testing import assert_allclose, assert_array_equal

from rankscope.analyses.importance import importance
from rankscope.analyses.importance.words import verdict
from rankscope.catalogue import open_index
from rankscope.definition.model import Node
from rankscope.errors import DataError, MethodError
from rankscope.pipeline import build
from tests.analyses.importance_indices import built, correlated, flat, leaf, orthogonal
from tests.support.panels import defined, indicator, panel_of

WEIGHTS = [3.0, 2.0, 1.0]
SPREADS = [1.0, 2.0, 4.0]


def ids(found) -> set[str]:
    return {one.id for one in found.findings}


def test_of_independent_parts_all_linear_measures_agree():
    found = importance(flat(50 + orthogonal(40, 3) * SPREADS, WEIGHTS))
    truth = np.square(np.multiply(WEIGHTS, SPREADS))
    truth = truth / truth.sum()

    for measure in (found.covariance_shares, found.squared_shares, found.shapley):
        assert_allclose(measure, truth, atol=1e-12)
    assert_allclose(found.correlations**2, truth, atol=1e-12)
    assert found.findings == ()


def two_levels(seed: int, weights: list[float]):
    a, b, c, d, left, right = weights
    root = Node(
        code="r",
        name="Root",
        children=(
            Node(code="p", name="P", weight=left, children=(leaf("a", a), leaf("b", b))),
            Node(code="q", name="Q", weight=right, children=(leaf("c", c), leaf("d", d))),
        ),
    )
    return built(root, correlated(30, 4, seed), ("a", "b", "c", "d"))


some_weights = st.lists(st.floats(0.1, 10), min_size=6, max_size=6)


@given(st.integers(0, 2**32 - 1), some_weights)
def test_covariance_and_shapley_shares_sum_to_the_variance(seed, weights):
    result = two_levels(seed, weights)

    for of in ("children", "indicators"):
        found = importance(result, of=of, permutations=1)
        assert found.covariance_shares.sum() == pytest.approx(1, abs=1e-9)
        assert found.shapley.sum() == pytest.approx(1, abs=1e-7)
        assert (found.shapley >= -1e-12).all()
        assert "importance-sum" not in ids(found)


def test_the_law_of_the_sum_can_fail():
    """Shares from spreads alone, as if parts were independent, do not sum to 1."""
    result = two_levels(0, [1.0] * 6)
    x, y = result.scores[0][:, [2, 5]], result.score()
    assert [result.plan.nodes[at].code for at in (2, 5)] == ["p", "q"]

    alone = (0.5 * x.std(axis=0) / y.std()) ** 2

    assert abs(alone.sum() - 1) > 0.05
    assert importance(result, permutations=1).covariance_shares.sum() == pytest.approx(1)


def test_weights_are_those_among_siblings_in_the_node_and_in_the_index():
    found = importance(two_levels(1, [1, 3, 1, 1, 4, 1]), of="indicators", permutations=1).frame()
    below = importance(
        two_levels(1, [1, 3, 1, 1, 4, 1]), node="p", of="indicators", permutations=1
    ).frame()

    assert_allclose(found["nominal_weight"], [0.25, 0.75, 0.5, 0.5])
    assert_allclose(found["weight"], [0.2, 0.6, 0.1, 0.1])
    assert_allclose(found["effective_weight"], found["weight"])
    assert_allclose(below["weight"], [0.25, 0.75])
    assert_allclose(below["effective_weight"], [0.2, 0.6])


def with_gaps(seed: int = 3):
    values = correlated(60, 3, seed)
    values[np.random.default_rng(seed).random(values.shape) < 0.2] = np.nan
    return flat(values, WEIGHTS)


def test_with_gaps_correlations_are_those_of_pandas():
    result = with_gaps()
    scores = pd.DataFrame(result.scores[0], columns=[node.code for node in result.plan.nodes])
    found = importance(result, permutations=5)

    assert_allclose(found.correlations, scores[["a", "b", "c"]].corrwith(scores["r"]))
    assert_allclose(
        found.spearman, scores[["a", "b", "c"]].corrwith(scores["r"], method="spearman")
    )
    assert_array_equal(found.counts, scores[["a", "b", "c"]].notna().sum())


def test_with_gaps_the_sum_is_said_not_to_be_one_and_why():
    found = importance(with_gaps(), permutations=5)

    assert abs(found.covariance_shares.sum() - 1) > 1e-3
    [said] = [one for one in found.findings if one.id == "importance-sum"]
    assert "gaps" in said.sentence
    assert found.shares.sum() == pytest.approx(1)
    assert found.shapley.sum() == pytest.approx(1)  # over units without a gap


@pytest.mark.parametrize(
    ("own", "reason"),
    [
        ({"aggregation": "geometric"}, "not arithmetic"),
        ({"steps": [{"method": "linear", "factor": 2.0}]}, "steps"),
    ],
)
def test_another_mean_and_steps_are_named(own, reason):
    found = importance(flat(correlated(30, 3, 0), **own), permutations=5)

    [said] = [one for one in found.findings if one.id == "importance-sum"]
    assert reason in said.sentence


def test_a_part_of_weight_0_is_shown_and_not_counted():
    values = correlated(30, 3, 1)
    found = importance(flat(values, [1, 0, 1]), permutations=5)
    without = importance(flat(values[:, [0, 2]]), permutations=5)

    assert found.codes == ("a", "b", "c")
    assert found.correlations[1] == pytest.approx(
        np.corrcoef(values.T[1], values.T[[0, 2]].mean(0))[0, 1]
    )
    for name in ("covariance_shares", "squared_shares", "shapley"):
        assert np.isnan(getattr(found, name)[1])
        assert_allclose(getattr(found, name)[[0, 2]], getattr(without, name))


def test_a_part_that_is_noise_is_silent_and_one_that_is_turned_is_negative():
    rng = np.random.default_rng(2)
    base = rng.normal(size=(60, 1))
    values = np.hstack([base * 30, base * 20, rng.normal(size=(60, 1)) * 0.01, -base]) + 100
    values[:, 2] -= np.polyval(np.polyfit(base[:, 0], values[:, 2], 1), base[:, 0]) - 100
    found = importance(flat(values))

    assert [(one.id, one.place) for one in found.findings] == [
        ("importance-silent", "c"),
        ("importance-negative", "d"),
    ]
    assert found.silent.tolist() == [False, False, True, False]


def test_who_counts_more_and_who_less_is_said():
    found = importance(flat(50 + orthogonal(40, 2) * [3, 1]), permutations=5)

    assert verdict(found) == (
        "In Root some parts count for more than the weights say: A (90% of the differences for "
        "50% of the weight); others for less than the weights say: B (10% of the differences "
        "for 50% of the weight)."
    )
    even = importance(flat(50 + orthogonal(40, 2)), permutations=5)
    assert verdict(even) == "In Root each part counts about as much as its weight says."


def test_more_than_twelve_parts_have_no_shapley_shares():
    found = importance(flat(correlated(60, 13, 0)), permutations=2)

    assert np.isnan(found.shapley).all()
    assert "13 parts" in next(o for o in found.findings if o.id.endswith("shapley")).sentence
    assert importance(flat(correlated(60, 12, 0)), permutations=2).shapley.sum() == pytest.approx(1)


@pytest.mark.parametrize(
    ("values", "finding"),
    [
        ([[1, 2]], "importance-undefined"),
        ([[1, 2], [3, 4]], "importance-undefined"),
        ([[5, 5]] * 8, "importance-undefined"),
        ([[1, 5], [2, 5], [4, 5]], "importance-silent"),
        ([[np.nan, 1], [np.nan, 2], [np.nan, 5], [np.nan, 7]], "importance-silent"),
        ([[1, 2], [1, 3], [2, 2], [2, 3]], "importance-few-units"),
        ([[1, np.nan], [2, np.nan], [4, 3], [8, 1]], "importance-without-shapley"),
    ],
)
def test_degenerate_indices_have_numbers_or_gaps(values, finding):
    found = importance(flat(values), permutations=5)

    assert finding in ids(found)
    assert not np.isinf(found.frame().select_dtypes("number").to_numpy(float)).any()
    assert verdict(found)


def test_of_a_panel_one_period_is_looked_at():
    cells = {
        (f"u{unit}", year): values
        for year, seed in (("9", 1), ("10", 2))
        for unit, values in enumerate(correlated(25, 2, seed))
    }
    result = build(
        defined(indicator("a"), indicator("b"), normalisation="none"), panel_of(cells, ("a", "b"))
    )
    late = importance(result, permutations=3)
    early = importance(result, period="9", permutations=3)

    assert (late.period, early.period, late.units) == ("10", "9", 25)
    for found, seed in ((early, 1), (late, 2)):
        x = correlated(25, 2, seed)
        assert_allclose(found.correlations, [np.corrcoef(c, x.mean(axis=1))[0, 1] for c in x.T])
    with pytest.raises(DataError, match="no period '11'"):
        importance(result, period="11")


def test_weights_are_those_of_the_period():
    a = indicator("a", period_weights={"1": 3.0})
    cells = {
        (f"u{unit}", year): values
        for year in ("1", "2")
        for unit, values in enumerate(correlated(25, 2, 5))
    }
    result = build(defined(a, indicator("b"), normalisation="none"), panel_of(cells, ("a", "b")))

    for period, weights in (("1", [0.75, 0.25]), ("2", [0.5, 0.5])):
        found = importance(result, period=period, permutations=2)
        assert_allclose(found.weights, weights)
        assert found.covariance_shares.sum() == pytest.approx(1)


def test_a_view_has_weights_of_its_own():
    result = open_index("ai-capacity").build()
    found = importance(result, node="ai_articles", view="scale", permutations=2)

    assert found.weights.tolist() == [1, 0]
    assert found.covariance_shares[0] == pytest.approx(1)


def test_numbers_are_the_same_for_a_seed_and_whatever_else_is_asked():
    result = flat(correlated(30, 3, 1))
    first, again = importance(result, seed=4), importance(result, seed=4)
    other = importance(result, seed=5)
    indicators = importance(result, seed=4, of="indicators")

    assert_array_equal(first.noise_floors, again.noise_floors)
    assert_array_equal(first.noise_floors, indicators.noise_floors)
    assert (first.noise_floors != other.noise_floors).all()
    assert_array_equal(first.ratios, other.ratios)


def test_the_order_of_rows_does_not_matter():
    values = correlated(40, 3, 8)
    turned = importance(flat(values[::-1]), permutations=2)
    found = importance(flat(values), permutations=2)

    for name in ("correlations", "covariance_shares", "ratios", "shapley"):
        assert_allclose(getattr(turned, name), getattr(found, name), atol=1e-10)


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({"node": "roo"}, "no node 'roo'"),
        ({"node": "a"}, "a is an indicator"),
        ({"view": "scale"}, "no view 'scale'"),
        ({"of": "leaves"}, "children or indicators"),
        ({"permutations": 0}, "at least 1"),
    ],
)
def test_what_is_asked_wrongly_is_named(asked, said):
    with pytest.raises(MethodError, match=said):
        importance(flat(correlated(10, 2, 0)), **asked)


def test_an_excluded_unit_is_not_looked_at():
    values = correlated(30, 2, 4)
    whole = flat(values)
    units = whole.plan.definition.units.model_copy(update={"unranked": ("u000",)})
    definition = whole.plan.definition.model_copy(update={"units": units})
    found = importance(build(definition, replace(whole.plan.table)), permutations=2)

    assert found.units == 29
    assert found.correlations[0] == pytest.approx(
        np.corrcoef(values[1:, 0], values[1:].mean(axis=1))[0, 1]
    )
