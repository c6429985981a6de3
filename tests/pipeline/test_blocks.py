"""Many draws: the same bits for any number of workers and of draws."""

from __future__ import annotations

import pickle
import sys
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

import numpy as np
import pandas as pd
import pytest
from numpy.testing import assert_array_equal

from rankscope.data.table import plain_table
from rankscope.definition.model import Node, Threshold, Variable, Views
from rankscope.methods.aggregation import Geometric
from rankscope.methods.normalisation import MinMax
from rankscope.methods.ranking import rank, rank_counts
from rankscope.pipeline import Leaves, Plan, bind, blocks, prepare
from rankscope.pipeline.blocks import (
    BLOCK,
    BUNDLE,
    SINGLE,
    RankCounts,
    Reducer,
    StoredRanks,
    StoredScores,
    given_weights,
    run_blocks,
    weighted_scores,
)
from rankscope.pipeline.evaluate import evaluate_node
from rankscope.pipeline.ranks import Ranking, ranking_of
from rankscope.pipeline.work import RECEIVED, Work
from rankscope.testing import make_index
from tests.support.panels import defined, indicator, panel_of


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


def ranking() -> Ranking:
    return ranking_of(index(gaps=False)[0])


def drawn(block: int) -> np.ndarray:
    return np.random.default_rng([7, block]).uniform(0.5, 2, (BLOCK, 15))


def run(draws: int, workers: int = 1, *, gaps: bool = True, reducers: Any = None) -> list[Any]:
    reducers = reducers or (StoredScores(), StoredRanks(ranking()), RankCounts(ranking()))
    return run_blocks(
        weighted_scores(*index(gaps=gaps), drawn), draws, reducers, workers=workers
    ).kept


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


@pytest.mark.parametrize("draws", [1, BLOCK, BLOCK + 1, (SINGLE + BUNDLE) * BLOCK + 5])
def test_each_draw_is_counted_once(draws: int) -> None:
    scores, ranks, counts = run(draws)

    assert scores.shape == ranks.shape == (draws, 20)
    assert_array_equal(ranks, rank(scores))
    assert_array_equal(counts, rank_counts(scores))
    assert_array_equal(counts.sum(axis=1), draws)


def test_ready_made_weights_give_the_scores_of_one_evaluation() -> None:
    plan, leaves = index(gaps=True)
    weights = np.concatenate([drawn(0), drawn(1)])[:1300]
    [scores] = run_blocks(
        weighted_scores(plan, leaves, given_weights(weights)), 1300, [StoredScores()]
    ).kept

    np.testing.assert_allclose(scores, evaluate_node(plan, leaves, weights), rtol=1e-13)


def test_any_node_can_be_asked_for() -> None:
    plan, leaves = index(gaps=True)
    node = plan.node("g4")
    [scores] = run_blocks(weighted_scores(plan, leaves, drawn, node), 5, [StoredScores()]).kept

    np.testing.assert_allclose(scores, evaluate_node(plan, leaves, drawn(0)[:5], node), rtol=1e-13)


def test_ranks_are_stored_in_the_smallest_type() -> None:
    assert run(3)[1].dtype == np.uint8


@dataclass(frozen=True)
class Order(Reducer):
    """Tells the order in which parts are joined, and adds floats that do not commute."""

    def part(self, scores: np.ndarray) -> list[tuple[float, float]]:
        return [(float(scores[0, 0]), float(scores.sum()))]

    def add(self, kept: list[Any], more: list[Any]) -> list[tuple[float, float]]:
        return [*kept, *more]

    def finish(self, kept: list[Any]) -> list[tuple[float, float]]:
        return [*kept[:-1], (kept[-1][0], sum(total for _, total in kept))]


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
    [counts] = run_blocks(weighted_scores(plan, masked, drawn), 2000, [RankCounts(ranking())]).kept

    assert counts[5, 0] == 2000
    assert counts[:, 20].sum() == 0


def panel_plan(**ranking: Any) -> Plan:
    """Return an index of two indicators in a panel of six towns in two years, one of them late."""
    places = [(unit, year) for unit in "abcdef" for year in ("2020", "2021")][1:]
    values = np.random.default_rng(3).uniform(0, 10, (len(places), 2))
    table = panel_of(dict(zip(places, values.tolist(), strict=True)), ("x", "y"))
    table = replace(table, labels=(("coast", tuple("sea" if u < "d" else "" for u, _ in places)),))
    definition = defined(indicator("x"), indicator("y"), ranking=ranking)
    coast = Variable(code="coast", name="Coast", kind="group")
    return bind(definition.model_copy(update={"context": (coast,)}), table)


