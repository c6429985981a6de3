"""The part of each unit: where it stands and why, all its figures, and facts beside them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from rankscope.analyses.explain import Profile, explain
from rankscope.pages.numbers import percent
from rankscope.pages.words import searchable
from rankscope.pipeline.plan import INTENSITY
from rankscope.report.facts import ShownFact, facts_by_unit
from rankscope.report.figures import Gauge, gauges
from rankscope.report.names import other_names
from rankscope.report.observed import Block, blocks
from rankscope.report.profile import Strip, Trait, peer_words, strips, summary, traits
from rankscope.units import iso3166

if TYPE_CHECKING:
    from rankscope.report.material import Material
    from rankscope.shapes import Mask, Vector

_TRAITS = 4
_MARKS = {
    "none listed": "None listed: the source lists all there are, and none here, so zero.",
    "too small": "Too small: the publisher prints no figure that small.",
    "filled in": "Filled in: estimated by the index, not observed.",
    "composite": "Composite: itself made up of several measures.",
}


_SLACK = 1e-9


@dataclass(frozen=True, slots=True)
class ViewStanding:
    """Rank and score in one view, or why there is no rank."""

    view: str
    rank: str
    of: int
    score: str
    reason: str


@dataclass(frozen=True, slots=True)
class Neighbour:
    """The unit before or after in the ranking."""

    name: str
    anchor: str


@dataclass(frozen=True, slots=True)
class Part:
    """The part of one unit.  A compact part has strips without figures and traits."""

    name: str
    code: str
    anchor: str
    search: str
    rank: str
    score: str
    groups: tuple[str, ...]
    standings: tuple[ViewStanding, ...]
    coverage: str
    reason: str
    firm: str
    alike: str
    proved: str
    summary: str
    peers: str
    strips: tuple[Strip, ...]
    strengths: tuple[Trait, ...]
    weaknesses: tuple[Trait, ...]
    blocks: tuple[Block, ...]
    notes: str
    facts: tuple[ShownFact, ...]
    before: Neighbour | None
    after: Neighbour | None


@dataclass(frozen=True, slots=True)
class _Shared:
    """What all parts draw on."""

    gauges: tuple[Gauge, ...]
    by_code: dict[str, Gauge]
    facts: dict[str, tuple[ShownFact, ...]]
    order: list[int]


def parts(material: Material) -> tuple[Part, ...]:
    """Return the part of each unit: the ranked by rank, then the others by name."""
    found = gauges(material)
    shared = _Shared(
        gauges=found,
        by_code={gauge.spec.code: gauge for gauge in found},
        facts=facts_by_unit(material),
        order=material.result.order(),
    )
    place = {row: number for number, row in enumerate(shared.order)}
    return tuple(_part(material, shared, row, place.get(row)) for row in material.order())


def _part(material: Material, shared: _Shared, row: int, place: int | None) -> Part:
    result = material.result
    unit = result.units[row]
    full, firm = not material.compact, material.firmness
    ranked = explain(result, unit, most=_TRAITS) if full and place is not None else None
    peers = ranked.peers.rows if ranked else ()
    figures = blocks(material, shared.gauges, row) if full else ()
    lines = strips(material, row, peers) if place is not None else ()
    return Part(
        name=result.names[row],
        code=unit,
        anchor=material.anchors[row],
        search=searchable(" ".join((result.names[row], *other_names(material, row)))),
        rank=material.rank(row),
        score=material.score(float(result.score()[row])),
        groups=_groups(material, unit),
        standings=_standings(material, row),
        coverage=percent(float(result.leaves.coverage[row])),
        reason="" if place is not None else why_unranked(material, row),
        firm=firm.told(row) if firm else "",
        alike=firm.told_alike(row, material.noun, material.nouns) if firm else "",
        proved=firm.told_proved(row) if firm else "",
        summary=summary(material, ranked, lines) if ranked else "",
        peers=peer_words(material, ranked, counted=True) if ranked else "",
        strips=lines,
        strengths=_traits(material, shared, ranked, row, strong=True),
        weaknesses=_traits(material, shared, ranked, row, strong=False),
        blocks=figures,
        notes=_notes(material, figures, ranked=place is not None),
        facts=shared.facts.get(unit, ()) if full else (),
        before=_neighbour(material, shared.order, place, -1),
        after=_neighbour(material, shared.order, place, 1),
    )


def _notes(material: Material, found: tuple[Block, ...], *, ranked: bool) -> str:
    """Say how the ranks and marks in a table of figures are to be read."""
    figures = [one for block in found for one in block.figures]
    marks = {one.mark for one in figures} | {"composite" for one in figures if one.composite}
    told = [words for mark, words in _MARKS.items() if mark in marks]
    if ranked:
        both = ", in which total and relative figure count together" if _twofold(material) else ""
        told.insert(0, f"Ranks are by the score of the indicator{both}; = marks a shared rank.")
    return " ".join(told)


def _twofold(material: Material) -> bool:
    return len(material.plan.leaves) > len(material.index.definition.indicators())


def _traits(
    material: Material, shared: _Shared, profile: Profile | None, row: int, *, strong: bool
) -> tuple[Trait, ...]:
    if profile is None:
        return ()
    told = profile.strengths if strong else profile.weaknesses
    return traits(material, told, shared.by_code, row, profile.peers.rows)


def _groups(material: Material, unit: str) -> tuple[str, ...]:
    register = iso3166()
    if not material.of_countries or unit not in register:
        return ()
    known = register.get(unit)
    income = f"{known.income} income" if known.income else ""
    return tuple(group for group in (known.subregion or known.region, income) if group)


def _standings(material: Material, row: int) -> tuple[ViewStanding, ...]:
    result = material.result
    return tuple(
        ViewStanding(
            view=title,
            rank=material.rank(row, view),
            of=result.ranked(view=view),
            score=material.score(float(result.score(view=view)[row])),
            reason=_reason_in_view(material, row, view),
        )
        for view, title in zip(material.views, material.view_names, strict=True)
    )


def _reason_in_view(material: Material, row: int, view: str) -> str:
    """Say why a unit has a score and no rank in a view."""
    score = float(material.result.score(view=view)[row])
    if material.result.rank(view=view)[row] or np.isnan(score) or view != INTENSITY:
        return ""
    views = material.index.definition.views
    threshold = views.rank_intensity_from if views else None
    if threshold is None:
        return ""
    name = material.index.definition.variable_name(threshold.variable)
    return f"not ranked: {name} below {threshold.at_least:,.0f}"


def why_unranked(material: Material, row: int) -> str:
    """Say why a unit has no rank."""
    leaves, method = material.result.leaves, material.index.definition.method
    coverage = float(leaves.coverage[row])
    if not leaves.ranked[row]:
        return (
            f"figures are there for {percent(coverage)} of the {_measure(method.screening.by)}, "
            f"and {percent(method.screening.at_least)} are needed"
        )
    if whole(leaves.coverage)[row]:
        return "all figures are there, but they give no score"
    plan = material.plan
    lacking = [
        plan.nodes[child].spec.name.lower()
        for child in plan.nodes[plan.root].children
        if not leaves.present[row, child]
    ]
    return f"too few figures in {', '.join(lacking)}" if lacking else "too few figures"


def whole(coverage: Vector) -> Mask:
    """Return who has all figures, (rows,)."""
    return coverage >= 1 - _SLACK


def _measure(by: str) -> str:
    return "weight" if by == "weight" else "indicators"


def _neighbour(
    material: Material, order: list[int], place: int | None, step: int
) -> Neighbour | None:
    if place is None or not 0 <= place + step < len(order):
        return None
    row = order[place + step]
    return Neighbour(material.result.names[row], material.anchors[row])
