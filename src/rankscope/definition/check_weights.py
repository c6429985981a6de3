"""Checks of weights: those that are zero or ignored, the sets they come from, and judgements."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence

import numpy as np

from rankscope._words import did_you_mean, join_words
from rankscope.definition.located import Loc
from rankscope.definition.model import Node
from rankscope.definition.ranges import aggregation_of, weighting_of
from rankscope.definition.subject import Subject
from rankscope.errors import MethodError
from rankscope.findings import Finding
from rankscope.methods.aggregation import Product
from rankscope.methods.weighting import TOLERABLE, Given, Weighting


def weight_findings(subject: Subject) -> Iterator[Finding]:
    """Yield weights that are zero, ignored, unknown, or contradict each other."""
    yield from _sets(subject)
    yield from _of_groups(subject)
    for loc, node in subject.aggregates:
        yield from _of_children(subject, loc, node)
    for loc, weighting in named_weightings(subject):
        yield from _consistency(subject, loc, weighting)


def named_weightings(subject: Subject) -> Iterator[tuple[Loc, Weighting]]:
    """Yield each weighting that a definition names, with its location."""
    yield ("method", "weights"), subject.definition.method.weights
    for loc, node in subject.aggregates:
        if node.weighting is not None:
            yield (*loc, "weighting"), node.weighting


def _sets(subject: Subject) -> Iterator[Finding]:
    """Yield sets that are not declared or declared twice, and what they say to no effect."""
    sets = subject.definition.weight_sets
    yield from subject.twice("weight-set-duplicate", "weight_sets", [one.name for one in sets])
    codes = [node.code for _, node in subject.nodes]
    root = subject.definition.framework.code
    for position, one in enumerate(sets):
        loc: Loc = ("weight_sets", position, "weights")
        for code, _ in one.weights:
            where = f"The weight set {one.name}"
            yield from subject.unknown_node((*loc, code), code, where, codes)
            if code == root:
                said = f"The weight of {root} in the set {one.name} has no effect: it is the index."
                yield subject.warning("root-weight", (*loc, code), said, "Remove it.")
    known = [one.name for one in sets]
    for place, weighting in named_weightings(subject):
        name = weighting.set if isinstance(weighting, Given) else None
        if name is not None and name not in known:
            said = f"There is no weight set '{name}' under `weight_sets:`."
            mend = did_you_mean(name, known) if known else "None are declared."
            yield subject.error("weight-set-unknown", (*place, "set"), said, mend)


def _of_groups(subject: Subject) -> Iterator[Finding]:
    """Yield a grouping without weights in it, and such weights without a grouping."""
    for loc, node in subject.nodes:
        if bool(node.group_weights) == (node.weights_by is not None):
            continue
        key, other = "group_weights", "weights_by"
        if node.weights_by is not None:
            key, other = other, key
        said = f"{node.code}.{key} has no effect without {other}."
        yield subject.error("group-weights-half", (*loc, key), said, f"Add `{other}:`.")


def _of_children(subject: Subject, loc: Loc, node: Node) -> Iterator[Finding]:
    weighting = weighting_of(subject.definition, node)
    own = set_of(subject, weighting) if isinstance(weighting, Given) else {}
    weights = [own.get(child.code, child.weight) for child in node.children]
    yield from _zeros(subject, loc, node, weights)
    if isinstance(weighting, Given):
        yield from _as_given(subject, loc, node, weights)
    if isinstance(weighting, Given) or not any(weights):
        return
    yield from _ignored(subject, loc, node, weighting)
    if weighting.needs_data:
        return
    try:
        weighting.fit(np.empty((0, len(weights))), np.array(weights))
    except MethodError as refused:
        said = f"The children of {node.code} can not be weighed: {refused}"
        where = (*loc, "weighting") if node.weighting else ("method", "weights")
        yield subject.error("weighting-refuses", where, said)


def _zeros(subject: Subject, loc: Loc, node: Node, weights: Sequence[float]) -> Iterator[Finding]:
    """Yield weights of zero, which count under no weighting."""
    if not any(weights):
        said = f"All children of {node.code} have weight 0."
        remedy = "Give at least one of them a weight."
        yield subject.error("weights-all-zero", (*loc, "children"), said, remedy)
        return
    for position, (child, weight) in enumerate(zip(node.children, weights, strict=True)):
        if weight == 0:
            said = f"{child.code} has weight 0 and does not count."
            place = (*loc, "children", position, "weight")
            yield subject.note("weight-zero", place, said)


def _as_given(
    subject: Subject, loc: Loc, node: Node, weights: Sequence[float]
) -> Iterator[Finding]:
    """Yield weights that look like percentages where they are not divided by their sum."""
    aggregation = aggregation_of(subject.definition, node, len(loc) // 2)
    counted = [weight for weight in weights if weight > 0]
    if aggregation.shares or not counted:
        return
    powers = isinstance(aggregation, Product)
    if not math.isclose(sum(counted), 100) and not (powers and min(counted) > 1):
        return
    parts = [
        f"{child.code} to the power of {weight:g}" if powers else f"{weight:g} times {child.code}"
        for child, weight in zip(node.children, weights, strict=True)
        if weight > 0
    ]
    listed = join_words([*parts[:3], "so on"] if len(parts) > 3 else parts, "and")
    said = f"The {aggregation.name} at {node.code} takes weights as they are given: {listed}."
    mend = (
        f"Write weights such as 0.4, or take `aggregation: {'geometric' * powers or 'arithmetic'}`."
    )
    yield subject.warning("weights-as-given", (*loc, "children"), said, mend)


def set_of(subject: Subject, weighting: Given) -> Mapping[str, float]:
    """Return the weights, by the codes of nodes, of the set that a weighting names."""
    sets = subject.definition.weight_sets
    return next((dict(one.weights) for one in sets if one.name == weighting.set), {})


def _ignored(subject: Subject, loc: Loc, node: Node, weighting: Weighting) -> Iterator[Finding]:
    """Yield nodes whose children have weights that their weighting does not look at."""
    if getattr(weighting, "target", "") == "given":
        return
    if len({child.weight for child in node.children if child.weight > 0}) > 1:
        where = "its weighting" if node.weighting else "method.weights"
        said = f"The children of {node.code} have weights that {where}: {weighting.name} overrides."
        remedy = "Remove the weights, or write `given`."
        yield subject.warning("weights-ignored", (*loc, "children"), said, remedy)


def _consistency(subject: Subject, loc: Loc, weighting: Weighting) -> Iterator[Finding]:
    """Yield comparisons in pairs that contradict each other."""
    ratio: float = getattr(weighting, "consistency_ratio", 0.0)
    if ratio > TOLERABLE:
        said = f"The comparisons contradict each other: their consistency ratio is {ratio:.2f}."
        mend = f"Ask again; up to {TOLERABLE:g} is usual (Saaty)."
        yield subject.warning("comparisons-inconsistent", (*loc, "comparisons"), said, mend)
