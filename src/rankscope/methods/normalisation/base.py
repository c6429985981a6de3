"""The abstract normalisation: every indicator onto one scale, best on top."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from rankscope.methods.base import Stage


@dataclass(frozen=True, slots=True)
class Normalisation(Stage):
    """Brings columns to a common scale and applies polarity, both in one step.

    As a step at a node it is fitted on the node's scores, with polarity +1.
    """

    stage: ClassVar[str] = "normalisation"
    needs_goalposts: ClassVar[bool] = False
    needs_target: ClassVar[bool] = False

    def reference(self) -> str | None:
        """Return the code of the unit whose values stand for the target, or None."""
        return None
