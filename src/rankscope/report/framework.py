"""The framework: a picture of the tree, and a list of what every indicator measures and why."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from rankscope.charts.framework import framework_chart
from rankscope.charts.groups import pillar_of
from rankscope.charts.render import inline_svg
from rankscope.pages.trust import our_own
from rankscope.report.figures import per_words

if TYPE_CHECKING:
    from markupsafe import Markup

    from rankscope.definition.model import Node
    from rankscope.report.material import Material
    from rankscope.shapes import Vector

_PICTURED = 150


@dataclass(frozen=True, slots=True)
class Branch:
    """A node of the framework with those below it."""

    name: str
    code: str
    weight: str
    description: str
    rationale: str
    indicator: bool
    measure: str
    source: str
    year: str
    children: tuple[Branch, ...]


@dataclass(frozen=True, slots=True)
class Outline:
    """A pillar with its parts, each with its number and weight: the picture for a phone."""

    name: str
    weight: str
    parts: tuple[tuple[int, str, str], ...]


@dataclass(frozen=True, slots=True)
class Framework:
    """The picture, where it can be read, its outline, and the tree in words."""

    picture: Markup | None
    outline: tuple[Outline, ...]
    tree: Branch


def framework(material: Material) -> Framework:
    """Return the framework of an index."""
    few = len(material.index.definition.indicators()) <= _PICTURED
    picture = None
    if few:
        drawn = inline_svg(framework_chart(material.plan, width=1040))
        picture = our_own(drawn)  # texts in a drawing are escaped
    tree = _branch(material, material.index.definition.framework, material.weights)
    return Framework(picture, _outline(material, material.weights), tree)


def _outline(material: Material, weights: Vector) -> tuple[Outline, ...]:
    """Return the pillars with their parts; a part that is a pillar itself has none below."""
    plan = material.plan
    parts: dict[int, list[tuple[int, str, str]]] = {}
    for number, group in enumerate(material.groups):
        for node in group.nodes:
            below = parts.setdefault(pillar_of(plan, node), [])
            if group.pillar:
                below.append((number, group.name, _share(group.weight)))
    return tuple(
        Outline(plan.nodes[pillar].spec.name, _share(float(weights[pillar])), tuple(below))
        for pillar, below in parts.items()
    )


def _share(weight: float) -> str:
    return f"{weight * 100:.1f}%"


def _branch(material: Material, spec: Node, weights: Vector) -> Branch:
    return Branch(
        name=spec.name,
        code=spec.code,
        weight=_share(float(weights[material.plan.node(spec.code)])),
        description=spec.description,
        rationale=spec.rationale,
        indicator=spec.is_indicator,
        measure=_measure(material, spec) if spec.is_indicator else "",
        source=spec.source or "",
        year=spec.year,
        children=tuple(_branch(material, child, weights) for child in spec.children),
    )


def _measure(material: Material, spec: Node) -> str:
    """Return how an indicator is measured, and which way is better."""
    unit = spec.unit or str(spec.kind)
    own = [leaf for leaf in material.plan.leaves if leaf.spec is spec]
    if any(leaf.divisor >= 0 for leaf in own):
        also = "also " if len(own) > 1 else ""
        unit += f", {also}{per_words(material.index.definition, spec)}"
    better = "" if spec.polarity > 0 else "; less is better"
    composite = "; itself a composite" if spec.composite else ""
    return f"{unit}{better}{composite}"
