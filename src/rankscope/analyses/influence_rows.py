"""Scores without rows: units and years left out, with every scale fitted anew without them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from rankscope.errors import MethodError
from rankscope.pipeline.evaluate import compile_node
from rankscope.pipeline.prepare import prepare

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rankscope.pipeline.plan import Plan
    from rankscope.pipeline.result import Result
    from rankscope.shapes import Mask, Vector


class Refit(NamedTuple):
    """The scores of the index without some rows, (rows,), or why there are none."""

    scores: Vector
    refused: str = ""


def units_fitted(result: Result) -> tuple[str, ...]:
    """Return the units that passed screening: others are on no scale that they could leave."""
    ranked = result.leaves.ranked
    return tuple(dict.fromkeys(result.units[row] for row in np.flatnonzero(ranked)))


def periods_fitted(result: Result, shown: str | None) -> tuple[str, ...]:
    """Return the periods of a panel but the one that is shown, without which nothing is seen."""
    rows = np.flatnonzero(result.leaves.ranked)
    there = {result.plan.table.periods[row] for row in rows} if result.periods else set()
    return tuple(one for one in result.periods if one in there and one != shown)


def refits(
    result: Result, view: str, left_out: Sequence[Mask], *, workers: int = 1
) -> tuple[Refit, ...]:
    """Return the scores without each set of rows, of shape (rows,).

    Stages and weights derived from data are fitted anew on the rows that are left;
    ``workers`` threads share the sets.
    """
    from joblib import Parallel, delayed
    from threadpoolctl import threadpool_limits

    with threadpool_limits(limits=1, user_api="blas"):
        parallel = Parallel(n_jobs=max(1, min(workers, len(left_out))), prefer="threads")
        return tuple(parallel(delayed(_refit)(result.plan, view, rows) for rows in left_out))


def _refit(plan: Plan, view: str, left_out: Mask) -> Refit:
    """Return the scores without some rows, (rows,)."""
    try:
        leaves = prepare(plan, rows=~left_out)
    except MethodError as refused:
        return Refit(np.full(len(left_out), np.nan), str(refused))
    learnt = replace(plan, fitted_weights=tuple(leaves.weights))
    return Refit(compile_node(learnt, leaves).scores(learnt.weights(view)[None])[0])
