"""Where a definition names stages and steps."""

from __future__ import annotations

from collections.abc import Iterator

from rankscope.definition.located import Loc
from rankscope.definition.subject import Subject
from rankscope.methods.base import Stage

STAGES = ("imputation", "treatment", "normalisation")
"""The stages that work on indicators."""


def staged(subject: Subject) -> Iterator[tuple[Loc, Stage]]:
    """Yield each stage and step that a definition names, with its location."""
    method, views = subject.definition.method, subject.definition.views
    for key in STAGES:
        yield ("method", key), getattr(method, key)
        for loc, node in subject.nodes:
            if getattr(node, key) is not None:
                yield (*loc, key), getattr(node, key)
    if views is not None:
        yield ("views", "scale_treatment"), views.scale_treatment
    for key in ("indicator_steps", "aggregate_steps"):
        yield from _listed(("method", key), getattr(method, key))
    for loc, node in subject.nodes:
        yield from _listed((*loc, "steps"), node.steps or ())


def _listed(loc: Loc, steps: tuple[Stage, ...]) -> Iterator[tuple[Loc, Stage]]:
    """Yield the steps of a list, and their locations."""
    yield from (((*loc, place), step) for place, step in enumerate(steps))
