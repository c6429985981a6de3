"""The abstract imputation: fills gaps, and only gaps."""

from __future__ import annotations

from abc import abstractmethod
from dataclasses import dataclass
from typing import ClassVar

from rankscope.methods.base import Stage


@dataclass(frozen=True, slots=True)
class Imputation(Stage):
    """Fills missing cells; cells that are present never change."""

    stage: ClassVar[str] = "imputation"

    @abstractmethod
    def grouping(self) -> str:
        """Return the name of the grouping of units that it works within; empty for none."""
