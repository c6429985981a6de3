"""Winsorising: values beyond two quantiles are drawn in to them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, NamedTuple

import numpy as np

from rankscope._domains import Between
from rankscope._registry import parameter, register
from rankscope.errors import MethodError
from rankscope.methods.references import HANDBOOK
from rankscope.methods.treatment.base import Treatment

if TYPE_CHECKING:
    from rankscope.methods.base import Traits
    from rankscope.shapes import Mask, Matrix, Vector


class Caps(NamedTuple):
    """The lowest and highest value that stays, of shape (columns,)."""

    low: Vector
    high: Vector


@register
@dataclass(frozen=True, slots=True)
class Winsorise(Treatment):
    """Caps each column at two quantiles (OECD/JRC Handbook 2008, section 5; Tukey 1962).

    Quantiles are interpolated between the values present; gaps stay gaps.
    https://doi.org/10.1787/9789264043466-en, https://doi.org/10.1214/aoms/1177704711
    """

    name: ClassVar[str] = "winsorise"
    citation: ClassVar[str] = f"{HANDBOOK}, section 5"
    lower: float = parameter(0.025, Between(0, 1), "the quantile below which values are raised")
    upper: float = parameter(0.975, Between(0, 1), "the quantile above which values are lowered")

    def __post_init__(self) -> None:
        """Check the parameters, and that the lower quantile is the lower one."""
        super(Winsorise, self).__post_init__()
        if self.lower >= self.upper:
            raise MethodError(
                f"winsorise.lower must be less than winsorise.upper, "
                f"got {self.lower:g} and {self.upper:g}."
            )

    def fit(self, matrix: Matrix, traits: Traits) -> Caps:
        """Learn both quantiles of each column of a matrix of shape (rows, columns)."""
        del traits
        caps = np.full((2, matrix.shape[1]), np.nan)
        for column in np.flatnonzero(~np.isnan(matrix).all(axis=0)):
            caps[:, column] = np.nanquantile(matrix[:, column], [self.lower, self.upper])
        return Caps(caps[0], caps[1])

    def transform(self, matrix: Matrix, state: Caps, traits: Traits) -> Matrix:
        """Cap at both quantiles."""
        del traits
        return np.clip(matrix, state.low, state.high)

    def explain(self, state: Caps, column: int) -> str:
        """Say where the column is capped."""
        return f"capped at {state.low[column]:.6g} and {state.high[column]:.6g}"

    def touched(self, matrix: Matrix, state: Caps) -> Mask:
        """Return which cells of a matrix of shape (rows, columns) were capped."""
        return (matrix < state.low) | (matrix > state.high)
