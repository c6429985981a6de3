"""Contributions add up, at every node of any tree, with gaps."""

from __future__ import annotations

from functools import partial
from typing import Any

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from rankscope.analyses.compare import compare
from rankscope.analyses.contributions import contributions
from rankscope.methods.aggregation import Arithmetic, Generalised, Geometric
from rankscope.pipeline import Result, build
from rankscope.testing import indices
from tests.laws.law import Index, broken_by, same

MIXED = indices(aggregations=(Arithmetic(), Geometric(), Generalised(-2.0)))
LOGARITHMIC = indices(aggregations=(Geometric(),))


def adds_up(index: Index, parts: Any = contributions) -> bool:
    """The contributions of the children of every node, and those of all leaves, add up."""
    result = build(*index)
    plan, values = result.plan, parts(result).values
    tops = [number for number, node in enumerate(plan.nodes) if node.children]
    sums = [values[:, list(plan.nodes[number].children)].sum(axis=1) for number in tops]
    leaves = values[:, [leaf.node for leaf in plan.leaves]].sum(axis=1)
    chart = plan.nodes[plan.root].aggregation.chart()
    whole = chart.forward(result.score()) if chart else result.score()
    return same(np.array(sums), values[:, tops].T) and same(leaves, whole)


@given(MIXED)
def test_contributions_add_up_in_mixed_trees(index: Index) -> None:
    assert adds_up(index)


@given(LOGARITHMIC)
def test_contributions_add_up_in_logarithms(index: Index) -> None:
    assert adds_up(index)


def test_that_law_catches_shares_that_forget_the_gaps() -> None:
    def forgetful(result: Result) -> Any:
        sound = contributions(result)
        effective = result.plan.effective_weights()
        return type(sound)(np.nan_to_num(result.scores[0]) * effective, sound.shares, "points")

    assert broken_by(partial(adds_up, parts=forgetful), indices())


def differences_add_up(case: tuple[Index, int], twist: float = 0.0) -> bool:
    """The gaps of every level of a comparison add up to its difference."""
    index, seed = case
    result = build(*index)
    ranked = [row for row in range(len(result.units)) if not np.isnan(result.score()[row])]
    if len(ranked) < 2:
        return True
    a, b = np.random.default_rng(seed).choice(ranked, 2, replace=False)
    found = compare(result, result.units[a], result.units[b])
    sums = [sum(gap.difference for gap in level) for level in found.levels]
    return all(np.isclose(total, found.difference + twist, atol=1e-9) for total in sums)


@given(st.tuples(MIXED, st.integers(0, 99)))
def test_the_differences_of_a_comparison_add_up(case: tuple[Index, int]) -> None:
    assert differences_add_up(case)


def test_that_law_catches_a_comparison_that_leaves_a_rest() -> None:
    cases = st.tuples(MIXED, st.integers(0, 99))

    assert broken_by(partial(differences_add_up, twist=1e-3), cases)
