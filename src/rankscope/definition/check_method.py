"""Checks of methods against the framework: views, goalposts, targets and directions."""

from __future__ import annotations

import math
from collections.abc import Iterator

from rankscope.definition.check_means import mean_findings, refusal, refused_means
from rankscope.definition.check_scales import scale_findings
from rankscope.definition.check_steps import step_findings
from rankscope.definition.fields import EXTENSIVE
from rankscope.definition.ranges import score_range
from rankscope.definition.subject import Subject
from rankscope.findings import Finding

__all__ = ["method_findings", "refusal", "refused_means"]


def method_findings(subject: Subject) -> Iterator[Finding]:
    """Yield methods that can not work on this framework."""
    yield from _views(subject)
    yield from _goalposts(subject)
    yield from _targets(subject)
    yield from _directions(subject)
    yield from step_findings(subject)
    yield from scale_findings(subject)
    yield from _mirrors(subject)
    yield from mean_findings(subject)
    if subject.definition.method.ranking.best == "lowest":
        said = "Rank 1 goes to the lowest score, at every node and indicator."
        yield subject.note("ranking-lowest", ("method", "ranking", "best"), said)


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
            remedy = "They are in raw units, also where less is better: polarity turns them."
            yield subject.error("goalposts-reversed", (*loc, "goalposts"), said, remedy)
        elif not normalisation.needs_goalposts:
            said = (
                f"{node.code}.goalposts have no effect: its normalisation is {normalisation.name}."
            )
            remedy = "Write `normalisation: goalposts` to use them."
            yield subject.note("goalposts-unused", (*loc, "goalposts"), said, remedy)


def _targets(subject: Subject) -> Iterator[Finding]:
    for loc, node in subject.indicators:
        one = node.normalisation or subject.definition.method.normalisation
        if node.target is None and one.needs_target:
            said = f"{node.code} has no target, which {one.name} needs."
            yield subject.error("target-missing", (*loc, "target"), said, "Add `target: VALUE`.")
        elif node.target is not None and one.needs_target and one.refuses_target(node.target):
            said = f"{node.code}.target is {node.target:g}, to which {one.name} makes no scale."
            mend = "Name a positive target, in the indicator's own units."
            yield subject.error("target-refused", (*loc, "target"), said, mend)
        elif node.target is not None and not one.needs_target:
            said = f"{node.code}.target has no effect: its normalisation is {one.name}."
            mend = "Write `normalisation: distance_to_target` to use it."
            yield subject.note("target-unused", (*loc, "target"), said, mend)


def _directions(subject: Subject) -> Iterator[Finding]:
    """Yield polarity that a normalisation does not look at, and ranks of which more is better."""
    for loc, node in subject.indicators:
        one = node.normalisation or subject.definition.method.normalisation
        if node.polarity < 0 and one.sets_direction:
            said = f"{node.code}.polarity has no effect: {one.name} says itself what is better."
            mend = "Give its better values the higher scores, and remove the polarity."
            yield subject.warning("polarity-unused", (*loc, "polarity"), said, mend)
        if node.kind == "rank" and node.polarity > 0 and not one.sets_direction:
            said = f"{node.code} is a rank of polarity 1: rank 1 counts as the worst."
            mend = "Write `polarity: -1` where rank 1 is the best."
            yield subject.note("rank-polarity", (*loc, "kind"), said, mend)


def _mirrors(subject: Subject) -> Iterator[Finding]:
    """Yield aggregates that are turned round on a scale whose ends nobody knows."""
    for loc, node in subject.aggregates:
        if node.polarity >= 0:
            continue
        if not math.isfinite(sum(score_range(subject.definition, node, len(loc) // 2))):
            said = f"The scale of {node.code} has no known ends: its scores change their sign."
            mend = (
                "Take a normalisation with ends, or a step `{method: mirror, around: [LOW, HIGH]}`."
            )
            yield subject.note("mirror-around-zero", (*loc, "polarity"), said, mend)
