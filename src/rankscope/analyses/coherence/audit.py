"""The statistics of an audit, all together, with what they find."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol, TypedDict

from rankscope.analyses.coherence.added_value import added_value
from rankscope.analyses.coherence.adequacy import sampling_adequacy
from rankscope.analyses.coherence.balance import weights_and_importance
from rankscope.analyses.coherence.benefit import benefit_of_the_doubt
from rankscope.analyses.coherence.correlations import correlations
from rankscope.analyses.coherence.coverage import data_coverage
from rankscope.analyses.coherence.denominators import denominator_correlations
from rankscope.analyses.coherence.descriptive import descriptive_statistics
from rankscope.analyses.coherence.dimensions import dimensions
from rankscope.analyses.coherence.links import links
from rankscope.analyses.coherence.own_and_others import own_and_others
from rankscope.analyses.coherence.redundancy import redundancy
from rankscope.analyses.coherence.reliability import reliability
from rankscope.analyses.coherence.rules import sourced
from rankscope.analyses.coherence.subject import subject_of
from rankscope.findings import Severity
from rankscope.pipeline.plan import HEADLINE

if TYPE_CHECKING:
    import pandas as pd

    from rankscope.analyses.coherence.added_value import AddedValue
    from rankscope.analyses.coherence.adequacy import Adequacies
    from rankscope.analyses.coherence.balance import Balance
    from rankscope.analyses.coherence.benefit import Benefit
    from rankscope.analyses.coherence.correlations import Correlations
    from rankscope.analyses.coherence.coverage import DataCoverage
    from rankscope.analyses.coherence.denominators import DenominatorCorrelations
    from rankscope.analyses.coherence.dimensions import Dimensions
    from rankscope.analyses.coherence.links import Links
    from rankscope.analyses.coherence.own_and_others import OwnAndOthers
    from rankscope.analyses.coherence.redundancy import Redundancy
    from rankscope.analyses.coherence.reliability import Reliabilities
    from rankscope.analyses.coherence.statistics import DescriptiveStatistics
    from rankscope.findings import Finding
    from rankscope.pipeline.result import Result

_ORDER = (Severity.ERROR, Severity.WARNING, Severity.NOTE)


class _Part(Protocol):
    @property
    def findings(self) -> tuple[Finding, ...]: ...


class _Where(TypedDict):
    """Where statistics are taken: in a view, at a node, of a panel in one period."""

    view: str
    node: str | None
    period: str | None


@dataclass(frozen=True, slots=True)
class Coherence:
    """Whether an index, or a node of it, is well made: every statistic with its findings."""

    node: str
    name: str
    view: str
    period: str | None
    units: int
    seed: int
    statistics: DescriptiveStatistics
    coverage: DataCoverage
    correlations: Correlations
    own_and_others: OwnAndOthers
    denominators: DenominatorCorrelations
    dimensions: Dimensions
    reliability: Reliabilities
    adequacy: Adequacies
    redundancy: Redundancy
    importance: Balance
    added_value: AddedValue
    links: Links
    benefit: Benefit

    @property
    def findings(self) -> tuple[Finding, ...]:
        """Return what all parts found, each once, the worst first."""
        parts: tuple[_Part, ...] = (
            self.statistics,
            self.coverage,
            self.correlations,
            self.own_and_others,
            self.denominators,
            self.dimensions,
            self.reliability,
            self.adequacy,
            self.redundancy,
            self.importance,
            self.added_value,
            self.links,
            self.benefit,
        )
        once = dict.fromkeys(sourced(one for part in parts for one in part.findings))
        return tuple(sorted(once, key=lambda one: _ORDER.index(one.severity)))

    def frame(self) -> pd.DataFrame:
        """Return a data frame with a row for each finding."""
        import pandas as pd

        names = ["severity", "id", "place", "sentence", "remedy", "source"]
        rows = [[str(getattr(one, name)) for name in names] for one in self.findings]
        return pd.DataFrame(rows, columns=pd.Index(names))


def coherence(
    result: Result,
    *,
    view: str = HEADLINE,
    node: str | None = None,
    period: str | None = None,
    outside: pd.DataFrame | None = None,
    within: str | None = None,
    seed: int = 0,
) -> Coherence:
    """Return all statistics of an audit of a node, by default the whole index, and findings.

    Over the units that the node ranks, in one view and of a panel in one period, by default
    the last.  ``outside`` and ``within`` are for `links`; ``seed`` is for parallel analysis and
    for what importance is by chance.  OECD/JRC Handbook 2008,
    https://doi.org/10.1787/9789264043466-en, and the audits of the Joint Research Centre.

    >>> from rankscope.catalogue import open_index
    >>> found = coherence(open_index("ai-capacity").build())
    >>> found.dimensions.of("ai_capacity").dimensions
    1

    Raises
    ------
    MethodError
        When there is no such node, view or grouping, the node is an indicator, or ``outside``
        can not be read.
    DataError
        When there is no such period.
    """
    subject = subject_of(result, view=view, node=node, period=period)
    where: _Where = {"view": view, "node": node, "period": subject.period}
    return Coherence(
        node=subject.top.code,
        name=subject.top.name,
        view=view,
        period=subject.period,
        units=len(subject.rows),
        seed=seed,
        statistics=descriptive_statistics(result, **where),
        coverage=data_coverage(result, **where),
        correlations=correlations(result, **where),
        own_and_others=own_and_others(result, **where),
        denominators=denominator_correlations(result, **where),
        dimensions=dimensions(result, **where, seed=seed),
        reliability=reliability(result, **where),
        adequacy=sampling_adequacy(result, **where),
        redundancy=redundancy(result, **where),
        importance=weights_and_importance(result, **where, seed=seed),
        added_value=added_value(result, **where),
        links=links(result, **where, outside=outside, within=within),
        benefit=benefit_of_the_doubt(result, **where),
    )
