"""What the index is made of: every node with its direction, weights, unit, source and year."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from rankscope.pages.numbers import MISSING
from rankscope.pages.templates import environment
from rankscope.pages.trust import our_own
from rankscope.pages.words import counted
from rankscope.report.audit.exhibits import Cell, Drawing, Exhibit, Section, sheet
from rankscope.report.audit.words import weight
from rankscope.report.framework import framework

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from rankscope.definition.model import Node
    from rankscope.report.audit.exhibits import Given
    from rankscope.report.audit.subject import Subject
    from rankscope.report.framework import Outline

_TEMPLATES = "rankscope.report.audit.templates"

_COLUMNS = (
    "Node",
    "Better is*",
    "Weight in its group",
    "Weight in the index",
    "Unit*",
    "Source*",
    "Year",
)


def framework_section(subject: Subject) -> Section:
    """Return the section on the framework."""
    rows = tuple(_rows(subject, subject.material.index.definition.framework, 0))[1:]
    table = sheet(_COLUMNS, rows, rest="rows of the framework")
    return Section(
        anchor="framework",
        title="What is the index made of?",
        short="Framework",
        lead=(
            "An index is a tree: indicators are combined into groups, groups into larger ones, "
            "and those into one score. A weight says how much a part counts beside the other "
            "parts of its group; multiplied down the tree it becomes the weight in the index."
        ),
        exhibits=(*_picture(subject), Exhibit(1, "The framework", _sees(subject), sheet=table)),
    )


def _picture(subject: Subject) -> Sequence[Exhibit]:
    """Return the tree as a picture, for a phone as an outline; none where nobody could read it."""
    drawn = framework(subject.material)
    if drawn.picture is None:
        return ()
    outline = environment(_TEMPLATES).get_template("outline.html.j2")
    narrow = our_own(outline.render(outlines=drawn.outline))  # the template escapes what is data
    label = "The framework as a tree of boxes; the same in words is in the table that follows"
    return (
        Exhibit(
            1,
            "The index as a tree",
            _heaviest(drawn.outline),
            drawings=(Drawing(label, drawn.picture, narrow),),
        ),
    )


def _heaviest(outlines: Sequence[Outline]) -> str:
    """Say how tall boxes are, and which of the first level weighs most."""
    told = "The taller a box, the more it weighs"
    if len(outlines) < 2:
        return f"{told}."
    weights = [float(one.weight.rstrip("%")) for one in outlines]
    most = outlines[int(np.argmax(weights))]
    if max(weights) == min(weights):
        return f"{told}; each of the {len(outlines)} on the first level has {most.weight}."
    return f"{told}; of the {len(outlines)} on the first level {most.name} has most, {most.weight}."


def _rows(subject: Subject, spec: Node, depth: int) -> Iterator[tuple[Given, ...]]:
    """Yield a row for a node and those below it."""
    number = subject.plan.node(spec.code)
    years = spec.year if spec.is_indicator else ""
    better = ""
    if spec.is_indicator or spec.polarity < 0:
        better = "more" if spec.polarity > 0 else "less"
    source = (
        Cell(_publisher(subject, spec.source), link=f"#source-{spec.source}")
        if spec.source
        else Cell("")
    )
    yield (
        Cell(spec.name, "group" if not spec.is_indicator else "", indent=max(0, depth - 1)),
        better,
        weight(_own_share(subject, number)),
        weight(float(subject.material.weights[number])),
        (spec.unit or str(spec.kind)) if spec.is_indicator else "",
        source,
        years or (MISSING if spec.is_indicator else ""),
    )
    for child in spec.children:
        yield from _rows(subject, child, depth + 1)


def _publisher(subject: Subject, code: str) -> str:
    """Return who publishes a source; its code where nobody is named."""
    sources = subject.material.index.definition.sources
    named = (one.publisher.partition(",")[0] for one in sources if one.code == code)
    return next(filter(None, named), code)


def _own_share(subject: Subject, number: int) -> float:
    """Return the weight of a node as a share of its siblings'."""
    plan = subject.plan
    parent = plan.nodes[number].parent
    if parent < 0:
        return 1.0
    above = float(subject.material.weights[parent])
    return float(subject.material.weights[number]) / above if above > 0 else 0.0


def _sees(subject: Subject) -> str:
    """Say how large the framework is, and which indicators weigh most and least."""
    definition, plan = subject.material.index.definition, subject.plan
    specs = definition.indicators()
    weights = [float(subject.material.weights[plan.node(one.code)]) for one in specs]
    groups = sum(not one.is_indicator for one in definition.framework.walk()) - 1
    inside = f" in {counted(groups, 'group')}" if groups else ""
    levels = counted(_levels(definition.framework), "level")
    told = f"{counted(len(specs), 'indicator')}{inside} on {levels}"
    first, last = int(np.argmax(weights)), int(np.argmin(weights))
    if len(specs) > 1 and weights[first] - weights[last] < 1e-12:
        told += f"; each has {weight(weights[0])} of the weight"
    elif len(specs) > 1:
        told += (
            f"; the heaviest, {specs[first].name}, has {weight(weights[first])} of the weight, "
            f"the lightest, {specs[last].name}, {weight(weights[last])}"
        )
    less = sum(one.polarity < 0 for one in specs)
    if not less:
        return f"{told}. More is better in all of them."
    return f"{told}. Less is better in {counted(less, 'indicator')}."


def _levels(spec: Node) -> int:
    """Return how many levels there are below the whole."""
    return max((1 + _levels(child) for child in spec.children), default=0)
