"""Groups of equal size: fifths, tenths and the like, numbered from either end."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

import numpy as np

from rankscope._domains import Whole
from rankscope._registry import parameter, register
from rankscope.methods.normalisation.base import Normalisation
from rankscope.methods.normalisation.order import SHARED, Order, fit_order, ranks

if TYPE_CHECKING:
    from rankscope.methods.base import Traits
    from rankscope.shapes import Matrix

_GROUPS = Whole(2, 1000)


def _grouped(matrix: Matrix, state: Order, ties: str, groups: int) -> Matrix:
    r"""Return :math:`\lceil k r / n \rceil`, from 1 to the number of groups k, (rows, columns)."""
    return np.ceil(groups * ranks(matrix, state, ties) / np.maximum(state.present, 1))


@register
@dataclass(frozen=True, slots=True)
class QuantileGroups(Normalisation):
    r"""Number of the group of equal size that a value falls into; 1 is the worst.

    :math:`\lceil k\,r/n \rceil` with the rank :math:`r` from the worst among :math:`n`
    values and :math:`k` groups: quintiles, deciles and so on.
    """

    name: ClassVar[str] = "quantile_groups"
    groups: int = parameter(5, _GROUPS, "how many groups there are")
    ties: str = parameter("lowest", SHARED, "the rank, from the worst, that equal values share")

    def fit(self, matrix: Matrix, traits: Traits) -> Order:
        """Learn the order of the values of a matrix of shape (rows, columns)."""
        return fit_order(matrix, traits.polarity)

    def transform(self, matrix: Matrix, state: Order, traits: Traits) -> Matrix:
        """Return the numbers of the groups."""
        del traits
        return _grouped(matrix, state, self.ties, self.groups)

    def explain(self, state: Order, column: int) -> str:
        """Say how many values are parted into how many groups."""
        return f"{state.present[column]} values in {self.groups} groups, 1 the worst"

    def image(self, low: float, high: float) -> tuple[float, float]:
        """Return the first and the last number."""
        del low, high
        return (1.0, float(self.groups))

    def in_words(self, noun: str = "unit") -> str:
        """Say how the groups are numbered."""
        del noun
        return (
            f"Values are parted into {self.groups} groups of equal size, and each becomes the "
            f"number of its group, from 1 for the worst to {self.groups} for the best"
        )


@register
@dataclass(frozen=True, slots=True)
class QuantileGroupsFromTop(Normalisation):
    r"""Number of the group of equal size that a value falls into; 1 is the best.

    :math:`\lceil k\,r/n \rceil` with the rank :math:`r` from the best (in an index of
    deprivation, the most deprived), as England's deprivation deciles.  Where the
    groups can not be of equal size this is more than `quantile_groups` turned round.
    More is then worse: meant as a last step for printing.
    """

    name: ClassVar[str] = "quantile_groups_from_top"
    monotone: ClassVar[bool] = False
    groups: int = parameter(10, _GROUPS, "how many groups there are")
    ties: str = parameter("lowest", SHARED, "the rank, from the best, that equal values share")

    def fit(self, matrix: Matrix, traits: Traits) -> Order:
        """Learn the order of the values of a matrix of shape (rows, columns)."""
        return fit_order(matrix, -traits.polarity)

    def transform(self, matrix: Matrix, state: Order, traits: Traits) -> Matrix:
        """Return the numbers of the groups."""
        del traits
        return _grouped(matrix, state, self.ties, self.groups)

    def explain(self, state: Order, column: int) -> str:
        """Say how many values are parted into how many groups."""
        return f"{state.present[column]} values in {self.groups} groups, 1 the best"

    def image(self, low: float, high: float) -> tuple[float, float]:
        """Return the first and the last number."""
        del low, high
        return (1.0, float(self.groups))

    def in_words(self, noun: str = "unit") -> str:
        """Say how the groups are numbered."""
        del noun
        return (
            f"Values are parted into {self.groups} groups of equal size, and each becomes the "
            f"number of its group, from 1 for the best to {self.groups} for the worst"
        )
