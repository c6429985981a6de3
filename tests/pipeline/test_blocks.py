"""Many draws: the same bits for any number of workers and of draws."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from numpy.testing import assert_array_equal

from rankscope.data.table import plain_table
from rankscope.definition.model import Node
from rankscope.methods.aggregation import Geometric
from rankscope.methods.normalisation import MinMax
from rankscope.methods.ranking import rank, rank_counts
from rankscope.pipeline import Leaves, Plan, bind, prepare
from rankscope.pipeline.blocks import (
    BLOCK,
    BUNDLE,
    RankCounts,
    Reducer,
    StoredRanks,
    StoredScores,
    given_weights,
    run_blocks,
)
from rankscope.pipeline.evaluate import evaluate_node
from rankscope.testing import make_index

if TYPE_CHECKING:
    from collections.abc import Iterable

ALL = (StoredScores(), StoredRanks(), RankCounts())


@cache
def index(*, gaps: bool) -> tuple[Plan, Leaves]:
    """Return 20 units x 12 indicators in a mixed tree with a few gaps, or a plain one."""
    values = np.random.default_rng(0).lognormal(size=(20, 12))
    values[3, 4] = values[7, 1] = np.nan if gaps else 1.0
    codes = tuple(f"c{i}" for i in range(12))
    leaves = [Node(code=code, name=code, kind="share") for code in codes]
    mean = Geometric() if gaps else None
    groups = tuple(
        Node(code=f"g{i}", name=f"g{i}", children=tuple(leaves[i : i + 4]), aggregation=mean)
        for i in (0, 4, 8)
    )
    table = plain_table(tuple(f"u{i}" for i in range(20)), codes, values)
    root = Node(code="r", name="r", children=groups)
    plan = bind(*make_index(root, table, normalisation=MinMax((1, 100))))
    return plan, prepare(plan)


def drawn(block: int) -> np.ndarray:
    return np.random.default_rng([7, block]).uniform(0.5, 2, (BLOCK, 15))


def run(draws: int, workers: int = 1, *, gaps: bool = True, reducers: Any = ALL) -> list[Any]:
    return run_blocks(*index(gaps=gaps), drawn, draws, reducers, workers=workers)


@pytest.mark.parametrize("gaps", [True, False])
@pytest.mark.parametrize("workers", [2, 3])
def test_results_are_the_same_bits_for_any_number_of_workers(workers: int, *, gaps: bool) -> None:
    for one, other in zip(run(9000, gaps=gaps), run(9000, workers, gaps=gaps), strict=True):
        assert_array_equal(one, other)


@pytest.mark.parametrize("gaps", [True, False])
def test_fewer_draws_are_the_first_of_more(*, gaps: bool) -> None:
    fewer, more = run(1500, gaps=gaps), run(3000, gaps=gaps)

    assert_array_equal(fewer[0], more[0][:1500])
    assert_array_equal(fewer[1], more[1][:1500])


@pytest.mark.parametrize("draws", [1, BLOCK, BLOCK + 1, BUNDLE * BLOCK + 5])
def test_each_draw_is_counted_once(draws: int) -> None:
    scores, ranks, counts = run(draws)

    assert scores.shape == ranks.shape == (draws, 20)
    assert_array_equal(ranks, rank(scores))
    assert_array_equal(counts, rank_counts(scores))
    assert_array_equal(counts.sum(axis=1), draws)


def test_ready_made_weights_give_the_scores_of_one_evaluation() -> None:
    plan, leaves = index(gaps=True)
    weights = np.concatenate([drawn(0), drawn(1)])[:1300]
    [scores] = run_blocks(plan, leaves, given_weights(weights), 1300, [StoredScores()])

    np.testing.assert_allclose(scores, evaluate_node(plan, leaves, weights), rtol=1e-13)


def test_any_node_can_be_asked_for() -> None:
    plan, leaves = index(gaps=True)
    node = plan.node("g4")
    [scores] = run_blocks(plan, leaves, drawn, 5, [StoredScores()], node=node)

    np.testing.assert_allclose(scores, evaluate_node(plan, leaves, drawn(0)[:5], node), rtol=1e-13)


def test_ranks_are_stored_in_the_smallest_type() -> None:
    assert run(3)[1].dtype == np.uint8


@dataclass(frozen=True)
class Order(Reducer):
    """Tells the order in which parts are joined, and adds floats that do not commute."""

    def part(self, scores: np.ndarray) -> list[tuple[float, float]]:
        return [(float(scores[0, 0]), float(scores.sum()))]

    def join(self, parts: Iterable[Any]) -> list[tuple[float, float]]:
        joined = [one for part in parts for one in part]
        return [*joined[:-1], (joined[-1][0], sum(total for _, total in joined))]


@pytest.mark.parametrize("workers", [1, 2, 3])
def test_parts_are_joined_in_the_order_of_the_blocks(workers: int) -> None:
    [parts] = run(10 * BLOCK, workers, reducers=[Order()])
    plan, leaves = index(gaps=True)
    firsts = [evaluate_node(plan, leaves, drawn(block))[0, 0] for block in range(10)]

    assert [first for first, _ in parts] == firsts
    assert parts == run(10 * BLOCK, reducers=[Order()])[0]


def test_a_unit_without_a_score_has_rank_zero_in_every_draw() -> None:
    plan, _ = index(gaps=False)
    masked = prepare(plan, rows=np.arange(20) != 5)
    [counts] = run_blocks(plan, masked, drawn, 2000, [RankCounts()])

    assert counts[5, 0] == 2000
    assert counts[:, 20].sum() == 0
