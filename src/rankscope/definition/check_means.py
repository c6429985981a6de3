"""Checks of aggregations against what their children can reach, and against their number."""

from __future__ import annotations

import math
from collections.abc import Iterator

from rankscope._registry import describe
from rankscope._words import join_words
from rankscope.definition.located import Loc
from rankscope.definition.model import IndexDefinition, Node
from rankscope.definition.ranges import Observed, aggregation_of, score_range, unobserved
from rankscope.definition.subject import Subject
from rankscope.findings import Finding
from rankscope.methods.aggregation import Aggregation

POSITIVE = 1.0
"""A low end that every mean can take, on a scale up to 100; a hundredth of a shorter one."""

Refused = tuple[Node | None, list[str], list[float], Aggregation]
"""The node that declares an aggregation, or None; the nodes concerned; the ends refused."""


def mean_findings(subject: Subject) -> Iterator[Finding]:
    """Yield one finding for each place that declares a mean which its children do not allow."""
    for own, codes, ends, aggregation in refused_means(subject.definition):
        where = place_of(subject, own, aggregation)
        yield subject.error(
            "mean-needs-positive", where, *refusal(subject.definition, codes, ends, aggregation)
        )
    yield from _numbers_of_children(subject)


def refused_means(definition: IndexDefinition, observed: Observed = unobserved) -> list[Refused]:
    """Return which aggregations can not take what their children can reach."""
    found: dict[tuple[str, Aggregation], tuple[Node | None, list[str], list[float]]] = {}
    for node, level in _aggregates(definition.framework, 0):
        aggregation = aggregation_of(definition, node, level)
        ranges = (
            score_range(definition, child, level + 1, observed)
            for child in node.children
            if child.weight > 0
        )
        bad = [end for one in ranges if (end := _refused_end(aggregation, *one)) is not None]
        if bad:
            own = node if node.aggregation else None
            key = (node.code if own else "", aggregation)
            _, codes, ends = found.setdefault(key, (own, [], []))
            codes.append(node.code)
            ends.extend(bad)
    return [(own, codes, ends, one) for (_, one), (own, codes, ends) in found.items()]


def _aggregates(node: Node, level: int) -> Iterator[tuple[Node, int]]:
    """Yield the aggregates with their levels, the root at 0."""
    if not node.is_indicator:
        yield node, level
    for child in node.children:
        yield from _aggregates(child, level + 1)


def _refused_end(aggregation: Aggregation, low: float, high: float) -> float | None:
    """Return the end that an aggregation can not take, or None; NaN is not known yet."""
    if math.isnan(low) or math.isnan(high) or aggregation.accepts(low, high):
        return None
    return high if aggregation.accepts(low) else low


def refusal(
    definition: IndexDefinition, codes: list[str], ends: list[float], aggregation: Aggregation
) -> tuple[str, str]:
    """Return in words why an aggregation is refused, and the way out."""
    shown = join_words([*codes[:3], f"{len(codes) - 3} more"] if len(codes) > 3 else codes, "and")
    reach = join_words(map(_end_in_words, sorted(set(ends))), "and")
    needs = f"The aggregation {aggregation.name} needs {_needs(aggregation)}"
    said = f"{needs}, and the scores below {shown} can reach {reach}."
    ways = f"{_ways_out(definition, aggregation)}{_zeros_taken(aggregation, ends)}"
    return said, f"Write {ways}, or take `aggregation: arithmetic`."


def _zeros_taken(aggregation: Aggregation, ends: list[float]) -> str:
    """Return the same mean with zeros let in, where that is all it needs; else nothing."""
    if getattr(aggregation, "zeros", "") != "refuse" or any(end < 0 for end in ends):
        return ""
    spec = describe(aggregation) | {"zeros": "zero"}
    listed = ", ".join(f"{key}: {value}" for key, value in spec.items())
    return f", or `{{{listed}}}` if one zero shall make the whole zero"


def _end_in_words(end: float) -> str:
    if math.isinf(end):
        return "any negative number" if end < 0 else "any number, however large"
    return f"{end:g}"


def _needs(aggregation: Aggregation) -> str:
    if _own_ends(aggregation) is not None:
        return "scores within its ends"
    return "positive values" if not aggregation.accepts(0.0, 0.0) else "values of zero or more"


def _own_ends(aggregation: Aggregation) -> tuple[float, float] | None:
    """Return the ends of the scale that an aggregation is declared for, or None."""
    ends: tuple[float, float] | None = getattr(aggregation, "ends", None)
    return ends


def _ways_out(definition: IndexDefinition, aggregation: Aggregation) -> str:
    """Return the normalisation that would work, written as in a file."""
    given = definition.method.normalisation
    own = _own_ends(aggregation)
    ends = getattr(given, "to", None)
    high = ends[1] if ends and ends[1] > 0 else 100.0
    low = min(POSITIVE, high / 100) if not aggregation.accepts(0.0, 0.0) else 0.0
    low, high = own or (low, high)
    if ends and aggregation.accepts(*given.image(-math.inf, math.inf)):
        # the general scale would do: steps or normalisations of single nodes leave it
        return (
            f"steps or normalisations there that end in a scale such as `to: [{low:g}, {high:g}]`"
        )
    name = given.name if ends else "min_max"
    extra = ", beyond: cap" if describe(given).get("beyond") == "keep" else ""
    return f"`normalisation: {{method: {name}, to: [{low:g}, {high:g}]{extra}}}`"


def place_of(subject: Subject, own: Node | None, aggregation: Aggregation) -> Loc:
    """Return where an aggregation is declared: at a node, or in the method."""
    if own is not None:
        return next((*loc, "aggregation") for loc, node in subject.nodes if node is own)
    if aggregation != subject.definition.method.aggregation:
        return ("method", "aggregation_by_level")
    return ("method", "aggregation")


def _numbers_of_children(subject: Subject) -> Iterator[Finding]:
    """Yield nodes with more or fewer children than their aggregation takes."""
    for loc, node in subject.aggregates:
        level = len(loc) // 2
        aggregation = aggregation_of(subject.definition, node, level)
        fewest, most = aggregation.children
        counted = sum(child.weight > 0 for child in node.children)
        if 0 < counted < fewest or (most is not None and len(node.children) > most):
            wanted = f"{fewest}" if fewest == most else f"at least {fewest}"
            said = (
                f"{node.code} has {len(node.children)} children, {counted} of them with a weight, "
                f"and the aggregation {aggregation.name} takes {wanted}."
            )
            mend = "Write it at the nodes with that many children, or take `arithmetic`."
            yield subject.error("children-number", loc, said, mend)
