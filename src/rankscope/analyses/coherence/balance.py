"""Weights against importance, aggregate by aggregate: who counts for more than was said."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from rankscope.analyses.coherence import rules
from rankscope.analyses.coherence.subject import subject_of
from rankscope.analyses.importance import importance
from rankscope.findings import note
from rankscope.pipeline.plan import HEADLINE

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pandas as pd

    from rankscope.analyses.importance import Importance
    from rankscope.findings import Finding
    from rankscope.pipeline.result import Result

_TIMES = 2.0
"""Parts that count for so many times their weight, or for such a part of it, are named."""

_OF_IMPORTANCE = ("importance-silent", "importance-negative")
"""What importance finds about an index; the rest is about how to read its numbers."""


@dataclass(frozen=True, slots=True)
class Balance:
    """Importance of the parts of each aggregate of two parts or more, beside their weights."""

    nodes: tuple[Importance, ...]
    findings: tuple[Finding, ...]

    def of(self, code: str) -> Importance:
        """Return the importance of the parts of an aggregate.

        Raises
        ------
        KeyError
            When there is no such aggregate, or it has one part only.
        """
        for one in self.nodes:
            if one.node == code:
                return one
        raise KeyError(code)

    def frame(self) -> pd.DataFrame:
        """Return a data frame with a row for each aggregate and part."""
        import pandas as pd

        frames = {one.node: one.frame() for one in self.nodes}
        return pd.concat(frames, names=["node"]) if frames else pd.DataFrame()


def weights_and_importance(
    result: Result,
    *,
    view: str = HEADLINE,
    node: str | None = None,
    period: str | None = None,
    permutations: int = 200,
    seed: int = 0,
) -> Balance:
    """Return what the parts of each aggregate are worth beside what their weights say.

    By `rankscope.analyses.importance.importance`, whose covariance shares are held against the
    weights; parts worth twice or half their weight are findings.

    Raises
    ------
    MethodError
        When there is no such node or view, the node is an indicator, or there is no permutation.
    DataError
        When there is no such period.
    """
    subject = subject_of(result, view=view, node=node, period=period)
    found = tuple(
        importance(
            result,
            node=subject.code(one),
            view=view,
            period=subject.period,
            permutations=permutations,
            seed=seed,
        )
        for one in subject.aggregates
        if len(subject.items(one)) > 1
    )
    findings = (finding for one in found for finding in _findings(one))
    return Balance(found, rules.sourced(findings))


def _findings(found: Importance) -> Iterator[Finding]:
    """Yield the silent and the negative parts, and those far from their weight."""
    told = [one for one in found.findings if one.id in _OF_IMPORTANCE]
    yield from told
    weights = found.weights / found.weights.sum() if found.weights.sum() > 0 else found.weights
    for at in far_from_weight(found):
        if found.codes[at] not in {one.place for one in told}:
            yield note(
                "coherence-unbalanced",
                found.codes[at],
                f"{found.names[at]} has {weights[at]:.0%} of the weight in {found.name} and makes "
                f"up {found.shares[at]:.0%} of the differences in it.",
                "Say what importance is meant; weights can be found for it.",
            )


def far_from_weight(found: Importance) -> tuple[int, ...]:
    """Return the places of the parts that count for twice their weight, or for half of it."""
    total = found.weights.sum()
    weights = found.weights / total if total > 0 else found.weights
    return tuple(
        at
        for at, (weight, share) in enumerate(
            zip(weights.tolist(), found.shares.tolist(), strict=True)
        )
        if weight > 0 and not np.isnan(share) and not weight / _TIMES < share < weight * _TIMES
    )
