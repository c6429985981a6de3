"""Box and Cox's family of powers, with the logarithm in its middle."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, Final, NamedTuple

import numpy as np

from rankscope._domains import Between, Maybe, OneOf
from rankscope._registry import parameter, register
from rankscope.methods.treatment.curve import Curve, bounded
from rankscope.methods.treatment.likelihood import likeliest_power
from rankscope.methods.treatment.shift import OFFSETS, Shift, learn_shift, shift_accepts

if TYPE_CHECKING:
    from rankscope.methods.base import Traits
    from rankscope.shapes import Matrix, Vector

EXPONENTS: Final = (-5.0, 5.0)


class Curvature(NamedTuple):
    """What is added to a column, and its exponent, of shape (columns,)."""

    shift: Shift
    exponent: Vector


def box_cox(positive: Matrix, exponent: Vector | float) -> Matrix:
    r"""Return :math:`(x^\lambda - 1)/\lambda`, :math:`\log x` where the exponent is 0.

    ``positive`` and ``exponent`` have any shapes that go together; NaN where a value is
    not positive.
    """
    logs = np.log(np.where(positive > 0, positive, np.nan))
    power = np.where(exponent == 0, 1.0, exponent)
    with np.errstate(over="ignore"):
        return np.where(exponent == 0, logs, bounded(np.expm1(power * logs) / power))


def likeliest_box_cox(positive: Matrix) -> Vector:
    """Return the likeliest exponent of each column of a matrix, from its positive numbers."""
    columns = [column[column > 0] for column in positive.T]
    return np.array([likeliest_power(np.log(column), EXPONENTS) for column in columns])


@register
@dataclass(frozen=True, slots=True)
class BoxCox(Curve):
    r"""Takes :math:`((x + c)^\lambda - 1)/\lambda`, at 0 the logarithm (Box & Cox 1964).

    Where no exponent :math:`\lambda` is given, the one under which the values present
    look most like a normal distribution is taken, between -5 and 5.  The offset is that
    of ``log``, nothing unless it is given; COINr's ``boxcox`` is ``minimum_plus_one``.
    https://doi.org/10.1111/j.2517-6161.1964.tb00553.x
    """

    name: ClassVar[str] = "box_cox"
    citation: ClassVar[str] = (
        "Box & Cox (1964) Journal of the Royal Statistical Society B 26(2), 211-252, "
        "doi:10.1111/j.2517-6161.1964.tb00553.x"
    )
    exponent: float | None = parameter(
        None, Maybe(Between(*EXPONENTS)), "the exponent; the likeliest where none is given"
    )
    offset: str = parameter("none", OneOf(OFFSETS), "what is added to make values positive")

    def accepts(self, low: float) -> bool:
        """Accept what leaves a positive number."""
        return shift_accepts(self.offset, low)

    def fit(self, matrix: Matrix, traits: Traits) -> Curvature:
        """Learn offset and exponent of each column of a matrix of shape (rows, columns)."""
        del traits
        shift = learn_shift(matrix, self.offset)
        if self.exponent is not None:
            return Curvature(shift, np.full(matrix.shape[1], self.exponent))
        return Curvature(shift, likeliest_box_cox(shift.of(matrix)))

    def moved(self, ends: Matrix, state: Curvature) -> Matrix:
        """Return values or goalposts on the curve."""
        return box_cox(state.shift.of(ends), state.exponent)

    def explain(self, state: Curvature, column: int) -> str:
        """Say which exponent is taken of what."""
        offset = f"the value plus {state.shift.offset[column]:.6g}"
        return f"Box-Cox transformation of {offset}, with exponent {state.exponent[column]:.4g}"

    def in_words(self, noun: str = "unit") -> str:
        """Say what the curve is for."""
        del noun
        which = (
            "the power that makes their distribution most like a bell curve"
            if self.exponent is None
            else f"the power {self.exponent:g}"
        )
        return f"Values are bent with a Box-Cox transformation, by {which}"
