"""Powers of a base: the way back from a logarithm, or a weight on the top."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

import numpy as np

from rankscope._domains import Between, Maybe
from rankscope._registry import parameter, register
from rankscope.methods.steps.scalar import Scalar

if TYPE_CHECKING:
    from rankscope.shapes import Batch

HIGHEST = 1e300
"""No power goes beyond, so that differences of two stay finite."""


@register
@dataclass(frozen=True, slots=True)
class Exponential(Scalar):
    """Raises a base to the power of the score."""

    name: ClassVar[str] = "exponential"
    base: float | None = parameter(
        None, Maybe(Between(1.01, 1e6)), "the base, such as 10 or 2; e where none is given"
    )

    def of(self, scores: Batch) -> Batch:
        """Return powers, of any shape."""
        with np.errstate(over="ignore"):
            powers = np.exp(scores) if self.base is None else np.power(self.base, scores)
        return np.minimum(powers, HIGHEST)

    def explain(self, state: None, column: int) -> str:
        """Say what is raised."""
        del state, column
        return f"{self._base()} to the power of the score"

    def in_words(self, noun: str = "unit") -> str:
        """Say what is raised."""
        del noun
        return f"The result becomes the power to which {self._base()} is raised"

    def _base(self) -> str:
        return "e" if self.base is None else f"{self.base:g}"
