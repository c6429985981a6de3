"""What an index could do without: pairs that say the same, inflated and silent indicators."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import TYPE_CHECKING

import numpy as np

from rankscope.analyses.coherence import rules
from rankscope.analyses.coherence.correlations import table_of, upper
from rankscope.analyses.coherence.items import items_of
from rankscope.analyses.coherence.subject import subject_of
from rankscope.analyses.influence import influence
from rankscope.analyses.influence_findings import is_silent
from rankscope.findings import note, warning
from rankscope.pipeline.plan import HEADLINE

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pandas as pd

    from rankscope.analyses.coherence.correlations import CorrelationTable
    from rankscope.analyses.coherence.items import Items
    from rankscope.analyses.coherence.subject import Subject
    from rankscope.analyses.influence_left_out import LeftOut
    from rankscope.findings import Finding
    from rankscope.pipeline.result import Result
    from rankscope.shapes import Vector


@dataclass(frozen=True, slots=True)
class Pair:
    """Two indicators, or two parts of one aggregate, whose scores say nearly the same."""

    one: str
    one_name: str
    other: str
    other_name: str
    correlation: float
    units: int


@dataclass(frozen=True, slots=True)
class Inflation:
    """How far the other parts of an aggregate tell one: the variance inflation factor.

    1 / (1 - R²) of the part on its siblings, over the units that have all; NaN where parts
    depend on each other exactly, or there is nothing to tell it by.
    """

    node: str
    code: str
    name: str
    factor: float
    units: int


@dataclass(frozen=True, slots=True)
class Redundancy:
    """What could be left out: ``pairs``, the highest correlation first; inflation; influence.

    ``left_out`` are the indicators with what the ranks of the index do without each.
    """

    pairs: tuple[Pair, ...]
    inflation: tuple[Inflation, ...]
    left_out: tuple[LeftOut, ...]
    findings: tuple[Finding, ...]

    @property
    def silent(self) -> tuple[str, ...]:
        """Return the indicators without which ranks hardly move."""
        return tuple(one.code for one in self.left_out if is_silent(one))

    def frame(self) -> pd.DataFrame:
        """Return a data frame with a row for each pair."""
        import pandas as pd

        names = [field.name for field in fields(Pair)]
        rows = [[getattr(one, name) for name in names] for one in self.pairs]
        return pd.DataFrame(rows, columns=pd.Index(names))

    def inflation_frame(self) -> pd.DataFrame:
        """Return a data frame with a row for each part of each aggregate."""
        import pandas as pd

        names = [field.name for field in fields(Inflation)]
        rows = [[getattr(one, name) for name in names] for one in self.inflation]
        return pd.DataFrame(rows, columns=pd.Index(names)).set_index(["node", "code"])


def redundancy(
    result: Result,
    *,
    view: str = HEADLINE,
    node: str | None = None,
    period: str | None = None,
) -> Redundancy:
    """Return what of an index says twice what it says, or says nothing that is heard.

    Pairs are of all indicators below the node, and of the parts of each aggregate; what the
    ranks of the whole index do without an indicator is asked of `influence`.

    Raises
    ------
    MethodError
        When there is no such node or view, or the node is an indicator.
    DataError
        When there is no such period.
    """
    subject = subject_of(result, view=view, node=node, period=period)
    pairs = _pairs(subject)
    sets = [items_of(subject, one) for one in subject.aggregates if len(subject.items(one)) > 1]
    inflation = tuple(one for items in sets for one in _inflation(items))
    moved = influence(result, of=["indicators"], view=view, period=period)
    own = set(subject.codes(subject.indicators))
    told = (one for one in moved.findings if one.place in own or not one.place)
    findings = (*_same(pairs), *_inflated(subject, inflation), *told)
    return Redundancy(
        pairs=pairs,
        inflation=inflation,
        left_out=tuple(one for one in moved.of("indicator") if one.code in own),
        findings=rules.sourced(findings),
    )


def inflation_factors(items: Items) -> Vector:
    """Return the variance inflation factor of each item, (items,).

    The diagonal of the inverse of the correlations; Marquardt (1970),
    https://doi.org/10.1080/00401706.1970.10488699.
    """
    if not items.enough or items.dependent:
        return np.full(len(items.codes), np.nan)
    return np.asarray(np.linalg.inv(items.correlations).diagonal().copy())


def _pairs(subject: Subject) -> tuple[Pair, ...]:
    """Return the pairs beyond the threshold, each once, the highest correlation first."""
    groups = [subject.indicators, *(subject.items(one) for one in subject.aggregates)]
    tables = [table_of(subject, one, one, method="pearson") for one in groups]
    found = {(pair.one, pair.other): pair for table in tables for pair in _of_table(table)}
    return tuple(sorted(found.values(), key=lambda one: (-abs(one.correlation), one.one)))


def _of_table(table: CorrelationTable) -> Iterator[Pair]:
    beyond = upper(table) & (np.nan_to_num(np.abs(table.shown)) > rules.REDUNDANT)
    for at, other in np.argwhere(beyond).tolist():
        yield Pair(
            one=table.codes[at],
            one_name=table.names[at],
            other=table.codes[other],
            other_name=table.names[other],
            correlation=float(table.values[at, other]),
            units=int(table.counts[at, other]),
        )


def _inflation(items: Items) -> Iterator[Inflation]:
    factors = inflation_factors(items)
    for code, name, factor in zip(items.codes, items.names, factors.tolist(), strict=True):
        yield Inflation(items.node, code, name, factor, len(items.scores))


def _same(pairs: tuple[Pair, ...]) -> Iterator[Finding]:
    for one in pairs:
        yield warning(
            "coherence-redundant",
            one.one,
            f"{one.one_name} and {one.other_name} say nearly the same: a correlation of "
            f"{rules.number(one.correlation, rules.REDUNDANT)} over {one.units} units, beyond "
            f"{rules.REDUNDANT}.",
            "Keep one, lower the weight of both, or give reasons: what they share counts twice.",
        )


def _inflated(subject: Subject, inflation: tuple[Inflation, ...]) -> Iterator[Finding]:
    names = {subject.code(one): subject.name(one) for one in subject.aggregates}
    for one in inflation:
        if one.factor > rules.INFLATED:
            yield note(
                "coherence-inflated",
                one.code,
                f"the other parts of {names[one.node]} explain {1 - 1 / one.factor:.0%} of the "
                f"differences in {one.name}: a variance inflation factor of {one.factor:.1f}.",
                "Ask what it adds to them.",
            )
