"""Weights scattered around the given ones, the nearer the likelier."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

import numpy as np

from rankscope._domains import Between
from rankscope._registry import parameter, register
from rankscope.methods.admissible.base import Admissible, percent
from rankscope.methods.admissible.simplex import Simplex

if TYPE_CHECKING:
    from rankscope.methods.admissible.base import Siblings
    from rankscope.shapes import Batch, Matrix, Random


@register
@dataclass(frozen=True, slots=True)
class Dirichlet(Admissible):
    r"""Weights scattered around the given ones by a Dirichlet distribution.

    Its mean are the given shares; a share s has the standard deviation
    :math:`\sqrt{s (1 - s) / (c + 1)}` at concentration c.  Any mix can occur, however
    unlikely, so that exact answers over this set are those over the whole simplex.
    Devroye (1986) Non-Uniform Random Variate Generation, chapter XI,
    https://doi.org/10.1007/978-1-4613-8643-8
    """

    name: ClassVar[str] = "dirichlet"
    concentration: float = parameter(
        100.0, Between(1, 9999), "how closely draws keep to the given shares: more is closer"
    )

    def draw(self, siblings: Siblings, size: int, random: Random) -> Matrix:
        """Return shares drawn around the given ones, of shape (size, children)."""
        if len(siblings.weights) == 1:
            return np.ones((size, 1))
        return random.dirichlet(self.concentration * siblings.shares, size)

    def walls(self, siblings: Siblings) -> Matrix:
        """Return no walls, (0, children): any shares can occur."""
        return Simplex().walls(siblings)

    def highest(self, siblings: Siblings, values: Batch) -> Batch:
        """Return the largest value: shares may come as near to it as one likes."""
        return Simplex().highest(siblings, values)

    def label(self) -> str:
        """Return the set as it is printed."""
        return f"{self.name}({self.concentration:g})"

    def in_words(self, noun: str = "unit") -> str:
        """Say what is likely."""
        del noun
        off = percent((0.25 / (self.concentration + 1)) ** 0.5)
        return (
            "Weights are scattered around the given ones by a Dirichlet distribution of "
            f"concentration {self.concentration:g}; a share of one half is typically off by {off}"
        )
