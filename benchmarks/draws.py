"""100,000 weight draws with scores, ranks and rank counts, against one product and one sort."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import numpy as np

from benchmarks.subject import Subject
from rankscope.data.table import plain_table
from rankscope.definition.model import Node
from rankscope.methods.normalisation import MinMax
from rankscope.pipeline import bind, prepare
from rankscope.pipeline.blocks import RankCounts, given_weights, run_blocks, weighted_scores
from rankscope.pipeline.ranks import ranking_of
from rankscope.testing import make_index

if TYPE_CHECKING:
    from benchmarks.subject import Run
    from rankscope.data.table import DataTable
    from rankscope.definition.model import IndexDefinition

DRAWS = 100_000
WORKERS = min(2, os.cpu_count() or 1)


def index(
    units: int, indicators: int, groups: int, gaps: float
) -> tuple[IndexDefinition, DataTable]:
    """Return an index of one level of groups, with a share of gaps."""
    rng = np.random.default_rng(0)
    values = rng.lognormal(size=(units, indicators))
    values[rng.random(values.shape) < gaps] = np.nan
    codes = tuple(f"c{i}" for i in range(indicators))
    leaves = [Node(code=code, name=code, kind="share") for code in codes]
    parts = np.array_split(np.array(range(indicators)), groups)
    branches = tuple(
        Node(code=f"g{i}", name=f"g{i}", children=tuple(leaves[leaf] for leaf in part))
        for i, part in enumerate(parts)
    )
    table = plain_table(tuple(f"u{i}" for i in range(units)), codes, values)
    root = Node(code="root", name="Root", children=branches)
    return make_index(root, table, normalisation=MinMax((1.0, 100.0)))


def drawn(units: int, indicators: int, groups: int, gaps: float) -> tuple[Run, Run]:
    """Return the draws, and their floor: a product and a sort, weights ready-made, BLAS free."""
    plan = bind(*index(units, indicators, groups, gaps))
    leaves = prepare(plan)
    weights = np.random.default_rng(1).uniform(0.75, 1.25, (DRAWS, len(plan.nodes) - 1))
    flat = np.ascontiguousarray(weights[:, [leaf.node for leaf in plan.leaves]])
    values = np.nan_to_num(leaves.values)

    reducer = RankCounts(ranking_of(plan))

    def work() -> object:
        block = given_weights(weights)
        return run_blocks(weighted_scores(plan, leaves, block), DRAWS, [reducer], workers=WORKERS)

    return work, lambda: np.sort(flat @ values.T, axis=1)


SUBJECTS = (
    Subject("draws, 83 x 122, one product", lambda: drawn(83, 122, 7, 0.0), ratio=2, amount=DRAWS),
    Subject("draws, 83 x 122, 5 % missing", lambda: drawn(83, 122, 7, 0.05), ratio=5, amount=DRAWS),
    Subject("draws, 51 x 49, as ASEM", lambda: drawn(51, 49, 8, 0.0), seconds=1, amount=DRAWS),
)