RULES: tuple[dict[str, Any], ...] = (
    {},
    {"best": "lowest"},
    {"decimals": 0},
    {"tolerance": 0.3, "ties": "worst"},
    {"decimals": 0, "ties": "dense", "best": "lowest"},
    {"within": "coast"},
)


@pytest.mark.parametrize("rule", RULES)
def test_draws_are_ranked_by_the_rule_of_the_index_within_each_period(rule: dict[str, Any]) -> None:
    plan = panel_plan(**rule)
    weights = np.random.default_rng(4).uniform(0.1, 1, (1300, 2))
    reducers = [StoredScores(), *(of(ranking_of(plan)) for of in (StoredRanks, RankCounts))]
    given = given_weights(weights)
    scores, ranks, counts = run_blocks(
        weighted_scores(plan, prepare(plan), given), 1300, reducers
    ).kept

    some = slice(None, None, 13)
    assert_array_equal(ranks[some], ranked_by_pandas(plan, scores[some], **rule))
    told = [[(ranks[:, row] == rank).sum() for rank in range(12)] for row in range(11)]
    assert_array_equal(counts, told)


def ranked_by_pandas(plan: Plan, scores: np.ndarray, **rule: Any) -> np.ndarray:
    """Return ranks of shape (draws, rows), one period and group after another."""
    if "decimals" in rule:
        scores = np.round(scores, rule["decimals"])
    groups = plan.table.label("coast") or ()
    periods = np.array(plan.table.periods)
    rivals = np.where(np.array(groups) == "", "", periods) if "within" in rule else periods
    found = np.zeros(scores.shape, dtype=int)
    for one in {*rivals.tolist()} - {""}:
        for draw in range(len(scores)):
            found[draw, rivals == one] = by_hand(scores[draw, rivals == one], rule)
    return found


def by_hand(scores: np.ndarray, rule: dict[str, Any]) -> np.ndarray:
    """Return the ranks of one list of scores: ties are gaps within the tolerance."""
    down = np.sort(scores) if rule.get("best") == "lowest" else -np.sort(-scores)
    gap = rule.get("tolerance", 1e-9) * np.ptp(scores)
    chain = np.concatenate([[0], np.cumsum(np.abs(np.diff(down)) > gap)])
    number = pd.Series(chain, index=down).groupby(level=0).first()
    places = pd.Series(scores).map(number)
    if rule.get("ties") == "dense":
        return places.rank(method="dense").to_numpy(dtype=int)
    worst = rule.get("ties") == "worst"
    return places.rank(method="max" if worst else "min").to_numpy(dtype=int)


def test_units_below_the_threshold_of_a_view_have_no_rank_in_it() -> None:
    plan = panel_plan()
    spec = plan.definition.model_copy(
        update={"views": Views(rank_intensity_from=Threshold(variable="x", at_least=5.0))}
    )
    small = plan.table.column("x") < 5
    ranks = ranking_of(replace(plan, definition=spec), "intensity").ranks(np.arange(11.0))

    assert small.any()
    assert_array_equal(ranks == 0, small)


@pytest.mark.parametrize("count", [1, SINGLE - 1, SINGLE, SINGLE + 1, SINGLE + 5 * BUNDLE + 2])
def test_bundles_hold_each_block_once_in_order(count: int) -> None:
    bundles = blocks._bundles(count)

    assert [block for bundle in bundles for block in bundle] == list(range(count))
    assert {len(bundle) for bundle in bundles[:SINGLE]} == {1}


def test_waves_grow_while_they_are_short(monkeypatch: pytest.MonkeyPatch) -> None:
    def told(soon: float) -> list[int]:
        found: list[int] = []
        monkeypatch.setattr(blocks, "_SOON", soon)
        plan, leaves = index(gaps=False)
        scores = weighted_scores(plan, leaves, drawn)
        run_blocks(scores, SINGLE * BLOCK, [StoredScores()], progress=found.append)
        return [done // BLOCK for done in found]

    assert told(-1.0) == [1, 2, 3, 4, 5, 6, 7, 8]
    assert told(1e9) == [1, 3, 7, 8]


def test_a_process_opens_the_work_of_a_run_once() -> None:
    scores = weighted_scores(*index(gaps=True), given_weights(drawn(0)))
    sent = Work(scores, [RankCounts(ranking())], BLOCK)
    RECEIVED.clear()
    first, again = pickle.loads(pickle.dumps(sent)), pickle.loads(pickle.dumps(sent))
    other = pickle.loads(pickle.dumps(Work(scores, [RankCounts(ranking())], BLOCK)))

    assert first is again is not other
    assert len(RECEIVED) == 1  # a worker holds one run only
    assert_array_equal(first(range(1))[0], sent(range(1))[0])
    assert sys.getsizeof(sent) > 1e6  # what makes Dask send it once
