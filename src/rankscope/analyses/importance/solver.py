"""How a wish for importance is answered: by a theorem where one holds, else by a search."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from rankscope._words import join_words
from rankscope.analyses.importance.correlations import LEAST
from rankscope.analyses.importance.search import nearest_weights
from rankscope.analyses.importance.solutions import (
    Solution,
    correlations_of,
    dependent,
    for_correlation,
    for_covariance,
)
from rankscope.findings import note

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rankscope.analyses.importance.parts import Parts
    from rankscope.analyses.importance.trial import Trial
    from rankscope.findings import Finding
    from rankscope.shapes import Mask, Vector


def solve(trial: Trial, target: Vector, seed: int) -> Solution:
    """Return weights of all children, (children,), by which their shares are as the target says."""
    parts = trial.parts
    for at in np.flatnonzero((target > 0) & ~parts.varies):
        alike = (
            f"{parts.nodes[at].name} has the same score for all units, so no weight gives it any"
        )
        return Solution(None, impossible=alike)
    if len(parts.rows) < LEAST:
        return Solution(None)
    free = _free(trial, target)
    if not reasons_to_search(trial):
        found = _by_theorem(trial, target, free)
        if found.impossible or found.weights is not None:
            return found
    starts = [np.where(free, parts.nominal, 0.0), np.where(free, target, 0.0)]
    return Solution(nearest_weights(trial.attained, target, free, starts, seed))


def reasons_to_search(trial: Trial) -> tuple[str, ...]:
    """Return why no theorem tells which weights there are; empty where one does."""
    smooth = ("the correlation ratio",) if trial.measure == "correlation_ratio" else ()
    return (*smooth, *trial.parts.not_linear())


def findings_of(trial: Trial) -> tuple[Finding, ...]:
    """Return what must be known of a wish before its answer is quoted."""
    return (*_searched(trial), *_dependent(trial.parts))


def _free(trial: Trial, target: Vector) -> Mask:
    """Return which weights are looked for, (children,); the others are 0.

    Without weight a child has no share of the variance, but it may still be correlated.
    """
    some = trial.parts.counted & trial.parts.varies
    return some & (target > 0) if trial.measure == "covariance_share" else some


def _by_theorem(trial: Trial, target: Vector, free: Mask) -> Solution:
    parts = trial.parts
    names = [one.name for one, is_free in zip(parts.nodes, free, strict=True) if is_free]
    theorem = for_covariance if trial.measure == "covariance_share" else for_correlation
    found = theorem(parts.scores[:, free], target[free], names)

    def spread(values: Vector | None) -> Vector | None:
        if values is None:
            return None
        whole = np.zeros(len(free))
        whole[free] = values
        return whole

    return replace(
        found,
        weights=spread(found.weights),
        needed=spread(found.needed),
        only=found.only and bool((free == parts.counted).all()),
    )


def _searched(trial: Trial) -> Iterator[Finding]:
    reasons = join_words(reasons_to_search(trial), "and")
    if reasons:
        yield note(
            "importance-searched",
            trial.parts.plan.nodes[trial.parts.node].code,
            f"because of {reasons}, no theorem says which weights will do: they were searched for.",
            "Trust what it reached, and take what it has not found for no proof.",
        )


def _dependent(parts: Parts) -> Iterator[Finding]:
    some = parts.counted & parts.varies
    scores = parts.scores[:, some]
    full = scores[~np.isnan(scores).any(axis=1)]
    if len(full) < LEAST or not some.any() or not np.ptp(full, axis=0).all():
        return
    if dependent(correlations_of(full)):
        yield note(
            "importance-dependent",
            parts.plan.nodes[parts.node].code,
            f"the children of {parts.name} depend on each other: the score of one follows from "
            "the others', so that their covariance matrix is singular.",
            "Take one of them out, or read their weights together.",
        )
