"""Log-odds: for shares, whose last steps to either end are the hardest."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

import numpy as np

from rankscope._domains import Between, Ends
from rankscope._registry import parameter, register
from rankscope.methods.treatment.curve import Curve

if TYPE_CHECKING:
    from rankscope.methods.base import Traits
    from rankscope.shapes import Batch, Matrix


@register
@dataclass(frozen=True, slots=True)
class Logit(Curve):
    r"""Takes :math:`\ln\frac{x - l}{h - x}`, the log-odds of a share between two ends.

    The ends themselves have no log-odds: values at or beyond them, and all that are
    nearer to an end than ``margin`` times the width, count as if at that distance.
    """

    name: ClassVar[str] = "logit"
    row_wise: ClassVar[bool] = True
    between: tuple[float, float] = parameter((0.0, 1.0), Ends(), "the ends, such as 0 and 100")
    margin: float = parameter(
        0.005, Between(1e-9, 0.25), "how near to an end, as a share of the width, a value may come"
    )

    def fit(self, matrix: Matrix, traits: Traits) -> None:
        """Learn nothing."""
        del matrix, traits

    def moved(self, ends: Matrix, state: None) -> Matrix:
        """Return log-odds of values or goalposts."""
        del state
        return self._odds(ends)

    def explain(self, state: None, column: int) -> str:
        """Say of what the log-odds are taken."""
        del state, column
        return f"log-odds between {self.between[0]:g} and {self.between[1]:g}"

    def image(self, low: float, high: float) -> tuple[float, float]:
        """Return the log-odds of both ends."""
        ends = self._odds(np.array([low, high]))
        return (float(ends[0]), float(ends[1]))

    def in_words(self, noun: str = "unit") -> str:
        """Say what log-odds mean."""
        del noun
        low, high = self.between
        return (
            f"A value becomes its log-odds between {low:g} and {high:g}: a step counts for more "
            "the nearer it is to either end"
        )

    def _odds(self, numbers: Batch) -> Batch:
        low, high = self.between
        share = np.clip((numbers - low) / (high - low), self.margin, 1 - self.margin)
        return np.log(share) - np.log1p(-share)
