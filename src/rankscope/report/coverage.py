"""What is known and what is not: by indicator, and who is not ranked for lack of figures."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from rankscope.charts.coverage import Coverage, coverage
from rankscope.pages.numbers import coordinate, percent
from rankscope.report.countries import why_unranked

if TYPE_CHECKING:
    from rankscope.report.material import Material

_LEAST = 12


@dataclass(frozen=True, slots=True)
class Known:
    """An indicator's bar: shares in percent of the ranked units."""

    name: str
    number: int
    observed: str
    absent: str
    imputed: str
    counts: Coverage
    share: str


@dataclass(frozen=True, slots=True)
class Sparse:
    """A unit with few figures, and why it has no rank where it has none."""

    name: str
    anchor: str
    coverage: str
    reason: str


@dataclass(frozen=True, slots=True)
class Gaps:
    """The section on coverage."""

    indicators: tuple[Known, ...]
    sparse: tuple[Sparse, ...]
    unranked: tuple[Sparse, ...]
    any_absent: bool
    imputed: int
    renormalised: int
    needed: str


def gaps(material: Material) -> Gaps:
    """Return what is missing, by indicator and by unit."""
    result = material.result
    found = coverage(result)
    numbers = _part_numbers(material)
    ranked = result.order()
    sparse = sorted(ranked, key=lambda row: float(result.leaves.coverage[row]))[:_LEAST]
    rest = material.order()[len(ranked) :]
    method = material.index.definition.method
    return Gaps(
        indicators=tuple(_known(one, numbers[one.code]) for one in found),
        sparse=tuple(
            _sparse(material, row) for row in sparse if result.leaves.coverage[row] < 1 - 1e-9
        ),
        unranked=tuple(_sparse(material, row) for row in rest),
        any_absent=any(one.absent for one in found),
        imputed=sum(one.imputed for one in found),
        renormalised=_renormalised(material),
        needed=percent(method.screening.at_least) if method.screening.at_least else "",
    )


def _known(one: Coverage, number: int) -> Known:
    total = max(1, one.total)
    known = one.observed + one.absent
    return Known(
        name=one.name,
        number=number,
        observed=coordinate(one.observed / total * 100),
        absent=coordinate(one.absent / total * 100),
        imputed=coordinate(one.imputed / total * 100),
        counts=one,
        share=percent(known / total),
    )


def _part_numbers(material: Material) -> dict[str, int]:
    plan = material.plan
    return {
        plan.nodes[leaf].spec.code: number
        for number, group in enumerate(material.groups)
        for node in group.nodes
        for leaf in plan.below(node)
    }


def _sparse(material: Material, row: int) -> Sparse:
    result = material.result
    return Sparse(
        name=result.names[row],
        anchor=material.anchors[row],
        coverage=percent(float(result.leaves.coverage[row])),
        reason="" if result.rank()[row] else why_unranked(material, row),
    )


def _renormalised(material: Material) -> int:
    """Return how many ranked units have a gap that the weights of other figures stand in for."""
    plan, leaves = material.plan, material.result.leaves
    columns = [leaf.node for leaf in plan.leaves]
    some = ~leaves.present[:, columns].all(axis=1)
    return int(np.count_nonzero(some & (material.result.rank() > 0)))
