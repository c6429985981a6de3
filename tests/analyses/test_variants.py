"""Variants built together, and their ranks compared: against SciPy, pandas and small cases."""

from __future__ import annotations

import warnings
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.testing import assert_allclose, assert_array_equal
from scipy import stats

from rankscope.analyses.rank_agreement import (
    correlation_words,
    kendall,
    rank_agreement,
    rank_shifts,
    spearman,
)
from rankscope.analyses.variant_agreement import agreement_of
from rankscope.analyses.variant_results import EXAMPLE
from rankscope.analyses.variants import build_variants
from rankscope.definition.model import IndexDefinition
from rankscope.errors import BindError, DataError, DefinitionError
from rankscope.pipeline.result import build
from tests.support.indices import make_index
from tests.support.panels import panel_of

VARIANTS = [
    {"name": "equal", "title": "Equal weights", "method": {"weights": "equal"}},
    {"name": "no_tools", "drop": ["tools"]},
    {"name": "fewer", "exclude": ["AFG", "ALB", "ARM"]},
    {"name": "strict", "method": {"screening": {"by": "count", "at_least": 1.0}}},
]

ranks = st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9)), max_size=40)


@pytest.fixture(scope="module")
def index():
    return make_index(gaps=0.1, units=30, variants=VARIANTS)


@pytest.fixture(scope="module")
def found(index):
    return build_variants(index.definition, index.table)


@given(ranks)
def test_correlations_are_those_of_scipy(pairs) -> None:
    one, other = np.array(pairs, dtype=int).reshape(-1, 2).T
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # SciPy warns where it has nothing to say
        wanted = (
            stats.spearmanr(one, other).statistic if len(one) > 1 else np.nan,
            stats.kendalltau(one, other).statistic,
        )

    assert_allclose((spearman(one, other), kendall(one, other)), wanted, atol=1e-12)


def test_kendall_of_many_units_is_quick_and_the_same() -> None:
    random = np.random.default_rng(3)
    one, other = random.integers(1, 9000, (2, 30_000))

    assert kendall(one, other) == pytest.approx(stats.kendalltau(one, other).statistic)


def test_a_case_worked_by_hand() -> None:
    published, own = np.array([1, 2, 3, 4, 0]), np.array([3, 2, 5, 1, 3])
    agreed = rank_agreement(published, own)

    assert_array_equal(rank_shifts(published, own), [-2, 0, -1, 3, np.nan])
    assert agreed.compared == 4
    assert agreed.spearman == pytest.approx(1 - 6 * (4 + 0 + 1 + 9) / (4 * 15))
    assert agreed.kendall == pytest.approx((2 - 4) / 6)
    assert (agreed.mean_shift, agreed.largest_shift) == (1.5, 3)


@given(ranks, st.sampled_from(["best", "worst", "dense"]))
def test_shifts_turn_round_with_the_sides(pairs, ties: str) -> None:
    one, other = np.array(pairs, dtype=int).reshape(-1, 2).T

    assert_array_equal(rank_shifts(one, other, ties=ties), -rank_shifts(other, one, ties=ties))


def test_nobody_rises_because_others_have_left() -> None:
    shifts = rank_shifts(np.array([1, 2, 2, 4, 5]), np.array([0, 1, 1, 0, 3]))

    assert_array_equal(shifts, [np.nan, 0, 0, np.nan, 0])


def test_within_groups_only_their_units_are_compared() -> None:
    groups = np.array([0, 0, 0, 1, 1])
    one, other = np.array([1, 2, 3, 1, 2]), np.array([2, 1, 3, 2, 1])

    assert_array_equal(rank_shifts(one, other, groups=groups), [-1, 1, 0, -1, 1])
    assert kendall(one, other, groups=groups) == pytest.approx((2 - 2) / 4)
    centred = [np.array(ranks) - [2, 2, 2, 1.5, 1.5] for ranks in (one, other)]
    wanted = stats.pearsonr(*centred).statistic
    assert spearman(one, other, groups=groups) == pytest.approx(wanted)


def test_ranks_within_groups_are_compared_within_groups() -> None:
    method = {"ranking": {"within": "region"}}
    index = make_index(method=method, variants=[{"name": "all", "method": {"ranking": {}}}])
    (agreed,) = build_variants(index.definition, index.table).agreement()

    assert agreed.ranks.spearman == agreed.ranks.kendall == pytest.approx(1)
    assert agreed.ranks.largest_shift == 0


