"""Checks of methods against the framework: views, goalposts, and means of positive numbers."""

from __future__ import annotations

import math
from collections.abc import Iterator

from rankscope._registry import describe
from rankscope._words import join_words
from rankscope.definition.located import Loc
from rankscope.definition.fields import EXTENSIVE
from rankscope.definition.model import IndexDefinition, Node
from rankscope.definition.ranges import Observed, aggregation_of, score_range, unobserved
from rankscope.definition.subject import Subject
from rankscope.findings import Finding
from rankscope.methods.aggregation import Aggregation

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
    for where, codes, lows, aggregation in refused_means(subject.definition):
        yield _refused(subject, where, codes, lows, aggregation)


def refused_means(
    definition: IndexDefinition, observed: Observed = unobserved
) -> list[tuple[Node | None, list[str], list[float], Aggregation]]:
    """Return which aggregations can not take what their children can reach.

    Each with the node that declares it (None for the method), the codes of the nodes
    concerned, and the low ends that are refused.
    """
    found: dict[tuple[str, Aggregation], tuple[Node | None, list[str], list[float]]] = {}

    def look(node: Node, level: int) -> None:
        aggregation = aggregation_of(definition, node, level)
        own = node if node.aggregation else None
        children = [child for child in node.children if child.weight > 0]
        ranges = [score_range(definition, child, level + 1, observed) for child in children]
        bad = [low for low, _ in ranges if not math.isnan(low) and not aggregation.accepts(low)]
        if bad:
            key = (node.code if own else "", aggregation)
            _, codes, lows = found.setdefault(key, (own, [], []))
            codes.append(node.code)
            lows.extend(bad)
        for child in node.children:
            if not child.is_indicator:
                look(child, level + 1)

    if not definition.framework.is_indicator:
        look(definition.framework, 0)
    return [(own, codes, lows, one) for (_, one), (own, codes, lows) in found.items()]


def refusal(
    definition: IndexDefinition, codes: list[str], lows: list[float], aggregation: Aggregation
) -> tuple[str, str]:
    """Return in words why an aggregation is refused, and the way out."""
    shown = join_words([*codes[:3], f"{len(codes) - 3} more"] if len(codes) > 3 else codes, "and")
    reach = join_words(
        ("any negative number" if math.isinf(low) else f"{low:g}" for low in sorted(set(lows))),
        "and",
    )
    said = (
        f"The {aggregation.name} mean needs positive values, and "
        f"the scores below {shown} can reach {reach}."
    )
    return said, f"Write {_ways_out(definition, aggregation)}, or take `aggregation: arithmetic`."


def _refused(
    subject: Subject, own: Node | None, codes: list[str], lows: list[float], one: Aggregation
) -> Finding:
    where: Loc = ("method", "aggregation")
    if own is not None:
        where = next((*loc, "aggregation") for loc, node in subject.nodes if node is own)
    elif one != subject.definition.method.aggregation:
        where = ("method", "aggregation_by_level")
    said, remedy = refusal(subject.definition, codes, lows, one)
    return subject.error("mean-needs-positive", where, said, remedy)


def _ways_out(definition: IndexDefinition, aggregation: Aggregation) -> str:
    """Return the normalisation that would work, written as in a file."""
    given = definition.method.normalisation
    low = POSITIVE if not aggregation.accepts(0.0) else 0.0
    ends = getattr(given, "to", None)
    high = ends[1] if ends and ends[1] > low else 100.0
    name = given.name if ends else "min_max"
    extra = ", beyond: cap" if describe(given).get("beyond") == "keep" else ""
    return f"`normalisation: {{method: {name}, to: [{low:g}, {high:g}]{extra}}}`"
