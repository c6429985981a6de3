"""Every combination of the assumed choices, against indices built one by one."""

from __future__ import annotations

import itertools

import numpy as np
import pytest

from rankscope.analyses import multiverse as module
from rankscope.analyses.multiverse import multiverse
from rankscope.analyses.uncertainty import design_of
from rankscope.definition.assumptions import Assumptions
from rankscope.errors import MethodError
from rankscope.pipeline.result import build
from tests.support.indices import TWO_LEVELS, make_index

ASSUMED = {
    "normalisation": [
        {"method": "min_max", "to": [1, 100]},
        {"method": "percentile_rank", "to": [1, 100]},
    ],
    "aggregation": ["arithmetic", "harmonic", "geometric"],
    "leave_out": ["b"],
}


def design(assumed, **more):
    index = make_index(
        framework=TWO_LEVELS,
        method={"normalisation": {"method": "min_max", "to": [1, 100]}},
        **more,
    )
    return design_of(index.build(), assumptions=Assumptions.model_validate(assumed))


@pytest.fixture(scope="module")
def found():
    return multiverse(design(ASSUMED, gaps=0.05))


def variant(definition, normalisation, aggregation, out):
    method = definition.method.model_copy(
        update={"normalisation": normalisation, "aggregation": aggregation}
    )
    changes = {"method": method}
    if out:
        changes["framework"] = without(definition.framework, out)
    return definition.model_copy(update=changes)


def without(node, code):
    if node.code == code:
        return node.model_copy(update={"weight": 0.0})
    children = tuple(without(child, code) for child in node.children)
    return node.model_copy(update={"children": children}) if children else node


def test_every_combination_is_the_index_built_so(found):
    normalisation, aggregation, leave_out = found.design.factors
    definition, table = found.result.plan.definition, found.result.plan.table
    expected = [
        build(
            variant(definition, one.methods[0][1], other.methods[0][1], third.out and "b"), table
        ).rank()
        for one, other, third in itertools.product(
            normalisation.options, aggregation.options, leave_out.options
        )
    ]

    assert found.combinations == 12
    assert np.array_equal(found.ranks, expected)
    assert len({tuple(ranks) for ranks in found.ranks}) > 6


def test_best_median_and_worst_are_over_all_combinations(found):
    frame = found.frame()
    code = frame.index[3]
    own = found.ranks[:, found.result.units.index(code)]

    assert frame["rank"].tolist() == sorted(frame["rank"])
    assert frame.loc[code, ["best", "median", "worst"]].tolist() == [
        own.min(),
        np.median(own),
        own.max(),
    ]
    assert frame.loc[code, "kept"] == (own == frame.loc[code, "rank"]).sum()
    assert frame.loc[code, "ranked"] == 12


def test_the_published_index_is_one_of_them(found):
    assert any(np.array_equal(ranks, found.published) for ranks in found.ranks)


def test_the_effect_of_a_choice_is_over_pairs_that_differ_in_it_alone(found):
    frame = found.combinations_frame()
    effects = found.effects_frame()
    harmonic = frame.xs("harmonic", level="aggregation")
    arithmetic = frame.xs("arithmetic", level="aggregation").loc[harmonic.index]
    shift = (harmonic - arithmetic).abs().astype(float)  # the unranked are in none

    assert effects["against"].tolist() == ["min_max (to [1, 100])", *["arithmetic"] * 2, "nothing"]
    one = effects.loc[("aggregation", "harmonic")]
    assert one["mean_shift"] == pytest.approx(np.nanmean(shift))
    assert one["largest_shift"] == pytest.approx(shift.mean().max())
    assert one["largest"] == shift.mean().idxmax()


def test_the_first_option_stands_in_where_the_published_one_is_not_listed():
    found = multiverse(design({"aggregation": ["harmonic", "geometric"]}))

    assert [one.against for one in found.effects()] == ["harmonic"]


def test_pairs_are_counted_over_combinations(found):
    above = found.above()
    there = found.ranks > 0
    a, b = found.order[4], found.order[5]
    both = there[:, a] & there[:, b]

    assert above[a, b] == (found.ranks[both, a] < found.ranks[both, b]).mean()
    assert np.nan_to_num(np.diag(above)).tolist() == [0] * len(above)


def test_chunks_change_nothing(found, monkeypatch):
    monkeypatch.setattr(module, "_AT_ONCE", 1)

    assert np.array_equal(multiverse(found.design).ranks, found.ranks)


def test_tables_that_are_drawn_stay_as_published():
    plain = multiverse(design({"aggregation": ["arithmetic", "harmonic"]}))
    erring = {"aggregation": ["arithmetic", "harmonic"], "errors": [{"relative": 0.5}]}
    found = multiverse(design(erring))

    assert np.array_equal(found.ranks, plain.ranks)
    assert "multiverse-tables" in [one.id for one in found.findings]


def test_choices_that_exclude_each_other_are_one():
    assumed = {
        "normalisation": [{"method": "min_max", "to": [1, 100]}, {"method": "z_score"}],
        "aggregation": ["arithmetic", "geometric"],
    }
    found = multiverse(design(assumed))

    assert [one.name for one in found.design.factors] == ["methods"]
    assert found.combinations == 3
    assert found.effects()[0].against == "min_max (to [1, 100]) + arithmetic"


def test_one_option_alone_is_no_choice():
    with pytest.raises(MethodError, match="names no choice between methods"):
        multiverse(design({"weights": {"method": "perturbed"}}))


def test_too_many_combinations_are_refused(monkeypatch, found):
    monkeypatch.setattr(module, "MOST", 11)

    with pytest.raises(MethodError, match=r"in 12 ways, and at most 11 are built\. Name fewer"):
        multiverse(found.design)


def test_a_unit_that_loses_its_rank_is_counted_where_it_has_one():
    index = make_index(gaps=0.3, seed=4, method={"screening": {"at_least": 0.0}})
    assumed = Assumptions.model_validate({"imputation": ["none", "mean"]})
    found = multiverse(design_of(index.build(), assumptions=assumed))
    ranked = (found.ranks > 0).sum(axis=0)

    assert (ranked < 2).any()
    assert np.array_equal(found.ranked, ranked)
    lost = np.flatnonzero(found.ranks[0] == 0)
    assert found.combinations_frame().iloc[0].isna().sum() == lost.size
    assert np.isfinite([one.mean_shift for one in found.effects()]).all()
