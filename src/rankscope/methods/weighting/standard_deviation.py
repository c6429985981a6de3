"""Standard deviation: what differs most counts most."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

import numpy as np

from rankscope._domains import Flag
from rankscope._registry import parameter, register
from rankscope.methods.references import CRITIC
from rankscope.methods.statistics import mean_and_deviation
from rankscope.methods.weighting.learnt import Learnt, require_from

if TYPE_CHECKING:
    from rankscope.shapes import Matrix, Vector


@register
@dataclass(frozen=True, slots=True)
class StandardDeviation(Learnt):
    """Weights proportional to the sample standard deviation of the scores present.

    ``relative`` divides it by the mean (coefficient of variation), for scores from 0 up.
    ``inverse`` takes one over it, so that a deviation of each child counts the same, as in
    the subindices of the Global Gender Gap Index.
    The comparison case of Diakoulaki, Mavrotas & Papayannakis (1995)
    https://doi.org/10.1016/0305-0548(94)00059-H
    """

    name: ClassVar[str] = "standard_deviation"
    citation: ClassVar[str] = CRITIC
    relative: bool = parameter(False, Flag(), "divide by the mean")
    inverse: bool = parameter(False, Flag(), "weigh the more, the smaller the deviation is")

    def learn(self, scores: Matrix, given: Vector) -> Vector:
        """Return the deviations of shape (children,); 0 where there is none.

        Raises
        ------
        MethodError
            When it is relative and a score is negative.
        """
        del given
        mean, deviation = mean_and_deviation(scores)
        deviation = np.where(deviation > 0, deviation, 0.0)
        if self.relative:
            require_from(self.name, scores, 0)
            deviation = deviation / np.where(deviation > 0, mean, 1.0)
        if not self.inverse:
            return deviation
        return np.where(deviation > 0, 1.0, 0.0) / np.where(deviation > 0, deviation, 1.0)

    def in_words(self, noun: str = "unit") -> str:
        """Say that spread decides."""
        measure = "coefficient of variation" if self.relative else "standard deviation"
        sense = "less" if self.inverse else "more"
        return f"A part counts for more, the {sense} it tells one {noun} from another ({measure})"
