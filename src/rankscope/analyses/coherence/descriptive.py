"""What is odd about the values of indicators: outliers, zeros, values that repeat."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from rankscope.analyses.coherence import rules
from rankscope.analyses.coherence.statistics import statistics_of
from rankscope.analyses.coherence.subject import subject_of
from rankscope.findings import note, warning
from rankscope.pipeline.plan import HEADLINE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rankscope.analyses.coherence.statistics import DescriptiveStatistics
    from rankscope.definition.model import Node
    from rankscope.findings import Finding
    from rankscope.pipeline.result import Result

_DENOMINATED, _TREATED, _SCORES = 1, 2, 3


def descriptive_statistics(
    result: Result,
    *,
    view: str = HEADLINE,
    node: str | None = None,
    period: str | None = None,
) -> DescriptiveStatistics:
    """Return statistics of each indicator below a node at four stages, over the ranked units.

    As read, divided by its denominator, filled and without outliers, and as a score.
    OECD/JRC Handbook 2008, sections 3 to 5, https://doi.org/10.1787/9789264043466-en.

    Raises
    ------
    MethodError
        When there is no such node or view, or the node is an indicator.
    DataError
        When there is no such period.
    """
    subject = subject_of(result, view=view, node=node, period=period)
    leaves, made = list(subject.leaves), result.leaves
    stages = [made.record(name).matrix for name in ("raw", "denomination", "treatment")]
    nodes = tuple(result.plan.leaves[leaf].node for leaf in leaves)
    found = statistics_of(
        tuple(matrix[subject.rows][:, leaves] for matrix in (*stages, made.values)),
        subject.codes(nodes),
        names=tuple(subject.name(one) for one in nodes),
        counted=subject.counted[list(nodes)],
    )
    plain = [result.plan.leaves[leaf] for leaf in leaves]
    columns = [one.column if found.counted[at] else -1 for at, one in enumerate(plain)]
    first = [at for at, column in enumerate(columns) if column not in columns[:at]]
    specs = tuple(one.spec for one in plain)
    return replace(found, findings=rules.sourced(_findings(found, specs, first)))


def _findings(
    found: DescriptiveStatistics, specs: tuple[Node, ...], first: list[int]
) -> Iterator[Finding]:
    """Yield what is odd, leaf by leaf; what repeats is told of the ``first`` of two sides."""
    for at, spec in enumerate(specs):
        if not found.counted[at] or not found.counts[_DENOMINATED, at]:
            continue
        if found.minima[_TREATED, at] == found.maxima[_TREATED, at]:
            yield warning(
                "coherence-constant",
                found.codes[at],
                f"{found.names[at]} is {found.minima[_TREATED, at]:.6g} for all units.",
                "Take it out: it tells no unit from another.",
            )
        elif spec.kind != "dummy":
            if at in first:
                yield from _repeats(found, at, spec)
            yield from _outliers(found, at)


def _repeats(found: DescriptiveStatistics, at: int, spec: Node) -> Iterator[Finding]:
    """Yield the worst of what can be said of values that repeat."""
    same, zeros = found.same[_DENOMINATED, at], found.zeros[_DENOMINATED, at]
    if zeros > rules.MOST_ALIKE:
        yield warning(
            "coherence-zeros",
            spec.code,
            f"{spec.name} is zero for {rules.percent(zeros, rules.MOST_ALIKE)} of the units that "
            "have it, more than half.",
            "Ask whether each zero was measured; if so, a yes or no may say the same.",
        )
    elif same > rules.MOST_ALIKE:
        yield warning(
            "coherence-same-value",
            spec.code,
            f"{rules.percent(same, rules.MOST_ALIKE)} of the units that have {spec.name} share one "
            "value, more than half.",
            "Ask the source whether it was measured for each; it tells few units apart.",
        )
    elif found.distinct[_DENOMINATED, at] < rules.LEAST_DISTINCT:
        values = round(found.distinct[_DENOMINATED, at] * found.counts[_DENOMINATED, at])
        yield note(
            "coherence-few-values",
            spec.code,
            f"{spec.name} has {values} different values for the "
            f"{found.counts[_DENOMINATED, at]} units that have it.",
            "Expect many ties in it.",
        )


def _outliers(found: DescriptiveStatistics, at: int) -> Iterator[Finding]:
    """Yield an indicator whose treated values and whose scores both have outliers."""
    if found.outliers[_TREATED, at] and found.outliers[_SCORES, at]:
        skewed = rules.number(found.skewness[_TREATED, at], rules.SKEWNESS)
        tailed = rules.number(found.kurtosis[_TREATED, at], rules.KURTOSIS)
        yield warning(
            "coherence-outliers",
            found.codes[at],
            f"{found.names[at]} has outliers in the values that are scored: skewness {skewed} "
            f"beyond {rules.SKEWNESS:g} and kurtosis {tailed} above {rules.KURTOSIS:g}, so that a "
            "few units use up its scale.",
            "Choose another treatment (method.treatment), or ranks in place of values.",
        )
