"""All figures of a unit: value, year, rank, source, and how each came about."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from rankscope.data.table import Status
from rankscope.pages.numbers import MISSING, figure

if TYPE_CHECKING:
    from rankscope.charts.groups import Group
    from rankscope.report.figures import Gauge
    from rankscope.report.material import Material

_REASONS = {
    Status.MISSING: "no figure",
    Status.CENSORED: "published only as too small to tell",
    Status.ABSENT: "not on a list that is complete, so none",
    Status.IMPUTED: "filled in, not observed",
}
_MARKS = {Status.CENSORED: "too small", Status.ABSENT: "none listed", Status.IMPUTED: "filled in"}


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure: ``reason`` says why it is missing or how it came about, ``mark`` in short."""

    name: str
    code: str
    value: str
    unit: str
    relative: str
    year: str
    rank: str
    source: str
    publisher: str
    mark: str
    reason: str
    composite: bool


@dataclass(frozen=True, slots=True)
class Block:
    """The figures of one part of the score."""

    number: int
    group: Group
    figures: tuple[Figure, ...]


def blocks(material: Material, gauges: tuple[Gauge, ...], row: int) -> tuple[Block, ...]:
    """Return the figures of a row, by the parts of the score."""
    below = {gauge.node: gauge for gauge in gauges}
    found = []
    for number, group in enumerate(material.groups):
        members = (gauge for node in group.nodes for gauge in _gauges_below(material, below, node))
        figures = tuple(_figure(material, gauge, row) for gauge in members)
        found.append(Block(number, group, figures))
    return tuple(found)


def _gauges_below(material: Material, known: dict[int, Gauge], node: int) -> list[Gauge]:
    if node in known:
        return [known[node]]
    children = material.plan.nodes[node].children
    return [one for child in children for one in _gauges_below(material, known, child)]


def _figure(material: Material, gauge: Gauge, row: int) -> Figure:
    table, spec = material.plan.table, gauge.spec
    status = _status(material, gauge, row)
    side = gauge.main if math.isnan(gauge.raw.values[row]) else gauge.raw
    value = float(side.values[row])
    shown = Figure(
        name=spec.name,
        code=spec.code,
        value=side.number(value),
        unit="",
        relative="",
        year="",
        rank=material.result_rank(gauge.node, row),
        source="",
        publisher="",
        mark=_MARKS.get(status, ""),
        reason="" if status is Status.OBSERVED else _REASONS[status],
        composite=spec.composite,
    )
    if math.isnan(value):
        return shown
    source = table.source_of(row, gauge.column, spec.source) or ""
    year = int(table.years[row, gauge.column])
    return replace(
        shown,
        unit="" if side.yes_or_no else side.unit,
        relative=_relative(gauge, row) if value and side is gauge.raw else "",
        year=str(year) if year else "",
        source=source,
        publisher=_publisher(material, source),
    )


def _publisher(material: Material, code: str) -> str:
    """Return who publishes a source, without the department; its code where nobody is named."""
    found = next((one for one in material.index.definition.sources if one.code == code), None)
    return (found.publisher.partition(",")[0] if found else "") or code


def _status(material: Material, gauge: Gauge, row: int) -> Status:
    if material.result.leaves.imputed[row, gauge.leaf]:
        return Status.IMPUTED
    return Status(int(material.plan.table.status[row, gauge.column]))


def _relative(gauge: Gauge, row: int) -> str:
    """Return the figure divided by its denominator, with what it is divided by."""
    if gauge.relative is None:
        return ""
    text = figure(float(gauge.relative.values[row]))
    words = gauge.relative.unit.removeprefix(gauge.spec.unit).strip()
    return f"{text} {words}" if text != MISSING else ""
