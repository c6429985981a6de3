"""Percentile ranks: where a value stands among the others, as a share."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

import numpy as np

from rankscope._domains import Ends, OneOf
from rankscope._registry import parameter, register
from rankscope.methods.normalisation.base import Normalisation
from rankscope.methods.normalisation.order import SHARED, Order, fit_order, ranks
from rankscope.methods.references import HANDBOOK

if TYPE_CHECKING:
    from rankscope.methods.base import Traits
    from rankscope.shapes import Matrix

_FORMULAS = {
    "others": "(rank - 1) / (n - 1)",
    "all": "rank / n",
    "middle": "(rank - 1/2) / n",
    "open": "rank / (n + 1)",
}
_SHARES = {
    "others": "the share of the others that are behind it",
    "all": "the share of all values that are behind it or its own",
    "middle": "the share of all values that are behind it, its own counting half",
    "open": "its rank from the worst divided by one more than the number of values",
}
_TIES = {"lowest": "", "highest": "; equal values share the higher rank",
         "average": "; equal values share their mean rank"}  # fmt: skip


@register
@dataclass(frozen=True, slots=True)
class PercentileRank(Normalisation):
    r"""Rank from the worst as a share of the number of values; gaps stay gaps.

    With the rank :math:`r` of :math:`n` values, ``count`` says which share is meant:
    ``others`` :math:`(r-1)/(n-1)`, as COINr's ``n_prank`` and spreadsheets' PERCENTRANK;
    ``all`` :math:`r/n`; ``middle`` :math:`(r-\tfrac12)/n`; ``open`` :math:`r/(n+1)`.
    With zeros ``apart`` (as in CalEnviroScreen, where zero says that there is nothing)
    values of zero or less take the end of the scale on which they stand and :math:`n`
    counts those above zero only.  Equal is equal to the last digit: sums should be
    rounded before they are ranked.  On a frozen scale a new value is placed among the
    fitted ones.  OECD/JRC Handbook 2008, section 1.5 and table 3 (ranking),
    https://doi.org/10.1787/9789264043466-en; https://doi.org/10.21105/joss.04567
    """

    name: ClassVar[str] = "percentile_rank"
    citation: ClassVar[str] = f"{HANDBOOK}, section 1.5"
    to: tuple[float, float] = parameter((0.0, 100.0), Ends(), "the ends of the new scale")
    ties: str = parameter("lowest", SHARED, "the rank, from the worst, that equal values share")
    count: str = parameter("others", OneOf(tuple(_FORMULAS)), "what the rank is a share of")
    zeros: str = parameter(
        "ranked",
        OneOf(("ranked", "apart")),
        "whether zeros are ranked or take the end of the scale",
    )

    def fit(self, matrix: Matrix, traits: Traits) -> Order:
        """Learn the order of the values of a matrix of shape (rows, columns)."""
        ranked = np.where(matrix > 0, matrix, np.nan) if self.zeros == "apart" else matrix
        return fit_order(ranked, traits.polarity)

    def transform(self, matrix: Matrix, state: Order, traits: Traits) -> Matrix:
        """Place each value among the fitted ones; NaN where there are too few to compare with."""
        del traits
        low, high = self.to
        shares = self._shares(ranks(matrix, state, self.ties), state.present.astype(float))
        if self.zeros == "apart":
            shares = np.where(matrix <= 0, np.where(state.polarity > 0, 0.0, 1.0), shares)
        return low + (high - low) * shares

    def explain(self, state: Order, column: int) -> str:
        """Say among how many values the rank is taken, and what it is divided by."""
        above = " above zero" if self.zeros == "apart" else ""
        return f"{_FORMULAS[self.count]} among n = {state.present[column]} values{above}"

    def image(self, low: float, high: float) -> tuple[float, float]:
        """Return the ends of the scale."""
        del low, high
        return self.to

    def in_words(self, noun: str = "unit") -> str:
        """Say which share a value becomes."""
        del noun
        low, high = self.to
        share = _SHARES[self.count]
        apart = "; zeros stand at the end of the scale, outside the count"
        return (
            f"A value becomes {share}, on a scale from {low:g} to {high:g}"
            f"{_TIES[self.ties]}{apart if self.zeros == 'apart' else ''}"
        )

    def _shares(self, rank: Matrix, n: Matrix) -> Matrix:
        """Return shares between 0 and 1 from ranks (rows, columns) among n (columns,)."""
        match self.count:
            case "others":
                return (rank - 1) / np.where(n > 1, n - 1, np.nan)
            case "all":
                return rank / np.where(n > 0, n, np.nan)
            case "middle":
                return (rank - 0.5) / np.where(n > 0, n, np.nan)
            case _:
                return rank / (n + 1)
