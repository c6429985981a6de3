"""The part of the way to a target that is behind a unit."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

import numpy as np

from rankscope._domains import Ends, OneOf
from rankscope._registry import parameter, register
from rankscope.methods.normalisation.base import Normalisation
from rankscope.methods.normalisation.way import Way, explain_way, fit_way, part_of_way
from rankscope.methods.references import COINR

if TYPE_CHECKING:
    from rankscope.methods.base import Traits
    from rankscope.shapes import Matrix


@register
@dataclass(frozen=True, slots=True)
class DistanceToTarget(Normalisation):
    r"""Part of the way from the worst value to the indicator's target: COINr's ``n_dist2targ``.

    :math:`1 - (t - x)/(t - min)`, and :math:`1 - (x - t)/(max - t)` where less is
    better.  Capped, whoever has reached the target has the top; kept, values go beyond
    it, and a column in which nobody is short of the target is NaN.
    https://doi.org/10.21105/joss.04567
    """

    name: ClassVar[str] = "distance_to_target"
    citation: ClassVar[str] = COINR
    needs_target: ClassVar[bool] = True
    to: tuple[float, float] = parameter((0.0, 100.0), Ends(), "the ends of the new scale")
    beyond: str = parameter(
        "cap", OneOf(("cap", "keep")), "what becomes of values better than the target"
    )

    def fit(self, matrix: Matrix, traits: Traits) -> Way:
        """Learn the worst values from a matrix of shape (rows, columns); take the targets."""
        return fit_way(matrix, traits.target, traits.polarity)

    def transform(self, matrix: Matrix, state: Way, traits: Traits) -> Matrix:
        """Return the part of the way, on the new scale."""
        del traits
        return part_of_way(matrix, state, self.to, self.beyond)

    def explain(self, state: Way, column: int) -> str:
        """Say what the ends stand for."""
        return explain_way(state, column, self.to)

    def image(self, low: float, high: float) -> tuple[float, float]:
        """Return the ends of the scale, without an upper one where values may go beyond."""
        del low, high
        return self.to if self.beyond == "cap" else (self.to[0], np.inf)

    def in_words(self, noun: str = "unit") -> str:
        """Say what both ends stand for."""
        del noun
        low, high = self.to
        beyond = "; better values count as the target" if self.beyond == "cap" else ""
        return (
            f"The worst value becomes {low:g} and the indicator's target {high:g}; "
            f"all others take their place in proportion{beyond}"
        )