def test_only_the_perfect_correlation_is_one() -> None:
    said = [correlation_words(value) for value in (1.0, 0.99999, -0.99999, 0.5, np.nan)]

    assert said == ["1.000", "0.999", "-0.999", "0.500", "–"]


def test_nothing_to_compare_is_nan() -> None:
    agreed = rank_agreement(np.array([1, 0]), np.array([0, 1]))

    assert agreed.compared == 0
    assert np.isnan([agreed.spearman, agreed.kendall, agreed.mean_shift]).all()


def test_agreement_tells_who_moves_who_enters_and_who_leaves() -> None:
    units = tuple("abcdefghijklm")
    published = np.array([*range(1, 13), 0])
    own = np.array([12, *range(1, 11), 0, 11])
    agreed = agreement_of(("v", "V"), units, published, own)

    assert agreed.entered == ("k",)
    assert agreed.left == ("a",)
    assert (agreed.only_published, agreed.only_variant) == (("l",), ("m",))
    assert agreed.furthest == ("a",)
    assert agreed.ranks.largest_shift == 10
    assert_allclose(agreed.moved, (1 / 11, 1 / 11, 0))


def test_a_version_is_what_a_definition_of_its_own_would_give(index, found) -> None:
    alone = make_index(gaps=0.1, units=30, method={"weights": "equal"}).build()

    assert found.names == ("published", "equal", "no_tools", "fewer", "strict")
    assert_array_equal(found.scores()[:, 0], build(index.definition, index.table).score())
    assert_array_equal(found.scores()[:, 1], alone.score())
    assert_array_equal(found.ranks()[:, 1], alone.rank())


def test_units_and_nodes_that_a_version_lacks_are_empty(found) -> None:
    out = [found.units.index(unit) for unit in ("AFG", "ALB", "ARM")]
    own = found.names.index("fewer")

    assert not found.ranks()[out, own].any()
    assert np.isnan(found.scores()[out, own]).all()
    assert np.isnan(found.differences()[out, own - 1]).all()
    assert not found.ranks("tools")[:, found.names.index("no_tools")].any()
    assert found.ranks("tools")[:, 1].any()


def test_differences_are_places_gained() -> None:
    index = make_index(variants=VARIANTS[:1])
    found = build_variants(index.definition, index.table)
    ranks = found.ranks()

    assert_array_equal(found.differences()[:, 0], ranks[:, 0] - ranks[:, 1])


def test_a_node_that_no_version_has_is_refused(found) -> None:
    with pytest.raises(KeyError):
        found.scores("nowhere")


def test_correlations_are_those_of_pandas(found) -> None:
    frame = found.to_frame("ranks").drop(columns="name")

    assert_allclose(found.correlations(), frame.corr(method="spearman"), atol=1e-12)
    assert_allclose(found.correlations(kind="kendall"), frame.corr(method="kendall"), atol=1e-12)


def test_the_first_column_of_correlations_is_the_agreement(found) -> None:
    agreed = [one.ranks.spearman for one in found.agreement()]

    assert_allclose(found.correlations()[1:, 0], agreed)


def test_data_frames_hold_the_same(found) -> None:
    differences = found.to_frame("differences")

    assert list(differences) == ["name", *found.names[1:]]
    assert_array_equal(differences.iloc[:, 1:], found.differences())
    assert_array_equal(found.to_frame("absolute").iloc[:, 1:], np.abs(found.differences()))
    assert_array_equal(found.to_frame("scores").iloc[:, 1:], found.scores())
    agreement = found.to_frame("agreement")
    assert list(agreement.index) == list(found.names[1:])
    assert agreement.loc["fewer", "only_published"] == sum(
        found.ranks()[found.units.index(unit), 0] > 0 for unit in ("AFG", "ALB", "ARM")
    )
    assert isinstance(found.to_frame("correlations"), pd.DataFrame)


