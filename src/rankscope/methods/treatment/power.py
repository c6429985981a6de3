"""Roots and powers: milder than a logarithm, or stronger than nothing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

import numpy as np

from rankscope._domains import Between
from rankscope._registry import parameter, register
from rankscope.methods.treatment.curve import Curve, bounded

if TYPE_CHECKING:
    from rankscope.methods.base import Traits
    from rankscope.shapes import Batch, Matrix

TRANSFORMATIONS = (
    "Tukey (1957) Annals of Mathematical Statistics 28(3), 602-632, doi:10.1214/aoms/1177706875"
)


def signed_power(numbers: Batch, exponent: float) -> Batch:
    """Return powers of the sizes of numbers of any shape, with the signs of the numbers."""
    with np.errstate(over="ignore"):
        return bounded(np.sign(numbers) * np.abs(numbers) ** exponent)


@register
@dataclass(frozen=True, slots=True)
class Power(Curve):
    r"""Takes :math:`x^p`; a value below zero becomes :math:`-|x|^p` (Tukey 1957).

    Exponents below 1 draw in high values, exponents above 1 spread them.
    https://doi.org/10.1214/aoms/1177706875
    """

    name: ClassVar[str] = "power"
    citation: ClassVar[str] = TRANSFORMATIONS
    row_wise: ClassVar[bool] = True
    exponent: float = parameter(None, Between(0.01, 10), "the power that is taken")

    def fit(self, matrix: Matrix, traits: Traits) -> None:
        """Learn nothing."""
        del matrix, traits

    def moved(self, ends: Matrix, state: None) -> Matrix:
        """Return powers of values or goalposts."""
        del state
        return signed_power(ends, self.exponent)

    def explain(self, state: None, column: int) -> str:
        """Say which power is taken."""
        del state, column
        return f"to the power of {self.exponent:g}"

    def image(self, low: float, high: float) -> tuple[float, float]:
        """Return the powers of both ends."""
        ends = signed_power(np.array([low, high]), self.exponent)
        return (float(ends[0]), float(ends[1]))

    def in_words(self, noun: str = "unit") -> str:
        """Say which power is taken, and what it means."""
        del noun
        effect = "drawn in" if self.exponent < 1 else "spread out"
        return f"A value is taken to the power of {self.exponent:g}: high values are {effect}"


@register
@dataclass(frozen=True, slots=True)
class SquareRoot(Curve):
    r"""Takes :math:`\sqrt x`; a value below zero becomes :math:`-\sqrt{|x|}` (Tukey 1957).

    https://doi.org/10.1214/aoms/1177706875
    """

    name: ClassVar[str] = "square_root"
    citation: ClassVar[str] = TRANSFORMATIONS
    row_wise: ClassVar[bool] = True

    def fit(self, matrix: Matrix, traits: Traits) -> None:
        """Learn nothing."""
        del matrix, traits

    def moved(self, ends: Matrix, state: None) -> Matrix:
        """Return roots of values or goalposts."""
        del state
        return np.sign(ends) * np.sqrt(np.abs(ends))

    def explain(self, state: None, column: int) -> str:
        """Say that roots are taken."""
        del state, column
        return "square root of the value"

    def image(self, low: float, high: float) -> tuple[float, float]:
        """Return the roots of both ends."""
        ends = self.moved(np.array([low, high]), None)
        return (float(ends[0]), float(ends[1]))

    def in_words(self, noun: str = "unit") -> str:
        """Say that roots are taken, and what it means."""
        del noun
        return (
            "The square root of a value is taken: "
            "from 1 to 4 is then as large a step as from 4 to 9"
        )
