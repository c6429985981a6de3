"""Explain: where a unit stands at every node, what lifts it and what holds it back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from rankscope.analyses.contributions import contributions
from rankscope.analyses.peers import Peers, peers_of
from rankscope.data.table import Status
from rankscope.methods.statistics import medians
from rankscope.pipeline.plan import HEADLINE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rankscope.definition.model import Source
    from rankscope.pipeline.result import Result


@dataclass(frozen=True, slots=True)
class Standing:
    """A unit at one node, in one view."""

    code: str
    name: str
    level: int
    score: float
    rank: int
    of: int
    weight: float
    contribution: float


@dataclass(frozen=True, slots=True)
class Difference:
    """How far an indicator lifts a unit above its peers, or holds it below.

    ``points`` is weight times distance of the normalised value from the peers'
    median; ``value`` and ``peer_median`` are raw.
    """

    code: str
    name: str
    points: float
    value: float
    peer_median: float
    unit: str
    rank: int
    of: int


@dataclass(frozen=True, slots=True)
class Observation:
    """One raw value of a unit, with where it comes from and how it came about."""

    code: str
    name: str
    value: float
    unit: str
    year: int
    source: Source | None
    status: Status
    composite: bool


@dataclass(frozen=True, slots=True)
class Profile:
    """All there is to say about a unit in one view."""

    unit: str
    name: str
    view: str
    rank: int
    of: int
    score: float
    coverage: float
    standings: tuple[Standing, ...]
    peers: Peers
    strengths: tuple[Difference, ...]
    weaknesses: tuple[Difference, ...]
    observations: tuple[Observation, ...]

    @property
    def missing(self) -> tuple[Observation, ...]:
        """Return the indicators without a value."""
        gaps = (Status.MISSING, Status.CENSORED)
        return tuple(one for one in self.observations if one.status in gaps)

    @property
    def imputed(self) -> tuple[Observation, ...]:
        """Return the indicators whose value was imputed."""
        return tuple(one for one in self.observations if one.status is Status.IMPUTED)


def explain(
    result: Result, unit: str, *, view: str = HEADLINE, peers: str | None = None, most: int = 5
) -> Profile:
    """Return the profile of a unit, by its code.

    ``peers`` names a grouping (``income``, ``region``, ...) or ``rank``; ``most``
    is the number of strengths and of weaknesses.

    >>> from rankscope.catalogue import open_index
    >>> profile = explain(open_index("ai-capacity").build(), "RUS", peers="region", most=3)
    >>> profile.name, profile.peers.words, len(profile.weaknesses)
    ('Russia', 'region group: europe', 3)

    Raises
    ------
    KeyError
        When no unit has this code, or the index no such grouping.
    """
    row = result.plan.table.row(unit)
    group = peers_of(result, row, peers, view)
    differences = _differences(result, row, group, view)
    return Profile(
        unit=unit,
        name=result.names[row],
        view=view,
        rank=int(result.rank(view=view)[row]),
        of=result.ranked(view=view),
        score=float(result.score(view=view)[row]),
        coverage=float(result.leaves.coverage[row]),
        standings=_standings(result, row, view),
        peers=group,
        strengths=tuple(d for d in differences if d.points > 0)[:most],
        weaknesses=tuple(d for d in reversed(differences) if d.points < 0)[:most],
        observations=observations(result, row),
    )


def observations(result: Result, row: int) -> tuple[Observation, ...]:
    """Return the raw values of a row, one an indicator, in the order of the framework."""
    plan, table = result.plan, result.plan.table
    found = []
    for spec in plan.definition.indicators():
        column = table.columns.index(spec.code)
        leaf = next(i for i, leaf in enumerate(plan.leaves) if leaf.spec is spec)
        imputed = bool(result.leaves.imputed[row, leaf])
        found.append(
            Observation(
                code=spec.code,
                name=spec.name,
                value=float(table.values[row, column]),
                unit=spec.unit,
                year=int(table.years[row, column]),
                source=plan.definition.source(table.source_of(row, column, spec.source)),
                status=Status.IMPUTED if imputed else Status(int(table.status[row, column])),
                composite=spec.composite,
            )
        )
    return tuple(found)


def _standings(result: Result, row: int, view: str) -> tuple[Standing, ...]:
    """Return the unit at every node, in the order of the definition: parents before children."""
    nodes, parts = result.plan.nodes, contributions(result, view)

    def standing(number: int, level: int) -> Standing:
        return Standing(
            code=nodes[number].code,
            name=nodes[number].name,
            level=level,
            score=float(result.score(number, view)[row]),
            rank=int(result.rank(number, view)[row]),
            of=result.ranked(number, view),
            weight=float(parts.shares[row, number]),
            contribution=float(parts.values[row, number]),
        )

    def walk(number: int, level: int) -> Iterator[Standing]:
        yield standing(number, level)
        for child in nodes[number].children:
            yield from walk(child, level + 1)

    return tuple(walk(result.plan.root, 0))


def _differences(result: Result, row: int, peers: Peers, view: str) -> list[Difference]:
    """Return the differences of all indicators from the peers' medians, the best first."""
    plan, table = result.plan, result.plan.table
    weights = plan.effective_weights(view)
    found = []
    for spec in plan.definition.indicators():
        number = plan.node(spec.code)
        scores = result.score(number, view)
        others = scores[list(peers.rows)]
        others = others[~np.isnan(others)]
        if np.isnan(scores[row]) or others.size == 0:
            continue
        raw = table.column(spec.code)
        raw_others = raw[list(peers.rows)]
        found.append(
            Difference(
                code=spec.code,
                name=spec.name,
                points=float(weights[number] * (scores[row] - np.median(others))),
                value=float(raw[row]),
                peer_median=float(medians(raw_others[:, None])[0]),
                unit=spec.unit,
                rank=int(result.rank(number, view)[row]),
                of=result.ranked(number, view),
            )
        )
    return sorted(found, key=lambda one: -one.points)
