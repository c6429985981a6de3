"""The benefit of the doubt: who gains most from the weights that suit it best."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from rankscope.analyses.coherence import rules
from rankscope.analyses.coherence.best_shares import best_shares
from rankscope.analyses.coherence.subject import subject_of
from rankscope.analyses.variant_results import rivals_of
from rankscope.findings import note
from rankscope.methods.aggregation import BenefitOfTheDoubt
from rankscope.methods.ranking import rank
from rankscope.pipeline.plan import HEADLINE

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pandas as pd

    from rankscope.analyses.coherence.subject import Subject
    from rankscope.findings import Finding
    from rankscope.pipeline.result import Result
    from rankscope.shapes import Matrix, Vector, Whole

MOST_UNITS = 2000
"""There is a linear program for each unit, with a row for each other one."""

_MANY = 0.25
"""With more units at the top, free choice of weights tells little."""


@dataclass(frozen=True, slots=True)
class Benefit:
    """Scores by each unit's own best weights over the parts of a node; all are (units,).

    ``best`` is at most 1, which says that by some weights nobody is ahead; ``ranks`` are those
    of the node and ``best_ranks`` those of ``best``, 0 for none.  ``shares`` (units, parts) are
    those of the parts in ``best`` by the most balanced of a unit's best weights, between
    ``lower`` and ``upper``.  What is not defined is NaN.
    """

    node: str
    name: str
    lower: float
    upper: float
    units: tuple[str, ...]
    names: tuple[str, ...]
    codes: tuple[str, ...]
    scores: Vector
    ranks: Whole
    best: Vector
    best_ranks: Whole
    shares: Matrix
    findings: tuple[Finding, ...] = ()

    @property
    def gains(self) -> Vector:
        """Return the places that each unit gains by its own best weights, (units,)."""
        both = (self.ranks > 0) & (self.best_ranks > 0)
        return np.where(both, self.ranks - self.best_ranks, np.nan)

    def frame(self) -> pd.DataFrame:
        """Return a data frame with a row for each unit, the largest gain first."""
        import pandas as pd

        columns = {
            "name": self.names,
            "score": self.scores,
            "rank": self.ranks,
            "best_score": self.best,
            "best_rank": self.best_ranks,
            "gain": self.gains,
            **{f"share_{code}": self.shares[:, at] for at, code in enumerate(self.codes)},
        }
        found = pd.DataFrame(columns, index=pd.Index(self.units, name="unit"))
        return found.sort_values(["gain", "rank"], ascending=[False, True], kind="stable")


def benefit_of_the_doubt(
    result: Result,
    *,
    view: str = HEADLINE,
    node: str | None = None,
    period: str | None = None,
    method: BenefitOfTheDoubt | None = None,
) -> Benefit:
    """Return what each unit scores by the weights of the parts that suit it best.

    ``method`` bounds the shares of parts; by default they are free.  Cherchye, Moesen, Rogge
    & Van Puyenbroeck (2007), https://doi.org/10.1007/s11205-006-9029-7.

    Raises
    ------
    MethodError
        When there is no such node or view, or the node is an indicator.
    DataError
        When there is no such period.
    """
    subject = subject_of(result, view=view, node=node, period=period)
    doubt = replace(method or BenefitOfTheDoubt(), top=1.0)
    refused = _refused(subject)
    found = _benefit(subject, doubt, solve=not refused)
    findings = [_refusal(subject, refused)] if refused else [*_findings(found)]
    return replace(found, findings=rules.sourced(findings))


def _benefit(subject: Subject, doubt: BenefitOfTheDoubt, *, solve: bool) -> Benefit:
    parts, rows, result = subject.items(subject.node), subject.rows, subject.result
    values = subject.scores[:, list(parts)]
    best, shares = np.full(len(rows), np.nan), np.full(values.shape, np.nan)
    groups = rivals_of(result, rows)
    for group in np.unique(groups) if solve else ():
        own = groups == group
        best[own] = doubt.combine(values[own], np.ones(len(parts)))
        shares[own] = best_shares(values[own], (doubt.lower, doubt.upper), best[own])
    return Benefit(
        node=subject.top.code,
        name=subject.top.name,
        lower=doubt.lower,
        upper=doubt.upper,
        units=tuple(result.units[row] for row in rows),
        names=tuple(result.names[row] for row in rows),
        codes=subject.codes(parts),
        scores=subject.scores[:, subject.node],
        ranks=result.rank(subject.node, subject.view)[rows],
        best=best,
        best_ranks=_ranks(best, groups, subject.plan.definition.method.ranking.ties),
        shares=shares,
    )


def _ranks(scores: Vector, groups: Whole, ties: str) -> Whole:
    """Return ranks within groups, (units,), 0 for none."""
    found = np.zeros(len(scores), dtype=np.int64)
    for group in np.unique(groups):
        found[groups == group] = rank(scores[groups == group], ties=ties)
    return found


def _refused(subject: Subject) -> str:
    """Say why there is no benefit of the doubt; empty where there is one."""
    values = subject.scores[:, list(subject.items(subject.node))]
    if len(values) > MOST_UNITS:
        return f"{len(values):,} units are more than the {MOST_UNITS:,} that it is worked out for"
    if subject.plan.definition.method.ranking.best == "lowest":
        return "the lowest score is the best here, and it looks for the highest"
    if (values < 0).any():
        return "some scores are below zero"
    return ""


def _refusal(subject: Subject, reason: str) -> Finding:
    return note(
        "coherence-benefit-refused",
        subject.top.code,
        f"scores by own best weights are not worked out for {subject.top.name}: {reason}.",
        "Scores of zero or more, such as from 0 to 100, can be weighed so.",
    )


def _findings(found: Benefit) -> Iterator[Finding]:
    """Yield that many units are at the top, each by weights of its own."""
    known = int((found.best_ranks > 0).sum())
    top = int((found.best >= 1).sum())
    if known > 2 and top > _MANY * known:
        yield note(
            "coherence-benefit-many",
            found.node,
            f"{top} of {known} units have nobody ahead of them in {found.name} by weights of their "
            "own choice, so that the order at the top is made by the weights.",
            "Give reasons for the weights, or bound them.",
        )
