"""Laws of reach, on random small trees with gaps and weights of zero; beside each a broken twin."""

from __future__ import annotations

import itertools
from dataclasses import replace

import numpy as np
import pytest

from rankscope.analyses.exact.membership import belongs
from rankscope.analyses.exact.reach import reach
from rankscope.analyses.varied_weights import varied_weights
from rankscope.methods.admissible import Bounded, Ordered, Perturbed, Siblings, Simplex
from rankscope.methods.aggregation import Geometric, Harmonic
from rankscope.pipeline import evaluate
from rankscope.pipeline.ranks import ranks_of
from tests.analyses.exact.brute import SmallTree
from tests.analyses.exact.trees import (
    branch,
    leaf,
    leaves_of,
    random_tree,
    random_values,
    result_of,
)

SETS = (Bounded(0.25), Perturbed(0.25), Simplex(), Ordered(), Bounded(0.6))
UNITS = 4


def case(seed: int, gaps: float = 0.0):
    """Return a tree, its values and the result; every unit and group has some data."""
    random = np.random.default_rng(1000 + seed)
    while True:
        tree = random_tree(random)
        values = random_values(random, UNITS, len(leaves_of(tree)), gaps)
        result = result_of(tree, values)
        if (result.rank() > 0).all():
            return tree, values, result


def truth(tree, values, admissible, held=()):
    by_code = dict(zip((one.code for one in leaves_of(tree)), values.T, strict=True))
    small = SmallTree(tree, by_code, admissible, set(held))
    return [small.ranks(unit) for unit in range(UNITS)]


def wide(result) -> bool:
    """Whether any weights vary."""
    given = result.leaves.weights
    return any(
        sum(given[child] > 0 for child in node.children) > 1
        for number, node in enumerate(result.plan.nodes)
        if number == result.plan.root or given[number] > 0
    )


def as_brute_force_says(seeds: range) -> int:
    compared = 0
    for seed in seeds:
        admissible = SETS[seed % len(SETS)]
        tree, values, result = case(seed)
        if wide(result):
            found = reach(result, weights=admissible, levels=(1, 2))
            best, worst = zip(*truth(tree, values, admissible), strict=True)
            assert found.exact.all(), seed
            assert found.best_to.tolist() == list(best), seed
            assert found.worst_from.tolist() == list(worst), seed
            compared += 1
    return compared


def test_reach_is_what_brute_force_says() -> None:
    assert as_brute_force_says(range(40)) >= 35


@pytest.mark.slow
def test_reach_is_what_brute_force_says_of_two_hundred_trees() -> None:
    assert as_brute_force_says(range(40, 260)) >= 200


def test_brute_force_can_tell_sets_apart() -> None:
    """The broken twin: the reach of another set, though its name is nearly the same."""
    differ = 0
    for seed in range(30):
        tree, values, result = case(seed)
        if wide(result):
            found = reach(result, weights=Bounded(0.6), levels=(1, 2))
            best, worst = zip(*truth(tree, values, Perturbed(0.6)), strict=True)
            differ += (list(best), list(worst)) != (
                found.best_to.tolist(),
                found.worst_from.tolist(),
            )
    assert differ > 0


@pytest.mark.parametrize(
    ("method", "chart"),
    [(Geometric(), np.log), (Harmonic(), lambda values: -1 / values)],
    ids=["geometric", "harmonic"],
)
def test_other_means_are_linear_on_their_charts(method, chart) -> None:
    for seed in range(12):
        tree, values, _ = case(seed)
        result = result_of(tree, values, aggregation=method)
        if wide(result):
            found = reach(result, weights=Bounded(0.5), levels=(1, 2))
            best, worst = zip(*truth(tree, chart(values), Bounded(0.5)), strict=True)
            assert found.exact.all()
            assert (found.best_to.tolist(), found.worst_from.tolist()) == (list(best), list(worst))


def test_with_shares_held_where_there_are_gaps_reach_is_what_brute_force_says() -> None:
    holding = 0
    for seed in range(40):
        admissible = SETS[seed % len(SETS)]
        tree, values, result = case(seed, gaps=0.15)
        if not wide(result) or missing(result, 0):
            continue
        found = reach(result, weights=admissible, levels=(1, 2), gaps="hold")
        best, worst = zip(*truth(tree, values, admissible, found.held), strict=True)
        assert found.exact.all(), seed
        assert (found.best_to.tolist(), found.worst_from.tolist()) == (list(best), list(worst))
        holding += bool(found.held)
    assert holding > 5


def missing(result, least: int) -> bool:
    """Whether a whole group is missing for a unit: then brute force would have to hold the root."""
    top = [child for child in result.plan.nodes[-1].children if result.leaves.weights[child] > 0]
    return bool((~result.leaves.present[:, top]).sum() > least)


