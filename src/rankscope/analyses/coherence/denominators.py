"""Indicators against the denominators of an index: what is still a matter of size."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from rankscope.analyses.coherence import rules
from rankscope.analyses.coherence.pairs import relate
from rankscope.analyses.coherence.subject import subject_of
from rankscope.findings import note
from rankscope.pipeline.plan import HEADLINE, SCALE

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pandas as pd

    from rankscope.analyses.coherence.subject import Subject
    from rankscope.findings import Finding
    from rankscope.pipeline.result import Result
    from rankscope.shapes import Matrix, Whole


@dataclass(frozen=True, slots=True)
class DenominatorCorrelations:
    """Correlations of indicators, denominated and treated, with denominators.

    All are (indicators, denominators); Spearman's do not mind that sizes are skewed.
    """

    codes: tuple[str, ...]
    names: tuple[str, ...]
    denominators: tuple[str, ...]
    counts: Whole
    pearson: Matrix
    spearman: Matrix
    p_values: Matrix
    spearman_p_values: Matrix
    findings: tuple[Finding, ...]

    def frame(self) -> pd.DataFrame:
        """Return a data frame with a row for each indicator and denominator."""
        import pandas as pd

        index = pd.MultiIndex.from_product(
            [self.codes, self.denominators], names=["code", "denominator"]
        )
        columns = {
            "n": self.counts.ravel(),
            "pearson": self.pearson.ravel(),
            "p_value": self.p_values.ravel(),
            "spearman": self.spearman.ravel(),
            "spearman_p_value": self.spearman_p_values.ravel(),
        }
        return pd.DataFrame(columns, index=index)


def denominator_correlations(
    result: Result,
    *,
    view: str = HEADLINE,
    node: str | None = None,
    period: str | None = None,
) -> DenominatorCorrelations:
    """Return how indicators go with what any indicator of the index is divided by.

    An indicator that still grows with the size of a unit after denomination measures size.

    Raises
    ------
    MethodError
        When there is no such node or view, or the node is an indicator.
    DataError
        When there is no such period.
    """
    subject = subject_of(result, view=view, node=node, period=period)
    plan, leaves = result.plan, list(subject.leaves)
    used = dict.fromkeys(one.spec.denominator for one in plan.leaves if one.spec.denominator)
    sizes = [plan.table.column(code)[subject.rows] for code in used]
    sized = np.column_stack(sizes) if sizes else np.empty((len(subject.rows), 0))
    values = result.leaves.record("treatment").matrix[subject.rows][:, leaves]
    nodes = tuple(plan.leaves[leaf].node for leaf in leaves)
    linear, ranked = (relate(values, sized, method=one) for one in ("pearson", "spearman"))
    return DenominatorCorrelations(
        codes=subject.codes(nodes),
        names=tuple(subject.name(one) for one in nodes),
        denominators=tuple(used),
        counts=linear.counts,
        pearson=linear.values,
        spearman=ranked.values,
        p_values=linear.p_values,
        spearman_p_values=ranked.p_values,
        findings=rules.sourced(_driven(subject, nodes, tuple(used), ranked.values)),
    )


def _driven(
    subject: Subject, nodes: tuple[int, ...], denominators: tuple[str, ...], found: Matrix
) -> Iterator[Finding]:
    """Yield the indicators that follow a size, but for those that are meant to."""
    definition = subject.plan.definition
    for at, number in enumerate(nodes):
        node = subject.plan.nodes[number]
        size = np.nan_to_num(np.abs(found[at]))
        if not subject.counted[number] or node.side == SCALE or not size.size:
            continue
        most = int(size.argmax())
        if size[most] > rules.DRIVEN:
            remedy = (
                "Ask whether it is meant to measure size; what is counted can be divided by it."
            )
            if node.side or node.spec.denominator:
                remedy = "It is divided by size already; say that large units do better in it."
            if found[at, most] < 0:
                remedy = "Ask whether small units come out ahead because they are small."
            yield note(
                "coherence-size",
                node.code,
                f"{node.name} goes with {definition.variable_name(denominators[most])}: a rank "
                f"correlation of {found[at, most]:.2f}, beyond {rules.DRIVEN}.",
                remedy,
            )
