"""The weights of the definition: as it gives them, or of one of its named sets."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from rankscope._domains import Maybe, Text
from rankscope._registry import parameter, register
from rankscope.methods.weighting.base import Weighting

if TYPE_CHECKING:
    from rankscope.shapes import Matrix, Vector


@register
@dataclass(frozen=True, slots=True)
class Given(Weighting):
    """Weights as the definition gives them, or as one of its weight sets changes them."""

    name: ClassVar[str] = "given"
    needs_data: ClassVar[bool] = False
    set: str | None = parameter(
        None, Maybe(Text("the name of one of the weight_sets")), "the weight set in use"
    )

    def fit(self, scores: Matrix, given: Vector) -> Vector:
        """Return the weights given, of shape (children,)."""
        del scores
        return given

    def in_words(self, noun: str = "unit") -> str:
        """Say whose weights they are."""
        del noun
        return f"Weights are those of the set {self.set}" if self.set else "Weights are given"
