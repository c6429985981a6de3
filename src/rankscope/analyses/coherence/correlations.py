"""Correlations inside an index: of parts with each other, and with every aggregate."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from rankscope.analyses.coherence import rules
from rankscope.analyses.coherence.pairs import relate
from rankscope.analyses.coherence.subject import subject_of
from rankscope.findings import warning
from rankscope.pipeline.plan import HEADLINE

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pandas as pd

    from rankscope.analyses.coherence.pairs import Method
    from rankscope.analyses.coherence.subject import Subject
    from rankscope.findings import Finding
    from rankscope.pipeline.result import Result
    from rankscope.shapes import Mask, Matrix, Whole


@dataclass(frozen=True, slots=True)
class CorrelationTable:
    """Correlations of nodes with others; matrices are (nodes, others).

    ``counts`` are the units that have both; ``p_values`` test against no correlation at all.
    What is not defined is NaN.  ``node`` is the aggregate whose parts they are, if of one.
    """

    node: str
    codes: tuple[str, ...]
    names: tuple[str, ...]
    others: tuple[str, ...]
    other_names: tuple[str, ...]
    values: Matrix
    counts: Whole
    p_values: Matrix
    method: Method

    @property
    def shown(self) -> Matrix:
        """Return the correlations, NaN where their p-value is above 0.05, (nodes, others)."""
        return np.where(self.p_values > rules.SIGNIFICANT, np.nan, self.values)

    def frame(self, *, blank: bool = True) -> pd.DataFrame:
        """Return a data frame of the correlations; insignificant ones are left out if ``blank``."""
        import pandas as pd

        index = pd.Index(self.codes, name="code")
        values = self.shown if blank else self.values
        return pd.DataFrame(values, index=index, columns=list(self.others))


@dataclass(frozen=True, slots=True)
class Correlations:
    """Correlations of the parts of each aggregate, and of every node with every aggregate.

    ``within`` has a table for each aggregate of two parts or more; ``aggregates`` one of all
    nodes below with all aggregates, the whole first.
    """

    method: Method
    within: tuple[CorrelationTable, ...]
    aggregates: CorrelationTable
    findings: tuple[Finding, ...]

    def of(self, code: str) -> CorrelationTable:
        """Return the table of the parts of an aggregate.

        Raises
        ------
        KeyError
            When there is no such aggregate, or it has one part only.
        """
        for one in self.within:
            if one.node == code:
                return one
        raise KeyError(code)

    def frame(self) -> pd.DataFrame:
        """Return a data frame with a row for each pair: siblings once, nodes with aggregates."""
        import pandas as pd

        rows = [row for one in self.within for row in _rows(one, "siblings")]
        rows += _rows(self.aggregates, "aggregate")
        columns = ["of", "code", "with", "kind", "n", "correlation", "p_value", "reading"]
        return pd.DataFrame(rows, columns=pd.Index(columns))


def correlations(
    result: Result,
    *,
    view: str = HEADLINE,
    node: str | None = None,
    period: str | None = None,
    method: Method = "pearson",
) -> Correlations:
    """Return the correlations of scores below a node, over the units that it ranks.

    Each over the units that have both scores; below -0.4 parts work against each other, up to
    0.3 they are weak, above 0.9 they say the same.  What has weight 0 is left out.

    Raises
    ------
    MethodError
        When there is no such node or view, or the node is an indicator.
    DataError
        When there is no such period.
    """
    subject = subject_of(result, view=view, node=node, period=period)
    groups = [(one, subject.items(one)) for one in subject.aggregates]
    within = tuple(
        table_of(subject, items, items, node=one, method=method)
        for one, items in groups
        if len(items) > 1
    )
    counted = tuple(one for one in subject.below if subject.counted[one])
    return Correlations(
        method=method,
        within=within,
        aggregates=table_of(subject, counted, subject.aggregates, method=method),
        findings=rules.sourced(one for table in within for one in _against_each_other(table)),
    )


def table_of(
    subject: Subject,
    nodes: tuple[int, ...],
    others: tuple[int, ...],
    *,
    node: int | None = None,
    method: Method,
) -> CorrelationTable:
    """Return the correlations of the scores of nodes with those of others."""
    found = relate(subject.scores[:, list(nodes)], subject.scores[:, list(others)], method=method)
    return CorrelationTable(
        node="" if node is None else subject.code(node),
        codes=subject.codes(nodes),
        names=tuple(subject.name(one) for one in nodes),
        others=subject.codes(others),
        other_names=tuple(subject.name(one) for one in others),
        values=found.values,
        counts=found.counts,
        p_values=found.p_values,
        method=method,
    )


def reading(correlation: float) -> str:
    """Return what a correlation says: negative, weak, fine or redundant; empty for NaN.

    >>> [reading(one) for one in (-0.5, 0.0, 0.6, 0.95)]
    ['negative', 'weak', 'fine', 'redundant']
    """
    if np.isnan(correlation):
        return ""
    if correlation < rules.NEGATIVE:
        return "negative"
    if correlation < rules.WEAK:
        return "weak"
    return "fine" if correlation <= rules.REDUNDANT else "redundant"


def upper(table: CorrelationTable) -> Mask:
    """Return which cells of a table of siblings are the first of their pair, (nodes, nodes)."""
    return np.triu(np.ones(table.values.shape, dtype=bool), 1)


def _rows(table: CorrelationTable, kind: str) -> list[tuple[object, ...]]:
    keep = upper(table) if kind == "siblings" else np.ones(table.values.shape, dtype=bool)
    return [
        (
            table.node,
            table.codes[at],
            table.others[other],
            kind,
            int(table.counts[at, other]),
            float(table.values[at, other]),
            float(table.p_values[at, other]),
            reading(float(table.values[at, other])),
        )
        for at, other in np.argwhere(keep).tolist()
    ]


def _against_each_other(table: CorrelationTable) -> Iterator[Finding]:
    """Yield pairs of siblings that run against each other."""
    for at, other in np.argwhere(upper(table) & (table.shown < rules.NEGATIVE)).tolist():
        said = rules.number(table.values[at, other], rules.NEGATIVE)
        yield warning(
            "coherence-negative-siblings",
            table.codes[at],
            f"units that are better in {table.names[at]} are worse in {table.other_names[other]}: "
            f"a correlation of {said}, below {rules.NEGATIVE}, so that the "
            "two cancel out when they are added up.",
            "Check their polarities; parts of one whole should not run against each other.",
        )
