"""Places in relation to one unit, such as a neighbour or the average of a union."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

import numpy as np

from rankscope._domains import Ends, OneOf, Text
from rankscope._registry import parameter, register
from rankscope.methods.normalisation.base import Normalisation
from rankscope.methods.normalisation.min_max import Scale
from rankscope.methods.normalisation.ratios import (
    Yardstick,
    explain_ratio,
    image_of_ratios,
    not_positive,
    ratio,
)
from rankscope.methods.normalisation.way import Way, explain_way, fit_way, part_of_way
from rankscope.methods.references import COINR

if TYPE_CHECKING:
    from rankscope.methods.base import Traits
    from rankscope.shapes import Matrix, Vector


@register
@dataclass(frozen=True, slots=True)
class DistanceToReference(Normalisation):
    r"""Place in relation to the values of one unit: COINr's ``n_dist2ref``, or the ratio to it.

    ``distance``: :math:`1 - (r - x)/(r - min)`, and :math:`1 - (x - r)/(max - r)` where
    less is better, with the values :math:`r` of the unit; ``ratio``: :math:`x/r`, and
    :math:`r/x` where less is better, of positive values.  NaN where the unit has no
    value, and of a distance where the unit is itself the worst.
    https://doi.org/10.21105/joss.04567
    """

    name: ClassVar[str] = "distance_to_reference"
    citation: ClassVar[str] = COINR
    unit: str = parameter(None, Text("the code of a unit"), "the unit that others are compared to")
    form: str = parameter(
        "distance", OneOf(("distance", "ratio")), "part of the way from the worst, or ratio"
    )
    to: tuple[float, float] = parameter(
        (0.0, 100.0), Ends(), "the ends of the new scale; of a ratio only the upper one counts"
    )
    beyond: str = parameter(
        "keep", OneOf(("cap", "keep")), "what becomes of values better than the unit's"
    )

    def reference(self) -> str | None:
        """Return the code of the unit."""
        return self.unit

    def fit(self, matrix: Matrix, traits: Traits) -> Way:
        """Learn the worst values from a matrix of shape (rows, columns); take the unit's."""
        if self.form == "distance":
            return fit_way(matrix, traits.target, traits.polarity)
        return Way(Scale(np.zeros(matrix.shape[1]), traits.target), traits.polarity)

    def transform(self, matrix: Matrix, state: Way, traits: Traits) -> Matrix:
        """Return the part of the way or the ratio, on the new scale."""
        del traits
        if self.form == "distance":
            return part_of_way(matrix, state, self.to, self.beyond)
        found = self.to[1] * ratio(matrix, Yardstick(state.scale.best, state.polarity))
        return np.minimum(found, self.to[1]) if self.beyond == "cap" else found

    def explain(self, state: Way, column: int) -> str:
        """Say what the unit's value stands for."""
        if self.form == "distance":
            return explain_way(state, column, self.to)
        yardstick = Yardstick(state.scale.best, state.polarity)
        return explain_ratio(yardstick, column, f"the value of {self.unit}")

    def refused_values(self, values: Vector, polarity: float) -> tuple[float, ...]:
        """Return values of zero or less, for a ratio where less is better."""
        return not_positive(values) if self.form == "ratio" and polarity < 0 else ()

    def refuses_target(self, target: float) -> bool:
        """Whether the unit's value is none that a ratio can be taken to."""
        return self.form == "ratio" and target <= 0

    def image(self, low: float, high: float) -> tuple[float, float]:
        """Return the ends of the scale, without an upper one where values may go beyond."""
        most = self.to[1] if self.beyond == "cap" else np.inf
        return image_of_ratios(low, high, most) if self.form == "ratio" else (self.to[0], most)

    def in_words(self, noun: str = "unit") -> str:
        """Say what the unit's value becomes."""
        low, high = self.to
        beyond = f"; better values count as that {noun}'s" if self.beyond == "cap" else ""
        if self.form == "ratio":
            return f"A value is expressed as a share of that of {self.unit}, {high:g}{beyond}"
        return (
            f"The worst value becomes {low:g} and that of {self.unit} {high:g}; "
            f"all others take their place in proportion{beyond}"
        )
