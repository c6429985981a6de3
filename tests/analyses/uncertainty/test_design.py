"""A design against building the index anew, choice by choice."""

from __future__ import annotations

import pickle
from dataclasses import replace

import numpy as np
import pytest
from numpy.testing import assert_allclose, assert_array_equal

from rankscope.analyses.uncertainty import Option, combinations, design_of, uncertainty
from rankscope.analyses.uncertainty.combinations import merged
from rankscope.analyses.uncertainty.factors import Factor, label, with_methods
from rankscope.catalogue import open_index
from rankscope.definition.assumptions import Assumptions
from rankscope.definition.method import MethodSpec
from rankscope.errors import BindError, DataError, MethodError
from rankscope.methods.aggregation import Arithmetic, Geometric, Harmonic
from rankscope.methods.normalisation import MinMax
from rankscope.pipeline.result import build
from tests.support.indices import FLAT, TWO_LEVELS, UNEVEN, indicator, make_index, pillar
from tests.support.panels import TOWNS

METHODS = {
    "imputation": ["mean", "none"],
    "treatment": ["none", {"method": "winsorise_points", "highest": 2}],
    "normalisation": [{"method": "min_max", "to": [1, 100]}, {"method": "z_score"}],
    "aggregation": ["arithmetic", {"method": "geometric", "zeros": "zero"}],
}


def designed(assumed, *, view="headline", node=None, period=None, **more):
    index = make_index(**more)
    assumptions = Assumptions.model_validate(assumed)
    return design_of(index.build(), assumptions=assumptions, view=view, node=node, period=period)


def as_given(draws):
    """Return what gives each draw the weights as they are."""
    return lambda varied: np.repeat(varied.given[None], draws, axis=0)


def every(design):
    shape = [len(factor.options) for factor in design.factors]
    return np.array(list(np.ndindex(*shape)), dtype=int).reshape(-1, len(shape))


def built_anew(design, choice):
    """Return the scores of an index that is built with the chosen methods from the start."""
    options = [one.options[at] for one, at in zip(design.factors, choice, strict=True)]
    definition = design.whole.plan.definition
    pairs = [pair for option in options for pair in option.methods]
    framework = definition.framework
    for option in options:
        if option.out is not None:
            code = design.whole.plan.nodes[option.out].code
            framework = without(framework, code)
    changed = definition.model_copy(
        update={"method": with_methods(definition.method, pairs), "framework": framework}
    )
    result = build(changed, design.whole.plan.table)
    return result.score(design.node, design.view)[design.rows]


def without(node, code):
    """Return a framework with weight 0 for a node, and for what has nothing else below it."""
    children = tuple(without(child, code) for child in node.children)
    if node.code == code or (children and not any(child.weight for child in children)):
        return node.model_copy(update={"weight": 0.0})
    return node.model_copy(update={"children": children})


@pytest.mark.parametrize("framework", [TWO_LEVELS, UNEVEN, FLAT], ids=["two", "uneven", "flat"])
@pytest.mark.parametrize("gaps", [0.0, 0.15])
def test_each_choice_gives_the_index_built_with_it(framework, gaps):
    method = {"min_available": {"at_least": 0.3}, "screening": {"at_least": 0.3}}
    design = designed(METHODS, framework=framework, gaps=gaps, method=method)
    choices = np.random.default_rng(0).permutation(np.repeat(every(design), 2, axis=0))
    scores = design.scores(choices, as_given(len(choices)))

    assert design.names()[-1] != "weights"
    for choice, own in list(zip(choices, scores, strict=True))[::3]:
        assert_allclose(own, built_anew(design, choice), rtol=1e-10, atol=1e-12)


def test_presence_is_judged_with_each_combination():
    """With gaps filled a unit is there, without it is not: that is what the choice means."""
    method = {"min_available": {"at_least": 1}, "screening": {"at_least": 0.0}}
    design = designed({"imputation": ["mean", "none"]}, framework=FLAT, gaps=0.3, method=method)
    filled, left = design.scores(every(design), as_given(2))

    assert np.isfinite(filled).all()
    assert 0 < np.isnan(left).sum() < len(left)
    found = uncertainty(design, draws=2000)
    assert_allclose(found.ranks.ranked[np.isnan(left)], 0.5, atol=0.05)
    assert "draws-unranked" in {one.id for one in found.findings}


