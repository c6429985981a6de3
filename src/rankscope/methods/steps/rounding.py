"""Rounding at a node, where a publisher computes on with rounded scores."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, Final

import numpy as np

from rankscope._domains import OneOf, Whole
from rankscope._registry import parameter, register
from rankscope.errors import MethodError
from rankscope.methods.steps.base import Step

if TYPE_CHECKING:
    from rankscope.methods.base import Traits
    from rankscope.shapes import Batch, Matrix

_HALVES: Final = {"up": "up", "even": "to the even digit", "away": "away from zero"}
_TOWARDS: Final = {"zero": "cut off", "down": "rounded down", "up": "rounded up"}


def rounded(scores: Batch, decimals: int, half: str = "up", towards: str = "nearest") -> Batch:
    """Return numbers rounded to some decimals, of any shape.

    ``towards`` is ``nearest``, ``zero``, ``down`` or ``up``; at the nearest, a half goes
    ``up``, to the ``even`` digit or ``away`` from zero.  A printed number such as 2.675
    lies a hair beside it in binary and counts as what is printed.
    """
    if towards == "nearest" and half == "even":
        return np.round(scores, decimals)
    factor = 10.0**decimals
    shifted = scores * factor
    hair = np.minimum(1e-12 * np.maximum(1.0, np.abs(shifted)), 1e-3)
    if towards == "up":
        return np.ceil(shifted - hair) / factor
    if towards == "down":
        return np.floor(shifted + hair) / factor
    if towards == "zero" or half == "away":
        added = 0.0 if towards == "zero" else 0.5
        return np.sign(shifted) * np.floor(np.abs(shifted) + added + hair) / factor
    up: Batch = np.floor(shifted + 0.5 + hair) / factor
    return up


@register
@dataclass(frozen=True, slots=True)
class Round(Step):
    """Rounds to some decimals, or cuts them off.

    A half goes up, to the even digit or away from zero; ``towards`` zero, down or up
    there are no halves.
    """

    name: ClassVar[str] = "round"
    row_wise: ClassVar[bool] = True
    decimals: int = parameter(0, Whole(0, 12), "decimals that stay")
    half: str = parameter("up", OneOf(("up", "even", "away")), "where a half goes")
    towards: str = parameter(
        "nearest",
        OneOf(("nearest", "zero", "down", "up")),
        "which rounded number is taken; zero cuts decimals off",
    )

    def __post_init__(self) -> None:
        """Check the parameters, and that there are halves where it is said where they go."""
        super(Round, self).__post_init__()
        if self.half != "up" and self.towards != "nearest":
            raise MethodError(
                f"round.half is {self.half}, but round.towards is {self.towards}, where "
                "there are no halves. Leave one of the two out."
            )

    def fit(self, matrix: Matrix, traits: Traits) -> None:
        """Learn nothing."""
        del matrix, traits

    def transform(self, matrix: Matrix, state: None, traits: Traits) -> Matrix:
        """Return rounded scores."""
        del state, traits
        return rounded(matrix, self.decimals, self.half, self.towards)

    def explain(self, state: None, column: int) -> str:
        """Say to how many decimals."""
        del state, column
        return self._how()

    def image(self, low: float, high: float) -> tuple[float, float]:
        """Return the rounded ends."""
        ends = np.array([low, high])
        finite = np.isfinite(ends)
        ends[finite] = rounded(ends[finite], self.decimals, self.half, self.towards)
        return (float(ends[0]), float(ends[1]))

    def in_words(self, noun: str = "unit") -> str:
        """Say to how many decimals."""
        del noun
        return f"The result is {self._how()}"

    def _how(self) -> str:
        decimals = "1 decimal" if self.decimals == 1 else f"{self.decimals} decimals"
        if self.towards == "nearest":
            return f"rounded to {decimals}, halves {_HALVES[self.half]}"
        if self.towards == "zero":
            return f"cut off after {decimals}"
        return f"{_TOWARDS[self.towards]} to {decimals}"
