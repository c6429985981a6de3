"""Equal weights among siblings."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

import numpy as np

from rankscope._registry import register
from rankscope.methods.references import HANDBOOK
from rankscope.methods.weighting.base import Weighting

if TYPE_CHECKING:
    from rankscope.shapes import Matrix, Vector


@register
@dataclass(frozen=True, slots=True)
class Equal(Weighting):
    """Equal weights among siblings, whatever the definition gives; a weight of 0 stays 0.

    OECD/JRC Handbook 2008, section 6, https://doi.org/10.1787/9789264043466-en
    """

    name: ClassVar[str] = "equal"
    citation: ClassVar[str] = f"{HANDBOOK}, section 6"
    needs_data: ClassVar[bool] = False

    def fit(self, scores: Matrix, given: Vector) -> Vector:
        """Return 1 for each child that counts, of shape (children,)."""
        del scores
        return np.where(given > 0, 1.0, 0.0)

    def in_words(self, noun: str = "unit") -> str:
        """Say that no sibling counts for more."""
        del noun
        return "Parts of the same whole count the same"
