"""Multiple imputation: Rubin's rules by hand, and intervals that hold the truth."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from numpy.testing import assert_allclose, assert_array_equal

from rankscope.analyses.multiple_imputation import MultipleImputation, multiple_imputation
from rankscope.data.table import Status
from rankscope.errors import MethodError
from rankscope.methods.imputation import (
    Constant,
    Imputation,
    Mean,
    NearestNeighbours,
    Regression,
)
from rankscope.pipeline import bind, build, evaluate, prepare
from tests.analyses.test_imputation_check import with_values
from tests.support.indices import FLAT, TWO_LEVELS, make_index

NAN = np.nan


def outcome(imputation: Imputation | None = None, m: int = 4, seed: int = 0) -> MultipleImputation:
    index = make_index(units=30, gaps=0.15)
    return multiple_imputation(index.build(), imputation or Regression(), m=m, seed=seed)


def test_gaps_are_filled_and_flagged_and_nothing_else_changes() -> None:
    found = outcome()
    before = found.plan.table
    gaps = np.isnan(before.values)
    gaps[:, before.columns.index("people_living")] = False

    assert_array_equal(found.filled, gaps)
    for table in found.tables:
        assert_array_equal(table.values[~gaps], before.values[~gaps])
        assert not np.isnan(table.values[gaps]).any()
        assert (table.status[gaps] == Status.IMPUTED).all()
        assert_array_equal(table.status[~gaps], before.status[~gaps])


def test_scores_and_ranks_are_those_of_an_index_built_on_each_table() -> None:
    found = outcome()
    for number, table in enumerate(found.tables):
        result = build(found.plan.definition, table)
        assert_array_equal(found.scores[number], result.scores[0])
        assert_array_equal(found.ranks[number], result.rank())
        leaves = prepare(found.plan, table=table)
        assert_array_equal(evaluate(found.plan, leaves), found.scores[number])


def test_rubins_rules_by_hand() -> None:
    found = outcome(m=3)
    root = found.plan.root
    one, two, three = found.scores[:, 0, root]
    mean = (one + two + three) / 3
    between = ((one - mean) ** 2 + (two - mean) ** 2 + (three - mean) ** 2) / 2

    assert found.mean[0, root] == pytest.approx(mean)
    assert found.between[0, root] == pytest.approx(between)
    assert found.variance[0, root] == pytest.approx(between * 4 / 3)


def test_a_unit_without_gaps_varies_only_through_the_scale_of_others() -> None:
    found = outcome(m=10)
    whole = ~found.filled.any(axis=1)
    spread = found.variance[:, found.plan.root]

    assert_array_equal(found.imputed == 0, whole)
    assert spread[whole].mean() < 0.1 * spread[~whole].mean()


def test_the_share_imputed_is_of_weights() -> None:
    index = make_index(framework=TWO_LEVELS, units=20)
    values = index.table.values.copy()
    values[0, index.table.columns.index("c")] = NAN  # 2/3 of a half of a half
    values[1, index.table.columns.index("a")] = NAN  # a half of a half
    plan = bind(index.definition, with_values(index.table, values))
    found = multiple_imputation(plan, Regression(), m=2)

    assert_allclose(found.imputed[:3], [1 / 6, 1 / 4, 0])


def test_ninety_of_a_hundred_intervals_hold_the_truth() -> None:
    rng = np.random.default_rng(11)
    index = make_index(framework=FLAT, units=160, own=True)
    truth = rng.normal(50, 8, (160, 1)) + rng.normal(0, 4, (160, 3))
    whole = build(index.definition, with_values(index.table, truth))
    holed = truth.copy()
    holed[np.arange(2, 160), rng.integers(0, 3, 158)] = NAN
    ends = [truth.argmin(axis=0), truth.argmax(axis=0)]
    for rows in ends:  # keep the scale
        holed[rows, range(3)] = truth[rows, range(3)]
    plan = bind(index.definition, with_values(index.table, holed))
    found = multiple_imputation(plan, Regression(), m=40)
    guessed = found.imputed > 0
    low, high = np.quantile(found.scores[..., found.plan.root], [0.05, 0.95], axis=0)
    scores = whole.score()
    inside = ((low <= scores) & (scores <= high))[guessed].mean()
    first, last = found.rank_interval()
    ranks = whole.rank()

    assert 0.82 <= inside <= 0.96
    assert ((first <= ranks) & (ranks <= last))[guessed].mean() >= 0.82


def test_rank_intervals_are_quantiles_of_the_ranks() -> None:
    found = outcome(m=21)

    assert_allclose(found.rank_interval(), np.quantile(found.ranks, [0.05, 0.95], axis=0))
    assert_allclose(found.frame()["rank"], np.median(found.ranks, axis=0))
    assert list(found.frame().index) == list(found.plan.table.units)


def test_the_same_seed_gives_the_same_bits_and_more_tables_only_add() -> None:
    few, many, other = outcome(m=2), outcome(m=4), outcome(m=2, seed=1)

    assert_array_equal(few.scores, outcome(m=2).scores)
    assert_array_equal(few.scores, many.scores[:2])
    assert not np.array_equal(few.scores, other.scores)


def test_who_did_not_pass_screening_is_not_filled_in_and_not_ranked() -> None:
    index = make_index(
        framework=FLAT,
        units=30,
        gaps=0.3,
        method={"screening": {"by": "count", "at_least": 0.6}},
    )
    found = multiple_imputation(index.build(), NearestNeighbours(), m=2)
    out = np.isnan(index.table.values[:, :3]).sum(axis=1) >= 2

    assert out.any()
    assert not found.filled[out].any()
    assert (found.ranks[:, out] == 0).all()
    assert np.isnan(found.rank_interval()[:, out]).all()
    assert (found.ranks[:, ~out] > 0).all()


def test_a_filled_count_is_a_rate_times_its_denominator() -> None:
    index = make_index(framework=TWO_LEVELS, units=12)
    values = index.table.values.copy()
    column, people = (index.table.columns.index(code) for code in ("a", "people_living"))
    values[:2, column], values[1, people] = NAN, NAN
    plan = bind(index.definition, with_values(index.table, values))
    found = multiple_imputation(plan, Constant(3.0), m=2)

    assert found.tables[0].values[0, column] == pytest.approx(3 * values[0, people] / 1000)
    assert np.isnan(found.tables[0].values[1, column])
    assert "imputation-gaps-left" in [one.id for one in found.findings]
    assert "1 gap of a ranked unit stays a gap" in str(found.findings[-1])


def test_both_sides_of_a_count_come_from_one_filled_value() -> None:
    index = make_index(framework=TWO_LEVELS, units=25, views=True, gaps=0.15)
    found = multiple_imputation(index.build(), Regression(), m=2)
    plan = found.plan
    sides = [number for number, leaf in enumerate(plan.leaves) if leaf.spec.code == "a"]
    scale, intensity = (found.leaves[0].record("denomination").matrix[:, one] for one in sides)
    people = plan.table.column("people_living")

    assert_allclose(scale / people * 1000, intensity, rtol=1e-12)
    assert not np.isnan(scale).any()


@pytest.mark.parametrize(
    ("imputation", "m", "ids"),
    [
        (Regression(), 20, []),
        (Regression(), 19, ["imputation-few-tables"]),
        (Mean(), 20, ["imputation-without-draws"]),
    ],
)
def test_what_must_be_known_is_said(imputation: Imputation, m: int, ids: list[str]) -> None:
    assert [one.id for one in outcome(imputation, m=m).findings] == ids


def test_one_table_has_no_spread() -> None:
    with pytest.raises(MethodError, match="m must be a whole number of at least 2, got 1"):
        outcome(m=1)


def test_a_panel_is_ranked_within_its_periods() -> None:
    index = make_index(framework=FLAT, units=24, gaps=0.2, own=True)
    units = tuple(f"u{row % 12}" for row in range(24))
    periods = ("2020",) * 12 + ("2021",) * 12
    table = replace(index.table, units=units, periods=periods)
    found = multiple_imputation(bind(index.definition, table), NearestNeighbours(), m=2)

    assert found.ranks[:, :12].max() <= 12
    assert found.ranks[:, 12:].max() <= 12
