"""Significant digits, for scores that spread over orders of magnitude."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

import numpy as np

from rankscope._domains import Whole
from rankscope._registry import parameter, register
from rankscope.methods.steps.scalar import Scalar

if TYPE_CHECKING:
    from rankscope.shapes import Batch


@register
@dataclass(frozen=True, slots=True)
class SignificantDigits(Scalar):
    """Rounds to some significant digits, a half away from zero."""

    name: ClassVar[str] = "significant_digits"
    digits: int = parameter(3, Whole(1, 15), "digits that stay, from the first not 0")

    def of(self, scores: Batch) -> Batch:
        """Return rounded scores, of any shape; infinite ends stay."""
        sizes = np.abs(scores)
        countable = (sizes > 1e-200) & (sizes < 1e200)
        sizes = np.where(countable, sizes, 1.0)
        places = self.digits - 1 - np.floor(np.log10(sizes))
        above, below = 10.0 ** np.maximum(places, 0), 10.0 ** np.maximum(-places, 0)
        whole = sizes * above / below
        kept = np.floor(whole + 0.5 + np.minimum(1e-15 * whole, 1e-3)) * below / above
        return np.where(countable, np.sign(scores) * kept, scores)

    def explain(self, state: None, column: int) -> str:
        """Say how many digits stay."""
        del state, column
        return f"rounded to {self._digits()}"

    def in_words(self, noun: str = "unit") -> str:
        """Say how many digits stay."""
        del noun
        return f"The result is rounded to {self._digits()}"

    def _digits(self) -> str:
        return "1 significant digit" if self.digits == 1 else f"{self.digits} significant digits"
