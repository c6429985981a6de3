"""Checks of methods against the framework: views, goalposts, and means of positive numbers."""

from __future__ import annotations

import math
from collections.abc import Iterator

from rankscope._registry import Method, describe
from rankscope._words import join_words
from rankscope.definition.located import Loc
from rankscope.definition.model import EXTENSIVE, Node
from rankscope.definition.subject import Subject
from rankscope.findings import Finding
from rankscope.methods.aggregation import Aggregation
from rankscope.methods.steps import Rescale, Round

POSITIVE = 1.0
"""A low end of the scale that every mean can take."""


def method_findings(subject: Subject) -> Iterator[Finding]:
    """Yield methods that can not work on this framework."""
    yield from _views(subject)
    yield from _goalposts(subject)
    yield from _means(subject)


def _views(subject: Subject) -> Iterator[Finding]:
    views = subject.definition.views
    extensive = [(loc, node) for loc, node in subject.indicators if node.kind in EXTENSIVE]
    if views is None:
        return
    if views.scale == 0 and views.intensity == 0:
        said = "views.scale and views.intensity are both 0, so that nothing counts."
        yield subject.error("views-all-zero", ("views",), said, "Give one of them a weight.")
    if not any(node.has_two_sides for _, node in subject.indicators):
        said = "views are declared, and no indicator differs between scale and intensity."
        yield subject.warning("views-unused", ("views",), said, "Remove them, or check the kinds.")
    for loc, node in extensive:
        if node.denominator is None:
            said = f"{node.code} is of kind {node.kind} and has no denominator for intensity."
            remedy = "Add `denominator: CODE` with a variable declared under `context:`."
            yield subject.error("denominator-missing", (*loc, "denominator"), said, remedy)


def _goalposts(subject: Subject) -> Iterator[Finding]:
    general = subject.definition.method.normalisation
    for loc, node in subject.indicators:
        normalisation = node.normalisation or general
        if node.goalposts is None and normalisation.needs_goalposts:
            said = f"{node.code} has no goalposts, which {normalisation.name} needs."
            yield subject.error(
                "goalposts-missing", (*loc, "goalposts"), said, "Add `goalposts: [LOW, HIGH]`."
            )
        if node.goalposts is None:
            continue
        low, high = node.goalposts
        if low >= high:
            said = f"{node.code}.goalposts must be the lower number first, got [{low:g}, {high:g}]."
            remedy = "Goalposts are in the raw direction; polarity turns them."
            yield subject.error("goalposts-reversed", (*loc, "goalposts"), said, remedy)
        elif not normalisation.needs_goalposts:
            said = (
                f"{node.code}.goalposts have no effect: its normalisation is {normalisation.name}."
            )
            remedy = "Write `normalisation: goalposts` to use them."
            yield subject.note("goalposts-unused", (*loc, "goalposts"), said, remedy)


def _means(subject: Subject) -> Iterator[Finding]:
    """Yield one finding for each place that declares a mean which its children do not allow."""
    refused: dict[Loc, list[str]] = {}
    for loc, node in subject.aggregates:
        aggregation = node.aggregation or subject.definition.method.aggregation
        where: Loc = (*loc, "aggregation") if node.aggregation else ("method", "aggregation")
        counting = [child for child in node.children if child.weight > 0]
        lows = [_lowest(subject, child) for child in counting]
        if not all(aggregation.accepts(low) for low in lows):
            refused.setdefault(where, []).append(node.code)
    for where, codes in refused.items():
        yield _refused(subject, where, codes)


def _refused(subject: Subject, where: Loc, codes: list[str]) -> Finding:
    named = dict(subject.nodes).get(where[:-1])
    aggregation = (named and named.aggregation) or subject.definition.method.aggregation
    shown = join_words([*codes[:3], f"{len(codes) - 3} more"] if len(codes) > 3 else codes, "and")
    said = (
        f"The {aggregation.name} mean needs positive values, and "
        f"the scores below {shown} can reach {_lows(subject, aggregation, codes)}."
    )
    remedy = f"Write {_ways_out(subject, aggregation)}, or take `aggregation: arithmetic`."
    return subject.error("mean-needs-positive", where, said, remedy)


def _lows(subject: Subject, aggregation: Aggregation, codes: list[str]) -> str:
    """Return the low ends that are refused, in words."""
    lows = {
        _lowest(subject, child)
        for _, node in subject.aggregates
        if node.code in codes
        for child in node.children
        if child.weight > 0
    }
    bad = sorted(low for low in lows if not aggregation.accepts(low))
    return join_words(
        ("any negative number" if math.isinf(low) else f"{low:g}" for low in bad), "and"
    )


def _lowest(subject: Subject, node: Node) -> float:
    """Return the lowest value that a node can have: means lie between their children."""
    if node.is_indicator:
        normalisation = node.normalisation or subject.definition.method.normalisation
        return normalisation.output_range()[0]
    counting = [child for child in node.children if child.weight > 0]
    low = min((_lowest(subject, child) for child in counting), default=math.inf)
    for step in node.steps:
        if isinstance(step, Rescale):
            low = step.to[0]
        elif isinstance(step, Round) and math.isfinite(low):
            low = round(low, step.decimals)
    return low


def _ways_out(subject: Subject, aggregation: Aggregation) -> str:
    """Return the normalisation that would work, written as in a file."""
    given = subject.definition.method.normalisation
    low = POSITIVE if not aggregation.accepts(0.0) else 0.0
    ends = getattr(given, "to", None)
    high = ends[1] if ends and ends[1] > low else 100.0
    name = given.name if ends else "min_max"
    beyond = _keeps_beyond(given)
    extra = ", beyond: cap" if beyond else ""
    return f"`normalisation: {{method: {name}, to: [{low:g}, {high:g}]{extra}}}`"


def _keeps_beyond(method: Method) -> bool:
    """Whether values may go beyond the ends of the scale."""
    return describe(method).get("beyond") == "keep"
