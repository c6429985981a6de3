"""The abstract step: what happens to a node's score after its children are combined."""

from __future__ import annotations

from abc import abstractmethod
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar

from rankscope._registry import Method

if TYPE_CHECKING:
    from rankscope.shapes import Batch


@dataclass(frozen=True, slots=True)
class Step(Method):
    """Changes the scores of one node; fitted over the rows, for each draw by itself."""

    stage: ClassVar[str] = "step"

    @abstractmethod
    def fit(self, scores: Batch) -> Any:
        """Learn from scores of shape (*draws, rows); NaN is missing."""

    @abstractmethod
    def transform(self, scores: Batch, state: Any) -> Batch:
        """Return the changed scores, of shape (*draws, rows)."""
