"""What an index has to do with things outside it: population, income, related indices."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from rankscope._words import did_you_mean, visible
from rankscope.analyses.coherence import rules
from rankscope.analyses.coherence.outside import outside_of
from rankscope.analyses.coherence.pairs import relate
from rankscope.analyses.coherence.subject import subject_of
from rankscope.errors import MethodError
from rankscope.findings import note, warning
from rankscope.pipeline.groups import group_names
from rankscope.pipeline.plan import HEADLINE
from rankscope.units import GROUPINGS

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pandas as pd

    from rankscope.analyses.coherence.outside import Outside
    from rankscope.analyses.coherence.pairs import Method
    from rankscope.analyses.coherence.subject import Subject
    from rankscope.findings import Finding
    from rankscope.pipeline.result import Result
    from rankscope.shapes import Batch, Matrix, Vector, Whole

MEASURES = ("pearson", "log", "spearman")
"""Pearson's correlation with a variable, with its logarithm, and Spearman's of the ranks."""


@dataclass(frozen=True, slots=True)
class Links:
    """Correlations of a node and its parts with variables outside the index.

    ``values``, ``counts`` and ``p_values`` are (measures, nodes, variables), the node first;
    ``within`` and its p-values are partial ones within the groups of ``grouping``, such as
    income, all NaN without one.  Logarithms are taken where all values are positive.
    ``scores`` (units,) of the node and ``outside`` (units, variables) are what it was made of.
    """

    measures: tuple[str, ...]
    codes: tuple[str, ...]
    names: tuple[str, ...]
    variables: tuple[str, ...]
    variable_names: tuple[str, ...]
    values: Batch
    counts: Whole
    p_values: Batch
    grouping: str | None
    within: Batch
    within_p_values: Batch
    findings: tuple[Finding, ...]
    unit_names: tuple[str, ...] = ()
    scores: Vector = field(default_factory=lambda: np.empty(0))
    outside: Matrix = field(default_factory=lambda: np.empty((0, 0)))

    def frame(self) -> pd.DataFrame:
        """Return a data frame with a row for each variable, node and measure."""
        import pandas as pd

        index = pd.MultiIndex.from_product(
            [self.measures, self.codes, self.variables], names=["measure", "code", "variable"]
        )
        columns = {
            "n": self.counts.ravel(),
            "correlation": self.values.ravel(),
            "p_value": self.p_values.ravel(),
            "within": self.within.ravel(),
            "within_p_value": self.within_p_values.ravel(),
        }
        return pd.DataFrame(columns, index=index)


def links(
    result: Result,
    *,
    view: str = HEADLINE,
    node: str | None = None,
    period: str | None = None,
    outside: pd.DataFrame | None = None,
    within: str | None = None,
) -> Links:
    """Return how a node and its parts go with variables outside the index.

    These are the numbers in the context of the definition, and the columns of ``outside``, a
    data frame by the codes of units.  ``within`` names a grouping, such as ``income``: then
    what lies between its groups is taken out as well.  OECD/JRC Handbook 2008, section 9.

    Raises
    ------
    MethodError
        When there is no such node, view or grouping, the node is an indicator, or ``outside``
        names a unit or variable twice, has no numbers or none of the units.
    DataError
        When there is no such period.
    """
    subject = subject_of(result, view=view, node=node, period=period)
    known = outside_of(subject, outside)
    nodes = (subject.node, *subject.items(subject.node))
    scores, groups = subject.scores[:, list(nodes)], _groups(subject, within)
    overall = _by_measure(scores, known.values, None)
    inside = [np.full(overall[0].shape, np.nan)] * 3
    if groups is not None:
        inside = _by_measure(scores, known.values, groups)
    return Links(
        measures=MEASURES,
        codes=subject.codes(nodes),
        names=tuple(subject.name(one) for one in nodes),
        variables=known.codes,
        variable_names=known.names,
        values=overall[0],
        counts=overall[1].astype(np.int64),
        p_values=overall[2],
        grouping=within,
        within=inside[0],
        within_p_values=inside[2],
        findings=rules.sourced(_findings(subject, known, overall[0][2, 0], overall[2][2, 0])),
        unit_names=tuple(result.names[row] for row in subject.rows),
        scores=subject.scores[:, subject.node],
        outside=known.values,
    )


def _by_measure(scores: Matrix, values: Matrix, groups: Whole | None) -> list[Batch]:
    """Return correlations, counts and p-values, each (measures, nodes, variables)."""
    usable = ((values > 0) | np.isnan(values)).all(axis=0)
    logged = np.log(np.where(usable & ~np.isnan(values), values, 1.0))
    logged = np.where(usable & ~np.isnan(values), logged, np.nan)
    asked: tuple[tuple[Matrix, Method], ...] = (
        (values, "pearson"),
        (logged, "pearson"),
        (values, "spearman"),
    )
    found = [relate(scores, one, method=method, groups=groups) for one, method in asked]
    return [np.array(part, dtype=float) for part in zip(*found, strict=True)]


def _groups(subject: Subject, within: str | None) -> Whole | None:
    """Return the number of each row's group, (rows,), -1 for none; None without a grouping."""
    if within is None:
        return None
    plan = subject.plan
    named = group_names(plan.definition, plan.table, within)
    if named is None:
        known = [*(name for name, _ in plan.table.labels), *GROUPINGS]
        raise MethodError(
            f"{plan.definition.title} has no grouping {visible(within)!r}. "
            f"{did_you_mean(within, known)}".rstrip()
        )
    names = np.array(named)[subject.rows]
    groups = np.unique(names, return_inverse=True)[1].astype(np.int64)
    return np.where(names == "", -1, groups)


def _findings(
    subject: Subject, known: Outside, found: Vector, p_values: Vector
) -> Iterator[Finding]:
    """Yield the variables that the ranking follows, by rank correlations of the node."""
    for at, code in enumerate(known.codes):
        if not (p_values[at] <= rules.SIGNIFICANT and abs(found[at]) > rules.DRIVEN):
            continue
        if abs(found[at]) > rules.REDUNDANT:
            yield warning(
                "coherence-outside-same",
                code,
                f"{subject.top.name} ranks almost as {known.names[at]} does: a rank correlation of "
                f"{found[at]:.2f}.",
                "Say so beside the ranking, and what it tells beyond that.",
            )
        else:
            yield note(
                "coherence-outside",
                code,
                f"{subject.top.name} goes with {known.names[at]}: a rank correlation of "
                f"{found[at]:.2f}, beyond {rules.DRIVEN}.",
                "Say so beside the ranking, or compare units of like size or income.",
            )
