"""Cronbach's alpha: whether the parts of an aggregate measure one thing reliably."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, NamedTuple, TypeAlias

import numpy as np

from rankscope.analyses.coherence import rules
from rankscope.analyses.coherence.items import in_words
from rankscope.analyses.coherence.pairs import LEAST
from rankscope.analyses.coherence.subject import subject_of
from rankscope.analyses.importance.parts import varies
from rankscope.findings import note, warning
from rankscope.pipeline.plan import HEADLINE

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pandas as pd

    from rankscope.analyses.coherence.subject import Subject
    from rankscope.findings import Finding
    from rankscope.pipeline.result import Result
    from rankscope.shapes import Matrix, Vector

Missing: TypeAlias = Literal["pairwise", "complete"]

_RISE = 0.05
"""A part without which alpha rises by more, to something above 0, is named."""


class Alpha(NamedTuple):
    """Alpha of covariances and of correlations, and both without each item, (items,)."""

    raw: float
    standardised: float
    dropped: Vector
    standardised_dropped: Vector
    rows: int


@dataclass(frozen=True, slots=True)
class Reliability:
    """Alpha of the parts of one aggregate, over ``rows`` of ``of`` units that have any or all."""

    node: str
    name: str
    codes: tuple[str, ...]
    names: tuple[str, ...]
    of: int
    alpha: Alpha


@dataclass(frozen=True, slots=True)
class Reliabilities:
    """Alpha of the parts of each aggregate of two parts or more."""

    missing: Missing
    nodes: tuple[Reliability, ...]
    findings: tuple[Finding, ...]

    def of(self, code: str) -> Reliability:
        """Return what is known of an aggregate.

        Raises
        ------
        KeyError
            When there is no such aggregate.
        """
        for one in self.nodes:
            if one.node == code:
                return one
        raise KeyError(code)

    def frame(self) -> pd.DataFrame:
        """Return a data frame with a row for each aggregate and part, and alpha without it."""
        import pandas as pd

        rows = [
            [one.node, code, len(one.codes), one.alpha.rows, *one.alpha[:2], *without]
            for one in self.nodes
            for code, *without in zip(one.codes, *one.alpha[2:4], strict=True)
        ]
        columns = ["node", "code", "parts", "n", "alpha", "standardised", "without"]
        columns += ["standardised_without"]
        return pd.DataFrame(rows, columns=pd.Index(columns)).set_index(["node", "code"])


def cronbach_alpha(scores: Matrix, *, missing: Missing = "pairwise") -> Alpha:
    r"""Return Cronbach's alpha of items, (rows, items), with gaps.

    :math:`\alpha = k^2 \bar c / \sum_{ij} c_{ij}`, where :math:`\bar c` is the mean covariance
    of two different items.  Covariances are each over the rows that both have, or all over
    complete rows.  Items that are the same for all are left out; NaN for fewer than two items,
    and where a covariance is over fewer than two rows.  Cronbach (1951),
    https://doi.org/10.1007/BF02310555.

    >>> float(cronbach_alpha(np.array([[1.0, 2.0], [2.0, 4.0], [3.0, 6.0]])).standardised)
    1.0
    """
    rows = scores[~np.isnan(scores).any(axis=1)] if missing == "complete" else scores
    moving = np.array([varies(column) for column in rows.T], dtype=bool)
    covariances = _covariances(rows[:, moving])
    deviations = np.sqrt(covariances.diagonal())
    correlations = covariances / np.outer(deviations, deviations)
    dropped = np.full((2, scores.shape[1]), np.nan)
    for at, column in enumerate(np.flatnonzero(moving).tolist()):
        for kind, matrix in enumerate((covariances, correlations)):
            dropped[kind, column] = _alpha(np.delete(np.delete(matrix, at, 0), at, 1))
    some = int((~np.isnan(rows)).any(axis=1).sum())
    return Alpha(_alpha(covariances), _alpha(correlations), dropped[0], dropped[1], some)


def reliability(
    result: Result,
    *,
    view: str = HEADLINE,
    node: str | None = None,
    period: str | None = None,
    missing: Missing = "pairwise",
) -> Reliabilities:
    """Return Cronbach's alpha of the parts of each aggregate, all and without each.

    Raises
    ------
    MethodError
        When there is no such node or view, or the node is an indicator.
    DataError
        When there is no such period.
    """
    subject = subject_of(result, view=view, node=node, period=period)
    some = [one for one in subject.aggregates if len(subject.items(one)) > 1]
    found = tuple(_reliability(subject, one, missing) for one in some)
    findings = (one for own in found for one in _findings(own))
    return Reliabilities(missing, found, rules.sourced(findings))


def _reliability(subject: Subject, aggregate: int, missing: Missing) -> Reliability:
    numbers = subject.items(aggregate)
    return Reliability(
        node=subject.code(aggregate),
        name=subject.name(aggregate),
        codes=subject.codes(numbers),
        names=tuple(subject.name(one) for one in numbers),
        of=len(subject.rows),
        alpha=cronbach_alpha(subject.scores[:, list(numbers)], missing=missing),
    )


def _covariances(scores: Matrix) -> Matrix:
    """Return covariances (n - 1), each over the rows that both have, (items, items)."""
    there = ~np.isnan(scores)
    found = np.full((scores.shape[1],) * 2, np.nan)
    for at in range(scores.shape[1]):
        both = there & there[:, [at]]
        n = both.sum(axis=0)
        of = np.maximum(n, 1)
        x, y = np.where(both, scores, 0.0), np.where(both, scores[:, [at]], 0.0)
        x, y = (np.where(both, one - one.sum(axis=0) / of, 0.0) for one in (x, y))
        found[at] = np.where(n > 1, (x * y).sum(axis=0) / np.maximum(n - 1, 1), np.nan)
    return found


def _alpha(covariances: Matrix) -> float:
    """Return alpha of a matrix of covariances, (items, items)."""
    k, total = len(covariances), float(covariances.sum())
    if k < 2 or not total > 0:
        return np.nan
    return float(k / (k - 1) * (1 - covariances.trace() / total))


def _findings(found: Reliability) -> Iterator[Finding]:
    alpha = found.alpha.raw
    if found.alpha.rows < LEAST or np.isnan(alpha):
        return
    if alpha < rules.RELIABLE:
        yield warning(
            "coherence-alpha",
            found.node,
            f"the {len(found.codes)} parts of {found.name} vary together but loosely: Cronbach's "
            f"alpha is {rules.number(alpha, rules.RELIABLE)}, less than {rules.RELIABLE}.",
            "Ask what they have in common, and which of them does not go with the others.",
        )
    rise = np.nan_to_num(found.alpha.dropped, nan=-np.inf) - alpha
    worst = int(rise.argmax())
    if rise[worst] > _RISE and found.alpha.dropped[worst] > 0:
        yield note(
            "coherence-alpha-dropped",
            found.codes[worst],
            f"without {found.names[worst]}, Cronbach's alpha of {found.name} rises from "
            f"{alpha:.2f} to {found.alpha.dropped[worst]:.2f}.",
            f"Ask whether it measures what {in_words(_without(found.names, worst))} measure.",
        )


def _without(names: tuple[str, ...], at: int) -> tuple[str, ...]:
    return names[:at] + names[at + 1 :]
