"""Checks of the scales of siblings: a mean of scores on different scales follows the widest."""

from __future__ import annotations

import math
from collections.abc import Iterator

from rankscope.definition.model import IndexDefinition, Node
from rankscope.definition.ranges import aggregation_of, score_range
from rankscope.definition.subject import Subject
from rankscope.findings import Finding
from rankscope.methods.aggregation import (
    Arithmetic,
    Generalised,
    Harmonic,
    MeanMin,
    MeanOfBest,
    MedianOfChildren,
    OrderedWeighted,
    PenalisedMean,
)
from rankscope.methods.normalisation import NoNormalisation

WIDER = 10.0
"""By how many times the scale of a sibling may be wider."""

_MEANS = (
    Arithmetic,
    Generalised,
    Harmonic,
    MeanMin,
    MeanOfBest,
    MedianOfChildren,
    OrderedWeighted,
    PenalisedMean,
)
"""Aggregations that want all children on one scale; to a geometric mean a unit is nothing."""


def scale_findings(subject: Subject) -> Iterator[Finding]:
    """Yield a warning for each node whose children are averaged on scales that differ."""
    definition = subject.definition
    for loc, node in subject.aggregates:
        level = len(loc) // 2
        if not isinstance(aggregation_of(definition, node, level), _MEANS):
            continue
        counting = [child for child in node.children if child.weight > 0]
        widths = [(_width(definition, child, level + 1), child.code) for child in counting]
        known = sorted(one for one in widths if 0 < one[0] < math.inf)
        unknown = [child.code for child in counting if _is_raw(definition, child, level + 1)]
        if known and known[-1][0] > WIDER * known[0][0] * (1 + 1e-9):
            said = f"{_wide(*known[0])} and {_wide(*known[-1])}, which counts for more."
        elif known and unknown:
            said = f"{_wide(*known[-1])} and {unknown[0]} the raw values, without normalisation."
        else:
            continue
        mend = "Bring them onto one scale: the same normalisation, ends `to`, or a step."
        yield subject.warning(
            "scales-differ", loc, f"{node.code} averages scores on different scales: {said}", mend
        )


def _wide(width: float, code: str) -> str:
    return f"{code} has a width of {width:g}"


def _width(definition: IndexDefinition, child: Node, level: int) -> float:
    """Return how wide a child's scale is; NaN where that is not known."""
    low, high = score_range(definition, child, level)
    return high - low


def _is_raw(definition: IndexDefinition, child: Node, level: int) -> bool:
    """Whether a child is an indicator whose values are taken as they are, wherever they lie."""
    one = child.normalisation or definition.method.normalisation
    raw = child.is_indicator and isinstance(one, NoNormalisation)
    return raw and not math.isfinite(_width(definition, child, level))
