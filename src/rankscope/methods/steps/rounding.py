"""Rounding at a node, where a publisher computes on with rounded scores."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

import numpy as np

from rankscope._registry import OneOf, Whole, parameter, register
from rankscope.methods.steps.base import Step

if TYPE_CHECKING:
    from rankscope.shapes import Batch


@register
@dataclass(frozen=True, slots=True)
class Round(Step):
    """Rounds to some decimals, a half upwards or to the even digit."""

    name: ClassVar[str] = "round"
    decimals: int = parameter(0, Whole(0, 12), "decimals that stay")
    half: str = parameter("up", OneOf(("up", "even")), "where a half goes")

    def fit(self, scores: Batch) -> None:
        """Learn nothing."""
        del scores

    def transform(self, scores: Batch, state: None) -> Batch:
        """Return rounded scores."""
        del state
        if self.half == "even":
            return np.round(scores, self.decimals)
        factor = 10.0**self.decimals
        shifted = scores * factor
        # a printed half such as 2.675 lies a hair below it in binary
        hair = np.minimum(1e-12 * np.maximum(1.0, np.abs(shifted)), 1e-3)
        rounded: Batch = np.floor(shifted + 0.5 + hair) / factor
        return rounded
