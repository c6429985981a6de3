"""The latest value: a gap in a panel takes the unit's last observation before it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

import numpy as np

from rankscope._domains import Flag
from rankscope._registry import parameter, register
from rankscope.methods.imputation.panel import Observed, Panel, earlier, later
from rankscope.methods.references import COINR

if TYPE_CHECKING:
    from rankscope.methods.base import Traits
    from rankscope.shapes import Matrix


@register
@dataclass(frozen=True, slots=True)
class Latest(Panel):
    """The unit's latest earlier value, carried forward to the gap.

    With ``backward`` a gap without one takes the next later value.  COINr's
    ``impute_panel("latest")``, but that ``limit`` counts in years (whatever the periods
    are given in) and not in rows of the table.  A single imputation: it understates
    uncertainty, and it denies change.  https://doi.org/10.21105/joss.04567
    """

    name: ClassVar[str] = "latest"
    citation: ClassVar[str] = COINR
    backward: bool = parameter(
        False, Flag(), "where there is no earlier value, take the next later one"
    )

    def transform(self, matrix: Matrix, state: None, traits: Traits) -> Matrix:
        """Fill the gaps of a matrix of shape (rows, columns), rows in any order."""
        del state
        filled = self._carried(matrix, earlier(matrix, traits), traits)
        if self.backward:
            back = self._carried(matrix, later(matrix, traits), traits)
            filled = np.where(np.isnan(filled), back, filled)
        return filled

    def _carried(self, matrix: Matrix, near: Observed, traits: Traits) -> Matrix:
        """Fill gaps from one side, as far as the limit reaches."""
        distance = np.abs(near.times(traits.times) - traits.times[:, None])
        usable = np.isnan(matrix) & self._reaches(distance)
        return np.where(usable, near.values(matrix), matrix)

    def explain(self, state: None, column: int) -> str:
        """Say which value fills gaps."""
        del state, column
        other = ", else the next later one" if self.backward else ""
        return f"a gap takes the unit's latest earlier value{other}{self._limited()}"

    def in_words(self, noun: str = "unit") -> str:
        """Say what a gap is filled with."""
        other = "; without one, with its next later value" if self.backward else ""
        return (
            f"A gap is filled with the latest earlier value of the same {noun}"
            f"{other}{self._limited()}"
        )
