"""The head: title, key message in words, the leaders of each view, and the size of the index."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from rankscope._words import join_words
from rankscope.charts.coverage import coverage
from rankscope.charts.views import odd_ones
from rankscope.pages.links import web_address
from rankscope.pages.numbers import ordinal, percent
from rankscope.pages.words import counted, in_prose, starting
from rankscope.pipeline.plan import INTENSITY, SCALE
from rankscope.report.bars import Segment, bar
from rankscope.report.countries import whole

if TYPE_CHECKING:
    from rankscope.definition.model import Source
    from rankscope.report.material import Material

_LEADERS = 5
_TENTH = 10


@dataclass(frozen=True, slots=True)
class Leader:
    """A unit among the first of a view."""

    rank: str
    name: str
    anchor: str
    score: str
    segments: tuple[Segment, ...]


@dataclass(frozen=True, slots=True)
class Podium:
    """The first units of a view."""

    view: str
    words: str
    leaders: tuple[Leader, ...]


@dataclass(frozen=True, slots=True)
class Number:
    """A number of the index, with what it counts."""

    value: str
    words: str


@dataclass(frozen=True, slots=True)
class Head:
    """The head of the report; ``message`` is what matters most, ``more`` what comes next."""

    title: str
    edition: str
    publisher: str
    description: str
    message: str
    more: str
    podiums: tuple[Podium, ...]
    numbers: tuple[Number, ...]


def head(material: Material) -> Head:
    """Return the head of the report."""
    definition = material.index.definition
    lead, more = message(material)
    return Head(
        title=definition.title,
        edition=definition.edition,
        publisher=definition.publisher,
        description=definition.description,
        message=lead,
        more=more,
        podiums=tuple(_podium(material, view) for view in range(len(material.views))),
        numbers=_numbers(material),
    )


def message(material: Material) -> tuple[str, str]:
    """Return the key message, who leads, and what follows: by how much, and if size decides."""
    order = material.result.order()
    if not order:
        return _nobody(material), ""
    lead, *rest = [*_who_leads(material, order), *_views_differ(material)]
    return lead, " ".join(rest)


def _nobody(material: Material) -> str:
    """Say that nobody is ranked: for lack of data, or because they give no score."""
    if whole(material.result.leaves.coverage).any():
        return f"No {material.noun} is ranked: the figures are there, but they give no score."
    return f"No {material.noun} has enough data to be ranked."


def _who_leads(material: Material, order: list[int]) -> list[str]:
    result = material.result
    scores = result.score()
    ranks = result.rank()
    first = [row for row in order if ranks[row] == 1]
    if len(first) > 1 or len(order) == 1:
        together = join_words((in_prose(result.names[row]) for row in first[:4]), "and")
        lead = "leads" if len(order) == 1 else "share the first place"
        return [
            starting(
                f"{together} {lead} with a score of {material.score(float(scores[first[0]]))}."
            )
        ]
    after = join_words((_with_score(material, row) for row in order[1:3]), "and")
    sentences = [
        starting(f"{_with_score(material, order[0], 'leads with a score of')}, ahead of {after}.")
    ]
    gap = f"The gap between first and second is {_points(material, order[0], order[1])}"
    if len(order) >= _TENTH:
        spread = _points(material, order[1], order[_TENTH - 1])
        gap += f"; from the second to the tenth it is {spread}"
    return [*sentences, f"{gap}."]


def _views_differ(material: Material) -> list[str]:
    if INTENSITY not in material.views:
        return []
    result = material.result
    first = [result.order(view=view)[:1] for view in (SCALE, INTENSITY)]
    sentences = []
    if all(first):
        large, dense = (in_prose(result.names[one[0]]) for one in first)
        ahead = starting(f"{large} is first in scale and {dense} in intensity.")
        both = starting(f"{large} is first both in scale and in intensity.")
        sentences.append(both if large == dense else ahead)
    among = result.order()[: max(_TENTH, result.ranked() // 4)]
    larger, denser = odd_ones(result, 1, among)
    told = [
        f"{in_prose(result.names[row])} is {material.place(row, SCALE)} in scale "
        f"but {material.place(row, INTENSITY)} in intensity"
        for row in (*larger, *denser)
    ]
    if told:
        sentences.append(starting(f"{', while '.join(told)}."))
    return sentences


def _with_score(material: Material, row: int, verb: str = "") -> str:
    name = in_prose(material.result.names[row])
    score = material.score(float(material.result.score()[row]))
    return f"{name} {verb} {score}" if verb else f"{name} ({score})"


def _points(material: Material, one: int, other: int) -> str:
    scores = material.result.score()
    gap = material.score(float(scores[one] - scores[other]))
    return f"{gap} {'point' if gap == '1' else 'points'}"


def _podium(material: Material, view: int) -> Podium:
    result, name = material.result, material.views[view]
    words = {
        SCALE: "how much there is",
        INTENSITY: "how much relative to size",
    }.get(name, "scale and intensity together" if len(material.views) > 1 else "")
    return Podium(
        view=material.view_names[view],
        words=words,
        leaders=tuple(
            Leader(
                rank=material.rank(row, name),
                name=result.names[row],
                anchor=material.anchors[row],
                score=material.score(float(result.score(view=name)[row])),
                segments=bar(material, view, row),
            )
            for row in result.order(view=name)[:_LEADERS]
        ),
    )


def _numbers(material: Material) -> tuple[Number, ...]:
    result, definition = material.result, material.index.definition
    ranked = result.ranked()
    rows = result.rank() > 0
    columns = sorted({leaf.column for leaf in material.plan.leaves})
    values = material.plan.table.values[rows][:, columns]
    gaps = float(np.isnan(values).mean()) if values.size else 0.0
    imputed = sum(one.imputed for one in coverage(result))
    filled = counted(imputed, "value") + " filled in" if imputed else "none filled in"
    rest = len(result.units) - ranked
    apart = f"; {rest:,} more shown, not ranked" if rest else ""
    return (
        Number(f"{ranked:,}", f"{material.units(ranked).split(' ', 1)[1]} ranked{apart}"),
        Number(f"{len(definition.indicators()):,}", f"indicators in {_of_parts(material)}"),
        Number(f"{len(definition.sources):,}", _named(definition.sources)),
        Number(percent(gaps), f"of the values are missing; {filled}"),
    )


def _named(sources: tuple[Source, ...]) -> str:
    if not sources:
        return "sources: the definition names none"
    linked = " and linked" if all(web_address(one.address) for one in sources) else ""
    return f"source, named{linked} below" if len(sources) == 1 else f"sources, each named{linked}"


def _of_parts(material: Material) -> str:
    pillars = len(material.plan.nodes[material.plan.root].children)
    if any(group.pillar for group in material.groups):
        return f"{counted(pillars, 'pillar')} and {counted(len(material.groups), 'sub-pillar')}"
    return counted(pillars, "part")


def headline_words(material: Material) -> str:
    """Return one sentence for search engines and previews."""
    order = material.result.order()[:3]
    leaders = join_words((material.result.names[row] for row in order), "and")
    title = f"{material.index.definition.title}, edition {material.index.definition.edition}"
    return f"{title}: {ordinal(1)} to {ordinal(len(order))}: {leaders}." if order else f"{title}."
