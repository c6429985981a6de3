"""Checks of steps: what they want, what they replace, and what they see."""

from __future__ import annotations

from collections.abc import Iterator

from rankscope._words import join_words
from rankscope.definition.located import Loc
from rankscope.definition.model import Node
from rankscope.definition.ranges import steps_of
from rankscope.definition.subject import Subject
from rankscope.findings import Finding
from rankscope.methods.base import Stage
from rankscope.methods.normalisation import NoNormalisation, Normalisation


def step_findings(subject: Subject) -> Iterator[Finding]:
    """Yield steps that can not work, and those of which one may expect something else."""
    yield from _wrong(subject)
    yield from _replaced(subject)
    yield from _negated(subject)


def _wrong(subject: Subject) -> Iterator[Finding]:
    """Yield steps that want what only the raw values of an indicator have."""
    method, seen = subject.definition.method, set()
    for loc, node in subject.nodes:
        steps = steps_of(subject.definition, node)
        key = _general_key(node)
        where: Loc = ("method", key) if steps is getattr(method, key) else (*loc, "steps")
        for place, step in enumerate(steps):
            wanted = _wanted(step)
            if wanted and (*where, place) not in seen:
                seen.add((*where, place))
                said = f"{step.name} can not be a step at {node.code}: a score has no {wanted}."
                mend = "Write it as the normalisation of indicators, or take `min_max`."
                yield subject.error("step-wrong", (*where, place), said, mend)


def _wanted(step: Stage) -> str:
    """Return what a step needs and a score does not have, or nothing.

    The values of a unit to refer to are there at every node.
    """
    if not isinstance(step, Normalisation):
        return ""
    if step.needs_goalposts:
        return "goalposts"
    return "target" if step.needs_target and step.reference() is None else ""


def _replaced(subject: Subject) -> Iterator[Finding]:
    """Yield steps of a node that stand in for general ones, without repeating them."""
    for loc, node in subject.nodes:
        key = _general_key(node)
        general: tuple[Stage, ...] = getattr(subject.definition.method, key)
        lost = [step.name for step in general if step not in (node.steps or general)]
        if lost:
            said = f"{node.code}.steps replace method.{key}: {join_words(lost, 'and')} falls away."
            mend = "Write the general steps there as well where they are meant."
            yield subject.note("steps-replaced", (*loc, "steps"), said, mend)


def _negated(subject: Subject) -> Iterator[Finding]:
    """Yield indicators of polarity -1 whose raw values change their sign before the steps."""
    definition = subject.definition
    for loc, node in subject.indicators:
        one = node.normalisation or definition.method.normalisation
        steps = steps_of(definition, node)
        if node.polarity < 0 and isinstance(one, NoNormalisation) and steps:
            said = (
                f"{node.code} has polarity -1 and no normalisation: its steps see the values with "
                f"their sign turned, and {steps[0].name} comes first."
            )
            mend = "Write their limits for negative values, or turn the scale with `mirror`."
            yield subject.note("steps-negated", (*loc, "polarity"), said, mend)


def _general_key(node: Node) -> str:
    return "indicator_steps" if node.is_indicator else "aggregate_steps"