@pytest.mark.parametrize("what", [["indicators"], ["pillars"], ["tools", "d", "tools"]])
@pytest.mark.parametrize("gaps", [0.0, 0.2])
def test_what_is_left_out_has_weight_zero(what, gaps):
    """Presence stays judged on the definition's own weights (conventions §1.3)."""
    method = {"min_available": {"at_least": 0.01}, "screening": {"at_least": 0.01}}
    design = designed({"leave_out": what}, framework=TWO_LEVELS, gaps=gaps, method=method)
    choices = every(design)
    scores = design.scores(choices, as_given(len(choices)))

    assert design.factors[0].options[0].label == "nothing"
    assert (
        len(design.factors[0].options) == 1 + {"indicators": 5, "pillars": 2, "tools": 2}[what[0]]
    )
    for choice, own in zip(choices, scores, strict=True):
        expected = built_anew(design, choice)
        both = np.isfinite(own) & np.isfinite(expected)
        assert both.sum() > 10
        assert_allclose(own[both], expected[both], rtol=1e-10)


def test_the_chance_that_something_is_left_out():
    even = designed({"leave_out": ["indicators"]}).factors[0].chances
    said = designed({"leave_out": ["indicators"], "leave_out_chance": 0.2}).factors[0].chances

    assert_allclose(even, np.full(6, 1 / 6))
    assert_allclose(said, [0.8, *[0.04] * 5])


def test_of_a_node_only_what_is_below_it_varies():
    design = designed(
        {"leave_out": ["indicators"], "weights": "perturbed"}, node="means", framework=TWO_LEVELS
    )
    labels = [option.label for option in design.factors[0].options]

    assert labels == ["nothing", "a", "b", "c"]
    plan = design.whole.plan
    assert {plan.nodes[group.parent].code for group in design.published.varied.groups} == {
        "means",
        "tools",
    }
    assert_allclose(
        design.scores(np.zeros((1, 1), int), as_given(1))[0],
        design.result.score(plan.node("means")),
    )


def test_weights_learnt_from_data_are_learnt_with_each_combination():
    design = designed(
        {"weights": {"method": "perturbed", "by": 0.1}, "normalisation": ["min_max", "rank"]},
        framework=FLAT,
        method={"weights": "entropy"},
    )
    choices = every(design)
    one, other = (
        design.realise(option.methods, None).varied for option in design.factors[0].options
    )

    assert not np.allclose(one.given, other.given)
    scores = design.scores(choices, as_given(2))
    for choice, own in zip(choices, scores, strict=True):
        assert_allclose(own, built_anew(design, choice), rtol=1e-10)


@pytest.mark.parametrize("view", ["scale", "intensity"])
def test_each_view_is_its_own(view):
    design = designed({"normalisation": ["min_max", "rank"]}, view=view, views=True)
    choices = every(design)
    scores = design.scores(choices, as_given(2))

    for choice, own in zip(choices, scores, strict=True):
        assert_allclose(own, built_anew(design, choice), rtol=1e-10)
    assert_array_equal(
        design.ranking.ranks(design.published.scores(design.published.varied.given[None]))[0],
        design.result.rank(view=view),
    )


@pytest.mark.parametrize("steps", [[], [{"method": "min_max"}]], ids=["plain", "rescaled"])
def test_of_a_panel_one_period_is_ranked_on_the_scales_of_all(steps):
    index = open_index(TOWNS)
    method = index.definition.method.model_dump() | {"aggregate_steps": steps}
    definition = index.definition.model_copy(update={"method": MethodSpec.model_validate(method)})
    result = build(definition, index.table)
    assumed = Assumptions.model_validate({"normalisation": ["min_max", "z_score"]})
    design = design_of(result, assumptions=assumed, period=result.periods[0])
    scores = design.scores(every(design), as_given(2))

    assert scores.shape[1] == len(design.result.units) < len(result.units)
    for choice, own in zip(every(design), scores, strict=True):
        assert_allclose(own, built_anew(design, choice), rtol=1e-10)
    with pytest.raises(DataError, match="no period"):
        design_of(result, period="1850")


def geometric_of_zeros(**more):
    return designed(
        {
            "normalisation": [
                {"method": "min_max", "to": [0, 100]},
                {"method": "min_max", "to": [1, 100]},
            ],
            "aggregation": ["arithmetic", "geometric"],
            "treatment": METHODS["treatment"],
        },
        **more,
    )


def test_methods_that_exclude_each_other_become_one_factor():
    design = geometric_of_zeros()
    [finding] = [one for one in design.findings if one.id == "assumptions-exclude"]

    assert design.names() == ("methods", "treatment")
    assert [len(factor.options) for factor in design.factors] == [3, 2]
    assert [one.label for one in design.factors[0].options] == [
        "min_max + arithmetic",
        "min_max (to [1, 100]) + arithmetic",
        "min_max (to [1, 100]) + geometric",
    ]
    assert "Of 8 combinations of methods 2 can not be built" in finding.sentence
    scores = design.scores(every(design), as_given(6))
    for choice, own in zip(every(design), scores, strict=True):
        assert_allclose(own, built_anew(design, choice), rtol=1e-10)
    methods = (*design.factors[0].options[0].methods[:1], ("aggregation", Geometric()))
    with pytest.raises(BindError):
        design.realise(methods, None)


