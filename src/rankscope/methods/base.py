"""What all stages share: fit on a matrix, transform row by row.

A stage learns its state from the rows it is fitted on and then changes each row
by itself, so that a scenario on a frozen scale recomputes only the rows it
changes.  No labels, no files, no pandas in this folder.

Every stage may work ``within`` a grouping (a region, a period): whoever runs it
then fits it on each group by itself, and the stage need not know.
"""

from __future__ import annotations

from abc import abstractmethod
from dataclasses import KW_ONLY, dataclass, replace
from typing import TYPE_CHECKING, Any, ClassVar

import numpy as np

from rankscope._domains import Groupings, Maybe
from rankscope._registry import Method, parameter

if TYPE_CHECKING:
    from rankscope.shapes import Mask, Matrix, Vector, Whole

PERIOD = "period"
"""The grouping of a panel's rows by their period."""

EVERYTHING = "all"
"""The grouping that puts all rows together, where scales are otherwise taken per period."""


@dataclass(frozen=True, slots=True)
class Traits:
    """What a stage may know of its columns and rows besides the values.

    ``polarity`` is +1 or -1 per column; ``goalposts`` of shape (columns, 2) and
    ``target`` (columns,) are in the column's own units, NaN where none are given;
    ``series`` (rows,) numbers the unit of each row and ``times`` (rows,) is its period
    as a number, for panels; without a panel each row is a series of its own.  ``sizes``
    (rows,) say how much each row counts, 1 unless a method names a variable for it.
    """

    polarity: Vector
    goalposts: Matrix
    target: Vector
    series: Whole
    times: Vector
    sizes: Vector

    def of_columns(self, columns: Whole) -> Traits:
        """Return the traits of some columns."""
        return replace(
            self,
            polarity=self.polarity[columns],
            goalposts=self.goalposts[columns],
            target=self.target[columns],
        )

    def of_rows(self, rows: Whole | Mask) -> Traits:
        """Return the traits of some rows."""
        return replace(
            self, series=self.series[rows], times=self.times[rows], sizes=self.sizes[rows]
        )


def plain_traits(rows: int, columns: int) -> Traits:
    """Return traits that say nothing: polarity +1, no goalposts or targets, no panel."""
    return Traits(
        polarity=np.ones(columns),
        goalposts=np.full((columns, 2), np.nan),
        target=np.full(columns, np.nan),
        series=np.arange(rows),
        times=np.zeros(rows),
        sizes=np.ones(rows),
    )


@dataclass(frozen=True, slots=True)
class Stage(Method):
    """A stage of the pipeline: ``fit`` learns a state, ``transform`` applies it.

    ``row_wise`` methods learn nothing from the data; ``monotone`` ones never turn an
    order round (but for polarity).  As a step on a node, one that ``fills`` gives missing
    scores a value, so that the node is present for every ranked unit.
    """

    row_wise: ClassVar[bool] = False
    monotone: ClassVar[bool] = True
    fills: ClassVar[bool] = False
    _: KW_ONLY
    within: str | None = parameter(
        None,
        Maybe(Groupings()),
        "fit each group of this grouping by itself, or of several that are crossed",
    )

    def sized_by(self) -> str | None:
        """Return the variable that says how much each unit counts, or None: all the same."""
        return None

    def groupings(self) -> tuple[str, ...]:
        """Return the groupings that it works within; crossed where they are several."""
        return tuple(self.within.split(", ")) if self.within else ()

    @abstractmethod
    def fit(self, matrix: Matrix, traits: Traits) -> Any:
        """Learn the state from a matrix of shape (rows, columns); NaN is missing."""

    @abstractmethod
    def transform(self, matrix: Matrix, state: Any, traits: Traits) -> Matrix:
        """Return the matrix, shape (rows, columns), after this stage."""

    @abstractmethod
    def explain(self, state: Any, column: int) -> str:
        """Say in words and numbers what the fitted stage does to a column."""

    def image(self, low: float, high: float) -> tuple[float, float]:
        """Return the ends between which values can lie that came from ``low`` to ``high``."""
        del low, high
        return (-np.inf, np.inf)
