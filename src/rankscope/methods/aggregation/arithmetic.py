"""The arithmetic mean: a weakness in one child is made up for by strength in another."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from rankscope._registry import register
from rankscope.methods.aggregation.base import ChartedMean
from rankscope.methods.aggregation.charts import Chart, Identity
from rankscope.methods.references import HANDBOOK


@register
@dataclass(frozen=True, slots=True)
class Arithmetic(ChartedMean):
    r"""Weighted arithmetic mean, :math:`\sum w_i x_i` (OECD/JRC Handbook 2008, section 6.2).

    A point lost in one child is made up for by a point of equal weight in another.
    https://doi.org/10.1787/9789264043466-en
    """

    name: ClassVar[str] = "arithmetic"
    citation: ClassVar[str] = f"{HANDBOOK}, section 6.2"

    def chart(self) -> Chart:
        """Return the identity."""
        return Identity()

    def accepts(self, low: float, high: float | None = None) -> bool:
        """Accept all numbers."""
        del low, high
        return True

    def in_words(self, noun: str = "unit") -> str:
        """Say that strength makes up for weakness."""
        del noun
        return (
            "A score is the weighted mean of what lies below it, "
            "so strength in one place makes up for weakness in another"
        )
