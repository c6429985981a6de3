"""The ranking: one row a unit, with rank, score and bar in every view."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from rankscope.methods.aggregation import Arithmetic, Generalised, Geometric
from rankscope.methods.normalisation import MinMax
from rankscope.pages.numbers import percent
from rankscope.pages.words import searchable, starting
from rankscope.pipeline.groups import group_names
from rankscope.report.bars import Segment, bar
from rankscope.report.firmness import between
from rankscope.report.names import other_names

if TYPE_CHECKING:
    from rankscope.report.material import Material

_SHOWN = 40
_FEW = 0.85
_OPTIONS = range(2, 31)
_FILTERS = (("region", "Region"), ("income", "Income group"))


@dataclass(frozen=True, slots=True)
class Filter:
    """A choice of groups that the table can be narrowed to."""

    title: str
    options: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Standing:
    """A unit in one view."""

    rank: str
    number: int
    score: str
    segments: tuple[Segment, ...]


@dataclass(frozen=True, slots=True)
class Row:
    """A row of the table; ``groups`` are the numbers of its options, 0 for none."""

    name: str
    anchor: str
    search: str
    groups: str
    standings: tuple[Standing, ...]
    coverage: str
    few: bool
    between: str
    proved: str
    tier: str

    @property
    def ranks(self) -> str:
        """Return the ranks for sorting, those without one last."""
        return ",".join(str(one.number or 1_000_000) for one in self.standings)


@dataclass(frozen=True, slots=True)
class Apart:
    """A unit that is shown and not ranked."""

    name: str
    anchor: str


@dataclass(frozen=True, slots=True)
class Ranking:
    """The ranking as a table."""

    rows: tuple[Row, ...]
    apart: tuple[Apart, ...]
    filters: tuple[Filter, ...]
    shown: int
    stacked: bool
    ends: str
    firm: bool
    proved: str
    tiers: bool


def ranking(material: Material) -> Ranking:
    """Return the ranking of all ranked units, and the names of the others."""
    result = material.result
    groupings = _groupings(material)
    filters = tuple(Filter(title, _options(names)) for title, names in groupings)
    numbers = [
        {option: place for place, option in enumerate(one.options, start=1)} for one in filters
    ]
    ranked = result.order()
    rows = []
    for row in ranked:
        chosen = (
            by_name.get(names[row], 0)
            for by_name, (_, names) in zip(numbers, groupings, strict=True)
        )
        rows.append(_row(material, row, ",".join(map(str, chosen))))
    return Ranking(
        rows=tuple(rows),
        apart=tuple(
            Apart(result.names[row], material.anchors[row])
            for row in material.order()[len(ranked) :]
        ),
        filters=filters,
        shown=_SHOWN,
        stacked=any(stack is not None for stack in material.stacks),
        ends=_ends(material),
        firm=any(row.between for row in rows),
        proved=_proved(material) if any(row.proved for row in rows) else "",
        tiers=any(row.tier for row in rows),
    )


def _ends(material: Material) -> str:
    """Say what the ends of the scale of scores stand for, where they stand for anything."""
    fitted = material.result.leaves.record("normalisation").fitted
    scales = {one.method.to for one in fitted if isinstance(one.method, MinMax)}
    same = len(scales) == 1 and all(isinstance(one.method, MinMax) for one in fitted)
    means = all(
        isinstance(node.aggregation, (Arithmetic, Generalised, Geometric)) and not node.steps
        for node in material.plan.nodes
        if node.children
    )
    if not same or not means:
        return ""
    ((low, high),) = scales
    return f"{high:g} would be the best figure in every indicator, {low:g} the worst."


def _proved(material: Material) -> str:
    """Return the set of weights for which best and worst ranks are proved."""
    firm = material.firmness
    return firm.reach.label if firm and firm.reach else ""


def _row(material: Material, row: int, groups: str) -> Row:
    coverage = float(material.result.leaves.coverage[row])
    views = range(1 if material.compact else len(material.views))
    firm = material.firmness
    return Row(
        name=material.result.names[row],
        anchor=material.anchors[row],
        search=searchable(" ".join(other_names(material, row))),
        groups=groups,
        standings=tuple(
            Standing(
                rank=material.rank(row, view),
                number=int(material.result.rank(view=view)[row]),
                score=material.score(float(material.result.score(view=view)[row])),
                segments=bar(material, number, row) if number in views else (),
            )
            for number, view in enumerate(material.views)
        ),
        coverage=percent(coverage),
        few=coverage < _FEW,
        between=firm.between(row) if firm else "",
        proved=between(*ends) if firm and (ends := firm.proved(row)) else "",
        tier=str(firm.tiers[row]) if firm and firm.tiers is not None else "",
    )


def _groupings(material: Material) -> list[tuple[str, tuple[str, ...]]]:
    """Return the groupings that the table can be narrowed by: of the register, else own labels."""
    plan = material.plan
    found = [
        (title, names)
        for grouping, title in _FILTERS
        if (names := group_names(plan.definition, plan.table, grouping))
    ]
    known = {grouping for grouping, _ in _FILTERS}
    found += [
        (_title(material, label), names) for label, names in plan.table.labels if label not in known
    ]
    return [(title, names) for title, names in found if len(_options(names)) in _OPTIONS][:3]


def _title(material: Material, label: str) -> str:
    variable = material.index.definition.variable(label)
    return variable.name if variable else starting(label.replace("_", " "))


def _options(names: tuple[str, ...]) -> tuple[str, ...]:
    options = {name for name in names if name}
    order = ("Low", "Lower middle", "Upper middle", "High")
    if options <= set(order):
        return tuple(name for name in order if name in options)
    return tuple(sorted(options))
