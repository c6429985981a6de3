"""Any weights at all: nothing is assumed but that none is negative."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

import numpy as np

from rankscope._registry import register
from rankscope.methods.admissible.base import Admissible
from rankscope.methods.references import SIMPLEX_WEIGHTS

if TYPE_CHECKING:
    from rankscope.methods.admissible.base import Siblings
    from rankscope.shapes import Batch, Matrix, Random


@register
@dataclass(frozen=True, slots=True)
class Simplex(Admissible):
    """Any weights that are not negative, all mixes equally likely.

    Draws are exponential spacings, which are uniform on the simplex (conventions §7.3;
    Devroye 1986, Non-Uniform Random Variate Generation, chapter V,
    https://doi.org/10.1007/978-1-4613-8643-8).  Among many siblings the set says almost
    nothing: it is meant for pillars.
    """

    name: ClassVar[str] = "simplex"
    citation: ClassVar[str] = SIMPLEX_WEIGHTS
    top_only: ClassVar[bool] = True

    def draw(self, siblings: Siblings, size: int, random: Random) -> Matrix:
        """Return shares drawn uniformly, of shape (size, children)."""
        return uniform_shares(len(siblings.weights), size, random)

    def walls(self, siblings: Siblings) -> Matrix:
        """Return no walls, (0, children): that no share is negative is understood."""
        return np.empty((0, len(siblings.weights)))

    def highest(self, siblings: Siblings, values: Batch) -> Batch:
        """Return the largest value: all weight goes there."""
        del siblings
        return np.asarray(values.max(axis=-1))

    def in_words(self, noun: str = "unit") -> str:
        """Say what the set holds."""
        del noun
        return "Any weights that are not negative, all mixes equally likely"


def uniform_shares(children: int, size: int, random: Random) -> Matrix:
    """Return shares drawn uniformly from the simplex, of shape (size, children)."""
    spacings = random.standard_exponential((size, children))
    return np.asarray(spacings / spacings.sum(axis=1, keepdims=True))
