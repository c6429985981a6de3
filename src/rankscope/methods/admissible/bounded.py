"""Each share within a margin of its own."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

import numpy as np

from rankscope._domains import Between
from rankscope._registry import parameter, register
from rankscope.methods.admissible.base import Admissible, percent
from rankscope.methods.admissible.box import draw_in_box, highest_in_box, walls_of_box
from rankscope.methods.references import HIT_AND_RUN

if TYPE_CHECKING:
    from rankscope.methods.admissible.base import Siblings
    from rankscope.shapes import Batch, Matrix, Random, Vector


@register
@dataclass(frozen=True, slots=True)
class Bounded(Admissible):
    """Each share among siblings stays within a margin of its own, all mixes equally likely.

    A share s lies between :math:`(1 - by) s` and :math:`(1 + by) s`, and at most at 1.  Unlike
    with ``perturbed``, no share can move further than that (conventions §4.5).  Draws are
    uniform, by hit-and-run (conventions §7.4; Smith 1984, Operations Research 32(6),
    1296-1308, https://doi.org/10.1287/opre.32.6.1296).
    """

    name: ClassVar[str] = "bounded"
    citation: ClassVar[str] = HIT_AND_RUN
    by: float = parameter(
        0.25, Between(0, 1), "how far a share may move, as a part of itself, such as 25%"
    )

    def draw(self, siblings: Siblings, size: int, random: Random) -> Matrix:
        """Return shares drawn uniformly, of shape (size, children)."""
        return draw_in_box(*self._ends(siblings), size, random)

    def walls(self, siblings: Siblings) -> Matrix:
        """Return both ends of each share, (2 children, children)."""
        return walls_of_box(*self._ends(siblings))

    def highest(self, siblings: Siblings, values: Batch) -> Batch:
        """Return the largest mean: the best children are filled up first."""
        return highest_in_box(*self._ends(siblings), values)

    def _ends(self, siblings: Siblings) -> tuple[Vector, Vector]:
        shares = siblings.shares
        return (1 - self.by) * shares, np.minimum((1 + self.by) * shares, 1.0)

    def label(self) -> str:
        """Return the set as it is printed."""
        return f"{self.name}({percent(self.by)})"

    def in_words(self, noun: str = "unit") -> str:
        """Say what the set holds."""
        del noun
        low, high = f"{1 - self.by:.6g}", f"{1 + self.by:.6g}"
        return f"Each share stays between {low} and {high} times its own, all mixes equally likely"
