"""Uncertainty analysis: its laws, each with a broken twin that fails it."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.testing import assert_allclose, assert_array_equal

from rankscope.analyses.uncertainty import DesignDraws, design_of, uncertainty
from rankscope.analyses.uncertainty import run as run_module
from rankscope.definition.assumptions import Assumptions
from rankscope.errors import MethodError
from rankscope.pipeline import blocks
from rankscope.pipeline.blocks import BLOCK, StoredRanks, StoredScores, run_blocks
from tests.support.indices import FLAT, TWO_LEVELS, indicator, make_index, pillar
from tests.support.workers import Workers

JOINT = {
    "weights": {"method": "perturbed", "by": 0.4},
    "normalisation": [{"method": "min_max", "to": [1, 100]}, {"method": "z_score"}],
    "aggregation": ["arithmetic", {"method": "geometric", "zeros": "zero"}],
    "leave_out": ["indicators"],
}
TABLES = {"errors": [{"relative": 0.2}], "tables": 4, "weights": "simplex", "levels": [1]}


def result_of(**more):
    return make_index(**{"framework": TWO_LEVELS, **more}).build()


def designed(assumed, **more):
    return design_of(result_of(**more), assumptions=Assumptions.model_validate(assumed))


def facts(found):
    """Return all numbers of an analysis."""
    return (
        found.ranks.counts,
        found.pairs.above,
        found.pairs.both,
        *(getattr(found.scores, key) for key in ("low", "median", "high")),
    )


def same(one, other):
    return all(np.array_equal(a, b, equal_nan=True) for a, b in zip(one, other, strict=True))


@pytest.mark.parametrize("assumed", [JOINT, TABLES], ids=["methods", "tables"])
@pytest.mark.parametrize("gaps", [0.0, 0.15])
def test_the_same_bits_for_any_number_of_workers_and_any_chunk(assumed, gaps, monkeypatch):
    draws = 13 * BLOCK + 7
    said = {"gaps": gaps, "method": {"screening": {"at_least": 0.2}}}
    one = facts(uncertainty(designed(assumed, **said), draws=draws))
    for workers in (2, 8):
        assert same(
            one, facts(uncertainty(designed(assumed, **said), draws=draws, workers=workers))
        )
    for single, bundle, wave in ((0, 1, 1), (2, 3, 2), (100, 4, 100)):
        monkeypatch.setattr(blocks, "SINGLE", single)
        monkeypatch.setattr(blocks, "BUNDLE", bundle)
        monkeypatch.setattr(blocks, "WAVE", wave)
        assert same(one, facts(uncertainty(designed(assumed, **said), draws=draws, workers=2)))


class OneStream(DesignDraws):
    """The broken twin: blocks take their numbers from one stream, in the order they are run."""

    def __call__(self, block):
        del block
        if not hasattr(OneStream, "random"):
            OneStream.random = np.random.default_rng(0)
        drawn = OneStream.random.random((BLOCK, self.design.published.varied.given.size))
        choices = np.zeros((BLOCK, len(self.design.factors)), dtype=int)
        return self.design.scores(choices, lambda _: drawn)


def test_the_law_of_equal_bits_can_fail(monkeypatch):
    monkeypatch.setattr(run_module, "DesignDraws", OneStream)
    one, again = (uncertainty(designed(JOINT), draws=3000) for _ in range(2))

    assert not same(facts(one), facts(again))


@pytest.mark.parametrize("workers", [1, 2, 8])
def test_so_many_workers_really_run_blocks(workers):
    draws = DesignDraws(designed(JOINT))
    [_, ran], _ = run_blocks(
        draws, 40 * BLOCK, [StoredRanks(draws.design.ranking), Workers(0.02)], workers=workers
    )

    assert len(ran) == workers


def test_fewer_draws_are_the_first_of_more():
    draws = DesignDraws(designed(JOINT))
    reducers = [StoredScores(), StoredRanks(draws.design.ranking)]
    fewer, more = (run_blocks(draws, number, reducers).kept for number in (700, 5000))

    for one, other in zip(fewer, more, strict=True):
        assert_array_equal(one, other[:700])


def test_what_is_told_is_what_numpy_tells_of_the_stored_draws():
    design = designed(JOINT, gaps=0.1, method={"screening": {"at_least": 0.2}})
    found = uncertainty(design, draws=3000)
    scores, ranks = run_blocks(
        DesignDraws(design), 3000, [StoredScores(), StoredRanks(design.ranking)]
    ).kept

    assert (ranks == 0).any()
    for row in design.result.order():
        own = ranks[:, row]
        there = own[own > 0]
        assert_allclose(found.ranks.interval()[:, row], np.quantile(there, [0.05, 0.95]))
        assert_allclose(found.scores.median[row], np.nanmedian(scores[:, row]))
    one, other = (design.result.units[row] for row in design.result.order()[:2])
    own = ranks[:, design.result.order()[:2]]
    ahead = (own[:, 0] < own[:, 1])[(own > 0).all(axis=1)].mean()
    assert_allclose(found.above(one, other), ahead)
    frame = found.frame()
    assert_array_equal(frame["rank"], np.sort(frame["rank"]))
    assert_allclose(frame["low"], found.ranks.interval()[0][found.order])
    assert (frame["tier"].diff().dropna() >= 0).all()


def collapses(found):
    """Whether each unit has its published rank and score in every draw."""
    published = found.published
    low, high = found.ranks.interval(1.0)
    return np.array_equal(low, published) and np.array_equal(high, published)


@pytest.mark.parametrize(
    "assumed",
    [
        {},
        {"weights": {"method": "perturbed", "by": 0}},
        {"weights": {"method": "bounded", "by": 0}},
        {"normalisation": ["min_max"], "aggregation": ["arithmetic"]},
        {"errors": [{"relative": 0}], "tables": 3},
    ],
)
def test_without_uncertainty_intervals_collapse(assumed):
    found = uncertainty(designed(assumed), draws=500)

    assert collapses(found)
    assert_allclose(found.scores.low, found.scores.high, rtol=1e-12)
    assert found.within(0) == 1
    assert (found.moves(1.0) == 0).all()
    assert (found.tiers() == found.published).all()
    told = {one.id for one in found.findings}
    assert ("draws-nothing-varies" in told) == (set(assumed) <= {"normalisation", "aggregation"})


def test_the_law_of_collapse_can_fail():
    assert not collapses(uncertainty(designed({"weights": "perturbed"}), draws=500))


def dominated(seed, gap):
    """Return an index in which the second unit is below the first in all indicators."""
    index = make_index(framework=TWO_LEVELS, units=12, seed=seed)
    values = index.table.values.copy()
    values[1, :5] = values[0, :5]
    values[1, seed % 5] -= gap
    values[1, 5] = values[0, 5]
    return replace(index, table=replace(index.table, values=values))


def never_below(index, assumed, **how):
    design = design_of(index.build(), assumptions=Assumptions.model_validate(assumed))
    draws = how.get("draws", DesignDraws)(design)
    ranks = run_blocks(draws, 2000, [StoredRanks(design.ranking)]).kept[0]
    return bool((ranks[:, 0] <= ranks[:, 1]).all())


@pytest.mark.parametrize("weights", ["simplex", "perturbed", "bounded", "ordered", "dirichlet"])
@settings(max_examples=8)
@given(seed=st.integers(0, 10_000), mean=st.sampled_from(["arithmetic", "geometric"]))
def test_who_dominates_is_never_below(weights, seed, mean):
    method = {
        "weights": weights,
        "aggregation": [mean],
        "levels": [1, 2, 3],
        "normalisation": [{"method": "min_max", "to": [1, 100]}],
    }

    assert never_below(dominated(seed, 0.5), method)


class Negative(DesignDraws):
    """The broken twin lets weights be negative."""

    def weights(self, varied, block):
        return super().weights(varied, block) - 0.6 * varied.given


def test_the_law_of_dominance_can_fail():
    assert not all(
        never_below(dominated(seed, 5.0), {"weights": "simplex", "levels": [2]}, draws=Negative)
        for seed in range(10)
    )


def test_acceptability_and_pairs_add_up():
    design = designed(
        {**JOINT, "imputation": ["mean", "none"]},
        gaps=0.3,
        method={"min_available": {"at_least": 0.75}, "screening": {"at_least": 0.1}},
    )
    found = uncertainty(design, draws=3000)
    total = found.pairs.probability + found.pairs.probability.T + found.pairs.ties
    both = found.pairs.both > 0

    assert (found.ranks.ranked < 1).any()
    assert_allclose(found.ranks.acceptability.sum(axis=1), found.ranks.ranked)
    assert_allclose(total[both], 1)


RULES = (
    {"best": "lowest"},
    {"decimals": 0},
    {"ties": "worst"},
    {"ties": "dense"},
    {"ties": "order"},
    {"tolerance": 0.1},
)


@pytest.mark.parametrize("rule", RULES)
def test_draws_are_ranked_as_the_index_is(rule):
    design = designed({}, method={"ranking": rule})
    found = uncertainty(design, draws=10)

    assert collapses(found)
    assert found.published.max() > 1


def test_ranks_within_groups_have_tiers_of_their_own():
    found = uncertainty(
        designed({"weights": "perturbed"}, method={"ranking": {"within": "region"}}), draws=2000
    )
    tiers, published = found.tiers(), found.published

    assert (published == 1).sum() > 2
    assert (tiers[published == 1] == 1).all()
    first, other = np.flatnonzero(published == 1)[:2]
    assert np.isnan(found.pairs.probability[first, other])


def test_units_without_a_rank_are_counted_nowhere():
    index = make_index(framework=FLAT, units=8)
    units = {"register": "iso3166", "unranked": [index.table.units[3]]}
    definition = index.definition.model_validate({**index.definition.model_dump(), "units": units})
    found = uncertainty(replace(index, definition=definition).build(), draws=600)

    assert found.ranks.ranked[3] == 0
    assert found.tiers()[3] == 0
    assert np.isnan(found.ranks.interval()[:, 3]).all()
    assert len(found.frame()) == 7
    assert found.ranks.counts[:, 8].sum() == 0  # nobody is eighth of seven


def test_one_unit_or_two_alike_are_no_trouble():
    alone = uncertainty(result_of(units=1), draws=500)
    assert (alone.published, len(alone.frame())) == ([0], 0)  # a scale of one value has no ends
    assert np.isnan(alone.within(0))

    index = make_index(framework=FLAT, units=3)
    values = index.table.values.copy()
    values[1] = values[0]
    three = replace(index, table=replace(index.table, values=values)).build()
    both = uncertainty(three, draws=500)
    assert_array_equal(both.ranks.interval()[:, :2], np.broadcast_to(three.rank()[:2], (2, 2)))
    assert both.tiers()[0] == both.tiers()[1]
    assert both.pairs.ties[0, 1] == 1


MANY = pillar("whole", *(indicator(code) for code in "abc"))


def test_of_thousands_of_units_ranks_are_stored(monkeypatch):
    assumed = {"weights": "perturbed"}
    few = uncertainty(designed(assumed, framework=MANY, units=60, own=True), draws=3000)
    monkeypatch.setattr(run_module, "MANY", 50)
    monkeypatch.setattr(run_module, "STORED", 1)
    many = uncertainty(
        designed(assumed, framework=MANY, units=60, own=True), draws=3000, pairs=False
    )

    assert_array_equal(
        many.ranks.quantiles((0.05, 0.5, 0.9)), few.ranks.quantiles((0.05, 0.5, 0.9))
    )
    assert_array_equal(many.moves(), few.moves())
    assert_allclose(many.ranks.mean, few.ranks.mean)
    assert many.scores.step > 0
    for key in ("low", "median", "high"):
        assert_allclose(getattr(many.scores, key), getattr(few.scores, key), atol=many.scores.step)
    with pytest.raises(MethodError, match="Pairs of 60 units are too many"):
        uncertainty(many.design, draws=10, pairs=True)
    with pytest.raises(MethodError, match="pairs=True"):
        many.tiers()


def test_the_ranks_of_thousands_of_units_keep_within_memory():
    """A table of all units by all ranks would take 200 MB here, and 9 GB for 33,755 areas."""
    found = uncertainty(
        designed({"weights": "perturbed"}, framework=MANY, units=5000, own=True), draws=300
    )

    assert found.ranks.ranks.nbytes == 5000 * 300 * 2
    assert found.frame().shape[0] == 5000
    assert found.pairs is None


class Interrupting:
    """Presses Ctrl-C at the nth block or report."""

    def __init__(self, at):
        self.left = at

    def __call__(self, *_):
        self.left -= 1
        if self.left == 0:
            raise KeyboardInterrupt


@pytest.mark.parametrize("workers", [1, 2])
def test_an_interrupt_between_blocks_keeps_what_was_computed(workers):
    design = designed(JOINT)
    found = uncertainty(design, draws=50 * BLOCK, workers=workers, progress=Interrupting(2))
    [finding] = [one for one in found.findings if one.id == "draws-interrupted"]

    assert 0 < found.draws < found.asked == 50 * BLOCK
    assert f"after {found.draws:,} of 51,200 draws" in finding.sentence
    assert same(facts(found), facts(uncertainty(design, draws=found.draws)))


@pytest.mark.parametrize("workers", [1, 2])
def test_an_interrupt_within_a_block_keeps_the_waves_before(workers, monkeypatch):
    design = designed(JOINT)
    pressed = Interrupting(20)

    class Slow(DesignDraws):
        def __call__(self, block):
            pressed()
            return super().__call__(block)

    monkeypatch.setattr(run_module, "DesignDraws", Slow)
    found = uncertainty(design, draws=100 * BLOCK, workers=workers)
    monkeypatch.undo()

    assert 0 < found.draws < 20 * BLOCK
    assert "draws-interrupted" in {one.id for one in found.findings}
    assert same(facts(found), facts(uncertainty(design, draws=found.draws)))


def test_an_interrupt_before_anything_is_done_is_one(monkeypatch):
    class Stopped(DesignDraws):
        def __call__(self, block):
            del block
            raise KeyboardInterrupt

    monkeypatch.setattr(run_module, "DesignDraws", Stopped)
    with pytest.raises(KeyboardInterrupt):
        uncertainty(designed(JOINT), draws=1000)


def test_progress_tells_the_draws_done():
    told = []
    uncertainty(designed(JOINT), draws=20_000, progress=told.append)

    assert told == sorted(set(told))
    assert told[-1] == 20_000
    assert len(told) > 2


def test_the_seed_is_that_of_the_design_unless_given():
    result, assumed = result_of(), Assumptions.model_validate(JOINT)
    design = design_of(result, assumptions=assumed, seed=7)
    own, given_it = uncertainty(design, draws=600), uncertainty(design, draws=600, seed=0)

    assert same(
        facts(own), facts(uncertainty(design_of(result, assumptions=assumed, seed=7), draws=600))
    )
    assert same(
        facts(given_it), facts(uncertainty(design_of(result, assumptions=assumed), draws=600))
    )
    assert not same(facts(own), facts(given_it))


def test_the_assumptions_are_those_of_the_definition():
    index = make_index(
        framework=FLAT,
        assumptions={"weights": "simplex", "aggregation": ["geometric"]},
        method={"normalisation": {"method": "min_max", "to": [1, 100]}},
    )
    found = uncertainty(index.build(), draws=600)

    assert found.design.names() == ("aggregation", "weights")
    assert found.design.published.varied.admissible.label() == "simplex"
    default = uncertainty(make_index(framework=FLAT).build(), draws=600)
    assert default.design.published.varied.admissible.label() == "perturbed(25%)"


@pytest.mark.parametrize("draws", [0, -5])
def test_no_draws_are_refused(draws):
    with pytest.raises(MethodError, match=f"draws must be .* got {draws}"):
        uncertainty(result_of(), draws=draws)


def test_few_draws_are_told():
    few = {one.id for one in uncertainty(result_of(), draws=100).findings}
    enough = {one.id for one in uncertainty(result_of(), draws=5000).findings}

    assert ("draws-few" in few, "draws-few" in enough) == (True, False)


@pytest.mark.parametrize(("weights", "chained"), [("bounded", True), ("perturbed", False)])
def test_what_draws_of_hit_and_run_are_worth_is_told(weights, chained):
    found = uncertainty(designed({"weights": weights}), draws=2000)
    told = [one.sentence for one in found.findings if one.id == "draws-effective"]

    assert 1000 < found.effective <= 2000
    assert bool(told) is chained
    assert all(f"worth about {found.effective:,.0f} independent ones" in one for one in told)
