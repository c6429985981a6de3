"""Checks of the tree: codes, kinds, weights, and keys in the wrong sort of node."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import get_args

from rankscope._registry import Method, methods_of
from rankscope._words import join_words, visible
from rankscope.definition.fields import Kind
from rankscope.definition.located import MAX_DEPTH, Loc
from rankscope.definition.model import Node
from rankscope.definition.ranges import aggregation_of, steps_of
from rankscope.definition.subject import Subject
from rankscope.findings import Finding
from rankscope.methods.aggregation import (
    Arithmetic,
    FirstAvailable,
    Generalised,
    Geometric,
    Harmonic,
    Maximum,
    MedianOfChildren,
    Minimum,
)

MAX_LEVELS = MAX_DEPTH // 2 - 1
"""Levels of the framework that a file can hold: each takes a mapping and a list."""

INDICATOR_KEYS = (
    "column", "kind", "unit", "denominator", "per", "decimals", "goalposts", "target",
    "absent_is_zero", "exposed_to", "composite", "source", "year", "imputation", "treatment",
    "normalisation",
)  # fmt: skip
_MEANS = (
    Arithmetic, FirstAvailable, Generalised, Geometric, Harmonic, Maximum, MedianOfChildren, Minimum
)  # fmt: skip
"""Aggregations whose score of one child alone is that child's."""
AGGREGATE_KEYS = ("weighting", "aggregation", "min_available")


def framework_findings(subject: Subject) -> Iterator[Finding]:
    """Yield what is wrong with the tree of aggregates and indicators."""
    if subject.definition.framework.is_indicator:
        yield subject.error(
            "framework-without-indicators",
            ("framework",),
            "The framework has no children, so there is nothing to rank by.",
            "Add a list `children:` of indicators.",
        )
        return
    yield from _duplicates(subject)
    yield from _depth(subject)
    for check in (_kinds, _foreign_keys, _root, _single_children, _sanity):
        yield from check(subject)


def _duplicates(subject: Subject) -> Iterator[Finding]:
    yield from _twice(subject, "code-duplicate", "code", subject.error)
    yield from _twice(subject, "name-duplicate", "name", subject.warning)


def _twice(
    subject: Subject, id: str, key: str, finding: Callable[..., Finding]
) -> Iterator[Finding]:
    """Yield a finding for each node with the code or name of an earlier one."""
    first: dict[str, str] = {}
    for loc, node in subject.nodes:
        text = getattr(node, key)
        place = subject.locate((*loc, key))
        if text in first:
            said = f"The {key} '{visible(text)}' is there twice, first at {first[text]}."
            yield finding(id, (*loc, key), said, f"Give each node its own {key}.")
        first.setdefault(text, place)


def _depth(subject: Subject) -> Iterator[Finding]:
    for loc, node in subject.nodes:
        if len(loc) // 2 == MAX_LEVELS:
            said = f"{node.code} lies more than {MAX_LEVELS} levels deep in the framework."
            yield subject.error("framework-too-deep", loc, said, "Take out levels above it.")


def _kinds(subject: Subject) -> Iterator[Finding]:
    for loc, node in subject.nodes:
        if node.is_indicator and node.kind is None:
            said = f"{node.code} is an indicator and has no kind."
            remedy = f"Add `kind:` with {join_words(get_args(Kind))}."
            yield subject.error("kind-missing", (*loc, "kind"), said, remedy)
        if node.polarity == 0:
            said = f"{node.code}.polarity must be 1 or -1, got 0."
            remedy = "Write 1 where more is better, -1 where less is."
            yield subject.error("polarity-zero", (*loc, "polarity"), said, remedy)


def _foreign_keys(subject: Subject) -> Iterator[Finding]:
    for loc, node in subject.nodes:
        keys = AGGREGATE_KEYS if node.is_indicator else INDICATOR_KEYS
        for key in keys:
            if getattr(node, key) == Node.model_fields[key].default:
                continue
            yield _foreign(subject, loc, node, key)


def _foreign(subject: Subject, loc: Loc, node: Node, key: str) -> Finding:
    if node.is_indicator:
        said = f"{node.code}.{key} has no effect: {node.code} has no children to combine."
        remedy = "Remove it, or add children."
        return subject.error("aggregate-key-on-indicator", (*loc, key), said, remedy)
    said = f"{node.code}.{key} has no effect: {node.code} has children and no data of its own."
    step = _as_step(node, key)
    remedy = f"Move it to the indicators below{f', or write `steps: [{step}]`' * bool(step)}."
    return subject.error("indicator-key-on-aggregate", (*loc, key), said, remedy)


def _as_step(node: Node, key: str) -> str:
    """Return the step by which a key of indicators is written for a score, or nothing."""
    if key == "goalposts" and node.goalposts:
        low, high = node.goalposts
        return f"{{method: goalposts, goalposts: [{low:g}, {high:g}]}}"
    method: Method | None = getattr(node, key) if key in ("treatment", "normalisation") else None
    if method is None or method.name not in methods_of("step"):
        return ""
    if getattr(method, "needs_goalposts", False):
        return "{method: goalposts, goalposts: [LOW, HIGH]}"
    return "" if getattr(method, "needs_target", False) else method.name


def _root(subject: Subject) -> Iterator[Finding]:
    """Yield weights of the root, which has no siblings."""
    root = subject.definition.framework
    for key in ("weight", "period_weights", "group_weights", "required"):
        if getattr(root, key) != Node.model_fields[key].default:
            said = f"{root.code}.{key} has no effect: {root.code} is the whole index."
            yield subject.warning("root-weight", ("framework", key), said, "Remove it.")


def _single_children(subject: Subject) -> Iterator[Finding]:
    for loc, node in subject.aggregates:
        if len(node.children) == 1:
            child = node.children[0].code
            said = f"{node.code} has only one child, {child}"
            if _changes_nothing(subject, node, len(loc) // 2):
                said += ", and always equals it"
            yield subject.note("single-child", loc, f"{said}.", f"{child} could take its place.")


def _changes_nothing(subject: Subject, node: Node, level: int) -> bool:
    """Whether a node's score is that of its only child."""
    plain = node.polarity > 0 and not steps_of(subject.definition, node)
    return plain and isinstance(aggregation_of(subject.definition, node, level), _MEANS)


def _sanity(subject: Subject) -> Iterator[Finding]:
    for loc, node in subject.indicators:
        if node.composite:
            said = (
                f"{node.name} is itself a composite: what it is made of may be counted twice where "
                "the index has that too."
            )
            remedy = "Look up what its publisher puts into it."
            yield subject.note("composite-inside", (*loc, "composite"), said, remedy)
        if node.absent_is_zero and node.kind not in (None, "count", "amount", "dummy"):
            said = f"{node.code}.absent_is_zero reads missing values of a {node.kind} as zero."
            remedy = "Only a complete census of counts or amounts can be read so."
            yield subject.warning("absent-is-zero", (*loc, "absent_is_zero"), said, remedy)
