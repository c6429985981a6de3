"""A unit against its peers: a strip for each part, and what lifts it or holds it back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from rankscope._words import join_words
from rankscope.pages.numbers import MISSING, coordinate, ordinal, percent
from rankscope.pages.words import in_prose, starting

if TYPE_CHECKING:
    from rankscope.analyses.explain import Difference, Profile
    from rankscope.report.figures import Gauge, Side
    from rankscope.report.material import Material
    from rankscope.shapes import Vector, Whole

_PARTLY = 0.999


@dataclass(frozen=True, slots=True)
class Strip:
    """One part of the score: the unit's dot, the peers' median, middle half and range.

    Places are in percent of the strip; ``partly`` says from how much of the weight
    the score comes where that is not all.
    """

    number: int
    name: str
    score: str
    rank: str
    of: int
    at: str
    median: str
    low: str
    width: str
    inner: str
    inner_width: str
    peers: str
    partly: str


@dataclass(frozen=True, slots=True)
class Trait:
    """What sets a unit apart from its peers, in raw values."""

    name: str
    value: str
    peers: str
    rank: str
    of: int


def strips(material: Material, row: int, peers: tuple[int, ...]) -> tuple[Strip, ...]:
    """Return a strip for each single part of the score."""
    numbered = [
        (number, group.nodes[0])
        for number, group in enumerate(material.groups)
        if len(group.nodes) == 1
    ]
    return tuple(_strip(material, number, node, row, peers) for number, node in numbered)


def _strip(material: Material, number: int, node: int, row: int, peers: tuple[int, ...]) -> Strip:
    result = material.result
    scores = result.score(node)
    others = scores[list(peers)]
    others = others[~np.isnan(others)]
    low, inner, median, outer, high = (
        np.percentile(others, [0, 25, 50, 75, 100]).tolist() if others.size else [np.nan] * 5
    )
    ends = _ends(scores)
    share = _share_known(material, node, row)
    return Strip(
        number=number,
        name=material.groups[number].name,
        score=material.score(float(scores[row])),
        rank=material.result_rank(node, row),
        of=result.ranked(node),
        at=_at(float(scores[row]), ends),
        median=_at(median, ends),
        low=_at(low, ends),
        width=_wide(high - low, ends),
        inner=_at(inner, ends),
        inner_width=_wide(outer - inner, ends),
        peers=material.score(median),
        partly=percent(share) if share < _PARTLY and not np.isnan(scores[row]) else "",
    )


def _ends(scores: Vector) -> tuple[float, float]:
    """Return the ends of a strip: 0 to 100 where the scores are on such a scale."""
    known = scores[~np.isnan(scores)]
    if not known.size:
        return 0.0, 1.0
    low, high = float(known.min()), float(known.max())
    if low >= 0:
        return 0.0, next(end for end in (1.0, 10.0, 100.0, 1000.0, high) if end >= high)
    return low, high if high > low else low + 1.0


def _at(value: float, ends: tuple[float, float]) -> str:
    if np.isnan(value):
        return ""
    return coordinate((value - ends[0]) / (ends[1] - ends[0]) * 100)


def _wide(value: float, ends: tuple[float, float]) -> str:
    return "" if np.isnan(value) else coordinate(value / (ends[1] - ends[0]) * 100)


def _share_known(material: Material, node: int, row: int) -> float:
    """Return from how much of its weight the score of a node comes."""
    below = list(material.plan.below(node))
    weights = material.weights[below]
    total = float(weights.sum())
    known = float((weights * material.result.leaves.present[row, below]).sum())
    return known / total if total > 0 else 1.0


def traits(
    material: Material,
    differences: tuple[Difference, ...],
    gauges: dict[str, Gauge],
    row: int,
    peers: tuple[int, ...],
) -> tuple[Trait, ...]:
    """Return differences in words, each on the side on which it is larger."""
    rows = np.array(peers, dtype=np.int64)
    return tuple(_trait(material, one, gauges[one.code], row, rows) for one in differences)


def _trait(material: Material, one: Difference, gauge: Gauge, row: int, peers: Whole) -> Trait:
    side = _telling(material, gauge, row, peers, np.sign(one.points))
    values = side.values[peers]
    known = values[~np.isnan(values)]
    return Trait(
        name=one.name,
        value=side.written(float(side.values[row])),
        peers=_peers(side, float(np.median(known))) if known.size else "",
        rank=_placed(material, gauge, row, one.rank),
        of=one.of,
    )


def _placed(material: Material, gauge: Gauge, row: int, rank: int | None) -> str:
    if not rank:
        return MISSING
    return f"{'joint ' * material.shares_rank(gauge.node, row)}{ordinal(rank)}"


def _peers(side: Side, median: float) -> str:
    if side.yes_or_no:
        return f"most peers {side.number(round(median))}"
    return f"peers’ median {side.number(median)}{'%' if side.unit.startswith('%') else ''}"


def _telling(material: Material, gauge: Gauge, row: int, peers: Whole, sign: float) -> Side:
    """Return the side, absolute or relative, whose score differs more in the direction told."""
    if gauge.relative is None or gauge.relative.node == gauge.raw.node:
        return gauge.main
    distances = []
    for side in (gauge.relative, gauge.raw):
        scores = material.result.score(side.node)
        others = scores[peers][~np.isnan(scores[peers])]
        median = float(np.median(others)) if others.size else np.nan
        distances.append(sign * (float(scores[row]) - median))
    return gauge.raw if distances[1] > distances[0] else gauge.relative


def summary(material: Material, profile: Profile, found: tuple[Strip, ...]) -> str:
    """Return the profile in two sentences."""
    ranked = [strip for strip in found if strip.rank != MISSING]
    name = starting(in_prose(profile.name))
    if not ranked:
        return ""
    best = min(ranked, key=_rank_of)
    worst = max(ranked, key=_rank_of)
    told = f"{name} does best in {best.name} ({_place(best)} of {best.of})"
    if worst is not best:
        told += f" and least well in {worst.name} ({_place(worst)})"
    above = [strip for strip in ranked if strip.at and strip.median and _above(strip)]
    return f"{told}. {_against(material, profile, above, found)}"


def _against(
    material: Material, profile: Profile, above: list[Strip], found: tuple[Strip, ...]
) -> str:
    group = peer_words(material, profile)
    of = sum(strip.rank != MISSING for strip in found)
    parts = f"{material.part_name}s{' with a score' if of < len(found) else ''}"
    if not above:
        return f"It is at or below the median of {group} in all {of} {parts}."
    if len(above) == of:
        return f"It is above the median of {group} in all {of} {parts}."
    if len(above) <= 2:
        names = join_words((strip.name for strip in above), "and")
        return f"It is above the median of {group} only in {names}."
    return f"It is above the median of {group} in {len(above)} of {of} {parts}."


def _above(strip: Strip) -> bool:
    return float(strip.at) > float(strip.median)


def _rank_of(strip: Strip) -> int:
    return int(strip.rank.rstrip("="))


def _place(strip: Strip) -> str:
    return ordinal(_rank_of(strip))


def peer_words(material: Material, profile: Profile, *, counted: bool = False) -> str:
    """Return who the peers are, as it stands in a sentence, and how many."""
    many = f"{len(profile.peers.rows):,} " if counted else ""
    grouping, _, group = profile.peers.words.partition(" group: ")
    if not group:
        return {
            "neighbours in the ranking": f"its {many}neighbours in the ranking",
            "all ranked units": f"all {many}ranked {material.nouns}",
        }.get(profile.peers.words, profile.peers.words)
    if grouping == "income":
        return f"{many}{group.replace(' ', '-')}-income {material.nouns}"
    return f"{many}{material.nouns} of its group ({group})"
