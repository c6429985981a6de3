"""Goalposts: fixed ends of the scale, in the indicator's own units."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from rankscope._domains import Ends, OneOf
from rankscope._registry import parameter, register
from rankscope.methods.normalisation.base import Normalisation
from rankscope.methods.normalisation.min_max import (
    Scale,
    explain_scale,
    reach,
    rescale_within,
    scale_of,
)
from rankscope.methods.references import HUMAN_DEVELOPMENT

if TYPE_CHECKING:
    from rankscope.methods.base import Traits
    from rankscope.shapes import Matrix


@register
@dataclass(frozen=True, slots=True)
class Goalposts(Normalisation):
    """Distance between fixed goalposts, as in the Human Development Index.

    UNDP (2022) Human Development Report 2021/22, technical note 1.
    """

    name: ClassVar[str] = "goalposts"
    citation: ClassVar[str] = HUMAN_DEVELOPMENT
    needs_goalposts: ClassVar[bool] = True
    to: tuple[float, float] = parameter((0.0, 100.0), Ends(), "the ends of the new scale")
    beyond: str = parameter(
        "cap", OneOf(("cap", "keep")), "what becomes of values beyond a goalpost"
    )

    def fit(self, matrix: Matrix, traits: Traits) -> Scale:
        """Take the ends from the goalposts, of shape (columns, 2); the data play no part."""
        del matrix
        low, high = traits.goalposts[:, 0], traits.goalposts[:, 1]
        return scale_of(low, high, traits.polarity)

    def transform(self, matrix: Matrix, state: Scale, traits: Traits) -> Matrix:
        """Map onto the new scale and cap where the parameter says so."""
        del traits
        return rescale_within(matrix, state, self.to, self.beyond)

    def explain(self, state: Scale, column: int) -> str:
        """Say what the goalposts stand for."""
        return explain_scale(state, column, self.to)

    def image(self, low: float, high: float) -> tuple[float, float]:
        """Return the ends of the scale, or all numbers where values may go beyond."""
        del low, high
        return reach(self.to, self.beyond)

    def in_words(self, noun: str = "unit") -> str:
        """Say what both goalposts become."""
        del noun
        low, high = self.to
        beyond = "; values beyond a goalpost count as the goalpost" if self.beyond == "cap" else ""
        return (
            f"Each indicator has two fixed goalposts: the worse becomes {low:g}, "
            f"the better {high:g}{beyond}"
        )
