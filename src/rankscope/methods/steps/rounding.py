"""Rounding at a node, where a publisher computes on with rounded scores."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

import numpy as np

from rankscope._domains import OneOf, Whole
from rankscope._registry import parameter, register
from rankscope.methods.steps.base import Step

if TYPE_CHECKING:
    from rankscope.methods.base import Traits
    from rankscope.shapes import Batch, Matrix


def rounded(scores: Batch, decimals: int, half: str = "up") -> Batch:
    """Return numbers rounded to some decimals, of any shape; a half goes ``up`` or to ``even``.

    A printed half such as 2.675 lies a hair below it in binary and counts as a half.
    """
    if half == "even":
        return np.round(scores, decimals)
    factor = 10.0**decimals
    shifted = scores * factor
    hair = np.minimum(1e-12 * np.maximum(1.0, np.abs(shifted)), 1e-3)
    up: Batch = np.floor(shifted + 0.5 + hair) / factor
    return up


@register
@dataclass(frozen=True, slots=True)
class Round(Step):
    """Rounds to some decimals, a half upwards or to the even digit."""

    name: ClassVar[str] = "round"
    row_wise: ClassVar[bool] = True
    decimals: int = parameter(0, Whole(0, 12), "decimals that stay")
    half: str = parameter("up", OneOf(("up", "even")), "where a half goes")

    def fit(self, matrix: Matrix, traits: Traits) -> None:
        """Learn nothing."""
        del matrix, traits

    def transform(self, matrix: Matrix, state: None, traits: Traits) -> Matrix:
        """Return rounded scores."""
        del state, traits
        return rounded(matrix, self.decimals, self.half)

    def explain(self, state: None, column: int) -> str:
        """Say to how many decimals."""
        del state, column
        return f"rounded to {self.decimals} decimals, halves {self._halves()}"

    def image(self, low: float, high: float) -> tuple[float, float]:
        """Return the rounded ends."""
        ends = np.array([low, high])
        finite = np.isfinite(ends)
        ends[finite] = rounded(ends[finite], self.decimals, self.half)
        return (float(ends[0]), float(ends[1]))

    def in_words(self, noun: str = "unit") -> str:
        """Say to how many decimals."""
        del noun
        return f"The result is rounded to {self.decimals} decimals, halves {self._halves()}"

    def _halves(self) -> str:
        return "to the even digit" if self.half == "even" else "up"
