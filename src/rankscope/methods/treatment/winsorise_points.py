"""Winsorising a fixed number of values at either end."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

import numpy as np

from rankscope._domains import Whole
from rankscope._registry import parameter, register
from rankscope.errors import MethodError
from rankscope.methods.treatment.capping import Capping, Caps, no_caps

if TYPE_CHECKING:
    from rankscope.methods.base import Traits
    from rankscope.shapes import Matrix


@register
@dataclass(frozen=True, slots=True)
class WinsorisePoints(Capping):
    """Draws in the lowest and the highest few values to the next one (Tukey 1962).

    Each value counts as one, also where it is tied.  A column with too few values to
    spare them is left as it is.  https://doi.org/10.1214/aoms/1177704711
    """

    name: ClassVar[str] = "winsorise_points"
    citation: ClassVar[str] = (
        "Tukey (1962) Annals of Mathematical Statistics 33(1), 1-67, doi:10.1214/aoms/1177704711"
    )
    lowest: int = parameter(1, Whole(0, 10_000), "how many of the lowest values are raised")
    highest: int = parameter(1, Whole(0, 10_000), "how many of the highest values are lowered")

    def __post_init__(self) -> None:
        """Check the parameters, and that there is something to draw in."""
        super(WinsorisePoints, self).__post_init__()
        if self.lowest == self.highest == 0:
            raise MethodError(
                "winsorise_points.lowest and winsorise_points.highest are both 0: "
                "nothing would be drawn in."
            )

    def fit(self, matrix: Matrix, traits: Traits) -> Caps:
        """Learn the next values of each column of a matrix of shape (rows, columns)."""
        del traits
        caps, ordered = no_caps(matrix.shape[1]), np.sort(matrix, axis=0)  # NaN goes last
        counts = np.sum(~np.isnan(matrix), axis=0)
        for column in np.flatnonzero(counts > self.lowest + self.highest):
            if self.lowest:
                caps.low[column] = ordered[self.lowest, column]
            if self.highest:
                caps.high[column] = ordered[counts[column] - 1 - self.highest, column]
        return caps

    def in_words(self, noun: str = "unit") -> str:
        """Say how many values are drawn in at either end."""
        del noun
        ends = (("raised", "lowest", self.lowest), ("lowered", "highest", self.highest))
        parts = [
            f"the {end} {'value is' if count == 1 else f'{count} values are'} {moved}"
            for moved, end, count in ends
            if count
        ]
        said = " and ".join(parts)
        return f"{said[0].upper()}{said[1:]} to the next value"
