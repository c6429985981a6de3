"""A constant: every gap takes the number that the definition gives."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

import numpy as np

from rankscope._domains import Between
from rankscope._registry import parameter, register
from rankscope.methods.imputation.base import Imputation
from rankscope.methods.references import HANDBOOK

if TYPE_CHECKING:
    from rankscope.methods.base import Traits
    from rankscope.shapes import Matrix


@register
@dataclass(frozen=True, slots=True)
class Constant(Imputation):
    """A number that must be given, in the indicator's own units after denomination.

    With 0 a gap says "none", which is a claim about the unit: an indicator whose source
    names every unit that has any declares ``absent_is_zero`` instead.  A single
    imputation: it understates uncertainty.  OECD/JRC Handbook 2008, section 3 (explicit
    modelling and cold deck), https://doi.org/10.1787/9789264043466-en
    """

    name: ClassVar[str] = "constant"
    citation: ClassVar[str] = f"{HANDBOOK}, section 3"
    value: float = parameter(None, Between(), "what every gap takes")

    def fit(self, matrix: Matrix, traits: Traits) -> None:
        """Learn nothing."""
        del matrix, traits

    def transform(self, matrix: Matrix, state: None, traits: Traits) -> Matrix:
        """Fill the gaps of a matrix of shape (rows, columns)."""
        del state, traits
        return np.where(np.isnan(matrix), self.value, matrix)

    def explain(self, state: None, column: int) -> str:
        """Say which number fills gaps."""
        del state, column
        return f"a gap takes the number {self.value:.6g}"

    def in_words(self, noun: str = "unit") -> str:
        """Say what a gap is filled with."""
        del noun
        return f"A gap is filled with the number {self.value:g}, whatever the other values are"
