"""The abstract normalisation: every indicator onto one scale, best on top."""

from __future__ import annotations

from abc import abstractmethod
from dataclasses import dataclass
from typing import ClassVar

from rankscope.methods.base import Stage


@dataclass(frozen=True, slots=True)
class Normalisation(Stage):
    """Brings columns to a common scale and applies polarity, both in one step."""

    stage: ClassVar[str] = "normalisation"
    needs_goalposts: ClassVar[bool] = False

    @abstractmethod
    def output_range(self) -> tuple[float, float]:
        """Return the ends of the scale that the result can reach."""
