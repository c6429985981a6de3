"""Budget allocation: experts share out points among the parts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar

import numpy as np

from rankscope._domains import Domain, Numbers
from rankscope._registry import parameter, register
from rankscope.errors import MethodError
from rankscope.methods.references import HANDBOOK
from rankscope.methods.weighting.base import Weighting
from rankscope.methods.weighting.judged import entries_that_count, placed

if TYPE_CHECKING:
    from rankscope.shapes import Matrix, Vector


@dataclass(frozen=True, slots=True)
class Allocations(Domain):
    """Points for each child from one expert, or such a list from each of several experts."""

    def read(self, value: object) -> tuple[float, ...] | tuple[tuple[float, ...], ...]:
        """Return the points: one tuple, or a tuple of one for each expert."""
        if not isinstance(value, list | tuple) or not value:
            raise ValueError(value)
        if not isinstance(value[0], list | tuple):
            return _shares(value)
        rows = tuple(_shares(row) for row in value)
        if len({len(row) for row in rows}) > 1:
            raise ValueError(value)
        return rows

    def words(self) -> str:
        """Return the domain in words."""
        return "a list of points from 0 up, not all 0, or one such list for each expert"

    def schema(self) -> dict[str, Any]:
        """Return the domain as JSON Schema."""
        one = Numbers(low=0).schema()
        return {"anyOf": [one, {"type": "array", "minItems": 1, "items": one}]}

    def examples(self) -> tuple[Any, ...]:
        """Return the points of one expert, and those of two."""
        return ((50.0, 30.0, 20.0), ((50.0, 30.0, 20.0), (4.0, 0.0, 6.0)))


@register
@dataclass(frozen=True, slots=True)
class Budget(Weighting):
    """Budget allocation: each expert shares out points; weights are the mean of the shares.

    Experts need not have the same number of points.  Points are for the children that
    count; where there are some for each child, those for children of weight 0 are passed
    over.  OECD/JRC Handbook 2008, section 6,
    https://doi.org/10.1787/9789264043466-en
    """

    name: ClassVar[str] = "budget"
    citation: ClassVar[str] = f"{HANDBOOK}, section 6"
    needs_data: ClassVar[bool] = False
    points: tuple[float, ...] | tuple[tuple[float, ...], ...] = parameter(
        None, Allocations(), "the points for each child, or a list of points for each expert"
    )

    def fit(self, scores: Matrix, given: Vector) -> Vector:
        """Return weights of shape (children,) that sum to 1.

        Raises
        ------
        MethodError
            When the points are for another number of children, or all for children of weight 0.
        """
        del scores
        rows = np.atleast_2d(np.array(self.points))
        rows = rows[:, entries_that_count("budget.points", rows.shape[1], given)]
        rows = rows[rows.any(axis=1)]
        if not rows.size:
            raise MethodError("budget.points are all for children of weight 0.")
        return placed((rows / rows.sum(axis=1, keepdims=True)).mean(axis=0), given)

    def in_words(self, noun: str = "unit") -> str:
        """Say who shared out what."""
        del noun
        count = len(np.atleast_2d(np.array(self.points)))
        if count == 1:
            return "Weights are points that were shared out among the parts"
        return f"Weights are the mean of how {count} experts shared out points among the parts"


def _shares(row: object) -> tuple[float, ...]:
    """Read one expert's points."""
    points = Numbers(low=0).read(row)
    if not any(points):
        raise ValueError(row)
    return points
