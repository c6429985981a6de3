"""How much is known of each indicator?  Bars of what was observed, filled in, and missing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import altair as alt
import numpy as np

from rankscope.charts.palette import ACCENT, FAMILIES, RULE
from rankscope.charts.style import records, styled
from rankscope.data.table import Status

if TYPE_CHECKING:
    from rankscope.pipeline.result import Result

KINDS = ("observed", "zero by census", "imputed", "missing")
"""How a value may have come about."""

_COLOURS = (ACCENT, "#7cbab5", FAMILIES[1][1], RULE)


@dataclass(frozen=True, slots=True)
class Coverage:
    """One indicator: for how many ranked units it has values, by how they came about."""

    code: str
    name: str
    observed: int
    absent: int
    imputed: int
    missing: int

    @property
    def total(self) -> int:
        """Return the number of ranked units."""
        return self.observed + self.absent + self.imputed + self.missing


def coverage(result: Result) -> tuple[Coverage, ...]:
    """Return the coverage of each indicator among the ranked units, in the framework's order."""
    plan, ranked = result.plan, result.rank() > 0
    found = []
    for spec in plan.definition.indicators():
        leaf = next(i for i, leaf in enumerate(plan.leaves) if leaf.spec is spec)
        status = plan.table.status[ranked, plan.leaves[leaf].column]
        imputed = result.leaves.imputed[ranked, leaf]
        known = (status == Status.OBSERVED) & ~imputed
        absent = (status == Status.ABSENT) & ~imputed
        filled = imputed | (status == Status.IMPUTED)
        counts = [int(np.count_nonzero(part)) for part in (known, absent, filled)]
        missing = int(ranked.sum()) - sum(counts)
        found.append(Coverage(spec.code, spec.name, counts[0], counts[1], counts[2], missing))
    return tuple(found)


def coverage_chart(result: Result, *, width: int = 560) -> alt.Chart:
    """Return one bar an indicator, in the order of the framework."""
    rows = coverage(result)
    data = records(
        {"indicator": row.name, "kind": kind, "order": place, "units": count}
        for row in rows
        for place, (kind, count) in enumerate(
            zip(KINDS, (row.observed, row.absent, row.imputed, row.missing), strict=True)
        )
    )
    colours = alt.Scale(domain=list(KINDS), range=list(_COLOURS))
    names = [row.name for row in rows]
    chart: alt.Chart = (
        alt.Chart(data)
        .mark_bar()
        .encode(
            y=alt.Y("indicator:N", sort=names, title=None, axis=alt.Axis(labelLimit=280)),
            x=alt.X("units:Q", title="Ranked units"),
            color=alt.Color("kind:N", scale=colours, title=None, legend=alt.Legend(orient="top")),
            order=alt.Order("order:O"),
        )
        .properties(width=width, height=max(40, 18 * len(rows)))
    )
    return styled(chart)
