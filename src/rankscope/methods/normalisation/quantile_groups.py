"""Groups of equal size: fifths, tenths and the like, numbered from either end."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

import numpy as np

from rankscope._domains import OneOf, Whole
from rankscope._registry import parameter, register
from rankscope.methods.normalisation.base import Normalisation
from rankscope.methods.normalisation.order import NOISE, SHARED, Order, fit_order, ranks
from rankscope.methods.normalisation.quantiles import quantiles

if TYPE_CHECKING:
    from rankscope.methods.base import Traits
    from rankscope.shapes import Matrix

_GROUPS = Whole(2, 1000)
_RULES = OneOf(("share", "below", "open", "larger_first", "quantiles"))
_RULE = "how values are parted where groups can not be of equal size"


def _grouped(matrix: Matrix, state: Order, ties: str, groups: int, rule: str) -> Matrix:
    """Return the numbers of groups, from 1 to the number of groups, (rows, columns)."""
    if rule == "quantiles":
        return _above_quantiles(matrix * state.polarity, state, groups)
    rank, n = ranks(matrix, state, ties), np.maximum(state.present, 1).astype(float)
    group: Matrix
    match rule:
        case "share":
            group = np.ceil(groups * rank / n)
        case "below":
            group = np.floor(groups * (rank - 1) / n) + 1
        case "open":
            group = np.floor(groups * rank / (n + 1)) + 1
        case _:
            size, more = n // groups, n % groups
            last = more * (size + 1)  # of the larger groups
            later = more + np.ceil((rank - last) / np.maximum(size, 1))
            group = np.where(rank <= last, np.ceil(rank / (size + 1)), later)
    return group


def _above_quantiles(values: Matrix, state: Order, groups: int) -> Matrix:
    """Return one more than how many quantiles lie below each value, (rows, columns)."""
    shares = np.arange(1, groups) / groups
    edges = quantiles(state.values.T, list(shares))
    found = np.where(np.isnan(values) | (state.present == 0), np.nan, 1.0)
    for edge in edges:
        found += values > edge + np.abs(edge) * NOISE + state.slack
    return found


@dataclass(frozen=True, slots=True)
class Groups(Normalisation):
    """Groups of equal size, numbered from one end of the order that is fitted."""

    groups: int = parameter(5, _GROUPS, "how many groups there are")
    ties: str = parameter("lowest", SHARED, "the rank, from the worst, that equal values share")
    rule: str = parameter("share", _RULES, _RULE)

    def transform(self, matrix: Matrix, state: Order, traits: Traits) -> Matrix:
        """Return the numbers of the groups."""
        del traits
        return _grouped(matrix, state, self.ties, self.groups, self.rule)

    def image(self, low: float, high: float) -> tuple[float, float]:
        """Return the first and the last number."""
        del low, high
        return (1.0, float(self.groups))


@register
@dataclass(frozen=True, slots=True)
class QuantileGroups(Groups):
    r"""Number of the group of equal size that a value falls into; 1 is the worst.

    :math:`\lceil k\,r/n \rceil` with the rank :math:`r` from the worst among :math:`n`
    values and :math:`k` groups: quintiles, deciles and so on.  That is the ``rule`` share;
    ``below`` is :math:`\lfloor k\,(r-1)/n \rfloor + 1`; ``open``, as SAS has it,
    :math:`\lfloor k\,r/(n+1) \rfloor + 1`; ``larger_first``, as NTILE in SQL, gives each
    of the first groups one more; ``quantiles``, as ``pandas.qcut``, counts the quantiles of
    the values that lie below.  Where :math:`k` divides :math:`n` and nothing ties, all
    agree.
    """

    name: ClassVar[str] = "quantile_groups"

    def fit(self, matrix: Matrix, traits: Traits) -> Order:
        """Learn the order of the values of a matrix of shape (rows, columns)."""
        return fit_order(matrix, traits.polarity)

    def explain(self, state: Order, column: int) -> str:
        """Say how many values are parted into how many groups."""
        return f"{state.present[column]} values in {self.groups} groups, 1 the worst"

    def in_words(self, noun: str = "unit") -> str:
        """Say how the groups are numbered."""
        del noun
        return (
            f"Values are parted into {self.groups} groups of equal size, and each becomes the "
            f"number of its group, from 1 for the worst to {self.groups} for the best"
        )


@register
@dataclass(frozen=True, slots=True)
class QuantileGroupsFromTop(Groups):
    r"""Number of the group of equal size that a value falls into; 1 is the best.

    :math:`\lceil k\,r/n \rceil` with the rank :math:`r` from the best (in an index of
    deprivation, the most deprived), as England's deprivation deciles.  Where the
    groups can not be of equal size this is more than `quantile_groups` turned round, whose
    other rules there are too.
    More is then worse: meant as a last step for printing.
    """

    name: ClassVar[str] = "quantile_groups_from_top"
    monotone: ClassVar[bool] = False
    groups: int = parameter(10, _GROUPS, "how many groups there are")
    ties: str = parameter("lowest", SHARED, "the rank, from the best, that equal values share")

    def fit(self, matrix: Matrix, traits: Traits) -> Order:
        """Learn the order of the values of a matrix of shape (rows, columns)."""
        return fit_order(matrix, -traits.polarity)

    def explain(self, state: Order, column: int) -> str:
        """Say how many values are parted into how many groups."""
        return f"{state.present[column]} values in {self.groups} groups, 1 the best"

    def in_words(self, noun: str = "unit") -> str:
        """Say how the groups are numbered."""
        del noun
        return (
            f"Values are parted into {self.groups} groups of equal size, and each becomes the "
            f"number of its group, from 1 for the best to {self.groups} for the worst"
        )
