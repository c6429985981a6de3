"""Weights times a factor, normalised again: what COINr and the JRC do."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

import numpy as np

from rankscope._domains import Between
from rankscope._registry import parameter, register
from rankscope.methods.admissible.base import Admissible, percent
from rankscope.methods.references import PERTURBED

if TYPE_CHECKING:
    from rankscope.methods.admissible.base import Siblings
    from rankscope.shapes import Batch, Matrix, Random


@register
@dataclass(frozen=True, slots=True)
class Perturbed(Admissible):
    """Each weight times a factor of its own, then normalised among siblings.

    Normalising lets a share move further than the factors alone (conventions §4.5).
    Saisana, Saltelli & Tarantola (2005) Journal of the Royal Statistical Society A 168(2),
    307-323, https://doi.org/10.1111/j.1467-985X.2005.00350.x
    """

    name: ClassVar[str] = "perturbed"
    citation: ClassVar[str] = PERTURBED
    by: float = parameter(0.25, Between(0, 0.999), "how far from 1 the factors go, at most")

    def draw(self, siblings: Siblings, size: int, random: Random) -> Matrix:
        """Return shares drawn with uniform factors, of shape (size, children)."""
        factors = random.uniform(1 - self.by, 1 + self.by, (size, len(siblings.weights)))
        weights = factors * siblings.weights
        return np.asarray(weights / weights.sum(axis=1, keepdims=True))

    def walls(self, siblings: Siblings) -> Matrix:
        """Return both ends of each weight over one common extra, (2 children, children + 1)."""
        shares, one = siblings.shares, np.eye(len(siblings.weights))
        low = np.column_stack([-one, (1 - self.by) * shares])
        high = np.column_stack([one, -(1 + self.by) * shares])
        return np.vstack([low, high])

    def highest(self, siblings: Siblings, values: Batch) -> Batch:
        """Return the largest mean: the best children take the high end, the others the low one.

        A quotient of sums that are linear in the factors is largest at ends of them; that those
        ends go with the order of the values follows from its derivatives.  How many take the
        high end is tried out for all numbers at once.
        """
        order = np.argsort(-values, axis=-1, kind="stable")
        sorted_values = np.take_along_axis(values, order, axis=-1)
        shares = siblings.shares[order]
        low, extra = (1 - self.by) * shares, 2 * self.by * shares
        above = (low * sorted_values).sum(axis=-1, keepdims=True)
        below = low.sum(axis=-1, keepdims=True)
        tried = above + np.cumsum(extra * sorted_values, axis=-1)
        return np.asarray((tried / (below + np.cumsum(extra, axis=-1))).max(axis=-1))

    def label(self) -> str:
        """Return the set as it is printed."""
        return f"{self.name}({percent(self.by)})"

    def in_words(self, noun: str = "unit") -> str:
        """Say what the set holds."""
        del noun
        low, high = f"{1 - self.by:.6g}", f"{1 + self.by:.6g}"
        return f"Each weight is multiplied by a factor from {low} to {high}, then all are rescaled"
