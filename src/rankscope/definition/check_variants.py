"""Checks of variants: each as the definition that it makes, and of what is published."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from rankscope.definition.change import MethodChange, NodeChange, Variant
from rankscope.definition.located import Loc
from rankscope.definition.model import IndexDefinition
from rankscope.definition.subject import Subject
from rankscope.definition.variants import apply_variant, changed_tree
from rankscope.findings import Finding, Severity

IGNORED = "weights-ignored"
"""What a variant with another weighting means to do, unless it gives weights itself."""

_JUDGED_ONCE: dict[str, Any] = {"assumptions": None, "ties": (), "scenarios": ()}
"""Parts that are judged with the index, not with its variants."""

Check = Callable[[IndexDefinition], tuple[Finding, ...]]
"""Returns the findings of a definition without variants, at the codes of nodes."""


def variant_findings(subject: Subject, check: Check) -> Iterator[Finding]:
    """Yield what is wrong with variants, in themselves and in the definitions they make."""
    definition = subject.definition
    yield from subject.twice(
        "variant-duplicate", "variants", [one.name for one in definition.variants]
    )
    before: set[tuple[str, str]] | None = None
    for position, variant in enumerate(definition.variants):
        own = list(_alone(subject, ("variants", position), variant))
        yield from own
        if any(one.severity is Severity.ERROR for one in own):
            continue
        if before is None:
            plain = definition.model_copy(update={"variants": (), **_JUDGED_ONCE})
            before = {(one.id, one.sentence) for one in check(plain)}
        made = check(apply_variant(_only(definition, variant), variant.name))
        for one in made:
            if one.severity is Severity.NOTE or (one.id == IGNORED and not _weighs(variant)):
                continue
            if (one.id, one.sentence) not in before:
                place = subject.locate(("variants", position))
                said = f"In the variant {variant.name}: {one.sentence}"
                yield Finding(one.id, one.severity, place, said, one.remedy)


def _weighs(variant: Variant) -> bool:
    """Whether a variant gives weights to nodes; one that does not may override them all."""
    return bool(variant.weights) or any(one.weight is not None for one in variant.nodes)


def _only(definition: IndexDefinition, variant: Variant) -> IndexDefinition:
    """Return a definition with one variant alone: another may have its name.

    What is assumed is judged once, with the index: a variant differs from it on purpose.  So
    are scenarios and ties.
    """
    return definition.model_copy(update={"variants": (variant,), **_JUDGED_ONCE})


def _alone(subject: Subject, loc: Loc, variant: Variant) -> Iterator[Finding]:
    """Yield what a variant says of nodes and periods that are not there, or says twice."""
    definition = subject.definition
    codes = [node.code for _, node in subject.nodes]
    where = f"The variant {variant.name}"
    named: list[tuple[Loc, str]] = [((*loc, "weights", code), code) for code, _ in variant.weights]
    named += [((*loc, "drop", at), code) for at, code in enumerate(variant.drop)]
    named += [((*loc, "nodes", at, "code"), one.code) for at, one in enumerate(variant.nodes)]
    for place, code in named:
        yield from subject.unknown_node(place, code, where, codes)
    yield from _twice(subject, loc, variant)
    if changed_tree(definition.framework, variant) is None:
        said = f"{where} leaves out all indicators."
        yield subject.error("variant-drops-all", (*loc, "drop"), said, "Keep some of them.")
    for at, period in enumerate(variant.periods):
        place = (*loc, "periods", at)
        if definition.data.period_column is None:
            said = f"{where} keeps periods, which need a table with periods."
            yield subject.error("panel-missing", place, said, "Declare `data.period_column`.")
        elif definition.data.periods and period not in definition.data.periods:
            said = f"{where} keeps the period '{period}', which data.periods does not keep."
            yield subject.error("period-unknown", place, said, "Add it there, or remove it here.")
    if _changes_nothing(variant):
        said = f"{where} changes nothing."
        yield subject.warning("variant-empty", loc, said, "Say what it changes, or remove it.")


def _twice(subject: Subject, loc: Loc, variant: Variant) -> Iterator[Finding]:
    """Yield nodes that a variant changes in two places, of which one would win."""
    dropped, weighed, seen = set(variant.drop), dict(variant.weights), set()
    for at, one in enumerate(variant.nodes):
        again = one.code in seen or (one.weight is not None and one.code in weighed)
        if again or one.code in dropped:
            what = "leaves out and changes" if one.code in dropped else "changes twice"
            said = f"The variant {variant.name} {what} the node {one.code}."
            yield subject.error("variant-twice", (*loc, "nodes", at), said, "Keep one of the two.")
        seen.add(one.code)
    for code in weighed.keys() & dropped:
        said = f"The variant {variant.name} leaves out and weighs the node {code}."
        place = (*loc, "weights", code)
        yield subject.error("variant-twice", place, said, "Keep one of the two.")


def _changes_nothing(variant: Variant) -> bool:
    idle = variant.method == MethodChange() and all(
        one == NodeChange(code=one.code) for one in variant.nodes
    )
    return idle and not (variant.weights or variant.drop or variant.exclude or variant.periods)


def published_findings(subject: Subject) -> Iterator[Finding]:
    """Yield columns of the published table that are about no node, or the same twice."""
    published = subject.definition.published
    codes = [node.code for _, node in subject.nodes]
    first: dict[tuple[str, str | None, str], int] = {}
    for at, one in enumerate(published.columns if published else ()):
        loc: Loc = ("published", "columns", at)
        if one.node is not None:
            where = f"The published column '{one.column}'"
            yield from subject.unknown_node((*loc, "node"), one.node, where, codes)
        if first.setdefault((one.column, one.node, one.of), at) != at:
            said = f"The published column '{one.column}' is declared twice for the same {one.of}."
            yield subject.warning("published-twice", loc, said, "Remove one of the two.")
