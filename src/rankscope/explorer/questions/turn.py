"""Which smallest change of weights turns the order of two units."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from rankscope.analyses.overtake import overtake
from rankscope.explorer.questions.asking import Asked, Code, Question, built

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rankscope.analyses.overtake import Change
    from rankscope.catalogue.open import Index
    from rankscope.pipeline.plan import Plan
    from rankscope.shapes import Vector

_SEEN = 1e-9
"""A change of a share below this is rounding."""


class Pair(Asked):
    """Which two units."""

    first: Code
    second: Code


def answers(index: Index, asked: Pair) -> Iterator[dict[str, Any]]:
    """Yield the change of top weights that moves the fewest points, and the one weight alone.

    Raises
    ------
    RankscopeError
        When a unit has no rank, or the scores are not linear in any weights.
    KeyError
        When the index has no such unit.
    """
    result, _ = built(index, asked)
    found = overtake(result, asked.first, asked.second, view=asked.view)
    yield {
        "lower": found.lower.name,
        "higher": found.higher.name,
        "possible": found.possible,
        "fewest": _told(result.plan, found.fewest, asked.view),
        "findings": [one.sentence for one in found.findings],
    }


def _told(plan: Plan, change: Change, view: str) -> dict[str, Any] | None:
    """Return a change that the engine has confirmed: what moves, and the weights beyond it."""
    if change.witness is None or change.tie is None:
        return None
    moves = zip(change.codes, change.names, change.before, change.tie, strict=True)
    return {
        "points": float(change.points),
        "ranks": [int(rank) for rank in change.ranks],
        "moves": [
            {"code": code, "name": name, "before": float(before), "tie": float(tie)}
            for code, name, before, tie in moves
            if abs(tie - before) > _SEEN
        ],
        "weights": _changed(plan, change.witness, view),
    }


def _changed(plan: Plan, witness: Vector, view: str) -> dict[str, float]:
    """Return the weights of the groups of siblings that the witness changes, as shares."""
    found: dict[str, float] = {}
    given = plan.weights(view)
    for node in plan.nodes:
        own = [child for child in node.children if not plan.nodes[child].side]
        if not own or not given[own].sum() or not witness[own].sum():
            continue
        before, after = given[own] / given[own].sum(), witness[own] / witness[own].sum()
        if np.abs(after - before).max() > _SEEN:
            codes = (plan.nodes[child].code for child in own)
            found |= dict(zip(codes, after.tolist(), strict=True))
    return found


QUESTION = Question("turn", Pair, answers)
