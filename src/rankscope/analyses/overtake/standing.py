"""Where two units stand: which is lower, and by how much on which scale."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from rankscope._words import visible
from rankscope.analyses.variant_results import chosen_period, rivals_of
from rankscope.errors import DataError, UnitError
from rankscope.methods.aggregation import Identity, Logarithm

if TYPE_CHECKING:
    from rankscope.methods.aggregation import Chart
    from rankscope.pipeline.result import Result
    from rankscope.shapes import Whole


@dataclass(frozen=True, slots=True)
class Standing:
    """A unit with its row, rank (0 if there is none) and score."""

    code: str
    name: str
    row: int
    rank: int
    score: float


def rows_of_period(result: Result, period: str | None) -> tuple[Whole, str | None]:
    """Return the rows of a period and its name; of a panel the last period unless told.

    Raises
    ------
    DataError
        When there is no such period.
    """
    moment = chosen_period(result, result.plan.definition.title, period)
    if moment is None:
        return np.arange(len(result.units)), None
    return np.flatnonzero(np.array(result.plan.table.periods) == moment), moment


def standings(
    result: Result, units: tuple[str, str], rows: Whole, node: int, view: str
) -> tuple[Standing, Standing]:
    """Return where two units stand that are ranked among each other, the lower one first.

    Of two that tie the first is taken for the lower one.

    Raises
    ------
    KeyError
        When no row has the code.
    DataError
        When they are one unit, one has no rank, or they are ranked in different groups.
    """
    if units[0] == units[1]:
        raise DataError(f"{visible(units[0])} can not overtake itself. Name two units.")
    one, other = (_standing(result, unit, rows, node, view) for unit in units)
    for unit in (one, other):
        if not unit.rank:
            where = result.plan.nodes[node].code
            raise UnitError(
                f"{unit.name} has no rank in {where}, so nobody can overtake it there, nor it "
                "anybody. Name a unit that is ranked."
            )
    groups = rivals_of(result, np.array([one.row, other.row]))
    if groups[0] != groups[1]:
        raise UnitError(
            f"{one.name} and {other.name} are ranked in different groups. Name two of one group."
        )
    return (one, other) if one.rank >= other.rank else (other, one)


def _standing(result: Result, unit: str, rows: Whole, node: int, view: str) -> Standing:
    found = [int(row) for row in rows if result.units[row] == unit]
    if not found:
        raise KeyError(unit)
    row = found[0]
    rank, score = result.rank(node, view)[row], result.score(node, view)[row]
    return Standing(unit, result.names[row], row, int(rank), float(score))


def measure_of(chart: Chart) -> str:
    """Say on which scale differences are: that on which scores are linear in the weights."""
    if isinstance(chart, Identity | Logarithm):
        return "points" if isinstance(chart, Identity) else "logarithms of points"
    return f"points on {chart}"