@pytest.mark.parametrize("admissible", [Bounded(0.5), Perturbed(0.5), Simplex()], ids=repr)
def test_with_gaps_the_truth_lies_between_the_bounds(admissible) -> None:
    """Two groups of two: three numbers say all weights, and a fine grid of them all ranks."""
    tree = branch(
        "root",
        branch("g", leaf("a", 2), leaf("b", 1), weight=3),
        branch("h", leaf("c", 1), leaf("d", 1), weight=2),
    )
    shut = 0
    for seed in range(8):
        values = random_values(np.random.default_rng(seed), 6, 4, gaps=0.2)
        result = result_of(tree, values)
        found = reach(result, weights=admissible, levels=(1, 2))
        ranks = ranks_on_a_grid(result, admissible, 25)[:, result.rank() > 0]
        assert (found.best_from <= ranks.min(axis=0)).all()
        assert (found.worst_to >= ranks.max(axis=0)).all()
        assert (found.best_to <= ranks.min(axis=0)).all()  # the witnesses are the better search
        assert (found.worst_from >= ranks.max(axis=0)).all()
        shut += int(found.exact.sum())
    assert shut > 24


def ranks_on_a_grid(result, admissible, steps: int) -> np.ndarray:
    """Return ranks, (points, units), over a grid of the shares of pairs of siblings."""
    plan, given = result.plan, result.leaves.weights
    pairs = [node.children for node in plan.nodes if node.children]
    sides = []
    for pair in pairs:
        siblings = Siblings(("x", "y"), given[list(pair)])
        high = float(admissible.highest(siblings, np.array([1.0, 0.0])))
        low = 1 - float(admissible.highest(siblings, np.array([0.0, 1.0])))
        sides.append(np.linspace(low + 1e-9, high - 1e-9, steps))
    grid = np.array(list(itertools.product(*sides)))
    weights = np.repeat(given[None], len(grid), axis=0)
    for at, pair in enumerate(pairs):
        weights[:, pair[0]], weights[:, pair[1]] = grid[:, at], 1 - grid[:, at]
    return ranks_of(plan, evaluate(plan, result.leaves, weights)[..., plan.root])


@pytest.mark.parametrize("gaps", ["bounds", "hold"])
def test_witnesses_attain_what_they_claim_and_belong_to_the_set(gaps) -> None:
    for seed in range(20):
        admissible = SETS[seed % len(SETS)]
        _, _, result = case(seed, gaps=0.15)
        if not wide(result):
            continue
        found = reach(result, weights=admissible, levels=(1, 2), gaps=gaps)
        varied = varied_weights(result.plan, result.leaves.weights, admissible, levels=(1, 2))
        for unit in range(UNITS):
            for weights, claimed in (
                (found.best_weights[unit], found.best_to[unit]),
                (found.worst_weights[unit], found.worst_from[unit]),
            ):
                scores = evaluate(result.plan, result.leaves, weights)[:, result.plan.root]
                assert ranks_of(result.plan, scores)[unit] == claimed
                for group in varied.groups:
                    own = weights[group.children] / weights[group.children].sum()
                    assert belongs(admissible, group.siblings, own, slack=1e-7)


def within_reach(found, ranks: np.ndarray) -> bool:
    return bool((found.best_from <= ranks).all() and (ranks <= found.worst_to).all())


@pytest.mark.parametrize("gaps", [0.0, 0.15])
def test_every_simulated_rank_lies_within_the_reach_of_the_same_set(gaps) -> None:
    strayed = 0
    for seed in range(25):
        admissible = (Bounded(0.25), Perturbed(0.25))[seed % 2]
        _, _, result = case(seed, gaps)
        if not wide(result):
            continue
        varied = varied_weights(result.plan, result.leaves.weights, admissible, levels=(1, 2))
        weights = varied.draw(2000, np.random.default_rng(seed + 1))
        ranks = ranks_of(result.plan, evaluate(result.plan, result.leaves, weights)[..., -1])
        assert within_reach(reach(result, weights=admissible, levels=(1, 2)), ranks)
        narrow = reach(result, weights=replace(admissible, by=0.05), levels=(1, 2))
        strayed += not within_reach(narrow, ranks)
    assert strayed > 0  # the broken twin: the reach of a narrower set


def test_a_unit_that_is_better_in_everything_is_never_below() -> None:
    for seed in range(15):
        tree, values, _ = case(seed)
        values[1] = values[0] + np.random.default_rng(seed).uniform(0.5, 5, values.shape[1])
        result = result_of(tree, values)
        if wide(result):
            found = reach(result, weights=Simplex(), levels=(1, 2))
            assert found.best_from[1] < found.best_from[0] or found.best_from[0] > 1
            assert found.worst_to[1] < found.worst_to[0]


def test_without_room_reach_is_the_published_rank() -> None:
    _, _, result = case(3)
    found = reach(result, weights=Bounded(0.0), levels=(1, 2))
    assert found.best_from.tolist() == found.worst_to.tolist() == found.ranks.tolist()
    assert found.settled == 1.0
