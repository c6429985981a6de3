"""No normalisation: the columns are already on one scale."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from rankscope._registry import register
from rankscope.methods.normalisation.base import Normalisation

if TYPE_CHECKING:
    from rankscope.methods.base import Traits
    from rankscope.shapes import Matrix, Vector


@register
@dataclass(frozen=True, slots=True)
class NoNormalisation(Normalisation):
    """Leaves values as they are, but for the sign where polarity is -1."""

    name: ClassVar[str] = "none"
    row_wise: ClassVar[bool] = True

    def fit(self, matrix: Matrix, traits: Traits) -> Vector:
        """Keep the polarity, of shape (columns,)."""
        del matrix
        return traits.polarity

    def transform(self, matrix: Matrix, state: Vector, traits: Traits) -> Matrix:
        """Apply the polarity."""
        del traits
        return matrix * state

    def explain(self, state: Vector, column: int) -> str:
        """Say whether the sign is turned."""
        return "sign turned" if state[column] < 0 else "taken as it is"

    def image(self, low: float, high: float) -> tuple[float, float]:
        """Return the same ends: who asks has turned them where polarity is -1."""
        return (low, high)

    def in_words(self, noun: str = "unit") -> str:
        """Say that only the sign may change."""
        del noun
        return "Values stay as they are; where less is better, their sign is turned"
