"""The scaled geometric mean: on values moved into a range without zero, and moved back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from rankscope._domains import Ends, Flag
from rankscope._registry import parameter, register
from rankscope.methods.aggregation.base import ChartedMean
from rankscope.methods.aggregation.charts import ScaledLogarithm


class _Scale(Ends):
    """The ends of a scale on which the children lie."""

    __slots__ = ()

    def examples(self) -> tuple[tuple[float, float], ...]:
        """Return scales that hold whatever lies between 1 and 100."""
        return ((0.0, 100.0), (-10.0, 110.0))


class _Positive(Ends):
    """The ends of a range in which logarithms can be taken."""

    __slots__ = ()

    def read(self, value: object) -> tuple[float, float]:
        """Return both ends."""
        low, high = Ends.read(self, value)
        if low <= 0:
            raise ValueError(value)
        return (low, high)

    def words(self) -> str:
        """Return the domain in words."""
        return "two positive numbers, the lower one first"

    def examples(self) -> tuple[tuple[float, float], ...]:
        """Return a narrow and a wide range."""
        return ((2.0, 5.0), (1.0, 10.0))


@register
@dataclass(frozen=True, slots=True)
class ScaledGeometric(ChartedMean):
    r"""Geometric mean of values that are moved linearly from ``ends`` to ``onto``, moved back.

    With ``reverse`` the high end of the children's scale goes to the low end of ``onto``.
    High values then count most: where a high score is a high risk, one great risk is
    not made up for by small ones.  INFORM (scores 0 to 10) takes
    :math:`10 - \frac{10}{9}\left(\prod\left(\frac{9}{10}(10 - x_i) + 1\right)^{w_i} - 1\right)`,
    which is ``ends: [0, 10]``, ``onto: [1, 10]``, ``reverse: true``.  Without ``reverse``
    low values count most, and zero is allowed.  Marin-Ferrer, Vernaccini & Poljansek
    (2017) INFORM concept and methodology, https://doi.org/10.2760/094023
    """

    name: ClassVar[str] = "scaled_geometric"
    citation: ClassVar[str] = (
        "Marin-Ferrer, Vernaccini & Poljansek (2017) INFORM concept and methodology, "
        "doi:10.2760/094023"
    )
    ends: tuple[float, float] = parameter(
        (0.0, 100.0), _Scale(), "the ends of the scale on which the children lie"
    )
    onto: tuple[float, float] = parameter(
        (1.0, 10.0), _Positive(), "the positive range in which the geometric mean is taken"
    )
    reverse: bool = parameter(True, Flag(), "whether the high end goes to the low end")

    def chart(self) -> ScaledLogarithm:
        """Return logarithms after the line."""
        return ScaledLogarithm(self.ends, self.onto, self.reverse)

    def accepts(self, low: float, high: float | None = None) -> bool:
        """Accept values that the line leads to positive ones."""
        end = high if self.reverse else low
        return end is None or bool(self.chart().straight(np.array(end)) > 0)

    def in_words(self, noun: str = "unit") -> str:
        """Say which values count most."""
        del noun
        more = "high values count for more" if self.reverse else "low values count for more"
        (low, high), (start, stop) = self.ends, self.onto
        turned = ", turned round" if self.reverse else ""
        return (
            "A score is a geometric mean of what lies below it, taken after the scale from "
            f"{low:g} to {high:g} is moved onto {start:g} to {stop:g}{turned}, and moved back: "
            f"{more} than in a plain mean"
        )
