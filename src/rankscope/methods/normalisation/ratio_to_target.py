"""Ratios to a target: which share of it is reached."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

import numpy as np

from rankscope._domains import OneOf
from rankscope._registry import parameter, register
from rankscope.methods.normalisation.base import Normalisation
from rankscope.methods.normalisation.ratios import (
    SCALE_OF_ONE,
    Yardstick,
    explain_ratio,
    image_of_ratios,
    not_positive,
    ratio,
)
from rankscope.methods.references import HANDBOOK

if TYPE_CHECKING:
    from rankscope.methods.base import Traits
    from rankscope.shapes import Matrix, Vector


@register
@dataclass(frozen=True, slots=True)
class RatioToTarget(Normalisation):
    """Value as a share of the indicator's target: x / target, and target / x where less is better.

    The target must be above zero, and where less is better all values.  OECD/JRC
    Handbook 2008, section 5.4, https://doi.org/10.1787/9789264043466-en
    """

    name: ClassVar[str] = "ratio_to_target"
    citation: ClassVar[str] = f"{HANDBOOK}, section 5.4"
    needs_target: ClassVar[bool] = True
    top: float = parameter(100.0, SCALE_OF_ONE, "what the target becomes, such as 1 or 100")
    beyond: str = parameter(
        "cap", OneOf(("cap", "keep")), "what becomes of values better than the target"
    )

    def fit(self, matrix: Matrix, traits: Traits) -> Yardstick:
        """Take the targets, of shape (columns,); the data play no part."""
        del matrix
        return Yardstick(traits.target, traits.polarity)

    def transform(self, matrix: Matrix, state: Yardstick, traits: Traits) -> Matrix:
        """Return the ratios, and cap them where the parameter says so."""
        del traits
        found = self.top * ratio(matrix, state)
        return np.minimum(found, self.top) if self.beyond == "cap" else found

    def explain(self, state: Yardstick, column: int) -> str:
        """Say what the target is."""
        return explain_ratio(state, column, "the target")

    def refused_values(self, values: Vector, polarity: float) -> tuple[float, ...]:
        """Return values of zero or less, where less is better."""
        return not_positive(values) if polarity < 0 else ()

    def refuses_target(self, target: float) -> bool:
        """Whether the target is not above zero."""
        return not target > 0

    def image(self, low: float, high: float) -> tuple[float, float]:
        """Return up to the top, or without end where values may go beyond."""
        return image_of_ratios(low, high, self.top if self.beyond == "cap" else np.inf)

    def in_words(self, noun: str = "unit") -> str:
        """Say what the target becomes."""
        del noun
        beyond = "; better values count as the target" if self.beyond == "cap" else ""
        return (
            f"A value becomes its share of the indicator's target, which has {self.top:g}; "
            f"where less is better, twice the target is half the share{beyond}"
        )
