"""What treatment did: for each indicator the decision, and every single cell that it moved."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from rankscope.methods.statistics import excess_kurtosis, skewness
from rankscope.methods.treatment import NoTreatment, Treatment

if TYPE_CHECKING:
    import pandas as pd

    from rankscope.pipeline.fitting import FittedStage
    from rankscope.pipeline.result import Result
    from rankscope.shapes import Mask, Matrix


@dataclass(frozen=True, slots=True)
class TouchedCell:
    """A value that treatment drew in, in the indicator's own units."""

    unit: str
    name: str
    period: str
    before: float
    after: float


@dataclass(frozen=True, slots=True)
class TreatedIndicator:
    """What treatment decided for one indicator.

    Skewness and excess kurtosis are over the ranked units, before and after.  ``cells``
    are those drawn in one by one; where a logarithm or a power was taken, every value
    has ``moved`` and there are none.
    """

    code: str
    name: str
    method: str
    decision: str
    skewness: tuple[float, float]
    kurtosis: tuple[float, float]
    moved: bool
    cells: tuple[TouchedCell, ...]


def treated(result: Result) -> tuple[TreatedIndicator, ...]:
    """Return what treatment did to each leaf of an index, in the order of the framework.

    OECD/JRC Handbook 2008, section 5; skewness and kurtosis as in
    `rankscope.methods.statistics`.
    """
    record = result.leaves.record("treatment")
    return tuple(
        _indicator(result, part, leaf)
        for leaf in range(len(result.plan.leaves))
        for part in record.fitted
        if leaf in part.leaves
    )


def treated_cells(result: Result) -> pd.DataFrame:
    """Return the log of single cells as a data frame: one row for each value drawn in."""
    import pandas as pd

    columns = ["indicator", "unit", "name", "period", "before", "after", "decision"]
    rows = [
        (one.code, cell.unit, cell.name, cell.period, cell.before, cell.after, one.decision)
        for one in treated(result)
        for cell in one.cells
    ]
    return pd.DataFrame(rows, columns=columns)


def _indicator(result: Result, part: FittedStage, leaf: int) -> TreatedIndicator:
    ranked = result.leaves.ranked
    before = result.leaves.record("imputation").matrix[:, [leaf]]
    after = result.leaves.record("treatment").matrix[:, [leaf]]
    touched = _touched(part, result.leaves.record("imputation").matrix, leaf) & ranked
    shapes = [
        (float(skewness(column[ranked])[0]), float(excess_kurtosis(column[ranked])[0]))
        for column in (before, after)
    ]
    changed = bool((before != after)[ranked & ~np.isnan(before[:, 0])].any())
    return TreatedIndicator(
        code=result.plan.nodes[result.plan.leaves[leaf].node].code,
        name=result.plan.nodes[result.plan.leaves[leaf].node].name,
        method=part.method.name,
        decision=result.leaves.record("treatment").decision(leaf),
        skewness=(shapes[0][0], shapes[1][0]),
        kurtosis=(shapes[0][1], shapes[1][1]),
        moved=changed and not touched.any(),
        cells=_cells(result, before, after, touched),
    )


def _touched(part: FittedStage, matrix: Matrix, leaf: int) -> Mask:
    """Return which rows were drawn in one by one, of shape (rows,)."""
    touched = np.zeros(len(matrix), dtype=bool)
    if isinstance(part.method, NoTreatment) or not isinstance(part.method, Treatment):
        return touched
    place = int(np.flatnonzero(part.leaves == leaf)[0])
    for stratum, state in part.states.items():
        rows = part.strata == stratum
        touched[rows] = part.method.touched(matrix[rows][:, part.leaves], state)[:, place]
    return touched


def _cells(result: Result, before: Matrix, after: Matrix, touched: Mask) -> tuple[TouchedCell, ...]:
    table = result.plan.table
    return tuple(
        TouchedCell(
            unit=table.units[row],
            name=table.names[row],
            period=table.periods[row] if table.periods else "",
            before=float(before[row, 0]),
            after=float(after[row, 0]),
        )
        for row in np.flatnonzero(touched)
    )