def test_only_what_is_tied_is_merged():
    factors = tuple(
        Factor(name, tuple(Option(f"{name}{k}") for k in range(n)))
        for name, n in (("imputation", 2), ("treatment", 3), ("aggregation", 2))
    )
    allowed = np.ones((2, 3, 2), dtype=bool)
    allowed[1, :, 0] = False
    together, free = merged(factors, allowed)

    assert free == factors[1]
    assert [option.label for option in together.options] == [
        "imputation0 + aggregation0",
        "imputation0 + aggregation1",
        "imputation1 + aggregation1",
    ]


def test_nothing_that_can_be_built_is_refused():
    with pytest.raises(BindError, match="No combination of the assumed methods can be built"):
        designed({"aggregation": ["geometric"], "normalisation": ["z_score"]})


def test_too_many_combinations_are_refused(monkeypatch):
    monkeypatch.setattr(combinations, "MOST", 4)
    with pytest.raises(BindError, match=r"in 16 ways\. Name fewer choices: at most 4"):
        designed(METHODS)
    monkeypatch.setattr(combinations, "MOST", 16)
    monkeypatch.setattr(combinations, "MOST_TABLES", 100)
    with pytest.raises(BindError, match="16 ways with 20 drawn tables"):
        designed({**METHODS, "errors": [{"relative": 0.1}]})


@pytest.mark.parametrize(
    ("asked", "error", "said"),
    [
        ({"node": "meens"}, BindError, "no node 'meens'. Did you mean means"),
        ({"view": "intensty"}, BindError, "no view 'intensty'"),
        ({"period": "2020"}, DataError, "no periods"),
    ],
)
def test_what_is_not_there_is_said(asked, error, said):
    with pytest.raises(error, match=said):
        designed({}, **asked)


def test_weights_that_no_sibling_can_have_are_refused_at_once():
    bounds = {"method": "bounds", "of": {"means": [0.8, 1], "ends": [0.5, 1]}}
    with pytest.raises(MethodError):
        designed({"weights": bounds, "levels": [1]})


@pytest.mark.parametrize(
    ("one", "other", "differ"),
    [
        ({"method": "min_max", "to": [0, 100]}, {"method": "min_max", "to": [1, 100]}, True),
        ({"method": "min_max", "to": [0, 100]}, "z_score", True),
        ({"method": "z_score", "mean": 10, "deviation": 2}, "z_score", True),
        ({"method": "min_max", "to": [0, 1]}, {"method": "percentile_rank", "to": [0, 1]}, False),
    ],
)
def test_scores_on_different_scales_are_told(one, other, differ):
    design = designed({"normalisation": [one, other]})

    assert ("draws-scales-differ" in {found.id for found in design.findings}) is differ


def test_a_design_goes_to_another_process():
    design = designed({**METHODS, "weights": "perturbed"})
    again = pickle.loads(pickle.dumps(design))
    bare = replace(design, memo={})
    choices, weights = every(design), as_given(16)

    assert_array_equal(again.scores(choices, weights), design.scores(choices, weights))
    assert_array_equal(bare.scores(choices, weights), design.scores(choices, weights))


def test_methods_by_level_and_in_general():
    method = MethodSpec(aggregation=Arithmetic(), aggregation_by_level=(Harmonic(),))

    general = with_methods(method, [("aggregation", Geometric())])
    second = with_methods(method, [("aggregation.1", Geometric())])
    assert (general.aggregation, general.aggregation_by_level) == (Geometric(), ())
    assert second.aggregation_by_level == (Harmonic(), Geometric())


def test_what_factors_and_options_are_called():
    factor = Factor("aggregation.1", (Option("x"),))

    assert factor.title == "how the scores of pillars are combined"
    assert Factor("aggregation.0", ()).title == "how scores are combined into the overall score"
    assert label(MinMax(to=(1.0, 100.0))) == "min_max (to [1, 100])"
    assert label(Arithmetic()) == "arithmetic"


def test_a_single_indicator_may_be_a_pillar():
    framework = pillar("whole", indicator("a"), pillar("one", indicator("b")))
    design = designed({"leave_out": ["indicators"], "weights": "perturbed"}, framework=framework)
    scores = design.scores(every(design), as_given(3))

    assert_allclose(scores[1], built_anew(design, [1]), rtol=1e-12)
    assert_allclose(scores[2], built_anew(design, [2]), rtol=1e-12)
