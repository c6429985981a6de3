"""What the stages did that a reader must know: values lost or cut, indicators that say nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from rankscope.findings import Finding, note, warning
from rankscope.methods.normalisation import Goalposts

if TYPE_CHECKING:
    from rankscope.pipeline.leaves import Leaves
    from rankscope.pipeline.plan import Plan
    from rankscope.shapes import Vector


def remarks(plan: Plan, leaves: Leaves) -> tuple[Finding, ...]:
    """Return a finding for each leaf that lost values, or had them cut, on its way to the scale."""
    found: list[Finding] = []
    for number, leaf in enumerate(plan.leaves):
        code = plan.nodes[leaf.node].code
        before = leaves.record("treatment").matrix[leaves.ranked, number]
        after = leaves.record("normalisation").matrix[leaves.ranked, number]
        found += _lost(code, leaf.normalisation.name, before, after)
        if isinstance(leaf.normalisation, Goalposts) and leaf.normalisation.beyond == "cap":
            found += _cut(code, leaf.normalisation.to, after)
    return tuple(found)


def _lost(code: str, method: str, before: Vector, after: Vector) -> list[Finding]:
    """Return a warning where values before normalisation have none after it."""
    present = ~np.isnan(before)
    lost = present & np.isnan(after)
    if not lost.any():
        return []
    if lost.sum() < present.sum():
        said = f"{lost.sum()} of {present.sum()} values of {code} have no score under {method}."
        mend = "Treat them first, or choose another normalisation."
        return [warning("values-without-score", code, said, mend)]
    said = f"{code} tells no unit from another under {method}, and does not count."
    mend = "Take it out, or give it goalposts."
    return [warning("indicator-without-spread", code, said, mend)]


def _cut(code: str, ends: tuple[float, float], after: Vector) -> list[Finding]:
    """Return a note on how many values lie at or beyond a goalpost (conventions §2.4)."""
    cut = int(np.isin(after, ends).sum())
    if not cut:
        return []
    said = f"{cut} values of {code} lie at or beyond a goalpost and have the end of the scale."
    return [note("goalposts-reached", code, said)]
