"""What all caps share: values beyond two ends, learnt or given, are drawn in to them."""

from __future__ import annotations

from dataclasses import KW_ONLY, dataclass
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from rankscope._domains import OneOf
from rankscope._registry import parameter
from rankscope.methods.treatment.base import Treatment

if TYPE_CHECKING:
    from rankscope.methods.base import Traits
    from rankscope.shapes import Mask, Matrix, Vector


class Caps(NamedTuple):
    """The lowest and highest value that stays, of shape (columns,); infinite where none is set."""

    low: Vector
    high: Vector


class Fences(NamedTuple):
    """Where a column counts as extreme, of shape (columns,); NaN where that can not be told."""

    low: Vector
    high: Vector


@dataclass(frozen=True, slots=True)
class Capping(Treatment):
    """Draws in what lies beyond the caps that ``fit`` returns."""

    def transform(self, matrix: Matrix, state: Caps, traits: Traits) -> Matrix:
        """Return the matrix, shape (rows, columns), with values drawn in to the caps."""
        del traits
        return np.clip(matrix, state.low, state.high)

    def explain(self, state: Caps, column: int) -> str:
        """Say where the column is capped."""
        low, high = state.low[column], state.high[column]
        if np.isfinite(low) and np.isfinite(high):
            return f"capped at {low:.6g} and {high:.6g}"
        if np.isfinite(low):
            return f"raised to {low:.6g} where it is below"
        if np.isfinite(high):
            return f"lowered to {high:.6g} where it is above"
        return "left as it is: there is nothing to cap"

    def touched(self, matrix: Matrix, state: Caps) -> Mask:
        """Return which cells of a matrix of shape (rows, columns) lie beyond the caps."""
        beyond: Mask = (matrix < state.low) | (matrix > state.high)
        return beyond


@dataclass(frozen=True, slots=True)
class Fenced(Capping):
    """Caps at fences, or at the outermost values inside them."""

    _: KW_ONLY
    to: str = parameter(
        "fence",
        OneOf(("fence", "value")),
        "where extreme values go: to the fence, or to the outermost value inside",
    )

    def caps(self, matrix: Matrix, fences: Fences) -> Caps:
        """Return the caps of each column of a matrix of shape (rows, columns).

        Where both fences coincide nothing is capped: a column most of which is tied has
        no spread to measure distances in, and would become constant.
        """
        low, high = fences
        usable = low < high
        if self.to == "value":
            inside = (matrix >= low) & (matrix <= high)
            low = np.where(inside, matrix, np.inf).min(axis=0, initial=np.inf)
            high = np.where(inside, matrix, -np.inf).max(axis=0, initial=-np.inf)
            usable &= low < high
        return Caps(np.where(usable, low, -np.inf), np.where(usable, high, np.inf))

    def border(self) -> str:
        """Return in words where extreme values go."""
        return "that border" if self.to == "fence" else "the outermost value within that border"


def no_caps(columns: int) -> Caps:
    """Return caps that leave every value as it is."""
    return Caps(np.full(columns, -np.inf), np.full(columns, np.inf))
