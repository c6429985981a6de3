"""No imputation: gaps stay gaps, and the weights of what is present count."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from rankscope._registry import register
from rankscope.methods.imputation.base import Imputation

if TYPE_CHECKING:
    from rankscope.methods.base import Traits
    from rankscope.shapes import Matrix


@register
@dataclass(frozen=True, slots=True)
class NoImputation(Imputation):
    """Leaves gaps open."""

    name: ClassVar[str] = "none"

    def fit(self, matrix: Matrix, traits: Traits) -> None:
        """Learn nothing."""
        del matrix, traits

    def transform(self, matrix: Matrix, state: None, traits: Traits) -> Matrix:
        """Return the matrix."""
        del state, traits
        return matrix

    def explain(self, state: None, column: int) -> str:
        """Say that gaps stay."""
        del state, column
        return "gaps stay gaps"

    def in_words(self, noun: str = "unit") -> str:
        """Say that nothing is filled in."""
        del noun
        return "Nothing is filled in: a gap stays a gap"
