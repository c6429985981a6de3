"""A transformation that is taken only of columns that need it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar, Final, NamedTuple

import numpy as np

from rankscope._domains import Between, Maybe, OneOf
from rankscope._registry import parameter, register
from rankscope.methods.references import HANDBOOK
from rankscope.methods.statistics import excess_kurtosis, skewness
from rankscope.methods.treatment.base import Treatment
from rankscope.methods.treatment.box_cox import BoxCox
from rankscope.methods.treatment.log import Log
from rankscope.methods.treatment.power import Power, SquareRoot

if TYPE_CHECKING:
    from rankscope.methods.base import Traits
    from rankscope.shapes import Mask, Matrix


_TAKEN: Final[dict[str, Treatment]] = {
    "square_root": SquareRoot(),
    "cube_root": Power(exponent=1 / 3),
    "log": Log(offset="none"),
    "log_plus_one": Log(offset="one"),
    "box_cox": BoxCox(offset="none"),
}


class Treated(NamedTuple):
    """Which columns are treated, (columns,), their skewness, and what the transformation learnt."""

    needed: Mask
    skew: Matrix
    learnt: Any


@register
@dataclass(frozen=True, slots=True)
class WhereSkewed(Treatment):
    """Takes a root or a logarithm only of columns whose skewness is beyond a limit.

    The European Innovation Scoreboard takes the square root where skewness is more than 1.
    With ``kurtosis``, a column is treated only where its excess kurtosis is beyond that
    limit as well.  OECD/JRC Handbook 2008, section 5, on skewed indicators,
    https://doi.org/10.1787/9789264043466-en
    """

    name: ClassVar[str] = "where_skewed"
    citation: ClassVar[str] = f"{HANDBOOK}, section 5"
    skewness: float = parameter(1.0, Between(low=0), "skewness beyond which a column is treated")
    side: str = parameter(
        "upper", OneOf(("upper", "either")), "whether a long lower tail is treated as well"
    )
    kurtosis: float | None = parameter(
        None, Maybe(Between()), "excess kurtosis beyond which, too, a column must lie"
    )
    take: str = parameter(
        "square_root", OneOf(tuple(_TAKEN)), "what is done to the columns that need it"
    )

    def accepts(self, low: float) -> bool:
        """Accept what the transformation accepts."""
        return _TAKEN[self.take].accepts(low)

    def fit(self, matrix: Matrix, traits: Traits) -> Treated:
        """Decide for each column of a matrix of shape (rows, columns)."""
        skew = skewness(matrix)
        size = np.abs(skew) if self.side == "either" else skew
        needed = size > self.skewness  # NaN needs nothing
        if self.kurtosis is not None:
            needed &= excess_kurtosis(matrix) > self.kurtosis
        return Treated(needed, skew, _TAKEN[self.take].fit(matrix, traits))

    def transform(self, matrix: Matrix, state: Treated, traits: Traits) -> Matrix:
        """Return the matrix, shape (rows, columns), with the columns treated that need it."""
        treated = _TAKEN[self.take].transform(matrix, state.learnt, traits)
        return np.where(state.needed, treated, matrix)

    def moved(self, ends: Matrix, state: Treated) -> Matrix:
        """Return goalposts on the scale of the treated values."""
        return np.where(state.needed, _TAKEN[self.take].moved(ends, state.learnt), ends)

    def image(self, low: float, high: float) -> tuple[float, float]:
        """Return the ends of values that may be treated, or not."""
        ends = (*_TAKEN[self.take].image(low, high), low, high)
        return (min(ends), max(ends))

    def explain(self, state: Treated, column: int) -> str:
        """Say how skewed the column is, and what is done."""
        skew = f"skewness {state.skew[column]:.3g}"
        if not state.needed[column]:
            return f"left as it is: {skew}"
        return f"{skew}: {_TAKEN[self.take].explain(state.learnt, column)}"

    def touched(self, matrix: Matrix, state: Treated) -> Mask:
        """Return that no single cell was capped: a curve changes the whole column."""
        return _TAKEN[self.take].touched(matrix, state.learnt)

    def in_words(self, noun: str = "unit") -> str:
        """Say which indicators are treated, and how."""
        beyond = f"skewness {'either way ' * (self.side == 'either')}above {self.skewness:g}"
        if self.kurtosis is not None:
            beyond += f" and excess kurtosis above {self.kurtosis:g}"
        said = _TAKEN[self.take].in_words(noun)
        return f"Only where values are lopsided ({beyond}): {said[0].lower()}{said[1:]}"
