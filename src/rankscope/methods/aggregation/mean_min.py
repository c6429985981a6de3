"""The mean-min function: between the mean and the minimum."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

import numpy as np

from rankscope._domains import Between
from rankscope._registry import parameter, register
from rankscope.methods.aggregation.base import Aggregation, where_any
from rankscope.methods.aggregation.moments import mean_of

if TYPE_CHECKING:
    from rankscope.shapes import Batch


@register
@dataclass(frozen=True, slots=True)
class MeanMin(Aggregation):
    r"""Mean less a penalty, :math:`m - \alpha(\sqrt{(m - \min)^2 + \beta^2} - \beta)`.

    ``alpha`` is how much the distance from the weakest child costs: 0 is the mean and,
    with ``beta`` 0, 1 is the minimum.  ``beta``, in points, spares small distances.
    Casadio Tarabusi & Guarini (2013) Social Indicators Research 112(1), 19-45,
    https://doi.org/10.1007/s11205-012-0070-4
    """

    name: ClassVar[str] = "mean_min"
    citation: ClassVar[str] = (
        "Casadio Tarabusi & Guarini (2013) Social Indicators Research 112(1), 19-45, "
        "doi:10.1007/s11205-012-0070-4"
    )
    alpha: float = parameter(0.5, Between(0, 1), "how much unbalance is penalised")
    beta: float = parameter(0.0, Between(low=0), "the distance, in points, that is spared")

    def chart(self) -> None:
        """Return none: the penalty is not linear in the weights."""
        return

    def accepts(self, low: float, high: float | None = None) -> bool:
        """Accept all numbers."""
        del low, high
        return True

    def combine(self, values: Batch, weights: Batch) -> Batch:
        """Return the mean less the penalty."""
        counted = weights > 0
        mean = mean_of(values, weights)
        lowest = np.where(counted, values, np.inf).min(axis=-1, initial=np.inf)
        distance = mean - np.where(counted.any(axis=-1), lowest, mean)
        penalty = self.alpha * (np.hypot(distance, self.beta) - self.beta)
        return where_any(counted, mean - penalty)

    def in_words(self, noun: str = "unit") -> str:
        """Say what the distance from the weakest costs."""
        del noun
        spared = f" (a distance of less than about {self.beta:g} points costs little)"
        return (
            "A score is the weighted mean of what lies below it, drawn towards the lowest of them "
            f"by {self.alpha:g} of the distance" + spared * (self.beta > 0)
        )
