"""Trace: one cell's way from the raw figure through each stage to its share of the score."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from rankscope.analyses.contributions import contributions
from rankscope.analyses.explain import Observation, observations
from rankscope.pipeline.plan import HEADLINE

if TYPE_CHECKING:
    from rankscope.pipeline.result import Result
    from rankscope.shapes import Vector


@dataclass(frozen=True, slots=True)
class Station:
    """A stage on the way: what came out of it, and what it did."""

    stage: str
    value: float
    words: str


@dataclass(frozen=True, slots=True)
class Way:
    """One leaf of the traced indicator: its stations and its share of the score.

    ``share`` is the weight of the leaf in the whole index, over what is present;
    ``contribution`` what it adds to the unit's score.
    """

    name: str
    stations: tuple[Station, ...]
    share: float
    contribution: float


@dataclass(frozen=True, slots=True)
class Trace:
    """An indicator of a unit, from the publisher's figure to the score."""

    unit: str
    name: str
    view: str
    observation: Observation
    ways: tuple[Way, ...]
    score: float
    measure: str


def trace(result: Result, unit: str, indicator: str, *, view: str = HEADLINE) -> Trace:
    """Return the way of a unit's value of an indicator, both by their codes.

    An index with views has two ways for a count or an amount.

    >>> from rankscope.catalogue import open_index
    >>> found = trace(open_index("ai-capacity").build(), "RUS", "ai_articles")
    >>> [station.stage for station in found.ways[0].stations]
    ['raw', 'denomination', 'imputation', 'treatment', 'normalisation']

    Raises
    ------
    KeyError
        When no unit or no indicator has the code.
    """
    plan = result.plan
    row = plan.table.row(unit)
    leaves = [i for i, leaf in enumerate(plan.leaves) if leaf.spec.code == indicator]
    if not leaves:
        raise KeyError(indicator)
    parts = contributions(result, view)
    found = next(one for one in observations(result, row) if one.code == indicator)
    return Trace(
        unit=unit,
        name=result.names[row],
        view=view,
        observation=found,
        ways=tuple(
            Way(
                name=plan.nodes[plan.leaves[leaf].node].name,
                stations=_stations(result, row, leaf),
                share=_share(result, parts.shares[row], plan.leaves[leaf].node),
                contribution=float(parts.values[row, plan.leaves[leaf].node]),
            )
            for leaf in leaves
        ),
        score=float(result.score(view=view)[row]),
        measure=parts.measure,
    )


def _stations(result: Result, row: int, leaf: int) -> tuple[Station, ...]:
    return tuple(
        Station(
            stage=record.name,
            value=float(record.matrix[row, leaf]),
            words=_words(result, row, leaf, record.name) or record.explain(leaf, row),
        )
        for record in result.leaves.records
    )


def _words(result: Result, row: int, leaf: int, stage: str) -> str:
    """Say what the two stages without a method do; for others the method speaks."""
    plan = result.plan
    spec = plan.leaves[leaf].spec
    divisor, multiplier = plan.leaves[leaf].divisor, plan.leaves[leaf].multiplier
    if stage == "raw":
        return spec.unit
    if stage != "denomination":
        return ""
    other = max(divisor, multiplier)
    if other < 0:
        return "not divided"
    name = plan.definition.variable_name(plan.table.columns[other])
    verb, reverse = ("divided by", "times") if divisor >= 0 else ("times", "divided by")
    per = f", {reverse} {spec.per:,.15g}" if spec.per != 1 else ""
    value = float(plan.table.values[row, other])
    return f"{verb} {name}, {value:{',.0f' if 1e5 <= abs(value) < 1e15 else ',.6g'}}{per}"


def _share(result: Result, shares: Vector, number: int) -> float:
    """Return the product of shares from a node up to the root."""
    product = 1.0
    while number >= 0:
        product *= float(shares[number])
        number = result.plan.nodes[number].parent
    return product
