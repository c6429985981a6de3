"""What all steps share that learn nothing: one function of one number."""

from __future__ import annotations

from abc import abstractmethod
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

import numpy as np

from rankscope.methods.steps.base import Step

if TYPE_CHECKING:
    from rankscope.methods.base import Traits
    from rankscope.shapes import Batch, Matrix


@dataclass(frozen=True, slots=True)
class Scalar(Step):
    """Changes each score by itself."""

    row_wise: ClassVar[bool] = True

    @abstractmethod
    def of(self, scores: Batch) -> Batch:
        """Return changed scores, of any shape; NaN stays NaN."""

    def fit(self, matrix: Matrix, traits: Traits) -> None:
        """Learn nothing."""
        del matrix, traits

    def transform(self, matrix: Matrix, state: None, traits: Traits) -> Matrix:
        """Return changed scores of shape (rows, columns)."""
        del state, traits
        return self.of(matrix)

    def image(self, low: float, high: float) -> tuple[float, float]:
        """Return where both ends go, the lower one first."""
        ends = self.of(np.array([low, high]))
        return (float(ends.min()), float(ends.max()))
