"""Logarithms: for counts and amounts that spread over orders of magnitude."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, Final, NamedTuple

import numpy as np

from rankscope._domains import Between, Maybe, OneOf
from rankscope._registry import parameter, register
from rankscope.errors import MethodError
from rankscope.methods.references import HANDBOOK
from rankscope.methods.statistics import smallest_and_largest
from rankscope.methods.treatment.curve import Curve
from rankscope.methods.treatment.shift import OFFSETS, Shift, learn_shift, shift_accepts

if TYPE_CHECKING:
    from rankscope.methods.base import Traits
    from rankscope.shapes import Batch, Matrix, Vector

_WORDS: Final = {
    "none": "the value",
    "one": "the value plus one",
    "smallest": "the value plus the smallest positive one, so that zero has a place",
    "range": "the value, moved up so that all are positive",
    "minimum_plus_one": "one plus the distance from the smallest value",
    "gii": "one plus the distance from the smallest value, stretched to the size of the largest",
}


class Scale(NamedTuple):
    """The shift, and what the shifted values are divided by, of shape (columns,)."""

    shift: Shift
    unit: Vector


def logarithm(numbers: Batch, base: float | None) -> Batch:
    """Return logarithms of numbers of any shape, natural without a base; NaN where none exists."""
    positive = np.where(numbers > 0, numbers, np.nan)
    if base in (2, 10):
        return np.log2(positive) if base == 2 else np.log10(positive)
    found: Batch = np.log(positive) / (1.0 if base is None else np.log(base))
    return found


@register
@dataclass(frozen=True, slots=True)
class Log(Curve):
    r"""Logarithm of :math:`x + c`.

    The offset :math:`c` is ``none`` (0, the logarithm of the value itself; values of zero
    or less are refused), ``one``, ``smallest`` (the smallest positive value observed, which
    is added to all values, so that zeros have a place one doubling below it; nothing may
    be negative), ``range`` (:math:`0.01\,(max - min) - min`, COINr's
    ``log_CT``) or ``minimum_plus_one`` (:math:`1 - min`, its ``log_CT_orig``; on a
    frozen scale both draw lower values in to the minimum).  ``gii`` is
    :math:`\ln\bigl((f\,max - 1)\frac{x - min}{max - min} + 1\bigr)` of the Global
    Innovation Index, which COINr's manual gives for :math:`f = 1`; ``factor`` is
    multiplied by ten until :math:`f\,max > 1`, as the order would be reversed below.
    Only ``smallest``, ``range`` and ``none`` do not depend on the unit of measurement.
    https://doi.org/10.1787/9789264043466-en, https://doi.org/10.21105/joss.04567
    """

    name: ClassVar[str] = "log"
    citation: ClassVar[str] = f"{HANDBOOK}, section 5.7"
    offset: str = parameter("none", OneOf((*OFFSETS, "gii")), "what is added before the logarithm")
    base: float | None = parameter(
        None, Maybe(Between(1.01, 1e6)), "the base, such as 10 or 2; natural where none is given"
    )
    factor: float = parameter(1.0, Between(1e-9, 1e9), "the f of the offset gii")

    def __post_init__(self) -> None:
        """Check the parameters, and that a factor has an offset that it belongs to."""
        super(Log, self).__post_init__()
        if self.factor != 1 and self.offset != "gii":
            raise MethodError(
                f"log.factor belongs to the offset gii, but log.offset is {self.offset}. "
                "Leave the factor out."
            )

    def accepts(self, low: float) -> bool:
        """Accept what leaves a positive number under the logarithm."""
        return self.offset == "gii" or shift_accepts(self.offset, low)

    def fit(self, matrix: Matrix, traits: Traits) -> Scale:
        """Learn the offset of each column of a matrix of shape (rows, columns)."""
        del traits
        if self.offset == "gii":
            return _learn_stretch(matrix, self.factor)
        return Scale(learn_shift(matrix, self.offset), np.ones(matrix.shape[1]))

    def moved(self, ends: Matrix, state: Scale) -> Matrix:
        """Return logarithms of values or goalposts, which are in the column's own units."""
        return logarithm(state.shift.of(ends) / state.unit, self.base)

    def image(self, low: float, high: float) -> tuple[float, float]:
        """Return the ends where the offset is known beforehand."""
        if self.offset not in ("none", "one"):
            return (-np.inf, np.inf)
        added = float(self.offset == "one")
        ends = logarithm(np.array([low, high]) + added, self.base)
        low, high = (float(end) for end in ends)
        return (-np.inf if np.isnan(low) else low, np.inf if np.isnan(high) else high)

    def explain(self, state: Scale, column: int) -> str:
        """Say what the logarithm is taken of."""
        kind = "natural logarithm" if self.base is None else f"logarithm to base {self.base:g}"
        offset, unit = state.shift.offset[column], state.unit[column]
        divided = "" if unit == 1 else f", divided by {unit:.6g}"
        added = "" if offset == 0 else f" plus {offset:.6g}"
        return f"{kind} of the value{added}{divided}"

    def in_words(self, noun: str = "unit") -> str:
        """Say what the logarithm is taken of, and what it means."""
        del noun
        return (
            f"A logarithm is taken of {_WORDS[self.offset]}: "
            "from 10 to 100 is then about as large a step as from 100 to 1,000"
        )


def _learn_stretch(matrix: Matrix, factor: float) -> Scale:
    """Return the scale of the offset gii for a matrix of shape (rows, columns)."""
    low, high = smallest_and_largest(matrix)
    top = factor * np.where(high > 0, high, 10.0)
    tens = np.ceil(np.maximum(-np.log10(top), 0.0))
    top = top * 10.0 ** (tens + (top * 10.0**tens <= 1))
    span = high - low
    unit = np.where(span > 0, span / (top - 1), 1.0)
    return Scale(Shift(unit - low, unit), unit)
