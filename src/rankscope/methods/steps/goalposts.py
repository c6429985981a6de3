"""Goalposts for the score of an aggregate: fixed ends that a publisher sets there."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

import numpy as np

from rankscope._domains import Ends, OneOf
from rankscope._registry import parameter, register
from rankscope.methods.references import HUMAN_DEVELOPMENT
from rankscope.methods.steps.scalar import Scalar

if TYPE_CHECKING:
    from rankscope.shapes import Batch


@register
@dataclass(frozen=True, slots=True)
class ScoreGoalposts(Scalar):
    """Distance between fixed goalposts of a score, as of an education index in its own right.

    An indicator has its goalposts in its own units; an aggregate is given those of its
    score, the lower one first.  UNDP (2022) Human Development Report 2021/22, technical note 1.
    """

    name: ClassVar[str] = "goalposts"
    citation: ClassVar[str] = HUMAN_DEVELOPMENT
    goalposts: tuple[float, float] = parameter(
        None, Ends(), "the scores that become the ends of the new scale, the lower one first"
    )
    to: tuple[float, float] = parameter((0.0, 100.0), Ends(), "the ends of the new scale")
    beyond: str = parameter(
        "cap", OneOf(("cap", "keep")), "what becomes of scores beyond a goalpost"
    )

    def of(self, scores: Batch) -> Batch:
        """Return places between the goalposts, of any shape."""
        (low, high), (least, most) = self.goalposts, self.to
        scaled = least + (most - least) * ((scores - low) / (high - low))
        return np.clip(scaled, least, most) if self.beyond == "cap" else scaled

    def explain(self, state: None, column: int) -> str:
        """Say what the goalposts stand for."""
        del state, column
        (low, high), (least, most) = self.goalposts, self.to
        return f"{low:.6g} becomes {least:g} and {high:.6g} becomes {most:g}"

    def in_words(self, noun: str = "unit") -> str:
        """Say what both goalposts become."""
        del noun
        (low, high), (least, most) = self.goalposts, self.to
        cut = "; what lies beyond counts as the end" if self.beyond == "cap" else ""
        return f"A result of {low:g} becomes {least:g} and one of {high:g} becomes {most:g}{cut}"
