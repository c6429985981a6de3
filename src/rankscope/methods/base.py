"""What all stages share: fit on a matrix, transform row by row.

A stage learns its state from the rows it is fitted on and then changes each row
by itself, so that a scenario on a frozen scale recomputes only the rows it
changes.  No labels, no files, no pandas in this folder.
"""

from __future__ import annotations

from abc import abstractmethod
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from rankscope._registry import Method

if TYPE_CHECKING:
    from rankscope.shapes import Matrix, Vector, Whole


@dataclass(frozen=True, slots=True)
class Traits:
    """What a stage may know of its columns and rows besides the values.

    ``polarity`` is +1 or -1 per column; ``goalposts`` of shape (columns, 2) are in the
    column's own units, NaN where none are given; ``strata`` (rows,) number the
    group of each row for imputation within groups, -1 for rows without a group.
    """

    polarity: Vector
    goalposts: Matrix
    strata: Whole

    def of_columns(self, columns: Whole) -> Traits:
        """Return the traits of some columns."""
        return Traits(self.polarity[columns], self.goalposts[columns], self.strata)


def plain_traits(rows: int, columns: int) -> Traits:
    """Return traits that say nothing: polarity +1, no goalposts, one stratum."""
    return Traits(
        polarity=np.ones(columns),
        goalposts=np.full((columns, 2), np.nan),
        strata=np.zeros(rows, dtype=np.int64),
    )


@dataclass(frozen=True, slots=True)
class Stage(Method):
    """A stage of the pipeline: ``fit`` learns a state, ``transform`` applies it."""

    @abstractmethod
    def fit(self, matrix: Matrix, traits: Traits) -> Any:
        """Learn the state from a matrix of shape (rows, columns)."""

    @abstractmethod
    def transform(self, matrix: Matrix, state: Any, traits: Traits) -> Matrix:
        """Return the matrix, shape (rows, columns), after this stage."""

    @abstractmethod
    def explain(self, state: Any, column: int) -> str:
        """Say in words and numbers what the fitted stage does to a column."""
