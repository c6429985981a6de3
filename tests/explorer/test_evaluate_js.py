"""The browser and the engine say the same: every score, and every rank exactly."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from rankscope.catalogue import open_index
from rankscope.explorer.tree import tree_of
from rankscope.pipeline import evaluate
from rankscope.pipeline.ranks import ranking_of
from tests.support.indices import TWO_LEVELS, UNEVEN, indicator, make_index, pillar
from tests.support.live_module import evaluated, load_evaluator

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from rankscope.pipeline.result import Result

EACH = 100

MIXED = pillar(
    "whole",
    pillar("p", indicator("a"), indicator("b"), indicator("c"), aggregation="geometric"),
    pillar("q", indicator("d"), pillar("r", indicator("e"), indicator("f"))),
    pillar("s", indicator("g"), indicator("h"), aggregation={"method": "generalised", "power": -2}),
    aggregation={"method": "generalised", "power": 3},
)
ONE_TO_HUNDRED: dict[str, Any] = {"normalisation": {"method": "min_max", "to": [1, 100]}}
FROM_ZERO: dict[str, Any] = {"normalisation": {"method": "min_max", "to": [0, 100]}}
INDICES: dict[str, dict[str, Any]] = {
    "arithmetic": {"framework": TWO_LEVELS},
    "arithmetic with gaps": {"framework": TWO_LEVELS, "gaps": 0.25},
    "two views": {"framework": TWO_LEVELS, "views": True, "gaps": 0.1},
    "uneven depth": {"framework": UNEVEN, "gaps": 0.3},
    "geometric": {
        "framework": UNEVEN,
        "gaps": 0.2,
        "method": {**ONE_TO_HUNDRED, "aggregation": "geometric"},
    },
    "geometric with zeros": {
        "framework": TWO_LEVELS,
        "method": {**FROM_ZERO, "aggregation": {"method": "geometric", "zeros": "zero"}},
    },
    "mixed": {"framework": MIXED, "gaps": 0.15, "method": ONE_TO_HUNDRED},
    "sum": {"framework": TWO_LEVELS, "method": {"aggregation": "sum"}},
    "printed decimals": {
        "framework": UNEVEN,
        "method": {"ranking": {"decimals": 0, "ties": "worst"}},
    },
    "the lowest first": {
        "framework": UNEVEN,
        "method": {"ranking": {"best": "lowest", "decimals": 0, "ties": "dense"}},
    },
    "within groups": {"framework": UNEVEN, "method": {"ranking": {"within": "region"}}},
}


def weightings(result: Result, count: int, seed: int) -> tuple[np.ndarray, np.ndarray]:
    """Return random weights, (count, edges), some of them zero, and the view of each."""
    random = np.random.default_rng(seed)
    plan = result.plan
    views = random.integers(0, len(plan.views), count)
    base = np.array([plan.weights(plan.views[view]) for view in views])
    drawn = base * random.exponential(size=base.shape)
    drawn[random.random(base.shape) < 0.1] = 0.0
    drawn[0] = base[0]
    return drawn, views


def said_by_engine(result: Result, weights: np.ndarray, views: np.ndarray) -> tuple[Any, Any]:
    """Return scores (draws, nodes, rows) and the ranks of them."""
    scores = np.moveaxis(evaluate(result.plan, result.leaves, weights), -1, -2)
    ranks = [
        ranking_of(result.plan, result.plan.views[view]).ranks(np.ascontiguousarray(one))
        for one, view in zip(scores, views, strict=True)
    ]
    return scores, np.array(ranks)


def differences(page: Page, result: Result, count: int, seed: int) -> tuple[float, int]:
    """Return the largest relative distance of scores, and how many ranks differ."""
    weights, views = weightings(result, count, seed)
    found = evaluated(page, tree_of(result), weights.tolist(), views.tolist())
    scores, ranks = said_by_engine(result, weights, views)
    own = np.array([one["scores"] for one in found], dtype=float)
    assert own.shape == scores.shape
    missing = (np.isnan(own) != np.isnan(scores)).any()
    apart = np.abs(own - scores) / np.maximum(1e-9, np.abs(scores))
    largest = np.inf if missing else float(np.nanmax(apart))
    return largest, int((np.array([one["ranks"] for one in found]) != ranks).sum())


@pytest.mark.browser
@pytest.mark.parametrize("name", INDICES)
def test_scores_and_ranks_are_those_of_the_engine(page: Page, name: str) -> None:
    load_evaluator(page)
    result = make_index(units=40, **INDICES[name]).build()
    assert not [node for node in tree_of(result)["nodes"] if node["held"]]
    apart, ranks = differences(page, result, EACH, seed=7)
    assert apart < 1e-10
    assert ranks == 0


@pytest.mark.browser
def test_packaged_index_is_evaluated_alike(page: Page) -> None:
    load_evaluator(page)
    apart, ranks = differences(page, open_index("ai-capacity").build(), 20, seed=1)
    assert apart < 1e-10
    assert ranks == 0


@pytest.mark.browser
def test_effective_weights_are_those_of_the_plan(page: Page) -> None:
    load_evaluator(page)
    result = open_index("ai-capacity").build()
    plan = result.plan
    weights = [plan.weights(view).tolist() for view in plan.views]
    found = evaluated(page, tree_of(result), weights, [0, 1, 2])
    for view, one in zip(plan.views, found, strict=True):
        assert np.allclose(one["effective"], plan.effective_weights(view), atol=1e-12)


@pytest.mark.browser
@pytest.mark.parametrize(
    ("name", "change"),
    [
        (
            "arithmetic with gaps",
            ("if (!there[row]) continue;", "if (!there[row]) { below[row] += weight; continue; }"),
        ),
        ("geometric with zeros", ("const OF_ZERO = -1e9", "const OF_ZERO = -1")),
        ("printed decimals", ('rule.ties === "worst"', 'rule.ties === "never"')),
        ("mixed", ("value ** (1 / chart.power)", "value ** chart.power")),
    ],
)
def test_broken_evaluators_are_found_out(page: Page, name: str, change: tuple[str, str]) -> None:
    load_evaluator(page, change)
    result = make_index(units=40, **INDICES[name]).build()
    apart, ranks = differences(page, result, 20, seed=7)
    assert apart > 1e-6 or ranks > 0