@given(st.integers(0, 30))
@settings(max_examples=10)
def test_a_variant_that_changes_nothing_agrees_wholly(seed: int) -> None:
    same = make_index(seed=seed, gaps=0.2, variants=[{"name": "same"}])
    (agreed,) = build_variants(same.definition, same.table).agreement()

    assert agreed.ranks.spearman == pytest.approx(1)
    assert agreed.ranks.kendall == pytest.approx(1)
    assert agreed.ranks.largest_shift == 0
    assert agreed.moved == (0, 0, 0)
    assert agreed.furthest == agreed.entered == agreed.left == ()


def test_some_variants_can_be_chosen_in_any_order(index) -> None:
    some = build_variants(index.definition, index.table, ["fewer", "equal"])

    assert some.names == ("published", "fewer", "equal")
    assert some.letters == ("", "A", "B")


def test_views_are_compared_each_for_itself() -> None:
    index = make_index(views=True, variants=VARIANTS[:1])
    found = build_variants(index.definition, index.table)

    assert (found.scores(view="scale") != found.scores(view="intensity")).any()


def test_a_definition_without_variants_says_how_to_declare_them() -> None:
    index = make_index()
    with pytest.raises(DefinitionError, match="has no variants") as refused:
        build_variants(index.definition, index.table)
    said = str(refused.value)

    assert EXAMPLE in said
    taught = make_index(low=5, **yaml.safe_load(said[said.index("variants:\n") :]))
    assert [one.name for one in taught.definition.variants] == ["geometric", "equal"]


def test_an_unknown_variant_is_named(index) -> None:
    with pytest.raises(DefinitionError, match=r"no variant 'eqal'\. Did you mean equal"):
        build_variants(index.definition, index.table, ["eqal"])


@pytest.mark.parametrize(
    ("change", "kind", "said"),
    [
        ({"exclude": ["XYZ"]}, BindError, "The variant odd names the unit 'XYZ'"),
        (
            {"method": {"treatment": {"method": "log", "offset": "none"}}},
            BindError,
            "The variant odd can not be built. .* log",
        ),
        (
            {"method": {"aggregation": "geometric", "normalisation": "z_score"}},
            BindError,
            "(?i)the variant odd.* geometric",
        ),
    ],
)
def test_what_can_not_be_built_names_the_variant(change, kind, said: str) -> None:
    index = make_index(low=-50, variants=[{"name": "odd", **change}])
    with pytest.raises(kind, match=said):
        build_variants(index.definition, index.table)


def test_a_variant_must_leave_a_unit() -> None:
    index = make_index(units=["AFG", "ALB"], variants=[{"name": "odd", "exclude": ["AFG", "ALB"]}])
    with pytest.raises(BindError, match="The variant odd leaves out all rows"):
        build_variants(index.definition, index.table)


def _panel(variants):
    cells = {
        (unit, period): [place * 10 + int(period) % 7, (5 - place) ** 2]
        for place, unit in enumerate("abcd")
        for period in ("2019", "2020")
    }
    table = panel_of(cells, ("x", "y"))
    leaves = [{"code": code, "name": code, "kind": "interval"} for code in "xy"]
    definition = IndexDefinition.model_validate(
        {
            "name": "panel",
            "title": "Panel",
            "units": {"register": "own"},
            "data": {"file": "t.csv", "period_column": "year"},
            "framework": {"code": "whole", "name": "Whole", "children": leaves},
            "variants": variants,
        }
    )
    return definition, replace(table)


def test_a_panel_is_compared_in_its_last_period_unless_told() -> None:
    definition, table = _panel([{"name": "x_only", "drop": ["y"]}])
    last, first = (build_variants(definition, table, period=period) for period in (None, "2019"))

    assert (last.period, first.period) == ("2020", "2019")
    assert last.units == first.units == ("a", "b", "c", "d")
    assert_array_equal(last.ranks()[:, 1], [4, 3, 2, 1])
    assert_array_equal(last.scores()[:, 0], build(definition, table).of_period("2020").score())


def test_a_period_that_is_not_there_is_named() -> None:
    definition, table = _panel([{"name": "late", "periods": ["2020"]}])

    with pytest.raises(DataError, match="Panel has no period '2018'"):
        build_variants(definition, table, period="2018")
    with pytest.raises(DataError, match="The variant late has no period '2019'"):
        build_variants(definition, table, period="2019")
    index = make_index(variants=VARIANTS[:1])
    with pytest.raises(DataError, match="has no periods"):
        build_variants(index.definition, index.table, period="2020")
