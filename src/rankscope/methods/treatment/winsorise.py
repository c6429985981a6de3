"""Winsorising: values beyond two quantiles are drawn in to them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

import numpy as np

from rankscope._domains import Between
from rankscope._registry import parameter, register
from rankscope.errors import MethodError
from rankscope.methods.references import HANDBOOK
from rankscope.methods.treatment.capping import Capping, Caps, no_caps

if TYPE_CHECKING:
    from rankscope.methods.base import Traits
    from rankscope.shapes import Matrix


@register
@dataclass(frozen=True, slots=True)
class Winsorise(Capping):
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
        caps = no_caps(matrix.shape[1])
        for column in np.flatnonzero(~np.isnan(matrix).all(axis=0)):
            ends = np.nanquantile(matrix[:, column], [self.lower, self.upper])
            caps.low[column], caps.high[column] = ends
        return caps

    def in_words(self, noun: str = "unit") -> str:
        """Say which shares of the values are drawn in."""
        del noun
        return (
            f"The lowest {self.lower * 100:g}% of the values are raised, and the highest "
            f"{(1 - self.upper) * 100:g}% lowered, to the value at that border"
        )
