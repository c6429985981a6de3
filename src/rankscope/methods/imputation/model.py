"""The abstract imputation by a model of how the columns go together."""

from __future__ import annotations

from dataclasses import KW_ONLY, dataclass

from rankscope._domains import Flag
from rankscope._registry import parameter
from rankscope.methods.imputation.base import Imputation


@dataclass(frozen=True, slots=True)
class ModelBased(Imputation):
    """Fills a gap with what a model predicts from the unit's other columns.

    A linear model may predict what can not be, such as a negative count; by default
    nothing is filled in beyond the lowest and the highest value observed.
    """

    _: KW_ONLY
    within_range: bool = parameter(
        True, Flag(), "keep what is filled in between the ends of the values present"
    )
