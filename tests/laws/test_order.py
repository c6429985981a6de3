"""Better is never worse, on a frozen scale; and ranks see nothing but the order of scores."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from numpy.testing import assert_array_equal

from rankscope._registry import methods_of
from rankscope.methods.aggregation import Arithmetic
from rankscope.methods.normalisation import Goalposts, MinMax, PercentileRank, ZScore
from rankscope.methods.ranking import rank
from rankscope.methods.treatment import Log, NoTreatment, SkewKurtosis, Winsorise
from rankscope.pipeline import Choice, bind, evaluate, prepare
from rankscope.testing import examples_of, indices
from tests.laws.law import Index, broken_by, with_framework

if TYPE_CHECKING:
    from collections.abc import Callable

MONOTONE = [
    one
    for cls in methods_of("aggregation").values()
    if cls.monotone  # type: ignore[attr-defined]
    for one in examples_of(cls)
    if abs(getattr(one, "power", 0)) < 10
]
CHOICES = [
    Choice(treatment=treatment, normalisation=normalisation)
    for treatment in (NoTreatment(), Log("smallest"), Log("range"), SkewKurtosis(), Winsorise())
    for normalisation in (MinMax(), ZScore(), PercentileRank(), Goalposts())
]
CASES = st.tuples(indices(normalisation=MinMax()), st.sampled_from(CHOICES), st.integers(0, 2**32))
Case = tuple[Index, Choice, int]


def posted(index: Index) -> Index:
    """Give every indicator goalposts, for the methods that need them."""

    def with_posts(node: Any) -> Any:
        return node if node.children else node.model_copy(update={"goalposts": (0.5, 3.0)})

    return with_framework(index, with_posts)


def better_is_not_worse(case: Case, polarity: int = 1) -> bool:
    """Bettering values of one unit, on frozen stages, lowers neither its score nor any node's."""
    index, choice, seed = case
    plan = bind(*posted(index))
    rng = np.random.default_rng(seed)
    signs = np.array([polarity * leaf.spec.polarity for leaf in plan.leaves])
    columns = [leaf.column for leaf in plan.leaves]
    values = plan.table.values.copy()
    better = rng.exponential(1, len(signs)) * (rng.random(len(signs)) < 0.5)
    values[0, columns] *= np.exp(signs * better)
    frozen = prepare(plan, choice)
    after = prepare(plan, table=replace(plan.table, values=values), fitted=frozen)
    gain = evaluate(plan, after)[0] - evaluate(plan, frozen)[0]
    return not (gain < -1e-9).any() and bool((np.isnan(gain) == ~frozen.present[0]).all())


@given(CASES)
def test_a_better_value_never_lowers_a_score(case: Case) -> None:
    assert better_is_not_worse(case)


def test_that_law_catches_polarity_turned_round() -> None:
    assert broken_by(partial(better_is_not_worse, polarity=-1), CASES)


def means_are_monotone(case: tuple[np.ndarray, np.ndarray, np.ndarray], combine: Any) -> bool:
    """A mean of values that are at least as large is at least as large."""
    values, gains, weights = case
    shares = np.broadcast_to(weights[:1] / weights[:1].sum(), weights.shape)
    raised = values.copy()
    raised[0] += gains[0]  # one unit alone: rivals that rise too may pass it
    before, after = combine(values, shares)[0], combine(raised, shares)[0]
    return bool(np.isnan(before) or after >= before - 1e-9 * (1 + abs(before)))


POSITIVE = arrays(float, (3, 4), elements=st.floats(1, 80))
MEANS = st.tuples(POSITIVE, arrays(float, (3, 4), elements=st.floats(0, 20)), POSITIVE)


@pytest.mark.parametrize("method", MONOTONE, ids=str)
@given(case=MEANS)
def test_every_mean_that_declares_it_is_monotone(method: Any, case: Any) -> None:
    assert means_are_monotone(case, method.combine)


def test_that_law_catches_a_mean_that_punishes_imbalance_too_hard() -> None:
    def punishing(values: np.ndarray, shares: np.ndarray) -> np.ndarray:
        return 500 + Arithmetic().combine(values, shares) - 3 * values.std(axis=-1)

    assert broken_by(partial(means_are_monotone, combine=punishing), MEANS)


WHOLE = arrays(
    float, st.tuples(st.integers(1, 4), st.integers(1, 8)), elements=st.integers(-50, 50)
)
INCREASING: list[Callable[[np.ndarray], np.ndarray]] = [
    lambda x: 3 * x - 1000, lambda x: x**3, lambda x: np.exp(x / 10), np.arctan
]  # fmt: skip


def ranks_see_only_order(scores: np.ndarray, ranked: Any = rank) -> bool:
    """Ranks do not change under increasing transforms of the scores."""
    return all((ranked(change(scores)) == ranked(scores)).all() for change in INCREASING)


@given(WHOLE)
def test_ranks_see_nothing_but_the_order(scores: np.ndarray) -> None:
    assert ranks_see_only_order(scores)
    assert_array_equal(rank(-scores), 1 + (scores[:, :, None] > scores[:, None, :]).sum(axis=-1))


def test_that_law_catches_ranks_of_rounded_scores() -> None:
    assert broken_by(partial(ranks_see_only_order, ranked=lambda s: rank(np.round(s, 1))), WHOLE)
